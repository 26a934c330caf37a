"""Kind 3, sequenced: only messages newer than the last are delivered, and under congestion only the newest waits."""

from fastnet.protocol.channels.base import ACCEPTED, EXHAUSTED, ID_LIMIT
from fastnet.protocol.channels.unreliable import UnreliableChannel
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.reassembly import Reassembly
from fastnet.protocol.sent import SentLog

MESSAGE_TOO_LARGE = CloseCode.MESSAGE_TOO_LARGE.value
FRAME_INVALID = CloseCode.FRAME_INVALID.value


class SequencedChannel(UnreliableChannel):
    """Ids rise by one per message; a receiver passes over whatever is not above the last id it delivered."""

    def offer_copy(self, data: bytes, size: int) -> int:
        if self.next_id >= ID_LIMIT:
            return EXHAUSTED
        code = self._queue(data, size)
        if code == ACCEPTED:
            self.next_id += 1
        return code

    def write(self, out: Datagram, room: int, room_max: int, sent: SentLog) -> int:
        return self._write(out, room, room_max, self.next_id - self.queued_messages)

    def start_at(self, id: int) -> int:
        self.expected = id
        return UnreliableChannel.start_at(self, id)

    def end_flush(self) -> int:
        """What is still unsent at the end of a flush is superseded, but for the newest of what was flushed."""
        while self.queued_messages > 1 and self.offered - self.queued_messages + 1 < self.flushed:
            self._drop_oldest()
            self.superseded += 1
        return 0

    def rest(self, now_ns: int) -> int:
        if self._newest is not None and now_ns - self._born_ns > self.settings.reassembly_ns:
            self._newest = None
            self.dropped += 1
        return 0

    def receive(self, inbound: Datagram, id: int, length: int, now_ns: int) -> int:
        if id < self.expected:
            inbound.at += length
            self.superseded += 1
            return 0
        if length > self.settings.max_unreliable_message_bytes:
            return MESSAGE_TOO_LARGE
        self.expected = id + 1
        if self._newest is not None and self._partial_id <= id:
            self._newest = None
        return self.inbox.deliver_next(self, inbound, length)

    def receive_piece(self, inbound: Datagram, id: int, total: int, unit: int, length: int, now_ns: int) -> int:
        """Only the newest message is put together: a piece of a newer one drops what was begun."""
        if id < self.expected or (self._newest is not None and id < self._partial_id):
            inbound.at += length
            return 0
        if self._newest is not None and now_ns - self._born_ns > self.settings.reassembly_ns:
            self._newest = None
            self.dropped += 1
            if id == self._partial_id:
                inbound.at += length
                return 0
        if self._newest is None or id > self._partial_id:
            self._newest = Reassembly(total)
            self._partial_id = id
            self._born_ns = now_ns
        partial = self._newest
        if partial.total != total:
            return FRAME_INVALID
        partial.add(inbound, unit, length)
        if not partial.complete:
            return 0
        self._newest = None
        self.expected = id + 1
        return self.inbox.deliver(self, partial.message())
