"""What `instructions.py` counts, run by it under callgrind: each part between two calls of `os.getppid`.

The parts, in order, each with ECHOES round trips of 64 bytes after a warm-up: two endpoints in this process under a
clock of their own, on an unreliable and on a reliable channel; then `Client` and `Server` with their sockets.
"""

import os
import sys
from collections.abc import Callable

import fastnet
from fastnet.net.devca import certificate_pem, key_pem, self_signed
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.events import Data
from fastnet.protocol.spec import DATAGRAM_BYTES_MAX
from fastnet.protocol.ticket import Address
from fastnet.testing.pair import Pair

ECHOES, WARMUP = 1_000, 200
MESSAGE = bytes(64)
RELIABLE, UNRELIABLE = 0, 1
ECHO_NS = 20_000  # How far the endpoints' own clock moves with each echo.
TURNS_MAX = 200_000


def marked(part: Callable[[int], None]) -> None:
    """Warm up, then run the part between two marks."""
    part(WARMUP)
    os.getppid()
    part(ECHOES)
    os.getppid()


def arriving_from(source: Address) -> Datagram:
    """A datagram to load with what comes from there."""
    datagram = Datagram(DATAGRAM_BYTES_MAX)
    datagram.remote_hi, datagram.remote_lo = source.hi, source.lo
    datagram.remote_port, datagram.remote_scope = source.port, source.scope
    return datagram


def endpoints(channel: int) -> Callable[[int], None]:
    """Echoes between two endpoints: seal, open, events, acks; no socket, no system call."""
    pair = Pair(seed=1)
    pair.connect()
    client, server = pair.client.endpoint, pair.server.endpoint
    out, now_ns = Datagram(DATAGRAM_BYTES_MAX), pair.now_ns
    to_server, to_client = arriving_from(pair.client.address), arriving_from(pair.server.address)

    def carry(source: Endpoint, target: Endpoint, arriving: Datagram) -> None:
        """All that `source` has to send, into `target`."""
        while source.take_datagram(out, now_ns):
            arriving.load(out.content())
            target.receive_datagram(arriving, now_ns)

    def echo(count: int) -> None:
        nonlocal now_ns
        for _ in range(count):
            now_ns += ECHO_NS
            client.send(1, channel, MESSAGE, now_ns)
            carry(client, server, to_server)
            for event in server.take_events():
                if type(event) is Data:
                    server.send(event.peer_id, event.channel, event.data, now_ns)
            carry(server, client, to_client)
            if not client.take_events():
                raise SystemExit("an echo is lost")
            for end in (client, server):
                if end.next_deadline_ns(now_ns) <= now_ns:
                    end.handle_deadline(now_ns)

    return echo


def sockets() -> Callable[[int], None]:
    """Echoes between `Client` and `Server` in one process, both as those that spin."""
    own = self_signed(["localhost"])
    here = ("127.0.0.1", 0)
    server = fastnet.Server(here, here, certificate_pem(own), key_pem(own), spin=True)
    client = fastnet.Client(server.tcp_address, trust=fastnet.Trust(pins=(server.pin,)), spin=True)

    def await_data(driver: fastnet.Client | fastnet.Server) -> Data:
        for _ in range(TURNS_MAX):
            driver.wait(0.0001)
            for event in driver.poll():
                if type(event) is Data:
                    return event
        raise SystemExit("an echo is lost")

    def echo(count: int) -> None:
        for _ in range(count):
            client.send(1, UNRELIABLE, MESSAGE)
            asked = await_data(server)
            server.send(asked.peer_id, asked.channel, asked.data)
            await_data(client)

    for _ in range(TURNS_MAX):
        seen = [*server.poll(), *client.poll()]
        if any(isinstance(event, fastnet.Connected) for event in seen) and client.peers() and server.peers():
            return echo
    raise SystemExit("not connected")


def main() -> None:
    """All parts, in the order that `instructions.py` knows."""
    marked(endpoints(UNRELIABLE))
    marked(endpoints(RELIABLE))
    marked(sockets())


if __name__ == "__main__":
    sys.exit(main())
