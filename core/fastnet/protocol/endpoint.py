"""One socket's peers, without the socket: datagrams in, events out, datagrams out (PROTOCOL.md s. 3 and 11).

    endpoint.receive_datagram(inbound, now_ns)      whatever a stranger sent, this never raises
    endpoint.handle_deadline(now_ns)                when next_deadline_ns() has come
    for event in endpoint.take_events(): ...        what the application should know
    endpoint.send(peer_id, channel, data, now_ns)   and flush, disconnect
    while endpoint.take_datagram(out, now_ns): ...  send `out` by your own socket

Time is monotonic ns, chance is a seed of 32 bytes; the same inputs give the same outputs.
"""

from fastnet.protocol.chance import Chance
from fastnet.protocol.channels.base import ACCEPTED, EXHAUSTED, TOO_LARGE, WOULD_BLOCK, Inbox
from fastnet.protocol.channels.reliable import ReliableChannel
from fastnet.protocol.config import Config
from fastnet.protocol.connection import Connection
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.drops import Drop
from fastnet.protocol.errors import (
    MessageTooLargeError,
    NotConnectedError,
    UnknownChannelError,
    UnknownPeerError,
    UsageError,
    WouldBlockError,
)
from fastnet.protocol.events import Event
from fastnet.protocol.figures import EndpointStats, PeerStats, endpoint_stats, peer_stats
from fastnet.protocol.numbers import APPLICATION_CODES, LOCAL_ONLY, CloseCode
from fastnet.protocol.resets import Resets
from fastnet.protocol.settings import Settings
from fastnet.protocol.spec import (
    DATAGRAM_BYTES_BASE,
    FLAG_FIXED,
    FLAG_FIXED_MASK,
    FLAG_PHASE,
    NUMBER_LIMIT,
    REASON_MAX,
    RESET_BYTES_MIN,
    SERVER_PEER_ID,
    TAG_BYTES,
)
from fastnet.protocol.states import State
from fastnet.protocol.ticket import NEVER_NS, Reservation, Ticket
from fastnet.protocol.timers import TimerHeap

NEVER = NEVER_NS
DROP_SIZE = Drop.SIZE.value
DROP_FLAGS = Drop.FLAGS.value
DROP_UNKNOWN = Drop.UNKNOWN.value
DROP_NUMBER = Drop.NUMBER.value
DROP_REPLAY = Drop.REPLAY.value
DROP_PHASE = Drop.PHASE.value
DROP_FORGED = Drop.FORGED.value
DROP_BIND_SIZE = Drop.BIND_SIZE.value
DROP_ENDED = Drop.ENDED.value
WAIT_BIND = State.WAIT_BIND.value
VALIDATING = State.VALIDATING.value
CONNECTED = State.CONNECTED.value
FLUSHING = State.FLUSHING.value
DRAINING = State.DRAINING.value
CLOSED = State.CLOSED.value
_SLOT_BITS = 17
_SLOT_MASK = 2**17 - 1
_GENERATIONS = 2**14
_ONE = 1


def recover_number(largest: int, any: bool, truncated: int, length: int) -> int:
    """The packet number whose low `length` bytes are `truncated`, nearest to the next expected one; RFC 9000 A.3."""
    one = _ONE
    expected = largest + 1 if any else 0
    window = one << (8 * length)
    candidate = (expected & ~(window - 1)) | truncated
    if candidate + window // 2 <= expected and candidate < NUMBER_LIMIT - window:
        return candidate + window
    if candidate > expected + window // 2 and candidate >= window:
        return candidate - window
    return candidate


