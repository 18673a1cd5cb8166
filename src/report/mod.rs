//! Reporters: they render to text (pure), then write. Nothing else in the program prints.
