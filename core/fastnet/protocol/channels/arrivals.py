"""The reliable kinds as receivers: in the order of the ids, or as soon as complete; each message once.

Rule: what a peer sends is checked against the 4,096 open ids and its credit before anything is stored.
"""

from fastnet.protocol.channels.reliable import ReliableChannel
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.reassembly import Reassembly
from fastnet.protocol.spec import OPEN_IDS_MAX

CREDIT_EXCEEDED = CloseCode.CREDIT_EXCEEDED.value
MESSAGE_TOO_LARGE = CloseCode.MESSAGE_TOO_LARGE.value
FRAME_INVALID = CloseCode.FRAME_INVALID.value


class OrderedChannel(ReliableChannel):
    """Kind 0: delivers in the order of the ids; what came too early is held."""

    def start_at(self, id: int) -> int:
        self.expected = id
        return ReliableChannel.start_at(self, id)

    def receive(self, inbound: Datagram, id: int, length: int, now_ns: int) -> int:
        if id < self.expected:
            inbound.at += length
            return 0
        if length > self.settings.max_reliable_message_bytes:
            return MESSAGE_TOO_LARGE
        if id - self.expected >= OPEN_IDS_MAX:
            return CREDIT_EXCEEDED
        if id == self.expected and not self._held:
            code = self._note_cost(length)
            if code:
                return code
            self.expected += 1
            return self._hand_over(inbound.take(length))
        if self._held is None:
            self._held = {}
        held = self._held.get(id)
        if held is None:
            code = self._note_cost(length)
            if code:
                return code
        elif type(held) is bytes:
            inbound.at += length
            return 0
        else:
            partial = held
            if partial.total != length:
                return FRAME_INVALID  # Its cost was counted by `total`.
        self._held[id] = inbound.take(length)
        return self._drain() if id == self.expected else 0

    def receive_piece(self, inbound: Datagram, id: int, total: int, unit: int, length: int, now_ns: int) -> int:
        if id < self.expected:
            inbound.at += length
            return 0
        if id - self.expected >= OPEN_IDS_MAX:
            return CREDIT_EXCEEDED
        if self._held is None:
            self._held = {}
        held = self._held.get(id)
        if held is None:
            code = self._note_cost(total)
            if code:
                return code
            held = Reassembly(total)
            self._held[id] = held
        elif type(held) is bytes:
            inbound.at += length
            return 0
        partial = held
        if partial.total != total:
            return FRAME_INVALID
        self.heard_bytes += partial.add(inbound, unit, length)
        return self._drain() if id == self.expected and partial.complete else 0

    def rest(self, now_ns: int) -> int:
        if not self._held:
            self._held = None
        return ReliableChannel.rest(self, now_ns)

    def _drain(self) -> int:
        """Hand over all that is complete and next."""
        while self._held:
            held = self._held.get(self.expected)
            if held is None:
                break
            if type(held) is not bytes:
                partial = held
                if not partial.complete:
                    break
                held = partial.message()
            del self._held[self.expected]
            self.expected += 1
            self._hand_over(held)
        return 0


class UnorderedChannel(ReliableChannel):
    """Kind 2: delivers as soon as complete; a ring of 4,096 bits above the lowest incomplete id removes duplicates."""

    def start_at(self, id: int) -> int:
        self.floor = id
        return ReliableChannel.start_at(self, id)

    def receive(self, inbound: Datagram, id: int, length: int, now_ns: int) -> int:
        if id >= self.floor + OPEN_IDS_MAX:
            return CREDIT_EXCEEDED
        if not self._is_new(id):
            inbound.at += length
            return 0
        if length > self.settings.max_reliable_message_bytes:
            return MESSAGE_TOO_LARGE
        partial = None if self._partial is None else self._partial.pop(id, None)
        if partial is None:
            code = self._note_cost(length)
            if code:
                return code
        elif partial.total != length:
            return FRAME_INVALID  # Its cost was counted by `total`.
        self._mark(id)
        return self._hand_over(inbound.take(length))

    def receive_piece(self, inbound: Datagram, id: int, total: int, unit: int, length: int, now_ns: int) -> int:
        if id >= self.floor + OPEN_IDS_MAX:
            return CREDIT_EXCEEDED
        if not self._is_new(id):
            inbound.at += length
            return 0
        if self._partial is None:
            self._partial = {}
        partial = self._partial.get(id)
        if partial is None:
            code = self._note_cost(total)
            if code:
                return code
            partial = Reassembly(total)
            self._partial[id] = partial
        if partial.total != total:
            return FRAME_INVALID
        self.heard_bytes += partial.add(inbound, unit, length)
        if not partial.complete:
            return 0
        del self._partial[id]
        self._mark(id)
        return self._hand_over(partial.message())

    def rest(self, now_ns: int) -> int:
        if not self._partial:
            self._partial = None
        if self._above == 0:
            self._seen = None  # All its bits are 0.
        return ReliableChannel.rest(self, now_ns)

    def _is_new(self, id: int) -> bool:
        """Whether `id`, below the floor + 4,096, has not been delivered."""
        if id < self.floor:
            return False
        if self._above == 0:
            return True
        at = id % OPEN_IDS_MAX
        return not self._seen[at >> 3] >> (at & 7) & 1

    def _mark(self, id: int) -> int:
        if id == self.floor and self._above == 0:
            self.floor += 1
            return 0
        if self._seen is None:
            self._seen = bytearray(512)  # OPEN_IDS_MAX bits.
        at = id % OPEN_IDS_MAX
        self._seen[at >> 3] |= 1 << (at & 7)
        self._above += 1
        at = self.floor % OPEN_IDS_MAX
        while self._seen[at >> 3] >> (at & 7) & 1:
            self._seen[at >> 3] &= ~(1 << (at & 7)) & 0xFF
            self._above -= 1
            self.floor += 1
            at = self.floor % OPEN_IDS_MAX
        return 0
