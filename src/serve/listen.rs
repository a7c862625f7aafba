//! Listening on loopback: `127.0.0.1`, and `[::1]` where the machine has it. No other machine can reach either.

use crate::diag::Message;
use crate::msg;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

/// Which port is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Port {
    /// This one and no other; 0 is any that is free.
    Just(u16),
    /// This one, or one of the next where it is taken.
    From(u16),
}

/// How many ports are tried.
const TRIES: u16 = 10;

/// The sockets, both on one port.
pub(super) struct Listening {
    /// The port.
    pub(super) port: u16,
    /// One or two sockets.
    pub(super) sockets: Vec<TcpListener>,
}

/// Takes a port.
pub(super) fn listen(port: Port) -> Result<Listening, Message> {
    let (first, tries) = match port {
        Port::Just(port) => (port, 1),
        Port::From(port) => (port, TRIES),
    };
    let mut taken = None;
    for port in (first..=u16::MAX).take(usize::from(tries)) {
        match both(port) {
            Ok(listening) => return Ok(listening),
            Err(error) if error.kind() == ErrorKind::AddrInUse => taken = Some(error),
            Err(error) => return Err(msg!("无法使用端口 {port}：{error}", "port {port} cannot be used: {error}")),
        }
    }
    let last = first.saturating_add(tries - 1);
    let why = taken.map(|error| error.to_string()).unwrap_or_default();
    Err(match port {
        Port::Just(port) => msg!(
            "端口 {port} 已被占用（{why}）；请用 --port 换一个，--port 0 会自动选择",
            "port {port} is taken ({why}); name another with --port, or let --port 0 choose"
        ),
        Port::From(_) => msg!(
            "端口 {first} 到 {last} 都被占用；请用 --port 指定一个，--port 0 会自动选择",
            "the ports {first} to {last} are all taken; name one with --port, or let --port 0 choose"
        ),
    })
}

/// Both families on one port. A machine without IPv6 does without; a port that another program has on `[::1]` is taken,
/// since `localhost` would lead there.
fn both(port: u16) -> io::Result<Listening> {
    let four = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    let chosen = four.local_addr()?.port();
    let mut sockets = vec![four];
    match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, chosen))) {
        Ok(six) => sockets.push(six),
        Err(error) if error.kind() == ErrorKind::AddrInUse && port != 0 => return Err(error),
        Err(_) => {}
    }
    for socket in &sockets {
        socket.set_nonblocking(true)?;
    }
    Ok(Listening { port: chosen, sockets })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_taken_port_is_refused_or_passed_over() {
        let first = listen(Port::Just(0)).unwrap();
        assert!(first.sockets.iter().all(|socket| socket.local_addr().unwrap().ip().is_loopback()));
        let refused = listen(Port::Just(first.port)).err().unwrap();
        assert!(refused.en.contains(&first.port.to_string()) && refused.zh.contains("--port"), "{refused:?}");
        let next = listen(Port::From(first.port)).unwrap();
        assert!((first.port + 1..first.port + TRIES).contains(&next.port));
    }
}
