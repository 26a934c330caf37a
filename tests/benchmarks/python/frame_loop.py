"""The programs of the peer `fastnet`: the frame-loop API as an application would use it.

frame_loop.py unreliable|reliable VERB .. (see fastnet.tools.benchmark.order)
"""

import resource
import sys
from collections.abc import Callable, Iterable

import fastnet
from fastnet.net.devca import certificate_pem, key_pem, self_signed
from fastnet.tools.benchmark.peer import BIG_BYTES
from fastnet.tools.benchmark.program import (
    ASK_NS,
    NUMBER,
    TOP_BYTE,
    TOP_OF_QUESTIONS,
    Sink,
    Task,
    now_ns,
    say_ready,
    tally_of,
)

CHANNELS = {"unreliable": 1, "reliable": 0}
TURN_S = 0.2
MIB = 1_048_576
FLUSH_EVERY, ASK_EVERY = 128, 1_024
ROOM_MESSAGES, QUEUE_MESSAGES = 512, 4_096
data_type = fastnet.Data

# One peer sends as much as it can, so its queues are those of a file transfer, not of a game's input.
FLOOD = fastnet.Config(
    auto_flush=False,
    send_queue_messages=QUEUE_MESSAGES,
    send_queue_bytes=16 * MIB,
    send_queue_reliable_bytes=16 * MIB,
    channel_window_bytes=16 * MIB,
    receive_queue_messages=QUEUE_MESSAGES,
    receive_queue_bytes=16 * MIB,
)
# Many clients from one address within a second are an attack anywhere but here.
SCALE = fastnet.Config(
    peers_max=20_000,
    handshakes_max=1_024,
    handshakes_per_address=1_024,
    handshake_rate_per_s=10_000,
    handshake_burst=10_000,
    keepalive_ms=60_000,
    idle_timeout_ms=300_000,
)


def serve(verb: str, mode: str, clients: int, proxy_port: int) -> None:
    """Answer or count until killed. The certificate is made on the spot, and the client is told its pin."""
    own, here = self_signed(["localhost"]), ("127.0.0.1", 0)
    announced = [("127.0.0.1", proxy_port)] if proxy_port else []
    config = FLOOD if verb == "sink" else SCALE if clients > 1 else fastnet.Config()
    certificate, key = certificate_pem(own), key_pem(own)
    server = fastnet.Server(here, here, certificate, key, config=config, advertise=announced, spin=mode == "spin")
    say_ready(f"{server.tcp_address[1]},{server.udp_address[1]},{server.pin}")
    if verb == "sink":
        count(server)
    else:
        answer(server)


def answer(server: fastnet.Server) -> None:
    """The echo."""
    send, poll = server.send, server.poll
    while True:
        for event in poll(TURN_S):  # Sleeps or spins, as the socket was made.
            if type(event) is data_type:
                send(event.peer_id, event.channel, event.data)


def count(server: fastnet.Server) -> None:
    """The sink. What one poll hands out came in one piece, so it has one time."""
    sink = Sink()
    while True:
        messages = 0
        for event in server.poll(TURN_S):
            if type(event) is not data_type:
                continue
            if event.data[TOP_BYTE] != TOP_OF_QUESTIONS or (answer := sink.answer(event.data, messages)) is None:
                messages += 1
                continue
            messages = 0
            server.send(event.peer_id, event.channel, answer)
            server.flush()
        sink.count(messages)


def closed_loop(task: Task, client: fastnet.Client, channel: int, count: int) -> None:
    """The next message after each answer."""
    samples, patience_ns = task.samples, task.patience_ns
    send, poll = client.send, client.poll
    for number in range(count):
        message = task.message(number)
        answered = False
        start = now_ns()
        send(1, channel, message)
        while not answered:
            events = poll(TURN_S)
            for event in events:
                if type(event) is data_type and event.data == message:
                    samples[number] = now_ns() - start
                    answered = True
            if not events and now_ns() > start + patience_ns:
                break


def paced(task: Task, client: fastnet.Client, channel: int, count: int) -> None:
    """Each message at its time."""
    first = now_ns() + task.interval_ns
    sent = answered = 0
    end = first + count * task.interval_ns + task.patience_ns
    while answered < count and (now := now_ns()) < end:
        due = first + sent * task.interval_ns
        if sent < count and now >= due:
            client.send(1, channel, task.message(sent))
            sent += 1
            continue
        for event in client.poll(max(0, (due if sent < count else end) - now) / 1e9):
            if type(event) is data_type:
                number = NUMBER.unpack_from(event.data)[0]
                task.samples[number] = now_ns() - (first + number * task.interval_ns)
                answered += 1


