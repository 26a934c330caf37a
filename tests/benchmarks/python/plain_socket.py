"""The programs of the peer `python-socket`.

plain_socket.py VERB .. (see fastnet.tools.benchmark.order)
"""

import select
import socket
import sys

from fastnet.tools.benchmark.program import NUMBER, Task, now_ns, say_ready


def serve(mode: str) -> None:
    """Echo until killed."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("127.0.0.1", 0))
    sock.setblocking(mode == "block")
    say_ready(sock.getsockname()[1])
    while True:
        try:
            datagram, sender = sock.recvfrom(65_536)
        except BlockingIOError:
            continue
        sock.sendto(datagram, sender)


def connected_socket(task: Task) -> socket.socket:
    """Towards the server."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.connect(("127.0.0.1", int(task.ready)))
    sock.setblocking(False)
    return sock


def closed_loop(task: Task, sock: socket.socket, count: int) -> None:
    """The next message after each answer."""
    blocking = task.mode == "block"
    sock.settimeout(task.patience_ns / 1e9 if blocking else 0)
    samples = task.samples
    for number in range(count):
        message = task.message(number)
        start = now_ns()
        sock.send(message)
        while now_ns() < start + task.patience_ns:
            try:
                answer = sock.recv(65_536)
            except (BlockingIOError, TimeoutError):
                continue
            if answer == message:
                samples[number] = now_ns() - start
                break


def paced(task: Task, sock: socket.socket, count: int) -> None:
    """Each message at its time."""
    sock.setblocking(False)
    first = now_ns() + task.interval_ns
    sent = answered = 0
    end = first + count * task.interval_ns + task.patience_ns
    while answered < count and (now := now_ns()) < end:
        due = first + sent * task.interval_ns
        if sent < count and now >= due:
            sock.send(task.message(sent))
            sent += 1
            continue
        try:
            answer = sock.recv(65_536)
        except BlockingIOError:
            if task.mode == "block":
                select.select([sock], [], [], max(0, (due if sent < count else end) - now) / 1e9)
            continue
        number = NUMBER.unpack_from(answer)[0]
        task.samples[number] = now_ns() - (first + number * task.interval_ns)
        answered += 1


def main() -> None:
    """`serve` or `client`."""
    if sys.argv[1] == "serve":
        return serve(sys.argv[2])
    task = Task.from_arguments(sys.argv[1:])
    sock = connected_socket(task)
    task.run(lambda task, count: (paced if task.interval_ns and task.is_measured else closed_loop)(task, sock, count))
    return None


if __name__ == "__main__":
    main()
