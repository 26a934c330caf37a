"""One socket's peers, without the socket: datagrams in, events out, datagrams out (PROTOCOL.md s. 3 and 11).

    endpoint.receive_datagram(inbound, now_ns)      whatever a stranger sent, this never raises
    endpoint.handle_deadline(now_ns)                when next_deadline_ns() has come
    for event in endpoint.take_events(): ...        what the application should know
    endpoint.send(peer_id, channel, data, now_ns)   and flush, disconnect
    while endpoint.take_datagram(out, now_ns): ...  send `out` by your own socket

Time is monotonic ns, chance is a seed of 32 bytes; the same inputs give the same outputs.
"""

from fastnet.protocol.chance import Chance
from fastnet.protocol.channels.base import ACCEPTED, EXHAUSTED, Inbox
from fastnet.protocol.config import Config
from fastnet.protocol.connection import Connection
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.dirty import DirtyPeers
from fastnet.protocol.drops import Drop
from fastnet.protocol.errors import UsageError
from fastnet.protocol.events import Event
from fastnet.protocol.figures import EndpointStats, PeerStats, endpoint_stats, peer_stats
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.places import Places, Steering
from fastnet.protocol.refusals import check_farewell, no_channel, no_peer, not_connected, not_offered
from fastnet.protocol.resets import Resets
from fastnet.protocol.settings import Settings
from fastnet.protocol.spec import (
    DATAGRAM_BYTES_BASE,
    FLAG_FIXED,
    FLAG_FIXED_MASK,
    RESET_BYTES_MIN,
    TAG_BYTES,
)
from fastnet.protocol.states import State
from fastnet.protocol.ticket import NEVER_NS, Reservation, Ticket
from fastnet.protocol.timers import TimerHeap

NEVER = NEVER_NS
DROP_SIZE, DROP_FLAGS, DROP_UNKNOWN = Drop.SIZE.value, Drop.FLAGS.value, Drop.UNKNOWN.value
DROP_BIND_SIZE, DROP_ENDED = Drop.BIND_SIZE.value, Drop.ENDED.value
WAIT_BIND, VALIDATING, CONNECTED = State.WAIT_BIND.value, State.VALIDATING.value, State.CONNECTED.value
FLUSHING, CLOSING = State.FLUSHING.value, State.CLOSING.value
DRAINING, CLOSED = State.DRAINING.value, State.CLOSED.value