def bursts(task: Task, clients: list[fastnet.Client], channel: int, count: int) -> None:
    """A burst over many clients, and the next when all answers are back."""
    for numbers in task.bursts(count):
        waiting = {}
        with task.server_stopped():
            for number in numbers:
                waiting[number] = now_ns()
                clients[number % task.clients].send(1, channel, task.message(number))
        end = now_ns() + task.patience_ns
        while waiting and now_ns() < end:
            for client in {number % task.clients for number in waiting}:
                for event in clients[client].poll():
                    number = NUMBER.unpack_from(event.data)[0] if type(event) is data_type else -1
                    if (start := waiting.pop(number, None)) is not None:
                        task.samples[number] = now_ns() - start


def flood_small(task: Task, client: fastnet.Client, channel: int, count: int) -> None:
    """Messages that share datagrams; when the queue grows, congestion control has to catch up first."""
    number_of, padding = NUMBER.pack, task.padding
    for start in range(0, count, FLUSH_EVERY):
        numbers = range(start, min(count, start + FLUSH_EVERY))
        client.send_all(1, channel, [number_of(number) + padding for number in numbers])
        client.flush()
        client.poll()
        if start % ASK_EVERY == 0:
            await_room(client, channel)


def await_room(client: fastnet.Client, channel: int) -> None:
    """Until few enough wait that as many as are sent between two questions fit in beside them."""
    while client.peer(1).channels[channel].queued_messages > ROOM_MESSAGES:
        client.wait(0.01)
        client.poll()


def flood_big(task: Task, client: fastnet.Client, channel: int, count: int) -> None:
    """Messages of a megabyte; the library says when its queue is full."""
    for number in range(count):
        message = task.message(number)
        while True:
            try:
                client.send(1, channel, message)
                break
            except fastnet.WouldBlockError:
                client.wait(0.01)
                client.poll()
        client.flush()
        client.poll()


def ask(client: fastnet.Client, channel: int, what: int) -> tuple[int, int, int] | None:
    """One question to the sink."""
    client.send(1, channel, NUMBER.pack(what) + bytes(60))
    client.flush()
    end = now_ns() + ASK_NS * (20 if channel == CHANNELS["reliable"] else 1)
    while now_ns() < end:
        client.wait(0.01)
        for event in client.poll():
            if type(event) is data_type and (tally := tally_of(event.data, what)) is not None:
                return tally
    return None


def connected(task: Task, config: fastnet.Config) -> fastnet.Client:
    """One client."""
    port, _, pin = task.ready.split(",")
    trust, spin = fastnet.Trust(pins=(pin,)), task.mode == "spin"
    return fastnet.Client.connect(("127.0.0.1", int(port)), trust=trust, config=config, spin=spin)


def measure_many(task: Task, channel: int) -> None:
    """Many clients of one process."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    clients = [connected(task, SCALE) for _ in range(task.clients)]
    task.run(lambda task, count: bursts(task, clients, channel, count))
    release(clients)


def measure_flood(task: Task, channel: int) -> None:
    """One way."""
    flood = flood_big if task.payload_bytes > BIG_BYTES else flood_small
    with connected(task, FLOOD) as client:
        task.run_flood(lambda count: flood(task, client, channel, count), lambda what: ask(client, channel, what))


def measure_round_trips(task: Task, channel: int) -> None:
    """The next after each answer, or each at its time."""
    loop: Callable[[Task, fastnet.Client, int, int], None] = closed_loop
    with connected(task, fastnet.Config()) as client:
        task.run(
            lambda task, count: (paced if task.interval_ns and task.is_measured else loop)(task, client, channel, count)
        )


def release(clients: Iterable[fastnet.Client]) -> None:
    """A thousand goodbyes would take as many lingers."""
    for client in clients:
        client.release()


def main() -> None:
    """The channel's name, then the arguments of every program."""
    channel, arguments = CHANNELS[sys.argv[1]], sys.argv[2:]
    if arguments[0] in ("serve", "sink"):
        return serve(arguments[0], arguments[1], int(arguments[2]), int(arguments[3]))
    task = Task.from_arguments(arguments)
    {"client": measure_round_trips, "burst": measure_many, "flood": measure_flood}[task.verb](task, channel)
    return None


if __name__ == "__main__":
    main()
