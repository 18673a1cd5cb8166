//! What the kernel still holds of the bytes it took from us. Only Linux tells.

/// Whether one of this process's TCP connections still has bytes that the other side has not
/// confirmed; `None` where the system does not say.
pub(super) async fn holds_unsent_bytes() -> Option<bool> {
    #[cfg(target_os = "linux")]
    {
        tokio::task::spawn_blocking(linux::holds_unsent_bytes)
            .await
            .ok()
            .flatten()
    }
    #[cfg(not(target_os = "linux"))]
    None
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::HashSet;
    use std::fs;

    /// The columns are those of <https://docs.kernel.org/networking/proc_net_tcp.html>.
    pub(super) fn holds_unsent_bytes() -> Option<bool> {
        let ours = own_sockets()?;
        let tables = ["/proc/self/net/tcp", "/proc/self/net/tcp6"];
        let tables: Vec<String> = tables
            .iter()
            .filter_map(|table| fs::read_to_string(table).ok())
            .collect();
        if tables.is_empty() {
            return None;
        }
        Some(
            tables
                .iter()
                .any(|table| unsent(table).any(|inode| ours.contains(inode))),
        )
    }

    /// The inodes of this process's sockets.
    fn own_sockets() -> Option<HashSet<String>> {
        let links = fs::read_dir("/proc/self/fd").ok()?;
        let targets = links.filter_map(|link| fs::read_link(link.ok()?.path()).ok());
        Some(
            targets
                .filter_map(|target| {
                    let inode = target
                        .to_str()?
                        .strip_prefix("socket:[")?
                        .strip_suffix(']')?;
                    Some(inode.to_owned())
                })
                .collect(),
        )
    }

    /// The inodes of connections whose send queue is not empty. A listening socket's queue counts
    /// connections, not bytes, but that is its receive queue.
    pub(super) fn unsent(table: &str) -> impl Iterator<Item = &str> {
        table.lines().skip(1).filter_map(|line| {
            let mut columns = line.split_whitespace().skip(3);
            let (state, queues) = (columns.next()?, columns.next()?);
            let (send, _) = queues.split_once(':')?;
            let holds = state != "0A" && send.bytes().any(|digit| digit != b'0');
            holds.then(|| columns.nth(4)).flatten()
        })
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn connections_with_a_filled_send_queue_are_found() {
            let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   0: 0100007F:1F90 00000000:0000 0A 00000001:00000000 00:00000000 00000000     0        0 11 1\n   1: 0100007F:1F91 0100007F:A2C4 01 00000A00:00000000 01:00000014 00000000     0        0 22 2\n   2: 0100007F:1F92 0100007F:A2C4 01 00000000:00000F00 00:00000000 00000000     0        0 33 2\n broken line\n";
            assert_eq!(unsent(table).collect::<Vec<_>>(), ["22"]);
        }

        #[test]
        fn the_system_tells() {
            assert!(holds_unsent_bytes().is_some());
        }
    }
}
