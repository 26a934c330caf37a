//! QUIC by quinn: unreliable datagrams, or messages with a length before them on one stream.
//!
//!   bench-quinn datagram|stream VERB ..      (bench_common::Task says the rest)
//!
//! At its best: windows and datagram buffers of 16 MiB, its own choice of cipher (AES-GCM where the processor has it),
//! batched system calls and segmentation offload as it does by itself. Certificates are checked.

mod link;

use bench_common::{die, measure, run, say_ready, serve, Task};
use quinn::{Connection, Endpoint, ServerConfig, TransportConfig, VarInt};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

const BUFFER_BYTES: u32 = 16 << 20;

fn transport() -> Arc<TransportConfig> {
    let mut config = TransportConfig::default();
    config
        .stream_receive_window(VarInt::from_u32(BUFFER_BYTES))
        .receive_window(VarInt::from_u32(BUFFER_BYTES))
        .send_window(u64::from(BUFFER_BYTES))
        .datagram_receive_buffer_size(Some(BUFFER_BYTES as usize))
        .datagram_send_buffer_size(64 << 10)
        .keep_alive_interval(Some(Duration::from_secs(5)));
    Arc::new(config)
}

fn here(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

/// A server and its certificate.
fn listen() -> (Endpoint, CertificateDer<'static>) {
    let own = rcgen::generate_simple_self_signed(vec!["localhost".into()])
        .unwrap_or_else(|error| die(error));
    let certificate = own.cert.der().clone();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(own.key_pair.serialize_der()));
    let mut config = ServerConfig::with_single_cert(vec![certificate.clone()], key)
        .unwrap_or_else(|error| die(error));
    config.transport_config(transport());
    (
        Endpoint::server(config, here(0)).unwrap_or_else(|error| die(error)),
        certificate,
    )
}

async fn accept(endpoint: &Endpoint) -> Connection {
    loop {
        let incoming = endpoint
            .accept()
            .await
            .unwrap_or_else(|| die("the endpoint is closed"));
        if let Ok(connection) = incoming.await {
            return connection;
        }
    }
}

async fn connect(task: &Task) -> (Endpoint, Connection) {
    let (port, hex) = task
        .ready
        .split_once(',')
        .unwrap_or_else(|| die("no certificate"));
    let certificate: Vec<u8> = (0..hex.len() / 2)
        .map(|at| {
            u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap_or_else(|error| die(error))
        })
        .collect();
    let mut config = link::trusting(CertificateDer::from(certificate));
    config.transport_config(transport());
    let port = if task.proxy_port == 0 {
        port.parse().unwrap_or_else(|error| die(error))
    } else {
        task.proxy_port
    };
    let endpoint = Endpoint::client(here(0)).unwrap_or_else(|error| die(error));
    let connecting = endpoint
        .connect_with(config, here(port), "localhost")
        .unwrap_or_else(|error| die(error));
    let connection = connecting.await.unwrap_or_else(|error| die(error));
    (endpoint, connection)
}

async fn work(task: Task, stream: bool) {
    if task.serves() {
        let (endpoint, certificate) = listen();
        let hex: String = certificate
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let port = endpoint
            .local_addr()
            .unwrap_or_else(|error| die(error))
            .port();
        say_ready(format!("{port},{hex}"));
        let connection = accept(&endpoint).await;
        if stream {
            serve(
                &mut link::Stream::accept(&connection).await,
                task.verb == "sink",
            )
            .await;
        } else {
            serve(&mut link::Datagrams::new(connection), task.verb == "sink").await;
        }
        return;
    }
    let (_endpoint, connection) = connect(&task).await;
    if stream {
        measure(&mut link::Stream::open(&connection).await, &task).await;
    } else {
        let mut datagrams = link::Datagrams::new(connection);
        datagrams.waits = task.verb == "flood";
        measure(&mut datagrams, &task).await;
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        die("usage: bench-quinn datagram|stream VERB ..");
    }
    let task = Task::from_arguments(&arguments[1..]);
    run(task.spin, work(task, arguments[0] == "stream"));
}
