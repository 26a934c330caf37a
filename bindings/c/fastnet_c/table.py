# cython: annotation_typing=True
# ruff: noqa: F821 - C variables are declared without a value.
"""`Table`: a session's peers as game threads see them: who is there, what is sent to them, how it went.

Rule 1: a place opens before its CONNECTED can be polled, and is given to the next peer after its DISCONNECTED was
released. Rule 2: what is published is at most one turn old.
"""

import cython
from cython.cimports.cpython.bytes import PyBytes_AS_STRING
from cython.cimports.fastnet.protocol.channels.base import Channel
from cython.cimports.fastnet.protocol.channels.reliable import ReliableChannel
from cython.cimports.fastnet.protocol.connection import Connection
from cython.cimports.fastnet.protocol.endpoint import Endpoint
from cython.cimports.fastnet_c import bridge as c
from cython.cimports.libc.stdint import uint32_t, uint64_t, uintptr_t
from cython.cimports.libc.stdlib import calloc, free
from cython.cimports.libc.string import memset
from fastnet.protocol.address import address_text
from fastnet.protocol.channels import base
from fastnet.protocol.drops import Drop
from fastnet.protocol.errors import FastNetError, NotConnectedError, UnknownPeerError

ACCEPTED = cython.declare(cython.int, base.ACCEPTED)
_LOG_ERROR = 1
_DROP_REASONS = cython.declare(cython.int, len(Drop))
_U32_MAX = cython.declare(uint64_t, 0xFFFFFFFF)


