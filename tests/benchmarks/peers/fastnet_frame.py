"""FastNet itself through the frame-loop API of Python: `poll`, `wait`, `send`. Also the two programs."""

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastnet.tools.benchmark.peer import Order, Variant
from fastnet.tools.benchmark.program import NUMBER, PATIENCE_NS, Task, now_ns, say_ready

CHANNELS = {"unreliable": 1, "reliable": 0}
TURN_S = 0.2


class FastNetFrame:
    """Everything on: TLS handshake, ChaCha20-Poly1305, acks, congestion control, pacing."""

    name = "fastnet"
    variants = tuple(Variant(channel, channel, encrypted=True) for channel in CHANNELS)
    configuration = "Python frame-loop API, default Config, ChaCha20-Poly1305, one connection"

    def build(self, folder: Path) -> str | None:
        """`make build` has done it."""
        try:
            importlib.import_module("fastnet.protocol.endpoint")
        except ImportError as error:
            return f"not built: {error}; run `make build`"
        return None

    def serve_command(self, variant: Variant, order: Order) -> list[str]:
        """The echo."""
        return [sys.executable, __file__, "serve", order.mode]

    def client_command(self, variant: Variant, order: Order, ready: str, server_pid: int) -> list[str]:
        """The measuring client."""
        numbers = (order.payload_bytes, order.warmup, order.messages, order.per_second, server_pid)
        return [sys.executable, __file__, variant.name, ready, order.mode, *map(str, numbers)]


PEER = FastNetFrame()


def serve(mode: str) -> None:
    """Echo until killed. The certificate is made on the spot, and the client is told its pin."""
    import fastnet
    from fastnet.net.devca import certificate_pem, key_pem, self_signed

    own, blocking = self_signed(["localhost"]), mode == "block"
    here = ("127.0.0.1", 0)
    server = fastnet.Server(here, here, certificate_pem(own), key_pem(own), spin=not blocking)
    say_ready(f"{server.tcp_address[1]},{server.pin}")
    data_type = fastnet.Data
    while True:
        server.wait(TURN_S)  # Sleeps or spins, as the socket was made.
        for event in server.poll():
            if type(event) is data_type:
                server.send(event.peer_id, event.channel, event.data)


def closed_loop(task: Task, client: Any, channel: int, count: int) -> None:
    """The next message after each answer."""
    import fastnet

    samples, data_type = task.samples, fastnet.Data
    send, poll, wait = client.send, client.poll, client.wait
    for number in range(count):
        message = task.message(number)
        answered = False
        start = now_ns()
        send(1, channel, message)
        while not answered and now_ns() < start + PATIENCE_NS:
            wait(TURN_S)
            for event in poll():
                if type(event) is data_type and event.data == message:
                    samples[number] = now_ns() - start
                    answered = True


def paced(task: Task, client: Any, channel: int, count: int) -> None:
    """Each message at its time."""
    import fastnet

    data_type = fastnet.Data
    first = now_ns() + task.interval_ns
    sent = answered = 0
    end = first + count * task.interval_ns + PATIENCE_NS
    while answered < count and (now := now_ns()) < end:
        due = first + sent * task.interval_ns
        if sent < count and now >= due:
            client.send(1, channel, task.message(sent))
            sent += 1
            continue
        client.wait(max(0, (due if sent < count else end) - now) / 1e9)
        for event in client.poll():
            if type(event) is data_type:
                number = NUMBER.unpack_from(event.data)[0]
                task.samples[number] = now_ns() - (first + number * task.interval_ns)
                answered += 1


def loop_of(task: Task) -> Callable[..., None]:
    """The warm-up is always a closed loop."""
    return paced if task.interval_ns and task.is_measured else closed_loop


def main() -> None:
    """`serve MODE`, or the name of a channel and a task."""
    if sys.argv[1] == "serve":
        return serve(sys.argv[2])
    import fastnet

    task, channel = Task.from_arguments(sys.argv[2:]), CHANNELS[sys.argv[1]]
    port, _, pin = task.ready.partition(",")
    trust, spin = fastnet.Trust(pins=(pin,)), task.mode == "spin"
    with fastnet.Client.connect(("127.0.0.1", int(port)), trust=trust, spin=spin) as client:
        task.run(lambda task, count: loop_of(task)(task, client, channel, count))
    return None


if __name__ == "__main__":
    main()
