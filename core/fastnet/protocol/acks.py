"""What we received, and when to say so: PROTOCOL.md s. 5 (ACK) and s. 7 (Acks). The format means what RFC 9000 says.

Rule 1: at most `ACK_BLOCKS_MAX` runs of numbers are remembered. The oldest is forgotten: the peer resends, and message
ids remove the copy.
Rule 2: a packet that elicits no ack is recorded but makes no ACK leave; else two ends would ack each other forever.
Rule 3: each number comes once; the replay window stands before this.
"""

from fastnet.protocol.datagram import Datagram, varint_size
from fastnet.protocol.spec import ACK_BLOCKS_MAX, ACK_DELAY_UNIT_US, FRAME_ACK
from fastnet.protocol.ticket import NEVER_NS

_DELAY_UNIT_NS = ACK_DELAY_UNIT_US * 1_000
_PROMPT_MAX = 2  # So many packets with reliable or control frames may await their ACK ..
_WAITING_MAX = 8  # .. and so many of any kind.


class AckTracker:
    """Runs of received packet numbers of one connection, and the ACK that is due for them."""

    def __init__(self, ack_delay_reliable_ns: int, ack_delay_unreliable_ns: int) -> None:
        self.any = False
        """Whether anything was received at all."""
        self.largest = 0
        self._largest_ns = 0  # When it arrived.
        self._delay_prompt_ns = ack_delay_reliable_ns
        self._delay_ns = ack_delay_unreliable_ns
        self._low = [0] * 33  # Run i is low[i] .. high[i], both included; the oldest run comes first.
        self._high = [0] * 33
        self._count = 0
        self._reset()

    def _reset(self) -> None:
        self.pending = False
        """Whether a packet that elicits an ack has not got one."""
        self.immediate = False
        """Whether the ACK must leave at the end of this turn."""
        self.deadline_ns = NEVER_NS
        """When the ACK must leave at the latest."""
        self._waiting = 0
        self._prompt_waiting = 0

    # Receiving.

    def on_received(self, number: int, eliciting: bool, prompt: bool, now_ns: int) -> None:
        """Record an authenticated packet. `eliciting`: it wants an ack; `prompt`: for reliable or control frames."""
        in_order = not self.any or number == self.largest + 1
        self._record(number)
        if not self.any or number > self.largest:
            self.any = True
            self.largest = number
            self._largest_ns = now_ns
        if eliciting:
            self._want_ack(in_order, prompt, now_ns)

    def _want_ack(self, in_order: bool, prompt: bool, now_ns: int) -> None:
        self.pending = True
        self._waiting += 1
        if prompt:
            self._prompt_waiting += 1
        if not in_order or self._prompt_waiting >= _PROMPT_MAX or self._waiting >= _WAITING_MAX:
            self.immediate = True
            return
        delay_ns = self._delay_prompt_ns if prompt else self._delay_ns
        self.deadline_ns = min(self.deadline_ns, now_ns + delay_ns)

    def _record(self, number: int) -> None:
        if not self.any or number > self.largest + 1:
            self._insert(self._count, number)
        elif number == self.largest + 1:
            self._high[self._count - 1] = number
        else:
            self._record_late(number)

    def _record_late(self, number: int) -> None:
        at = self._count
        while at > 0 and self._low[at - 1] > number:
            at -= 1
        # Now run at - 1 begins at or below `number`, and run `at` above it.
        joins_below = at > 0 and self._high[at - 1] + 1 >= number
        joins_above = at < self._count and self._low[at] == number + 1
        if joins_below and joins_above:
            self._high[at - 1] = self._high[at]
            self._remove(at, 1)
        elif joins_below:
            self._high[at - 1] = max(self._high[at - 1], number)
        elif joins_above:
            self._low[at] = number
        else:
            self._insert(at, number)

    def _insert(self, at: int, number: int) -> None:
        if self._count == ACK_BLOCKS_MAX:
            if at == 0:
                return  # It would be the oldest run.
            self._remove(0, 1)
            at -= 1
        for index in range(self._count, at, -1):
            self._low[index] = self._low[index - 1]
            self._high[index] = self._high[index - 1]
        self._low[at] = self._high[at] = number
        self._count += 1

    def _remove(self, at: int, count: int) -> None:
        self._count -= count
        for index in range(at, self._count):
            self._low[index] = self._low[index + count]
            self._high[index] = self._high[index + count]

    # Sending.

    def write(self, out: Datagram, room: int, now_ns: int) -> int:
        """Write one ACK frame of at most `room` bytes at the cursor of `out`: as many runs as fit, newest first.

        Returns its size, and then takes it that the ACK leaves. 0, and nothing changed: nothing was received, or the
        frame does not fit even with one run.
        """
        if not self.any:
            return 0
        newest = self._count - 1
        first = self._high[newest] - self._low[newest]
        delay = (now_ns - self._largest_ns) // _DELAY_UNIT_NS if now_ns > self._largest_ns else 0
        size = 2 + varint_size(self.largest) + varint_size(delay) + varint_size(first)
        if size > room:
            return 0
        out.put_u8(FRAME_ACK)
        out.put_varint(self.largest)
        out.put_varint(delay)
        count_at = out.at
        out.put_u8(0)
        out.put_varint(first)
        size += self._write_older(out, room - size, count_at)
        self._reset()
        return size

    def _write_older(self, out: Datagram, room: int, count_at: int) -> int:
        size = 0
        count = 0
        for index in range(self._count - 2, -1, -1):
            gap = self._low[index + 1] - self._high[index] - 2  # RFC 9000 s. 19.3.1: runs are 1 apart at least.
            length = self._high[index] - self._low[index]
            step = varint_size(gap) + varint_size(length)
            if size + step > room:
                break
            out.put_varint(gap)
            out.put_varint(length)
            size += step
            count += 1
        out.put_u8_at(count_at, count)
        return size

    def on_ack_of_ack(self, largest: int) -> None:
        """The peer acked a packet of ours with an ACK up to `largest`: what lies below it need not be said again."""
        if not self.any or largest > self.largest:
            return
        stale = 0
        while self._high[stale] < largest:  # Ends: the newest run ends at self.largest.
            stale += 1
        if stale:
            self._remove(0, stale)
        self._low[0] = max(self._low[0], largest)
