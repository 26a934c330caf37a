//! The benchmark's contract (core/fastnet/tools/benchmark/peer.py) for peers in Rust: arguments, loops and results.
//!
//! Both ends run on one thread. Spinning, a task that never rests keeps tokio from sleeping, and the sockets are asked
//! after every task; blocking, tokio sleeps in epoll.

mod clock;
mod task;

use bytes::Bytes;
use std::io::Write;
use std::time::Duration;

pub use clock::{cpu_ns, now_ns};
pub use task::Task;

pub const LOST: u32 = u32::MAX;
const CLEAR: u32 = u32::MAX - 1;
const REPORT: u32 = u32::MAX;
const ASK_NS: u64 = 50_000_000;
const ASKS: u32 = 100;
const YIELD_EVERY: u32 = 64;
/// tokio's timers count milliseconds; what is due sooner is waited for without sleep.
const SHORT_NS: u64 = 2_000_000;

/// One connection, seen from either end.
#[allow(async_fn_in_trait)]
pub trait Transport {
    /// Send a message; a flood may wait here until there is room.
    async fn send(&mut self, data: &[u8]);
    /// The next message. The future may be dropped at any time without losing one.
    async fn receive(&mut self) -> Bytes;
}

pub fn die(what: impl std::fmt::Display) -> ! {
    eprintln!("{what}");
    std::process::exit(1)
}

/// Runs `work` on a runtime of one thread that waits as `spin` says.
pub fn run<F: std::future::Future<Output = ()>>(spin: bool, work: F) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .event_interval(1)
        .build()
        .unwrap_or_else(|error| die(error));
    runtime.block_on(async move {
        if spin {
            tokio::spawn(async {
                loop {
                    tokio::task::yield_now().await;
                }
            });
        }
        work.await;
    });
}

pub fn say_ready(what: impl std::fmt::Display) {
    println!("ready {what}");
    std::io::stdout().flush().unwrap_or_else(|error| die(error));
}

fn number_of(message: &[u8]) -> u32 {
    message
        .get(..4)
        .map_or(LOST, |four| u32::from_ne_bytes(four.try_into().unwrap()))
}

/// Answers every message, or counts them, until killed.
pub async fn serve(transport: &mut impl Transport, counts: bool) {
    let (mut count, mut first, mut last) = (0u64, 0u64, 0u64);
    loop {
        let message = transport.receive().await;
        let number = number_of(&message);
        if !counts {
            transport.send(&message).await;
        } else if number == CLEAR || number == REPORT {
            if number == CLEAR {
                (count, first, last) = (0, 0, 0);
            }
            let mut answer = number.to_ne_bytes().to_vec();
            for figure in [count, first, last] {
                answer.extend_from_slice(&figure.to_ne_bytes());
            }
            transport.send(&answer).await;
        } else {
            last = now_ns();
            first = if count == 0 { last } else { first };
            count += 1;
        }
    }
}

/// The client: warm-up, the measured part, the result.
pub async fn measure(transport: &mut impl Transport, task: &Task) {
    let mut client = Client {
        task,
        message: vec![0; task.payload],
        samples: vec![],
        due: vec![],
    };
    client.begin(task.warmup);
    match task.verb.as_str() {
        "flood" => client.one_way(transport).await,
        _ => client.round_trips(transport).await,
    }
}

struct Client<'a> {
    task: &'a Task,
    message: Vec<u8>,
    samples: Vec<u32>,
    due: Vec<u64>,
}

