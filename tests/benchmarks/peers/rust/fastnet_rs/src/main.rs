//! The Rust crate `fastnet`, through its `SecureSocket`. The package beside it builds the same against another version.
//!
//!   PROGRAM unreliable|reliable VERB ..      (bench_common::Task says the rest)

use bench_common::{die, measure, run, say_ready, serve, Task, Transport};
use bytes::Bytes;
use fastnet::{SecureEvent, SecureSocket};
use rustls_pki_types::PrivateKeyDer;
use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr};

const RELIABLE_ORDERED: u8 = 0;
const UNRELIABLE: u8 = 1;

struct Link {
    socket: SecureSocket,
    channel: u8,
    peer: u16,
    waiting: VecDeque<Bytes>,
}

impl Transport for Link {
    async fn send(&mut self, data: &[u8]) {
        self.socket
            .send(self.peer, self.channel, data.to_vec())
            .await
            .unwrap_or_else(|error| die(error));
    }

    async fn receive(&mut self) -> Bytes {
        loop {
            if let Some(message) = self.waiting.pop_front() {
                return message;
            }
            for event in self.socket.poll().await.unwrap_or_else(|error| die(error)) {
                match event {
                    SecureEvent::Connected(peer) => self.peer = peer,
                    SecureEvent::Data(peer, _, data) => {
                        self.peer = peer;
                        self.waiting.push_back(data.into());
                    }
                    _ => (),
                }
            }
        }
    }
}

fn here(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

async fn listen() -> SecureSocket {
    let own = rcgen::generate_simple_self_signed(vec!["localhost".into()])
        .unwrap_or_else(|error| die(error));
    let key = PrivateKeyDer::Pkcs8(own.key_pair.serialize_der().into());
    SecureSocket::bind_server(here(0), here(0), vec![own.cert.der().clone()], key)
        .await
        .unwrap_or_else(|error| die(error))
}

async fn work(task: Task, channel: u8) {
    if task.serves() {
        let socket = listen().await;
        let tcp = socket
            .local_tcp_addr()
            .ok()
            .flatten()
            .unwrap_or_else(|| die("no TCP address"));
        let udp = socket.local_udp_addr().unwrap_or_else(|error| die(error));
        say_ready(format!("{},{}", tcp.port(), udp.port()));
        let mut link = Link {
            socket,
            channel,
            peer: 0,
            waiting: VecDeque::new(),
        };
        serve(&mut link, task.verb == "sink").await;
        return;
    }
    let port = task
        .ready
        .split(',')
        .next()
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| die("no port"));
    let socket = SecureSocket::connect(here(port))
        .await
        .unwrap_or_else(|error| die(error));
    let mut link = Link {
        socket,
        channel,
        peer: 0,
        waiting: VecDeque::new(),
    };
    while link.peer == 0 {
        for event in link.socket.poll().await.unwrap_or_else(|error| die(error)) {
            if let SecureEvent::Connected(peer) = event {
                link.peer = peer;
            }
        }
    }
    measure(&mut link, &task).await;
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        die("usage: PROGRAM unreliable|reliable VERB ..");
    }
    let channel = if arguments[0] == "reliable" {
        RELIABLE_ORDERED
    } else {
        UNRELIABLE
    };
    let task = Task::from_arguments(&arguments[1..]);
    run(task.spin, work(task, channel));
}
