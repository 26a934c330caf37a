"""Kind 1, unreliable: sent once, delivered on arrival, never twice (the replay window sees to that)."""

from fastnet.protocol.channels.base import (
    ACCEPTED,
    EMPTY,
    EXHAUSTED,
    FULL,
    ID_LIMIT,
    TOO_LARGE,
    Channel,
    Inbox,
    Message,
    Queue,
)
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
        self._unsent = Queue()

    def offer(self, data: bytes) -> int:
        if self.next_id + self.queued_messages >= ID_LIMIT:  # Each that waits may be cut, and then takes an id.
            return EXHAUSTED
        return self._queue(data)

    def _queue(self, data: bytes) -> int:
        if len(data) > self.message_bytes_max:
            return TOO_LARGE
        while self._unsent.head is not None and (
            self.queued_bytes + len(data) > self.settings.send_queue_bytes
            or self.queued_messages >= self.settings.send_queue_messages
        ):
            self._drop_oldest()
            self.dropped += 1
        message = self.inbox.new_message()
        message.data = data
        message.size = len(data)
        message.order = self.offered
        self.offered += 1
        self.queued_bytes += len(data)
        self.queued_messages += 1
        self._unsent.push(message)
        return ACCEPTED

    def mark_flushed(self) -> int:
        self.flushed = self.offered
        return 0

    def start_at(self, id: int) -> int:
        self.next_id = id
        return 0

    def _drop_oldest(self) -> int:
        message = self._unsent.pop()
        self.queued_bytes -= message.size
        self.queued_messages -= 1
        self.inbox.recycle(message)
        return 0

    def write(self, out: Datagram, room: int, room_max: int, sent: SentLog) -> int:
        message = self._unsent.head
        if message is None or message.order >= self.flushed:
            return EMPTY
        if message.offset == 0:
            whole = self.head_bytes + varint_size(message.size) + message.size
            if whole <= room:
                self.put_head(out, False)
                out.put_varint(message.size)
                out.put_bytes(message.data, 0, message.size)
                self._sent_whole()
                return whole
            if whole <= room_max:
                return FULL
        return self._write_piece(message, out, room)

    def _write_piece(self, message: Message, out: Datagram, room: int) -> int:
        """The next piece of the first message; ids are given when a message is first cut."""
        if not message.opened:
            message.opened = True
            message.id = self.next_id
            self.next_id += 1
        start = out.at
        length = put_piece(self, message, message.offset, message.size - message.offset, out, room)
        if length == 0:
            return FULL
        message.offset += length
        if message.offset == message.size:
            self._sent_whole()
        return out.at - start

    def _sent_whole(self) -> int:
        self._drop_oldest()
        self.sent += 1
        return 0

    def receive(self, inbound: Datagram, id: int, length: int, now_ns: int) -> int:
        if length > self.settings.max_unreliable_message_bytes:
            return MESSAGE_TOO_LARGE
        return self.inbox.deliver(self, inbound.take(length))

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
