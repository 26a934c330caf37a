"""Paths: addresses a peer may be reached at, and how one proves that it is really there (PROTOCOL.md s. 9)."""

from fastnet.protocol.datagram import Datagram
from fastnet.protocol.spec import AMPLIFICATION_FACTOR
from fastnet.protocol.ticket import NEVER_NS, Address

_TOKENS_MAX = 32  # Outstanding challenges of one path; a client that binds sends about 12.


class Path:
    """One address of the peer. `owed` holds the tokens of its challenges that we have not answered yet; None: none."""

    def __init__(self) -> None:
        self.next_try_ns = self.deadline_ns = NEVER_NS

    @staticmethod
    def towards(address: Address) -> "Path":
        """The path to `address`."""
        path = Path()
        path.remote_hi = address.hi
        path.remote_lo = address.lo
        path.remote_port = address.port
        path.remote_scope = address.scope
        return path

    def is_of(self, datagram: Datagram) -> bool:
        """Whether `datagram` came by this path."""
        return (
            self.remote_lo == datagram.remote_lo
            and self.remote_port == datagram.remote_port
            and self.remote_hi == datagram.remote_hi
            and self.remote_scope == datagram.remote_scope
        )

    def follow(self, datagram: Datagram) -> None:
        """Take over the addresses of a received datagram; we answer from where it was sent to."""
        self.remote_hi = datagram.remote_hi
        self.remote_lo = datagram.remote_lo
        self.remote_port = datagram.remote_port
        self.remote_scope = datagram.remote_scope
        self.local_hi = datagram.local_hi
        self.local_lo = datagram.local_lo

    def address(self, out: Datagram) -> None:
        """Send `out` by this path."""
        out.remote_hi = self.remote_hi
        out.remote_lo = self.remote_lo
        out.remote_port = self.remote_port
        out.remote_scope = self.remote_scope
        out.local_hi = self.local_hi
        out.local_lo = self.local_lo

    def allowance(self) -> int:
        """How many bytes may still be sent here; an address that proved nothing gets three times what it sent."""
        if self.validated:
            return 65_535
        allowed = AMPLIFICATION_FACTOR * self.received_bytes
        return 0 if allowed <= self.sent_bytes else allowed - self.sent_bytes

    def same_host(self, other: "Path") -> bool:
        """Whether only the port differs."""
        return self.remote_hi == other.remote_hi and self.remote_lo == other.remote_lo

    def as_address(self) -> Address:
        """The remote address."""
        return Address(self.remote_hi, self.remote_lo, self.remote_port, self.remote_scope)