class Table:
    """The core's hand in one peer table, from the session's beginning."""

    def __cinit__(self, bridge: uintptr_t, session: uintptr_t):
        self._bridge = cython.cast(cython.pointer(c.fn_bridge), bridge)
        self._session = cython.cast(cython.pointer(c.fn_session), session)
        self._notes = cython.cast(cython.pointer(c.fn_note), calloc(self._session.peers_max, cython.sizeof(c.fn_note)))
        if self._notes == cython.NULL:
            raise MemoryError
        self._ended = []
        self._began_us = self._bridge.time_us()

    def __dealloc__(self):
        free(self._notes)

    # Messages to them.

    def carry(
        self, record: cython.pointer(cython.const[c.fn_record]), endpoint: Endpoint, now_ns: uint64_t
    ) -> cython.int:
        """From the out ring into the endpoint, whose queues say from now on what is unsettled. A run of messages on one
        channel goes straight into its queue, but for the first, which told the endpoint."""
        data = c.fn_record_payload(record)
        if c.fn_record_kind(record) != c.FN_KIND_SEND:
            return self._broadcast(record, data[: record.length], endpoint, now_ns)
        place = c.fn_peer_place(self._session, record.peer)
        if place == cython.NULL or c.fn_place_id(place) != record.peer:
            return 0  # It left since; its DISCONNECTED tells.
        self._take(place, record)
        queue: Channel = self._queue
        is_next: cython.bint = queue is not None and record.peer == queue.peer_id and record.channel == queue.number
        if is_next and queue.offer_copy(data, record.length) == ACCEPTED:
            return 0
        try:
            self._queue = self._first_of_run(record, endpoint, now_ns)
        except FastNetError as error:
            self._complain(record.peer, record.channel, error)
        return 0

    def _first_of_run(
        self, record: cython.pointer(cython.const[c.fn_record]), endpoint: Endpoint, now_ns: uint64_t
    ) -> Channel:
        """As `Endpoint.send`, from the ring's own memory; where it went."""
        peer: Connection = endpoint.recipient(record.peer, record.channel)
        slot: cython.int = endpoint.settings.slot_of[record.channel]
        queue: Channel = peer.channel_at(slot)
        code: cython.int = queue.offer_copy(c.fn_record_payload(record), record.length)
        peer.offered(queue, code, endpoint.settings.auto_flush)
        endpoint.offered(peer, slot, record.length, code, now_ns)
        return queue

    def end_carrying(self) -> None:
        """What follows is carried later: until then the queue of the latest may be gone, or have sent all it had."""
        self._queue = None

    def _broadcast(
        self, record: cython.pointer(cython.const[c.fn_record]), data: bytes, endpoint: Endpoint, now_ns: uint64_t
    ) -> cython.int:
        """To all but one of those who were connected when it was made."""
        index: uint32_t
        for index in range(c.fn_places_used(self._session)):
            place = self._session.peers + index
            peer_id: uint32_t = c.fn_place_id(place)
            if peer_id == 0 or peer_id == record.peer or place.broadcasts_before >= record.time_us:
                continue
            if c.fn_place_state(place) != c.FASTNET_STATE_CONNECTED:
                continue
            self._take(place, record)
            try:
                endpoint.send(peer_id, record.channel, data, now_ns)
            except FastNetError as error:
                self._complain(peer_id, record.channel, error)
        return 0

    def _take(self, place: cython.pointer(c.fn_peer), record: cython.pointer(cython.const[c.fn_record])) -> cython.void:
        cost: uint64_t = record.length + c.FN_MESSAGE_COST_BYTES
        self._notes[place - self._session.peers].taken[record.channel & 3] += cost

    def _complain(self, peer_id: uint32_t, channel: cython.int, error: object):
        """Of a peer that left meanwhile its DISCONNECTED tells; that nothing else can be was promised by the table."""
        if not isinstance(error, (UnknownPeerError, NotConnectedError)):
            line: bytes = f"a message to peer {peer_id} on channel {channel} was lost: {error}".encode()
            self._bridge.log(_LOG_ERROR, PyBytes_AS_STRING(line))

    # Peers come and go.

    def open(
        self, place: cython.pointer(c.fn_peer), peer_id: uint32_t, peer: Connection | None, now_us: uint64_t
    ) -> cython.bint:
        """Show a new peer; None if it is gone again, its end follows. False: the game still holds the end of the last
        peer in its place."""
        self._free_ended()
        if c.fn_place_id(place) != 0:
            return False
        largest: uint32_t[4]
        memset(largest, 0, cython.sizeof(largest))
        address: bytes = b""
        if peer is not None:
            self._limits(peer, largest)
            address = address_text(peer.path.as_address()).encode()
        note = cython.address(self._notes[place - self._session.peers])
        memset(note, 0, cython.sizeof(c.fn_note))
        note.began_us = now_us
        c.fn_place_open(self._session, place, peer_id, largest, address, len(address))
        return True

    def _limits(self, peer: Connection, largest: cython.pointer(uint32_t)) -> cython.int:
        """What each channel carries at most: also what the budget of a reliable one can hold."""
        index: cython.int
        for index in range(c.FN_CHANNELS):
            largest[index] = min(peer.message_max(index), _U32_MAX)
            if index == 0 or index == 2:  # The reliable ones.
                largest[index] = min(largest[index], self._session.send_queue_bytes - c.FN_MESSAGE_COST_BYTES)
        return 0

    def end(self, place: cython.pointer(c.fn_peer)) -> cython.int:
        """Its DISCONNECTED is the latest record in the ring."""
        number: uint32_t = cython.cast(uint32_t, place - self._session.peers)
        self._notes[number].released_at = c.fn_head(cython.address(self._session.in_ring))
        self._ended.append(number)
        return 0

    def _free_ended(self) -> cython.int:
        """Places whose DISCONNECTED the game has released are free."""
        tail: uint64_t = c.fn_tail(cython.address(self._session.in_ring))
        while self._ended:
            number: uint32_t = self._ended[0]
            if self._notes[number].released_at > tail:
                break
            c.fn_place_free(self._session, self._session.peers + number)
            self._ended.pop(0)
        return 0

    # What is known.

    def publish(self, touched: list, count: cython.Py_ssize_t, endpoint: Endpoint, now_us: uint64_t) -> cython.int:
        """The state of the first `count` connections in `touched`, which lets go of them, and of the whole."""
        index: cython.Py_ssize_t
        for index in range(count):
            self._publish_peer(touched[index], now_us)
            touched[index] = None
        if self._ended:
            self._free_ended()
        totals: c.fn_totals
        totals.bytes_sent, totals.bytes_received = endpoint.bytes_sent, endpoint.bytes_received
        totals.packets_sent, totals.packets_received = endpoint.datagrams_sent, endpoint.datagrams_received
        totals.packets_dropped = 0
        reason: cython.int
        for reason in range(_DROP_REASONS):
            totals.packets_dropped += endpoint._drops[reason]
        c.fn_publish_session(self._session, cython.address(totals), now_us - self._began_us)
        return 0

    def _publish_peer(self, peer: Connection, now_us: uint64_t) -> cython.int:
        place = c.fn_peer_place(self._session, peer.peer_id)
        if place == cython.NULL or c.fn_place_id(place) != peer.peer_id:
            return 0
        note = cython.address(self._notes[place - self._session.peers])
        stats: c.FastNetStats
        memset(cython.address(stats), 0, cython.sizeof(c.FastNetStats))
        queued: uint64_t = 0
        waiting: uint64_t = 0
        channel: Channel
        for channel in peer.channels:
            if channel is None:
                continue
            queued += channel.queued_bytes
            if channel.epoch == peer.inbox.epoch:
                waiting += channel.waiting_bytes
            stats.messages_sent += channel.sent
            stats.messages_received += channel.received
            stats.messages_dropped += channel.dropped
            if channel.reliable:
                reliable: ReliableChannel = channel
                stats.retransmissions += reliable.resent
                c.fn_place_done(place, channel.number, note.taken[channel.number & 3] - channel.queued_bytes)
        if c.fn_place_state(place) != c.FASTNET_STATE_CLOSED:
            stats.send_queue_bytes = cython.cast(uint32_t, min(queued, _U32_MAX))
            stats.recv_queue_bytes = cython.cast(uint32_t, min(waiting, _U32_MAX))
        if peer.recovery.rtt.has_sample:
            stats.rtt_us = cython.cast(uint32_t, peer.recovery.rtt.smoothed_ns // 1000)
            stats.rtt_min_us = cython.cast(uint32_t, peer.recovery.rtt.min_ns // 1000)
            stats.rtt_var_us = cython.cast(uint32_t, peer.recovery.rtt.variation_ns // 1000)
        stats.uptime_us = now_us - note.began_us
        stats.bytes_sent, stats.bytes_received = peer.bytes_sent, peer.bytes_received
        stats.packets_sent, stats.packets_received = peer.datagrams_sent, peer.datagrams_received
        stats.packets_lost = peer.recovery.packets_lost
        c.fn_publish_peer(self._session, place, cython.address(stats))
        return 0
