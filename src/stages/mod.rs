//! One stage a file: typed input, typed output, events on the way.
