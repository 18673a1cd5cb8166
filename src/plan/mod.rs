//! What will happen, fully resolved: no `Option` that a stage must interpret. Pure.
