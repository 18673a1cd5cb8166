//! Turns what was typed into a plan, wires run, locate and report, and chooses the exit code.
