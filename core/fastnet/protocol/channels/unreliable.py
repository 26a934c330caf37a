"""Kind 1, unreliable: sent once, delivered on arrival, never twice (the replay window sees to that)."""

from fastnet.protocol.channels.base import EMPTY, EXHAUSTED, FULL, ID_LIMIT, TOO_LARGE, Channel, Inbox
from fastnet.protocol.channels.unsent import NO_ID, Unsent
from fastnet.protocol.config import Channel as ChannelConfig
from fastnet.protocol.datagram import Datagram, varint_size
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.reassembly import Reassembly
from fastnet.protocol.sent import SentLog
from fastnet.protocol.settings import Settings

MESSAGE_TOO_LARGE = CloseCode.MESSAGE_TOO_LARGE.value
FRAME_INVALID = CloseCode.FRAME_INVALID.value


class UnreliableChannel(Channel):
    """Also the base of the sequenced kind, which differs in ids and in what a full queue means."""

    def __init__(self, config: ChannelConfig, number: int, slot: int, peer_id: int, settings: Settings, inbox: Inbox):
        Channel.__init__(self, config, number, slot, peer_id, settings, inbox)
        self._unsent = Unsent(self.inbox.spare)

    def offer(self, data: bytes) -> int:
        return self.offer_copy(data, len(data))

    def offer_copy(self, data: bytes, size: int) -> int:
        if self.next_id + self.queued_messages >= ID_LIMIT:  # Each that waits may be cut, and then takes an id.
            return EXHAUSTED
        return self._queue(data, size)

    def _queue(self, data: bytes, size: int) -> int:
        if size > self.message_bytes_max:
            return TOO_LARGE
        while self.queued_messages and (
            self.queued_bytes + size > self.settings.send_queue_bytes
            or self.queued_messages >= self.settings.send_queue_messages
        ):
            self._drop_oldest()
            self.dropped += 1
        self._unsent.push(data, size)
        self.offered += 1
        return self._count()

    def _count(self) -> int:
        """Tell what waits now."""
        self.queued_bytes = self._unsent.bytes
        self.queued_messages = self._unsent.count
        return 0

    def mark_flushed(self) -> int:
        self.flushed = self.offered
        return 0

    def start_at(self, id: int) -> int:
        self.next_id = id
        return 0

    def _drop_oldest(self) -> int:
        self._unsent.pop()
        self._cut = False
        self._offset = 0
        return self._count()

    def write(self, out: Datagram, room: int, room_max: int, sent: SentLog) -> int:
        return self._write(out, room, room_max, NO_ID)

    def _write(self, out: Datagram, room: int, room_max: int, id: int) -> int:
        """As many whole messages as fit and this channel's share allows, from that with `id` on; or a piece of one."""
        first = self.offered - self.queued_messages  # So many were offered before it.
        if self.queued_messages == 0 or first >= self.flushed:
            return EMPTY
        if self._offset == 0:
            head = self.frame_head()
            count = self._unsent.put_frames(out, head, id, room, self.deficit, self.flushed - first)
            if count:
                self.sent += self.queued_messages - self._unsent.count
                self._cut = False
                self._count()
                return count
            size = self._unsent.size()
            id_bytes = varint_size(id) if id != NO_ID else 0
            if self.head_bytes + id_bytes + varint_size(size) + size <= room_max:
                return FULL
        return self._write_piece(out, room, id)

    def _write_piece(self, out: Datagram, room: int, id: int) -> int:
        """The next piece of the first message; those that have no `id` are given one when they are first cut."""
        if id == NO_ID:
            if not self._cut:
                self._cut = True
                self._cut_id = self.next_id
                self.next_id += 1
            id = self._cut_id
        start = out.at
        size = self._unsent.size()
        length = put_piece_head(self, id, size, self._offset, size - self._offset, out, room)
        if length == 0:
            return FULL
        self._unsent.put_bytes(out, self._offset, length)
        self._offset += length
        if self._offset == size:
            self._drop_oldest()
            self.sent += 1
        return out.at - start

    def receive(self, inbound: Datagram, id: int, length: int, now_ns: int) -> int:
        if length > self.settings.max_unreliable_message_bytes:
            return MESSAGE_TOO_LARGE
        return self.inbox.deliver_next(self, inbound, length)

    def receive_piece(self, inbound: Datagram, id: int, total: int, unit: int, length: int, now_ns: int) -> int:
        if self._partial is None:
            self._partial = {}
        entry = self._partial.get(id)
        if entry is not None and now_ns - entry[0] > self.settings.reassembly_ns:
            self._forget(id)
            self.dropped += 1
            inbound.at += length
            return 0
        if entry is None:
            self._make_room(total, now_ns)
            entry = (now_ns, Reassembly(total))
            self._partial[id] = entry
            self._partial_bytes += total
        partial = entry[1]
        if partial.total != total:
            return FRAME_INVALID
        partial.add(inbound, unit, length)
        if not partial.complete:
            return 0
        self._forget(id)
        return self.inbox.deliver(self, partial.message())

    def _make_room(self, total: int, now_ns: int) -> int:
        """Forget what is too old, then the oldest, until one more message of `total` bytes may begin."""
        while self._partial:
            oldest = next(iter(self._partial))
            born_ns = self._partial[oldest][0]
            if (
                len(self._partial) < self.settings.reassembly_messages
                and self._partial_bytes + total <= self.settings.reassembly_bytes
                and now_ns - born_ns <= self.settings.reassembly_ns
            ):
                break
            self._forget(oldest)
            self.dropped += 1
        return 0

    def rest(self, now_ns: int) -> int:
        """What was begun and is too old will not be completed any more."""
        while self._partial:
            oldest = next(iter(self._partial))
            if now_ns - self._partial[oldest][0] <= self.settings.reassembly_ns:
                return 0
            self._forget(oldest)
            self.dropped += 1
        self._partial = None
        return 0

    def _forget(self, id: int) -> int:
        partial = self._partial.pop(id)[1]
        self._partial_bytes -= partial.total
        return 0