class Endpoint:
    """The peers of one UDP socket: any number for a server, one for a client.

    `reset_key` (servers) makes stateless reset tokens that survive a restart; 32 bytes. `steering` marks the connection
    ids of one worker among several.
    """

    def __init__(
        self,
        config: Config,
        seed: bytes,
        is_server: bool,
        reset_key: bytes | None = None,
        steering: Steering | None = None,
    ) -> None:
        self.settings = Settings(config)
        self.is_server = is_server
        self.chance = Chance(seed)
        count = config.peers_max if is_server else 1
        self.places = Places(count, is_server, self.chance, steering)
        self.slots = self.places.slots
        self._size_min = 1 + 8 + 4 + TAG_BYTES
        self.inbox = Inbox(config.receive_budget_bytes)
        self._dirty = DirtyPeers()
        self.timers = TimerHeap(count)
        self.resets = Resets(reset_key or self.chance.take(32), config.resets_per_s, self.chance)

    # Peers come and go.

    def reserve(self) -> Reservation | None:
        """A place for one more peer whose handshake is under way; None when the server is full."""
        place = self.places.reserve()
        return Reservation(*place, self.resets.token(place[1])) if place is not None else None

    def release(self, reservation: Reservation) -> None:
        """The handshake failed: the place is free again."""
        self.places.release(reservation.peer_id)

    def add_peer(self, ticket: Ticket, now_ns: int) -> int:
        """Begin the connection that `ticket` describes. Servers reserve its place before (`reserve`)."""
        if ticket.is_server != self.is_server:
            raise UsageError("the ticket is for the other role: servers take server tickets, clients client tickets")
        slot = self.places.claim(ticket.peer_id) if self.is_server else 0
        if slot < 0 or self.slots[slot] is not None:
            raise UsageError("no place is reserved for this ticket; call reserve() first and build the ticket from it")
        self._replace(ticket, now_ns)
        if not self.is_server:
            self._size_min = 1 + ticket.receive_id_bytes + 4 + TAG_BYTES
        peer = Connection(ticket, slot, self.settings, self.inbox, self.chance, now_ns)
        self.places.take(peer)
        self.peer_count += 1
        peer.counted = True
        self.peers_total += 1
        peer.begin(ticket, now_ns)
        handle_paths(peer, now_ns)
        self._dirty.add(peer)
        return self._arm(peer)

    def _replace(self, ticket: Ticket, now_ns: int) -> int:
        """A client whose token names it is here once: the new connection ends the old one."""
        old = self.places.of_client(ticket.token_client_id)
        if old is not None and not old.final_report_made:
            old.disconnect(CloseCode.REPLACED, "the same client connected again", 0, now_ns)
            if old.gone(now_ns):
                return self._remove(old)
            self._dirty.add(old)
            return self._arm(old)
        return 0

    def _count_out(self, peer: Connection) -> int:
        if peer.counted:
            peer.counted = False
            self.peer_count -= 1
        return 0

    def _remove(self, peer: Connection) -> int:
        self.timers.move(peer.slot, NEVER)
        self.places.leave(peer)
        return self._count_out(peer)

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
        peer = self.places.of_datagram(inbound)
        if peer is None:
            return DROP_UNKNOWN
        if peer.state >= DRAINING:
            return DROP_ENDED
        if peer.state == WAIT_BIND and inbound.size < DATAGRAM_BYTES_BASE:
            return DROP_BIND_SIZE
        reason = open_packet(peer, inbound, flags, now_ns)
        if not reason:
            self._after_packet(peer, now_ns)
        elif peer.state >= CLOSING:  # It may have been one forgery too many.
            self._dirty.add(peer)
        return reason

    def _after_packet(self, peer: Connection, now_ns: int) -> int:
        """A packet may have made something due, or ended the peer. Its deadline is settled when it leaves the list of
        those who may have something to send."""
        if peer.state == FLUSHING and peer.reliable_finished():
            peer.handle_flushed(now_ns)
        if peer.state == CLOSED:
            if peer.gone(now_ns):
                return self._remove(peer)
            self._count_out(peer)
        if peer.mtu_search is not None and peer.state == CONNECTED:
            heed_mtu(peer, now_ns)
        if not peer.dirty:
            self._dirty.add(peer)
        return 0

    def _on_dropped(self, inbound: Datagram, reason: int, now_ns: int) -> int:
        """Servers may answer an unknown id with a stateless reset; clients look for one (s. 9.3)."""
        if self.is_server:
            if reason == DROP_UNKNOWN:
                self._resets_due = self.resets.answer(inbound, now_ns)
            return 0
        peer = self.slots[0]
        if peer is None or peer.state == CLOSED or inbound.size < RESET_BYTES_MIN:
            return 0
        if peer.heed_reset(inbound, now_ns):
            self._remove(peer)
        return 0

    # Datagrams out.

    def take_datagram(self, out: Datagram, now_ns: int) -> bool:
        """Write the next datagram to send, with its path, into `out`; False: nothing more is due now."""
        return self.build_datagram(out, now_ns) and self.settle_built(now_ns)

    def build_datagram(self, out: Datagram, now_ns: int) -> bool:
        """The first half of `take_datagram`: `out` can leave now, and `settle_built` be called after that."""
        self.settle_built(now_ns)  # Should sending the latest have raised.
        while self._dirty.count:
            peer = self._dirty.first()
            if build(peer, out, now_ns):
                self.datagrams_sent += 1
                self.bytes_sent += out.size
                self._unsettled = True
                return True
            self._leave_dirty(peer, now_ns)
        if self._resets_due:
            self._resets_due = self.resets.take(out)
        return self._resets_due

    def is_last(self) -> bool:
        """Whether no other datagram follows what was just built."""
        return self._unsettled and self._dirty.is_alone() and not self._resets_due and is_idle(self._dirty.first())

    def can_wait(self, briefly: bool) -> bool:
        """Whether what may be due can wait for the application's answer: one peer's ack, and that not at once, unless
        the wait is brief, because the caller polls without pause."""
        return self._dirty.is_alone() and not self._resets_due and can_wait(self._dirty.first(), briefly)

    def copy_dirty(self, into: list[Connection | None]) -> int:
        """Those who may have something to send, into the first places of a list; how many."""
        return self._dirty.copy(into)

    def settle_built(self, now_ns: int) -> bool:
        """The second half, which nobody waits for: what the datagram means for its peer. True."""
        if self._unsettled:
            self._unsettled = False
            peer = self._dirty.first()
            if note_sent(peer):  # Saves the question whether there is a second.
                self._leave_dirty(peer, now_ns)
        return True

    def _leave_dirty(self, peer: Connection, now_ns: int) -> int:
        """`peer`, the first of the dirty, has nothing (more) to send now."""
        self._dirty.remove_first()
        if self.slots[peer.slot] is peer:
            return self._remove(peer) if peer.gone(now_ns) else self._arm(peer)
        return 0

    # Events and time.

    def take_events(self) -> list[Event]:
        """All that happened since the last call, oldest first. Taking data grants the peer new credit."""
        events = self.inbox.take()
        if self.inbox.announcers or self.inbox.wishers:
            self._grant_credit()
        return events

    def _grant_credit(self) -> int:
        for peer in grant_credit(self.inbox, self.places):
            self._dirty.add(peer)
        return 0

    def events_waiting(self) -> bool:
        """Whether `take_events` would return something."""
        return len(self.inbox.events) > 0

    def next_deadline_ns(self, now_ns: int) -> int:
        """When to call `handle_deadline`; NEVER_NS: only a datagram or a call can change anything."""
        if self._dirty.count:  # Mostly not: spares the empty list.
            for peer in self._dirty.all():
                self._arm(peer)
        return self.timers.next_ns()

    def is_due(self, now_ns: int) -> bool:
        """Whether a deadline has come. What is only now becoming due is left to `take_datagram`, which comes next."""
        return self.timers.next_ns() <= now_ns

    def has_datagrams(self) -> bool:
        """Whether `take_datagram` may give something."""
        return self._dirty.count > 0 or self._resets_due

    def handle_deadline(self, now_ns: int) -> int:
        """Do what is due at `now_ns`."""
        while self.timers.next_ns() <= now_ns:
            slot = self.timers.next_slot()
            peer = self.slots[slot]
            handle_deadline(peer, now_ns)
            if peer.gone(now_ns):
                self._remove(peer)
                continue
            self._dirty.add(peer)
            deadline = next_deadline_ns(peer)
            # What is due now is left to the builder; look again a moment later at the earliest.
            self.timers.move(slot, deadline if deadline > now_ns else now_ns + 1)
        if self.inbox.wishers or self.inbox.announcers:  # Time gave memory back; no event would say so.
            self._grant_credit()
        return 0

    def _arm(self, peer: Connection) -> int:
        """Note the next deadline of a peer; cheap when it is a later one."""
        self.timers.move(peer.slot, next_deadline_ns(peer))
        return 0

    # What the application wants.

    def _peer(self, peer_id: int) -> Connection:
        """The live peer with this id; UnknownPeerError without one."""
        peer = self.places.of_number(peer_id)
        if peer is not None and not peer.final_report_made:
            return peer
        raise no_peer(peer_id, self.is_server)

    def send(self, peer_id: int, channel: int, data: bytes | bytearray | memoryview, now_ns: int) -> int:
        """Queue one message of any bytes-like type. Raises UnknownPeerError, UnknownChannelError, NotConnectedError,
        MessageTooLargeError, or WouldBlockError when the queue of a reliable channel is full. Returns 0."""
        peer = self.recipient(peer_id, channel)
        payload = data if type(data) is bytes else bytes(memoryview(data))
        slot = self.settings.slot_of[channel]
        code = peer.offer(slot, payload, self.settings.auto_flush)
        if code == ACCEPTED and self.settings.auto_flush:  # Mostly; it spares a call.
            return self._dirty.add(peer)
        return self.offered(peer, slot, len(payload), code, now_ns)

    def recipient(self, peer_id: int, channel: int) -> Connection:
        """Whom a message can be sent to on this channel; raises as `send` does."""
        peer = self._peer(peer_id)
        if channel < 0 or channel > 255 or self.settings.slot_of[channel] < 0:
            raise no_channel(channel, self.settings)
        if peer.state != CONNECTED:
            raise not_connected(peer_id, peer.state)
        return peer

    def offered(self, peer: Connection, slot: int, size: int, code: int, now_ns: int) -> int:
        """A message of `size` bytes was offered to the channel in `slot`, whose answer is `code`."""
        if code == EXHAUSTED:
            peer.fail(CloseCode.NUMBERS_EXHAUSTED, "no message ids are left; reconnect", now_ns)
            self._dirty.add(peer)
        if code != ACCEPTED:
            raise not_offered(peer.channel_at(slot), size, code)
        if self.settings.auto_flush:
            return self._dirty.add(peer)
        return self._dirty.await_flush(peer)

    def flush(self, now_ns: int) -> int:
        """Send what waits under `auto_flush=False`."""
        return self._dirty.flush()

    def disconnect(self, peer_id: int, code: int, reason: str, now_ns: int, linger_ms: int | None = None) -> int:
        """End one connection; what is reliable is delivered first, for at most `linger_ms` (the configured value by
        default). `code` is CloseCode.CLOSED, KICKED .. or your own 1000..2999."""
        peer = self._peer(peer_id)
        check_farewell(code, reason)
        linger_ns = self.settings.linger_ns if linger_ms is None else linger_ms * 1_000_000
        if code in (CloseCode.KICKED, CloseCode.REPLACED):
            linger_ns = 0
        return self._end(peer, code, reason, linger_ns, now_ns)

    def disconnect_all(self, code: int, now_ns: int) -> int:
        """End every connection, also those that are not bound yet: they have nothing to flush and are gone at once."""
        check_farewell(code, "")
        for peer in list(self.slots):
            if peer is not None and not peer.final_report_made:
                self._end(peer, code, "", self.settings.linger_ns, now_ns)
        return 0

    def _end(self, peer: Connection, code: int, reason: str, linger_ns: int, now_ns: int) -> int:
        peer.disconnect(code, reason, linger_ns, now_ns)
        if peer.state == CLOSED:
            return self._remove(peer)
        self._dirty.add(peer)
        return self._arm(peer)

    def rebind(self, now_ns: int) -> int:
        """A client's own address changed: tell the server at once."""
        for peer in self.slots:
            if peer is not None and peer.state == CONNECTED:
                peer.ping()
                self._dirty.add(peer)
        return 0

    # Figures.

    def peer_ids(self) -> list[int]:
        """All connected peers."""
        return [peer.peer_id for peer in self.slots if peer is not None and peer.state == CONNECTED]

    def peer(self, peer_id: int) -> PeerStats:
        """How one peer is doing. Raises UnknownPeerError."""
        peer = self._peer(peer_id)
        if peer.recovery.noted:
            apply_noted(peer.recovery)
        return peer_stats(peer)

    def messages_dropped(self) -> int:
        """Messages that full receive queues of unreliable channels lost."""
        return self.inbox.dropped

    def drop_count(self, reason: int) -> int:
        """How many datagrams were dropped for one `Drop` reason."""
        return self._drops[reason]

    def stats(self) -> EndpointStats:
        """What the endpoint counted in all."""
        return endpoint_stats(self)
