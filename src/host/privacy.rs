//! What other processes and a crash may see of this one.

/// Closes the process to others, as far as the system allows it: no core dump, which would hold every
/// secret in a file, and on Linux no reading of its memory and environment by other processes of the
/// same user. What can't be closed stays as it was.
pub fn close() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: getrlimit(Resource::Core).maximum,
        };
        let _ = setrlimit(Resource::Core, none);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{
        DumpableBehavior, Resource, Rlimit, dumpable_behavior, getrlimit, set_dumpable_behavior,
        setrlimit,
    };

    use super::*;

    #[test]
    fn a_closed_process_dumps_no_core_and_is_not_to_be_read() {
        let before = getrlimit(Resource::Core);
        let wide = Rlimit {
            current: before.maximum,
            maximum: before.maximum,
        };
        setrlimit(Resource::Core, wide).unwrap();
        close();
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
        set_dumpable_behavior(DumpableBehavior::Dumpable).unwrap();
    }
}