class Endpoint:
    """The peers of one UDP socket: any number for a server, one for a client.

    `reset_key` (servers) makes stateless reset tokens that survive a restart; 32 bytes.
    """

    def __init__(self, config: Config, seed: bytes, is_server: bool, reset_key: bytes | None = None) -> None:
        self.settings = Settings(config)
        self.is_server = is_server
        self.chance = Chance(seed)
        count = config.peers_max if is_server else 1
        self.slots = [None] * count
        self._free = list(range(count - 1, -1, -1))
        self._generations = [0] * count
        self._reserved = {}
        self._by_client = {}
        self._size_min = 1 + 8 + 4 + TAG_BYTES
        self._mask_secret = self.chance.u64() | 1
        self.inbox = Inbox(config.receive_budget_bytes)
        self._dirty = []
        self._unflushed = []
        self.timers = TimerHeap(count)
        self.resets = Resets(reset_key or self.chance.take(32), config.resets_per_s, self.chance)

    # Peers come and go.

    def reserve(self) -> Reservation | None:
        """A place for one more peer whose handshake is under way; None when the server is full."""
        if not self._free:
            return None
        slot = self._free.pop()
        generation = self._generations[slot]
        self._generations[slot] = (generation + 1) % _GENERATIONS
        peer_id = slot + 2 | generation << _SLOT_BITS
        connection_id = self._new_connection_id(slot)
        self._reserved[peer_id] = slot
        return Reservation(peer_id, connection_id, self.resets.token(connection_id))

    def _new_connection_id(self, slot: int) -> int:
        """Random, but for the slot, which is masked: so a datagram finds its peer without a table."""
        value = self.chance.u64() & ~_SLOT_MASK
        return value | (slot ^ ((value >> 32) * self._mask_secret >> 20 & _SLOT_MASK))

    def _slot_of(self, connection_id: int) -> int:
        return (connection_id & _SLOT_MASK) ^ ((connection_id >> 32) * self._mask_secret >> 20 & _SLOT_MASK)

    def release(self, reservation: Reservation) -> None:
        """The handshake failed: the place is free again."""
        slot = self._reserved.pop(reservation.peer_id, None)
        if slot is not None:
            self._free.append(slot)

    def add_peer(self, ticket: Ticket, now_ns: int) -> int:
        """Begin the connection that `ticket` describes. Servers reserve its place before (`reserve`)."""
        if ticket.is_server != self.is_server:
            raise UsageError("the ticket is for the other role: servers take server tickets, clients client tickets")
        slot = self._reserved.pop(ticket.peer_id, None) if self.is_server else 0
        if slot is None or self.slots[slot] is not None:
            raise UsageError("no place is reserved for this ticket; call reserve() first and build the ticket from it")
        self._replace(ticket, now_ns)
        if not self.is_server:
            self._size_min = 1 + ticket.receive_id_bytes + 4 + TAG_BYTES
        peer = Connection(ticket, slot, self.settings, self.inbox, self.chance, now_ns)
        self.slots[slot] = peer
        if ticket.token_client_id is not None:
            self._by_client[ticket.token_client_id] = peer
        self.peer_count += 1
        peer.counted = True
        self.peers_total += 1
        peer.begin(ticket, now_ns)
        handle_paths(peer, now_ns)
        self.mark_dirty(peer)
        return self._arm(peer)

    def _replace(self, ticket: Ticket, now_ns: int) -> int:
        """A client whose token names it is here once: the new connection ends the old one."""
        old = self._by_client.get(ticket.token_client_id)
        if old is not None and not old.final_report_made:
            old.disconnect(CloseCode.REPLACED, "the same client connected again", 0, now_ns)
            if old.gone(now_ns):
                return self._remove(old)
            self.mark_dirty(old)
            return self._arm(old)
        return 0

    def _count_out(self, peer: Connection) -> int:
        if peer.counted:
            peer.counted = False
            self.peer_count -= 1
        return 0

    def _remove(self, peer: Connection) -> int:
        client_id = peer.token_client_id
        if self._by_client.get(client_id) is peer:
            del self._by_client[client_id]
        self.timers.move(peer.slot, NEVER)
        self.slots[peer.slot] = None
        self._count_out(peer)
        if self.is_server:
            self._free.insert(0, peer.slot)  # The slot that rested longest is used first.
        return 0

    # Datagrams in.

    def receive_datagram(self, inbound: Datagram, now_ns: int) -> int:
        """Take one datagram from the network: the whole of it in `inbound`, with the path it came by."""
        self.datagrams_received += 1
        self.bytes_received += inbound.size
        reason = self._judge(inbound, now_ns)
        if reason:
            self._drops[reason] += 1
            if reason != DROP_SIZE or inbound.size >= RESET_BYTES_MIN:
                self._on_dropped(inbound, reason, now_ns)
        return 0

    def _judge(self, inbound: Datagram, now_ns: int) -> int:
        """Deliver `inbound`, or name the reason to drop it; the checks in PROTOCOL.md's order."""
        if inbound.size < self._size_min or inbound.size > self.settings.max_datagram_bytes:
            return DROP_SIZE
        flags = inbound.u8_at(0)
        if flags & FLAG_FIXED_MASK != FLAG_FIXED:
            return DROP_FLAGS
        peer = self._find(inbound)
        if peer is None:
            return DROP_UNKNOWN
        cid_bytes = peer.receive_id_bytes
        if peer.state >= DRAINING:
            return DROP_ENDED
        if peer.state == WAIT_BIND and inbound.size < DATAGRAM_BYTES_BASE:
            return DROP_BIND_SIZE
        if peer.receive_header_key is not None:
            flags = peer.receive_header_key.flip_received(inbound, 1 + cid_bytes)
        number_bytes = (flags & 3) + 1
        if number_bytes == 1:
            return DROP_FLAGS
        header = 1 + cid_bytes + number_bytes
        number = recover_number(
            peer.acks.largest, peer.acks.any, inbound.number_at(1 + cid_bytes, number_bytes), number_bytes
        )
        if number >= NUMBER_LIMIT:
            return DROP_NUMBER
        if not peer.replay.is_fresh(number):
            return DROP_REPLAY
        key = peer.phases.opener_for(flags & FLAG_PHASE != 0, number, now_ns)
        if key is None:
            return DROP_PHASE
        if not key.open(inbound, header, number):
            if peer.phases.on_failed():
                peer.fail(CloseCode.AEAD_LIMIT, "too many datagrams failed to open; reconnect", now_ns)
                self.mark_dirty(peer)
            return DROP_FORGED
        peer.replay.mark(number)
        inbound.at = header
        inbound.end = inbound.size
        inbound.bad = False
        code = peer.phases.on_opened(key, number, now_ns, peer.recovery.pto_ns(), peer.recovery.sent.next_number)
        if code:
            peer.fail(code, "the peer changed keys without an acknowledgement", now_ns)
        else:
            take_packet(peer, inbound, number, now_ns)
        self._after_packet(peer, now_ns)
        return 0

    def _after_packet(self, peer: Connection, now_ns: int) -> int:
        """A packet may have made something due, or ended the peer."""
        if peer.state == FLUSHING and peer.reliable_finished():
            peer.handle_flushed(now_ns)
        if peer.state == CLOSED:
            if peer.gone(now_ns):
                return self._remove(peer)
            self._count_out(peer)
        if peer.mtu_search is not None and peer.state == CONNECTED:
            heed_mtu(peer, now_ns)
        if not peer.dirty:
            self.mark_dirty(peer)
        return self._arm(peer)

    def _find(self, inbound: Datagram) -> Connection:
        """Whose datagram is it? None: a stranger's."""
        if not self.is_server:
            peer = self.slots[0]
            if peer is None:
                return None
            if peer.receive_id_bytes:
                return peer if inbound.u64_at(1) == peer.receive_id else None
            return peer if peer.candidate_of(inbound) is not None else None
        slot = self._slot_of(inbound.u64_at(1))
        if slot >= len(self.slots):
            return None
        peer = self.slots[slot]
        if peer is None or peer.receive_id != inbound.u64_at(1):
            return None
        return peer

    def _on_dropped(self, inbound: Datagram, reason: int, now_ns: int) -> int:
        """Servers may answer an unknown id with a stateless reset; clients look for one (s. 9.3)."""
        if self.is_server:
            if reason == DROP_UNKNOWN:
                self.resets.answer(inbound, now_ns)
                self._resets_due = True
            return 0
        peer = self.slots[0]
        if peer is None or peer.state == CLOSED or inbound.size < RESET_BYTES_MIN:
            return 0
        if peer.candidate_of(inbound) is not None and inbound.ends_with(peer.reset_token):
            peer.finish(CloseCode.PEER_RESET, "the server no longer knows this connection: it restarted", now_ns)
            self._remove(peer)
        return 0

    # Datagrams out.

    def mark_dirty(self, peer: Connection) -> int:
        """`peer` may have something to send."""
        if not peer.dirty:
            peer.dirty = True
            if self._dirty_count < len(self._dirty):
                self._dirty[self._dirty_count] = peer
            else:
                self._dirty.append(peer)
            self._dirty_count += 1
        return 0

    def dirty_peers(self) -> list[Connection]:
        """Those who may have something to send: until it is taken, also all who were heard of."""
        return self._dirty[self._dirty_at : self._dirty_count]

    def take_datagram(self, out: Datagram, now_ns: int) -> bool:
        """Write the next datagram to send, with its path, into `out`; False: nothing more is due now."""
        while self._dirty_at < self._dirty_count:
            peer = self._dirty[self._dirty_at]
            if build(peer, out, now_ns):
                self.datagrams_sent += 1
                self.bytes_sent += out.size
                return True
            peer.dirty = False
            self._dirty[self._dirty_at] = None  # Its place stays, for the next one.
            self._dirty_at += 1
            if self.slots[peer.slot] is peer:
                if peer.gone(now_ns):
                    self._remove(peer)
                else:
                    self._arm(peer)
        self._dirty_at = self._dirty_count = 0
        if self._resets_due:
            self._resets_due = self.resets.take(out)
            return self._resets_due
        return False

    # Events and time.

    def take_events(self) -> list[Event]:
        """All that happened since the last call, oldest first. Taking data grants the peer new credit."""
        events = self.inbox.take()
        if self.inbox.announcers or self.inbox.wishers:
            self._serve_credit()
        return events

    def events_waiting(self) -> bool:
        """Whether `take_events` would return something."""
        return len(self.inbox.events) > 0

    def _serve_credit(self) -> int:
        for channel in self.inbox.announcers:
            self._announce(channel)
        self.inbox.announcers.clear()
        if self.inbox.wishers and self.inbox.budget:
            wishers = self.inbox.wishers[:]
            self.inbox.wishers.clear()
            for channel in wishers:
                channel.serve_wish()
                self._announce(channel)
        return 0

    def _announce(self, channel: ReliableChannel) -> int:
        slot = (channel.owner & _SLOT_MASK) - 2 if self.is_server else 0
        peer = self.slots[slot]
        if peer is not None and peer.peer_id == channel.owner and channel.announcing:
            signal(peer, channel)
            self.mark_dirty(peer)
        return 0

    def next_deadline_ns(self, now_ns: int) -> int:
        """When to call `handle_deadline`; NEVER_NS: only a datagram or a call can change anything."""
        return self.timers.next_ns()

    def handle_deadline(self, now_ns: int) -> int:
        """Do what is due at `now_ns`."""
        while self.timers.next_ns() <= now_ns:
            slot = self.timers.next_slot()
            peer = self.slots[slot]
            peer.scheduled_ns = NEVER
            self.timers.move(slot, NEVER)
            handle_deadline(peer, now_ns)
            if peer.gone(now_ns):
                self._remove(peer)
                continue
            self.mark_dirty(peer)
            self._arm(peer)
            if peer.scheduled_ns <= now_ns:
                # What is due now is left to the builder; look again a moment later at the earliest.
                peer.scheduled_ns = now_ns + 1
                self.timers.move(slot, now_ns + 1)
        return 0

    def _arm(self, peer: Connection) -> int:
        """Move the peer's entry in the heap only when its deadline became earlier; late ones are checked when due."""
        deadline = next_deadline_ns(peer)
        if deadline < peer.scheduled_ns:
            peer.scheduled_ns = deadline
            self.timers.move(peer.slot, deadline)
        return 0

    # What the application wants.

    def _peer(self, peer_id: int) -> Connection:
        """The live peer with this id; UnknownPeerError without one."""
        slot = (peer_id & _SLOT_MASK) - 2 if self.is_server else peer_id - SERVER_PEER_ID
        if 0 <= slot < len(self.slots):
            peer = self.slots[slot]
            if peer is not None and peer.peer_id == peer_id and not peer.final_report_made:
                return peer
        known = "the server is peer 1" if not self.is_server else "see Connected events"
        raise UnknownPeerError(f"no live peer has the id {peer_id}: it never connected or is gone ({known})")

    def send(self, peer_id: int, channel: int, data: bytes | bytearray | memoryview, now_ns: int) -> int:
        """Queue one message of any bytes-like type. Raises UnknownPeerError, UnknownChannelError, NotConnectedError,
        MessageTooLargeError, or WouldBlockError when the queue of a reliable channel is full. Returns 0."""
        peer = self._peer(peer_id)
        if channel < 0 or channel > 255 or self.settings.slot_of[channel] < 0:
            raise UnknownChannelError(
                f"channel {channel} is not configured; there are {list(self.settings.channel_table)}"
            )
        if peer.state != CONNECTED:
            raise NotConnectedError(f"peer {peer_id} is {State(peer.state).name}; send after its Connected event")
        payload = data if type(data) is bytes else bytes(memoryview(data))
        slot = self.settings.slot_of[channel]
        code = peer.offer(slot, payload, self.settings.auto_flush)
        if code != ACCEPTED:
            self._raise(peer, slot, payload, code, now_ns)
        if self.settings.auto_flush:
            self.mark_dirty(peer)
        elif not peer.awaits_flush:
            peer.awaits_flush = True
            self._unflushed.append(peer)
        return 0

    def _raise(self, peer: Connection, slot: int, payload: bytes, code: int, now_ns: int) -> int:
        channel = peer.channel_at(slot)
        if code == TOO_LARGE:
            raise MessageTooLargeError(
                f"{len(payload):,} bytes exceed the {channel.message_max():,} that channel {channel.number} carries; "
                "split the message, use a reliable channel, or raise the limit at both ends"
            )
        if code == WOULD_BLOCK:
            raise WouldBlockError(f"the send queue of channel {channel.number} is full; poll, and send again later")
        if code == EXHAUSTED:
            peer.fail(CloseCode.NUMBERS_EXHAUSTED, "no message ids are left; reconnect", now_ns)
            self.mark_dirty(peer)
            raise NotConnectedError(f"channel {channel.number} has used up its message ids; reconnect")
        return 0

    def flush(self, now_ns: int) -> int:
        """Send what waits under `auto_flush=False`."""
        for peer in self._unflushed:
            if peer.flush_waiting():
                self.mark_dirty(peer)
        self._unflushed.clear()
        return 0

    def disconnect(self, peer_id: int, code: int, reason: str, now_ns: int, linger_ms: int | None = None) -> int:
        """End one connection; what is reliable is delivered first, for at most `linger_ms` (the configured value by
        default). `code` is CloseCode.CLOSED, KICKED .. or your own 1000..2999."""
        peer = self._peer(peer_id)
        if code not in APPLICATION_CODES and (code not in set(CloseCode) or code in LOCAL_ONLY):
            raise UsageError(f"code {code} cannot be sent; use 0 or 1000..2999")
        if len(reason.encode()) > REASON_MAX:
            raise UsageError(f"the reason has more than {REASON_MAX} bytes of UTF-8; shorten it")
        linger_ns = self.settings.linger_ns if linger_ms is None else linger_ms * 1_000_000
        if code in (CloseCode.KICKED, CloseCode.REPLACED):
            linger_ns = 0
        peer.disconnect(code, reason, linger_ns, now_ns)
        if peer.state == CLOSED:
            return self._remove(peer)
        self.mark_dirty(peer)
        return self._arm(peer)

    def rebind(self, now_ns: int) -> int:
        """A client's own address changed: tell the server at once."""
        for peer in self.slots:
            if peer is not None and peer.state == CONNECTED:
                peer.ping()
                self.mark_dirty(peer)
        return 0

    # Figures.

    def peer_ids(self) -> list[int]:
        """All connected peers."""
        return [peer.peer_id for peer in self.slots if peer is not None and peer.state == CONNECTED]

    def peer(self, peer_id: int) -> PeerStats:
        """How one peer is doing. Raises UnknownPeerError."""
        return peer_stats(self._peer(peer_id))

    def messages_dropped(self) -> int:
        """Messages that full receive queues of unreliable channels lost."""
        return self.inbox.dropped

    def drop_count(self, reason: int) -> int:
        """How many datagrams were dropped for one `Drop` reason."""
        return self._drops[reason]

    def stats(self) -> EndpointStats:
        """What the endpoint counted in all."""
        return endpoint_stats(self)
