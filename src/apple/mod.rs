//! Apple's tools: what their output says.
