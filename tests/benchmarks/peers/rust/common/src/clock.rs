//! Clocks that two processes share.

fn read(clock: libc::clockid_t) -> u64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: `time` lives for the call, which writes to it and nothing else.
    if unsafe { libc::clock_gettime(clock, &mut time) } != 0 {
        crate::die("clock_gettime failed");
    }
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

pub fn now_ns() -> u64 {
    read(libc::CLOCK_MONOTONIC)
}

/// CPU time of both processes; the clock's number is Linux's own for that of a process.
pub fn cpu_ns(server_pid: i32) -> u64 {
    read((!server_pid << 3) | 2) + read(libc::CLOCK_PROCESS_CPUTIME_ID)
}
