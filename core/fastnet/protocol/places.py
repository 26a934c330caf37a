"""Who sits where: an endpoint's peers by slot, their numbers, and the ids that their datagrams bear.

Rule 1: a datagram finds its peer without a table: the slot is inside the connection id, masked, so that an id tells an
observer nothing. Rule 2: a slot's generation makes each peer number new; the slot that rested longest is used first.
"""

from collections import deque
from dataclasses import dataclass

from fastnet.protocol.chance import Chance
from fastnet.protocol.connection import Connection
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.spec import SERVER_PEER_ID

_SLOT_BITS = 17
_SLOT_MASK = 2**17 - 1
_GENERATIONS = 2**14


@dataclass(frozen=True, slots=True)
class Steering:
    """Whose ids these are, among workers that share a port: the byte above the slot's bits is their `index`, masked
    with the top byte of (upper half of the id x `secret`) in 32 bits. Whoever spreads datagrams computes the same."""

    index: int
    secret: int

    def mark(self, connection_id: int) -> int:
        """The same id, with our index in it."""
        mask = ((connection_id >> 32) * self.secret & 0xFFFFFFFF) >> 24
        return connection_id & ~(0xFF << 24) | (self.index ^ mask) << 24


class Places:
    """`count` places for peers: of a server, its clients; of a client, its server."""

    def __init__(self, count: int, is_server: bool, chance: Chance, steering: Steering | None = None) -> None:
        self.slots = [None] * count
        self._count = count
        self._is_server = is_server
        self._first_id = SERVER_PEER_ID + 1 if is_server else SERVER_PEER_ID
        self._chance = chance
        self._steering = steering
        self._mask_secret = chance.u64() | 1
        self._free = deque(range(count))
        self._generations = [0] * count
        self._reserved = {}
        self._by_client = {}

    # Those who are still in the handshake.

    def reserve(self) -> tuple[int, int] | None:
        """Set a place aside: its peer number and connection id; None when all are taken."""
        if not self._free:
            return None
        slot = self._free.popleft()
        generation = self._generations[slot]
        self._generations[slot] = (generation + 1) % _GENERATIONS
        peer_id = slot + self._first_id | generation << _SLOT_BITS
        self._reserved[peer_id] = slot
        return peer_id, self._new_connection_id(slot)

    def release(self, peer_id: int) -> None:
        """The one it was reserved for does not come: the place is free again."""
        slot = self._reserved.pop(peer_id, None)
        if slot is not None:
            self._free.append(slot)

    def claim(self, peer_id: int) -> int:
        """The slot that was reserved under this number, which is now its peer's; -1 without one."""
        return self._reserved.pop(peer_id, -1)

    def _new_connection_id(self, slot: int) -> int:
        value = self._chance.u64() & ~_SLOT_MASK
        if self._steering is not None:
            value = self._steering.mark(value)
        return value | (slot ^ self._mask(value))

    def _mask(self, connection_id: int) -> int:
        return (connection_id >> 32) * self._mask_secret >> 20 & _SLOT_MASK

    def _slot_in(self, connection_id: int) -> int:
        return (connection_id & _SLOT_MASK) ^ self._mask(connection_id)

    # Those who are in.

    def take(self, peer: Connection) -> None:
        """`peer` sits in its slot from now on."""
        self.slots[peer.slot] = peer
        if peer.token_client_id is not None:
            self._by_client[peer.token_client_id] = peer

    def leave(self, peer: Connection) -> None:
        """The place of `peer` is free."""
        if self._by_client.get(peer.token_client_id) is peer:
            del self._by_client[peer.token_client_id]
        self.slots[peer.slot] = None
        self._free.append(peer.slot)

    def of_datagram(self, inbound: Datagram) -> Connection:
        """Whose datagram is it? None: a stranger's. A client without an id of its own knows its peer by the address."""
        if self._is_server:
            return self._of_connection(inbound.u64_at(1))
        peer = self.slots[0]
        if peer is None:
            return None
        if peer.receive_id_bytes:
            return peer if inbound.u64_at(1) == peer.receive_id else None
        return peer if peer.candidate_of(inbound) is not None else None

    def foresee(self, inbound: Datagram, step: int) -> None:
        """`inbound`, of whoever it claims to be, comes soon; see foresight.py."""
        if inbound.size < 9:
            return
        slot = self._slot_in(inbound.u64_at(1))
        if slot < self._count and self.slots[slot] is not None:
            foresee(self.slots[slot], step)

    def _of_connection(self, connection_id: int) -> Connection:
        slot = self._slot_in(connection_id)
        if slot >= self._count:
            return None
        peer = self.slots[slot]
        if peer is None or peer.receive_id != connection_id:
            return None
        return peer

    def of_number(self, peer_id: int) -> Connection:
        """The peer with this number, or None."""
        slot = (peer_id & _SLOT_MASK) - self._first_id
        if slot < 0 or slot >= self._count:
            return None
        peer = self.slots[slot]
        return peer if peer is not None and peer.peer_id == peer_id else None

    def of_client(self, client_id: int | None) -> Connection:
        """The peer whose token named this client, or None."""
        return self._by_client.get(client_id)
