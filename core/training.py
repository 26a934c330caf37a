"""What fuse.py has the core do while it counts.

Broad on purpose: what is never called here is compiled for size. Most are the echoes of a game, on real sockets; then
floods, a link that loses, many clients.
"""

import sys
from collections.abc import Callable

import fastnet
from fastnet.net.devca import certificate_pem, key_pem, self_signed
from fastnet.testing.conditions import Conditions
from fastnet.testing.pair import Pair

HERE = ("127.0.0.1", 0)
ECHOES, BIG_ECHOES, BURSTS, BURST, BIG_MESSAGES = 3_000, 300, 60, 128, 12
CHANNELS, CLIENTS, LOSSY_S = 4, 150, 5
TURNS_MAX = 1_000_000
ROOM_BYTES = 16 << 20
FLOOD = fastnet.Config(
    auto_flush=False,
    send_queue_bytes=ROOM_BYTES,
    send_queue_reliable_bytes=ROOM_BYTES,
    channel_window_bytes=ROOM_BYTES,
    receive_queue_messages=4_096,
    receive_queue_bytes=ROOM_BYTES,
)

OWN = self_signed(["localhost"])
CERTIFICATE, KEY = certificate_pem(OWN), key_pem(OWN)
TRUST = fastnet.Trust(pins=(fastnet.load_credentials(CERTIFICATE, KEY).pin,))


class Link:
    """A server and a client of this process, on the loopback."""

    def __init__(self, config: fastnet.Config, spin: bool) -> None:
        self.server = fastnet.Server(HERE, HERE, CERTIFICATE, KEY, config=config, spin=spin)
        self.client = fastnet.Client(self.server.tcp_address, trust=TRUST, config=config, spin=spin)
        self.until(lambda: bool(self.client.peers() and self.server.peers()))

    def until(self, done: Callable[[], bool], answers: bool = False) -> int:
        """Turn both ends until it is so; how many messages either got."""
        heard = 0
        for _ in range(TURNS_MAX):
            for end in (self.server, self.client):
                for event in end.poll(0.0001):
                    if type(event) is fastnet.Data:
                        heard += 1
                        if answers and end is self.server:
                            end.send(event.peer_id, event.channel, event.data)
            if done():
                return heard
        raise SystemExit("training: no answer comes")

    def close(self) -> None:
        """Both ends."""
        self.client.close()
        self.server.close()


def echoes(spin: bool, count: int, size: int) -> None:
    """One message there and back, on each channel in turn, the unreliable one most."""
    link = Link(fastnet.Config(), spin)
    for number in range(count):
        link.client.send(1, (1, number % CHANNELS)[number & 1], bytes(size))
        heard = 0
        while heard < 2:
            heard += link.until(lambda: True, answers=True)
    link.close()


def floods() -> None:
    """Bursts of small messages, several to a datagram; then messages of a megabyte."""
    link = Link(FLOOD, True)
    for channel, count, size in ((1, BURST, 64), (0, BURST, 64), (0, 1, 1 << 20)):
        for _ in range(BURSTS if size == 64 else BIG_MESSAGES):
            for _ in range(count):
                link.client.send(1, channel, bytes(size))
            link.client.send_all(1, channel, [bytes(size)] * count)
            link.client.flush()
            link.until(lambda: not any(queue.queued_messages for queue in link.client.peer(1).channels.values()))
    link.close()


def many_clients() -> None:
    """A server's turns among many, and a message to each."""
    pair = Pair(seed=1, clients=CLIENTS)
    pair.connect()
    for number, client in enumerate(pair.clients * 10):
        client.send(number % CHANNELS, bytes(64))
    pair.run_for(1.0)


def a_lossy_link() -> None:
    """Retransmissions, repeats, reordered and duplicated datagrams, pieces, keepalives."""
    trouble = Conditions(loss=0.05, reorder=0.05, duplicate=0.02, delay_us=25_000, jitter_us=5_000)
    pair = Pair(seed=2, up=trouble, down=trouble)
    pair.connect(60.0)
    for number in range(LOSSY_S * 100):
        pair.client.send(number % CHANNELS, bytes(64 if number % 20 else 4_000))
        pair.server.send(number % CHANNELS, bytes(200))
        pair.run_for(0.01)


def main() -> None:
    """All of it."""
    for spin in (True, False):
        echoes(spin, ECHOES, 64)
    echoes(True, BIG_ECHOES, 4_000)
    floods()
    many_clients()
    a_lossy_link()


if __name__ == "__main__":
    sys.exit(main())
