"""A server with many peers, each bound by a real client end that is thrown away; and what memory it takes."""

import ctypes
import gc
import sys

from fastnet.protocol.address import parse_address
from fastnet.protocol.config import Config
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.errors import WouldBlockError
from fastnet.protocol.spec import DATAGRAM_BYTES_MAX
from fastnet.testing.tickets import make_tickets, seed_bytes

SERVER = parse_address("10.0.0.1", 7_777)
MS = 1_000_000
_ROUNDS_MAX = 100


class _Mallinfo(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"
        )
    ]  # fmt: skip


def allocated_bytes() -> int:
    """What the process has allocated and not freed. Exact under PYTHONMALLOC=malloc, when all passes through malloc."""
    gc.collect()
    libc = ctypes.CDLL(None)
    libc.mallinfo2.restype = _Mallinfo
    info = libc.mallinfo2()
    return int(info.uordblks + info.hblkhd)


def resident_bytes() -> int:
    """What the process holds of the machine's memory."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4_096


class Crowd:
    """The server, and one client at a time."""

    def __init__(self, config: Config) -> None:
        self.now_ns = 1_000 * MS
        self.config = config
        self.server = Endpoint(config, seed_bytes(1, "server"), True)
        self.count = 0
        self._out, self._inbound = Datagram(DATAGRAM_BYTES_MAX), Datagram(DATAGRAM_BYTES_MAX)

    def add(self) -> tuple[Endpoint, int]:
        """One more bound peer: its client's end, and its id at the server."""
        reservation = self.server.reserve()
        assert reservation is not None
        client_ticket, server_ticket = make_tickets(
            1,
            self.count,
            client_config=self.config,
            server_config=self.config,
            reservation=reservation,
            endpoints=(SERVER,),
        )
        client = Endpoint(self.config, seed_bytes(1, f"client {self.count}"), False)
        self.server.add_peer(server_ticket, self.now_ns)
        client.add_peer(client_ticket, self.now_ns)
        self.count += 1
        for _ in range(3):
            self.exchange(client)
        return client, reservation.peer_id

    def exchange(self, client: Endpoint, take: bool = True) -> None:
        """All that is due goes over a good wire, both ways."""
        while client.take_datagram(self._out, self.now_ns):
            self._inbound.load(self._out.content())
            self._inbound.remote_hi, self._inbound.remote_lo = 0, 0xFFFF << 32 | 0x0A010000 + self.count
            self._inbound.remote_port = 50_000
            self.server.receive_datagram(self._inbound, self.now_ns)
        while self.server.take_datagram(self._out, self.now_ns):
            self._inbound.load(self._out.content())
            self._inbound.remote_hi, self._inbound.remote_lo = SERVER.hi, SERVER.lo
            self._inbound.remote_port = SERVER.port
            client.receive_datagram(self._inbound, self.now_ns)
        client.take_events()
        if take:
            self.server.take_events()

    def wait(self, client: Endpoint, duration_ns: int) -> None:
        """Time passes for both, and what falls due is exchanged."""
        until_ns = self.now_ns + duration_ns
        while self.now_ns < until_ns:
            due_ns = min(self.server.next_deadline_ns(self.now_ns), client.next_deadline_ns(self.now_ns))
            self.now_ns = max(self.now_ns + 1, min(due_ns, until_ns))
            for end in (self.server, client):
                if end.next_deadline_ns(self.now_ns) <= self.now_ns:
                    end.handle_deadline(self.now_ns)
            self.exchange(client)

    def talk(self, client: Endpoint, peer_id: int, messages: int) -> None:
        """Messages on every channel, both ways."""
        for _ in range(messages):
            for channel in self.config.channels:
                client.send(1, channel, b"x" * 50, self.now_ns)
                self.server.send(peer_id, channel, b"y" * 50, self.now_ns)
            self.exchange(client)
        self.wait(client, 200 * MS)

    def fill(self, client: Endpoint, peer_id: int) -> None:
        """The application takes nothing and the client sends all it may; the server's own queues are full, too."""
        for channel in self.config.channels:
            for _ in range(4_096):
                try:
                    client.send(1, channel, bytes(500), self.now_ns)
                    self.server.send(peer_id, channel, bytes(500), self.now_ns)
                except WouldBlockError:
                    break
                if _ % 8 == 0:
                    self.exchange(client, take=False)
        for _ in range(_ROUNDS_MAX):
            self.now_ns += 5 * MS
            if client.next_deadline_ns(self.now_ns) <= self.now_ns:
                client.handle_deadline(self.now_ns)
            self.exchange(client, take=False)


def main(kind: str, count: int) -> None:
    """Print bytes a peer: allocated and resident."""
    crowd = Crowd(Config(idle_timeout_ms=0))
    for _ in range(20):
        crowd.add()
    before, resident = allocated_bytes(), resident_bytes()
    for _ in range(count):
        client, peer_id = crowd.add()
        if kind != "bound":
            crowd.talk(client, peer_id, 3)
        if kind == "rested":
            crowd.talk(client, peer_id, 60)
            crowd.wait(client, 3_000 * MS)
        del client
    sys.stdout.write(f"{(allocated_bytes() - before) // count} {(resident_bytes() - resident) // count}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
