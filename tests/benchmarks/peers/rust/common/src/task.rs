//! What a program has to do, from its arguments.

use crate::die;

/// The arguments of a client; of a server only `verb`, `spin`, `clients` and `proxy_port`.
pub struct Task {
    pub verb: String,
    pub ready: String,
    pub spin: bool,
    pub payload: usize,
    pub warmup: u32,
    pub messages: u32,
    /// 0: closed loop.
    pub interval_ns: u64,
    pub server_pid: i32,
    pub clients: u32,
    pub patience_ns: u64,
    /// 0: call the server's own port.
    pub proxy_port: u16,
}

impl Task {
    /// `serve|sink MODE CLIENTS PROXY_PORT`, or `client|flood READY MODE PAYLOAD WARMUP MESSAGES PER_SECOND SERVER_PID
    /// CLIENTS PATIENCE_MS PROXY_PORT`.
    pub fn from_arguments(arguments: &[String]) -> Task {
        let number = |at: usize| -> u64 {
            let text = arguments
                .get(at)
                .unwrap_or_else(|| die("too few arguments"));
            text.parse()
                .unwrap_or_else(|_| die(format!("{text} is not a number")))
        };
        let verb = arguments.first().unwrap_or_else(|| die("no verb")).clone();
        let serves = verb == "serve" || verb == "sink";
        let mode = arguments
            .get(if serves { 1 } else { 2 })
            .unwrap_or_else(|| die("no mode"));
        let mut task = Task {
            verb,
            ready: String::new(),
            spin: mode == "spin",
            payload: 64,
            warmup: 0,
            messages: 0,
            interval_ns: 0,
            server_pid: 0,
            clients: 1,
            patience_ns: 0,
            proxy_port: number(if serves { 3 } else { 10 }) as u16,
        };
        if serves {
            task.clients = number(2) as u32;
            return task;
        }
        task.ready = arguments[1].clone();
        task.payload = (number(3) as usize).max(4);
        task.warmup = number(4) as u32;
        task.messages = number(5) as u32;
        task.interval_ns = 1_000_000_000u64.checked_div(number(6)).unwrap_or(0);
        task.server_pid = number(7) as i32;
        task.clients = number(8) as u32;
        task.patience_ns = number(9) * 1_000_000;
        task
    }

    pub fn serves(&self) -> bool {
        self.verb == "serve" || self.verb == "sink"
    }
}