impl Client<'_> {
    fn begin(&mut self, count: u32) {
        self.samples = vec![LOST; count as usize];
        self.due = vec![0; count as usize];
    }

    async fn send(&mut self, transport: &mut impl Transport, number: u32) {
        self.message[..4].copy_from_slice(&number.to_ne_bytes());
        transport.send(&self.message).await;
    }

    /// True if it answers something for the first time.
    fn note(&mut self, message: &[u8]) -> bool {
        let now = now_ns();
        let number = number_of(message) as usize;
        if number >= self.samples.len() || self.samples[number] != LOST {
            return false;
        }
        self.samples[number] = (now - self.due[number]).min(u64::from(LOST - 1)) as u32;
        true
    }

    async fn round_trips(&mut self, transport: &mut impl Transport) {
        self.closed_loop(transport, self.task.warmup).await;
        self.begin(self.task.messages);
        let (cpu, start) = (cpu_ns(self.task.server_pid), now_ns());
        if self.task.interval_ns > 0 {
            self.paced(transport, self.task.messages).await;
        } else {
            self.closed_loop(transport, self.task.messages).await;
        }
        let (elapsed, cpu) = (now_ns() - start, cpu_ns(self.task.server_pid) - cpu);
        let bytes: Vec<u8> = self
            .samples
            .iter()
            .flat_map(|sample| sample.to_ne_bytes())
            .collect();
        std::io::stdout()
            .write_all(&bytes)
            .and_then(|()| std::io::stdout().flush())
            .unwrap_or_else(|error| die(error));
        eprintln!(
            "{{\"cpu_us\": {}, \"elapsed_us\": {}}}",
            cpu / 1000,
            elapsed / 1000
        );
    }

    async fn closed_loop(&mut self, transport: &mut impl Transport, count: u32) {
        for number in 0..count {
            let start = now_ns();
            self.due[number as usize] = start;
            self.send(transport, number).await;
            while self.samples[number as usize] == LOST {
                match receive_until(transport, start + self.task.patience_ns).await {
                    Some(message) => self.note(&message),
                    None => break,
                };
            }
        }
    }

    async fn paced(&mut self, transport: &mut impl Transport, count: u32) {
        let first = now_ns() + self.task.interval_ns;
        let end = first + u64::from(count) * self.task.interval_ns + self.task.patience_ns;
        let (mut sent, mut answered) = (0, 0);
        while answered < count && now_ns() < end {
            let due = first + u64::from(sent) * self.task.interval_ns;
            if sent < count && now_ns() >= due {
                self.due[sent as usize] = due;
                self.send(transport, sent).await;
                sent += 1;
            } else if let Some(message) =
                receive_until(transport, if sent < count { due } else { end }).await
            {
                answered += u32::from(self.note(&message));
            }
        }
    }

    async fn one_way(&mut self, transport: &mut impl Transport) {
        self.flood(transport, self.task.warmup).await;
        self.ask(transport, CLEAR).await;
        let cpu = cpu_ns(self.task.server_pid);
        self.flood(transport, self.task.messages).await;
        let [delivered, first, last] = self.ask(transport, REPORT).await;
        let cpu = cpu_ns(self.task.server_pid) - cpu;
        let elapsed = last - first;
        eprintln!(
            "{{\"cpu_us\": {}, \"elapsed_us\": {}, \"delivered\": {delivered}}}",
            cpu / 1000,
            elapsed / 1000
        );
    }

    async fn flood(&mut self, transport: &mut impl Transport, count: u32) {
        for number in 0..count {
            self.send(transport, number).await;
            if number % YIELD_EVERY == 0 {
                tokio::task::yield_now().await;
            }
        }
    }

    /// Asks the sink until it answers: what it counted.
    async fn ask(&mut self, transport: &mut impl Transport, what: u32) -> [u64; 3] {
        let mut question = vec![0; 64];
        question[..4].copy_from_slice(&what.to_ne_bytes());
        for _ in 0..ASKS {
            transport.send(&question).await;
            let until = now_ns() + ASK_NS;
            while let Some(message) = receive_until(transport, until).await {
                if number_of(&message) == what && message.len() == 28 {
                    return [4, 12, 20]
                        .map(|at| u64::from_ne_bytes(message[at..at + 8].try_into().unwrap()));
                }
            }
        }
        die("the sink does not answer")
    }
}

/// The next message, if it comes before the time is `until_ns`.
async fn receive_until(transport: &mut impl Transport, until_ns: u64) -> Option<Bytes> {
    let now = now_ns();
    if until_ns > now + SHORT_NS {
        let wait = Duration::from_nanos(until_ns - now - SHORT_NS / 2);
        if let Ok(message) = tokio::time::timeout(wait, transport.receive()).await {
            return Some(message);
        }
    }
    loop {
        tokio::select! {
            biased;
            message = transport.receive() => return Some(message),
            () = tokio::task::yield_now() => (),
        }
        if now_ns() >= until_ns {
            return None;
        }
    }
}
