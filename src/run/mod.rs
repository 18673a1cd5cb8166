//! Runs the stages in order, stops on cancel, always undoes.
