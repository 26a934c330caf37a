//! The two ways to send a message over a connection of quinn.

use bench_common::{die, Transport};
use bytes::{Buf, Bytes, BytesMut};
use quinn::{ClientConfig, Connection, RecvStream, SendStream};
use rustls_pki_types::CertificateDer;
use std::sync::Arc;

const CHUNK_BYTES: usize = 1 << 20;
const HEAD_BYTES: usize = 4;

/// A client that believes this certificate and no other.
pub fn trusting(certificate: CertificateDer<'static>) -> ClientConfig {
    let mut roots = quinn::rustls::RootCertStore::empty();
    roots.add(certificate).unwrap_or_else(|error| die(error));
    ClientConfig::with_root_certificates(Arc::new(roots)).unwrap_or_else(|error| die(error))
}

/// Unreliable.
pub struct Datagrams {
    connection: Connection,
    /// In a flood: for room, where otherwise the oldest that waits would be dropped.
    pub waits: bool,
}

impl Datagrams {
    pub fn new(connection: Connection) -> Datagrams {
        Datagrams {
            connection,
            waits: false,
        }
    }
}

impl Transport for Datagrams {
    async fn send(&mut self, data: &[u8]) {
        let data = Bytes::copy_from_slice(data);
        if self.waits {
            self.connection
                .send_datagram_wait(data)
                .await
                .unwrap_or_else(|error| die(error));
        } else {
            self.connection
                .send_datagram(data)
                .unwrap_or_else(|error| die(error));
        }
    }

    async fn receive(&mut self) -> Bytes {
        self.connection
            .read_datagram()
            .await
            .unwrap_or_else(|error| die(error))
    }
}

/// Reliable and ordered.
pub struct Stream {
    out: SendStream,
    into: RecvStream,
    held: BytesMut,
}

impl Stream {
    /// The client's end; the server hears of the stream with its first message.
    pub async fn open(connection: &Connection) -> Stream {
        let (out, into) = connection
            .open_bi()
            .await
            .unwrap_or_else(|error| die(error));
        Stream {
            out,
            into,
            held: BytesMut::new(),
        }
    }

    pub async fn accept(connection: &Connection) -> Stream {
        let (out, into) = connection
            .accept_bi()
            .await
            .unwrap_or_else(|error| die(error));
        Stream {
            out,
            into,
            held: BytesMut::new(),
        }
    }

    fn take(&mut self) -> Option<Bytes> {
        let size = u32::from_ne_bytes(self.held.get(..HEAD_BYTES)?.try_into().ok()?) as usize;
        if self.held.len() < HEAD_BYTES + size {
            return None;
        }
        self.held.advance(HEAD_BYTES);
        Some(self.held.split_to(size).freeze())
    }
}

impl Transport for Stream {
    async fn send(&mut self, data: &[u8]) {
        let mut message = BytesMut::with_capacity(HEAD_BYTES + data.len());
        message.extend_from_slice(&(data.len() as u32).to_ne_bytes());
        message.extend_from_slice(data);
        self.out
            .write_chunk(message.freeze())
            .await
            .unwrap_or_else(|error| die(error));
    }

    async fn receive(&mut self) -> Bytes {
        loop {
            if let Some(message) = self.take() {
                return message;
            }
            match self.into.read_chunk(CHUNK_BYTES, true).await {
                Ok(Some(chunk)) => self.held.extend_from_slice(&chunk.bytes),
                Ok(None) => die("the stream has ended"),
                Err(error) => die(error),
            }
        }
    }
}
