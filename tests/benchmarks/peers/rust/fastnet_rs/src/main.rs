//! The Rust crate `fastnet`, through its `SecureSocket`. The package beside it builds the same against another version.
//!
//!   PROGRAM unreliable|reliable VERB ..      (bench_common::Task says the rest)
//!
//! The crate acknowledges only with data: each header names the latest packet received and the 32 before it. In a flood
//! nothing would come back; then it searches all packets of the last 30 s for each one it sends, and 0.3.1 forgets a
//! peer that was silent for 10 s. So the sink sends receipts, the flood listens to them, and it never has more under way
//! than one header can acknowledge.

use bench_common::{die, measure, now_ns, run, say_ready, serve, Task, Transport};
use bytes::Bytes;
use fastnet::{SecureEvent, SecureSocket};
use rustls_pki_types::PrivateKeyDer;
use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr};

const RELIABLE_ORDERED: u8 = 0;
const UNRELIABLE: u8 = 1;
/// Messages under way: as many as one header acknowledges.
const UNSEEN_MAX: u32 = 32;
const RECEIPT_EVERY: u32 = UNSEEN_MAX / 2;
const RECEIPT: &[u8] = b"+";
/// After this a receipt is taken for lost.
const RECEIPT_NS: u64 = 20_000_000;

struct Link {
    socket: SecureSocket,
    channel: u8,
    peer: u16,
    waiting: VecDeque<Bytes>,
    verb: String,
    /// Messages without a receipt: sent by a flood, or taken by a sink.
    unseen: u32,
}

impl Link {
    fn new(socket: SecureSocket, channel: u8, verb: &str) -> Link {
        Link {
            socket,
            channel,
            peer: 0,
            waiting: VecDeque::new(),
            verb: verb.into(),
            unseen: 0,
        }
    }

    async fn let_go(&mut self, data: &[u8]) {
        self.socket
            .send(self.peer, self.channel, data.to_vec())
            .await
            .unwrap_or_else(|error| die(error));
    }

    /// Waits for something from the socket. The future may be dropped at any time.
    async fn take_events(&mut self) {
        for event in self.socket.poll().await.unwrap_or_else(|error| die(error)) {
            match event {
                SecureEvent::Connected(peer) => self.peer = peer,
                SecureEvent::Data(_, _, data) if data == RECEIPT => {
                    self.unseen = self.unseen.saturating_sub(RECEIPT_EVERY);
                }
                SecureEvent::Data(peer, _, data) => {
                    self.peer = peer;
                    self.waiting.push_back(data.into());
                }
                _ => (),
            }
        }
    }

    /// Of a flood: takes what has arrived, and waits until there is room for as many messages as a receipt stands for.
    async fn make_room(&mut self) {
        let end = now_ns() + RECEIPT_NS;
        loop {
            tokio::select! {
                biased;
                () = self.take_events() => (),
                () = tokio::task::yield_now() => (),
            }
            if self.unseen + RECEIPT_EVERY <= UNSEEN_MAX {
                return;
            }
            if now_ns() >= end {
                self.unseen = 0;
            }
        }
    }
}

impl Transport for Link {
    async fn send(&mut self, data: &[u8]) {
        self.let_go(data).await;
        if self.verb == "flood" {
            self.unseen += 1;
            if self.unseen % RECEIPT_EVERY == 0 {
                self.make_room().await;
            }
        }
    }

    async fn receive(&mut self) -> Bytes {
        loop {
            if self.verb == "sink" && self.unseen >= RECEIPT_EVERY {
                self.unseen = 0;
                self.let_go(RECEIPT).await;
            }
            if let Some(message) = self.waiting.pop_front() {
                self.unseen += 1;
                return message;
            }
            self.take_events().await;
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
        let mut link = Link::new(socket, channel, &task.verb);
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
    let mut link = Link::new(socket, channel, &task.verb);
    while link.peer == 0 {
        link.take_events().await;
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
