"""What the reliable kinds share, above all as senders: every message that was accepted arrives, once.

Rule 1: data is sent again, packets never: what was lost is cut anew to the room there is (PROTOCOL.md s. 7).
Rule 2: a message is opened (first sent) only within the peer's credit and 4,096 ids of the lowest unacknowledged one,
so the peer's memory is bounded by what it granted.
How messages arrive is in arrivals.py.
"""

from fastnet.protocol.channels.base import (
    ACCEPTED,
    BLOCKED,
    EMPTY,
    EXHAUSTED,
    FULL,
    ID_LIMIT,
    TOO_LARGE,
    WOULD_BLOCK,
    Channel,
    Inbox,
    Message,
    Queue,
)
from fastnet.protocol.config import Channel as ChannelConfig
from fastnet.protocol.credit import CreditReceiver
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.sent import SentLog
from fastnet.protocol.settings import Settings
from fastnet.protocol.spec import MESSAGE_COST_BYTES, OPEN_IDS_MAX, UNIT_BYTES

CREDIT_EXCEEDED = CloseCode.CREDIT_EXCEEDED.value
_MESSAGE = 0  # The kinds of items in the sent log; sent.pxd names them for C.
_PIECE = 1


class ReliableChannel(Channel):
    """What both reliable kinds share: the whole sender, and the credit of the receiver."""

    def __init__(self, config: ChannelConfig, number: int, slot: int, peer_id: int, settings: Settings, inbox: Inbox):
        Channel.__init__(self, config, number, slot, peer_id, settings, inbox)
        self._ring = [None] * 4
        self._mask = 3
        self._unsent = Queue()
        self.owner = peer_id
        self.credit = CreditReceiver(settings.initial_credit_bytes, settings.channel_window_bytes)

    def offer(self, data: bytes) -> int:
        if len(data) > self.message_bytes_max:
            return TOO_LARGE
        if self.queued_bytes + len(data) + MESSAGE_COST_BYTES > self.settings.send_queue_reliable_bytes:
            return WOULD_BLOCK
        if self.next_id >= ID_LIMIT:
            return EXHAUSTED
        message = Message.__new__(Message)
        message.data = data
        message.size = len(data)
        message.id = self.next_id
        self.next_id += 1
        self.total_cost += len(data) + MESSAGE_COST_BYTES
        message.cost_end = self.total_cost
        self.queued_bytes += len(data) + MESSAGE_COST_BYTES
        self.queued_messages += 1
        self._unsent.push(message)
        return ACCEPTED

    def write(self, out: Datagram, room: int, room_max: int, sent: SentLog) -> int:
        if self._lost_head is not None:
            count = self._write_lost(out, room, room_max, sent)
            if count != EMPTY:
                return count
        message = self._unsent.head
        if message is None:
            return EMPTY
        if not message.opened and not self.may_open():
            return BLOCKED if message.id < self.flushed else EMPTY
        if message.acked is None:
            whole = whole_bytes(self, message)
            if whole <= room:
                self._open(message)
                self._unsent.pop()
                self.sent += 1
                return self._write_whole(message, out, sent)
            if whole <= room_max:
                return FULL
            self._cut(message)
        start = out.at
        length = self._write_piece(message, message.offset, message.size - message.offset, out, room, sent)
        if length == 0:
            return FULL
        self._open(message)
        message.offset += length
        if message.offset == message.size:
            self._unsent.pop()
            self.sent += 1
        return out.at - start

    def _write_lost(self, out: Datagram, room: int, room_max: int, sent: SentLog) -> int:
        """The oldest loss first; EMPTY when all of them have arrived by now."""
        while self._lost_head is not None:
            message = self._lost_head
            if message.done:
                self._pop_lost()
                continue
            if message.acked is None:
                whole = whole_bytes(self, message)
                if whole <= room:
                    self._pop_lost()
                    self.resent += 1
                    return self._write_whole(message, out, sent)
                if whole <= room_max:
                    return FULL
                self._cut(message)  # The path's MTU fell since it was sent whole.
                message.offset = message.size
                message.lost_pieces = [0, message.size]
            count = self._write_lost_piece(message, out, room, sent)
            if count > 0:
                self.resent += 1
            if count != EMPTY:
                return count
            self._pop_lost()
        return EMPTY

    def _write_lost_piece(self, message: Message, out: Datagram, room: int, sent: SentLog) -> int:
        while message.lost_pieces:
            remaining = message.lost_pieces.pop()
            unit = message.lost_pieces.pop()
            while remaining > 0 and message.acked[unit >> 3] >> (unit & 7) & 1:
                unit += 1
                remaining -= UNIT_BYTES
            if remaining <= 0:
                continue
            start = out.at
            length = self._write_piece(message, unit * UNIT_BYTES, remaining, out, room, sent)
            if length < remaining:
                message.lost_pieces.append(unit + length // UNIT_BYTES)
                message.lost_pieces.append(remaining - length)
            return out.at - start if length else FULL
        return EMPTY

    def _write_whole(self, message: Message, out: Datagram, sent: SentLog) -> int:
        start = out.at
        put_whole(self, message, out)
        sent.add_item(self.slot, _MESSAGE, message.id, 0, message.size)
        return out.at - start

    def write_again(self, id: int, out: Datagram, room: int, sent: SentLog) -> bool:
        """Repeat a message that was sent whole, unless it has arrived; False when it does not fit."""
        if id < self.first_unacked:
            return True
        message = self._ring[id & self._mask]
        if message.done or message.acked is not None:
            return True
        if whole_bytes(self, message) > room:
            return False
        put_whole(self, message, out)
        sent.add_item(self.slot, ITEM_REPEAT, id, 0, message.size)
        return True

    def _write_piece(
        self, message: Message, offset: int, remaining: int, out: Datagram, room: int, sent: SentLog
    ) -> int:
        """Write as much of [offset, offset + remaining) as fits, and note it; how many bytes of the message."""
        length = put_piece(self, message, offset, remaining, out, room)
        if length > 0:
            sent.add_item(self.slot, _PIECE, message.id, offset // UNIT_BYTES, length)
        return length

    def _cut(self, message: Message) -> int:
        """From now on `message` goes in pieces: remember which units arrived."""
        message.acked = bytearray((message.size + 8 * UNIT_BYTES - 1) // (8 * UNIT_BYTES))
        return 0

    def _open(self, message: Message) -> int:
        """`message` is about to be sent for the first time: an ack of it may come."""
        if message.opened:
            return 0
        if self.next_open - self.first_unacked > self._mask:
            mask = 2 * self._mask + 1
            grown = [None] * (mask + 1)
            for id in range(self.first_unacked, self.next_open):
                grown[id & mask] = self._ring[id & self._mask]
            self._ring = grown
            self._mask = mask
        self._ring[message.id & self._mask] = message
        message.opened = True
        self.next_open += 1
        return 0

    def _push_lost(self, message: Message) -> int:
        if message.lost:
            return 0
        message.lost = True
        if self._lost_tail is None:
            self._lost_head = message
        else:
            self._lost_tail.next_lost = message
        self._lost_tail = message
        return 0

    def _pop_lost(self) -> Message:
        message = self._lost_head
        self._lost_head = message.next_lost
        message.next_lost = None
        message.lost = False
        if self._lost_head is None:
            self._lost_tail = None
        return message

    def may_open(self) -> bool:
        """Whether the next unsent message was flushed, and is within the peer's credit and the span of open ids."""
        message = self._unsent.head
        if message is None or message.id >= self.flushed:
            return False
        return message.cost_end <= self.limit and message.id < self.first_unacked + OPEN_IDS_MAX

    def mark_flushed(self) -> int:
        self.flushed = self.next_id
        return 0

    def start_at(self, id: int) -> int:
        self.first_unacked = self.next_open = self.next_id = id
        return 0

    def finished(self) -> bool:
        """Whether everything accepted has been acknowledged."""
        return self.first_unacked == self.next_id

    def raise_limit(self, limit: int) -> bool:
        """The peer's MAX_CREDIT; True when it grants more than before."""
        if limit <= self.limit:
            return False
        self.limit = limit
        return True

    def on_acked(self, kind: int, id: int, unit: int, length: int) -> int:
        if id < self.first_unacked:
            return 0
        message = self._ring[id & self._mask]
        if message.done:
            return 0
        if kind == _PIECE:
            self._mark_acked(message, unit, length)
            if message.acked_bytes < message.size:
                return 0
        message.done = True
        message.data = None
        message.acked = None
        message.lost_pieces = None
        self.queued_bytes -= message.size + MESSAGE_COST_BYTES
        self.queued_messages -= 1
        if id == self.first_unacked:
            self._advance()
        return 0

    def _mark_acked(self, message: Message, unit: int, length: int) -> int:
        left = length
        index = unit
        while left > 0:
            if not message.acked[index >> 3] >> (index & 7) & 1:
                message.acked[index >> 3] |= 1 << (index & 7)
                message.acked_bytes += UNIT_BYTES if left > UNIT_BYTES else left
            index += 1
            left -= UNIT_BYTES
        return 0

    def _advance(self) -> int:
        while self.first_unacked < self.next_open:
            message = self._ring[self.first_unacked & self._mask]
            if not message.done:
                break
            self._ring[self.first_unacked & self._mask] = None
            self.first_unacked += 1
        return 0

    def on_lost(self, kind: int, id: int, unit: int, length: int) -> int:
        if id < self.first_unacked:
            return 0
        message = self._ring[id & self._mask]
        if message.done:
            return 0
        if message.acked is not None:
            if message.lost_pieces is None:
                message.lost_pieces = []
            message.lost_pieces.append(unit)
            message.lost_pieces.append(length)
        return self._push_lost(message)

    def rest(self, now_ns: int) -> int:
        if self.first_unacked == self.next_open and self._mask > 3:
            self._ring = [None] * 4
            self._mask = 3
        return 0

    def _note_cost(self, size: int) -> int:
        """A message was seen for the first time; CREDIT_EXCEEDED when it is more than we granted."""
        self.known_cost += size + MESSAGE_COST_BYTES
        return CREDIT_EXCEEDED if self.known_cost > self.credit.limit else 0

    def _hand_over(self, data: bytes) -> int:
        self.waiting_cost += len(data) + MESSAGE_COST_BYTES
        return self.inbox.deliver(self, data)

    def on_taken(self) -> int:
        # A blocked peer asked once and waits: whatever comes free may be just what its next message needs.
        due = self.credit.on_consumed(self.waiting_cost)
        if self.resting and self.credit.grown:
            self.give_back()
            due = self.credit.on_consumed(0)
        if due or self.asked > self.credit.limit:
            self.announcing = True
            self.inbox.announcers.append(self)
        self.waiting_cost = 0
        return 0

    def grow(self, wanted: int) -> bool:
        """The peer needs the limit to be `wanted`: grow the window as far as the endpoint's budget has room.
        True when MAX_CREDIT should be announced; a wish that could not be granted is kept."""
        self.asked = wanted
        self.resting = False
        need = self.credit.on_wanted(wanted)
        grant = need if need < self.inbox.budget else self.inbox.budget
        if grant:
            self.inbox.budget -= grant
            self.credit.grow(grant)
        if grant < need:
            if not self.waits:
                self.waits = True
                self.inbox.wishers.append(self)
            self.wish = wanted
        else:
            self.wish = 0
        if self.credit.consumed + self.credit.window > self.credit.limit:
            self.announcing = True  # And not False otherwise: a lost MAX_CREDIT may wait here to be said again.
        return self.announcing

    def starves(self) -> bool:
        """Whether the peer asked for more than it may send, and nothing but the endpoint's budget is in its way."""
        return self.wish != 0 and self.credit.on_wanted(self.wish) != 0

    def serve_wish(self) -> int:
        """Budget came free, and the list of those who wait was emptied: try again what the peer asked for."""
        self.waits = False
        wanted = self.wish
        self.wish = 0
        if wanted and not self.ended:
            self.grow(wanted)
        return 0

    def check_growth(self) -> int:
        """Asked every 30 s while the window is grown or a wish waits. If nothing came since, nothing waits for our
        application and the peer has what it asked for, growth goes back now and as messages are taken; a peer that
        still waits for credit would never ask again. Then `holds` says whether some is held without progress. Who got
        only a part of its wish, and may be unable to use that, is given another 30 s: the others are to blame first.
        """
        progress = self.known_cost + self.heard_bytes
        idle = progress == self.progress_before and self.waiting_cost == 0
        self.progress_before = progress
        self.resting = idle and self.asked <= self.credit.limit
        if self.resting:
            self.give_back()
        patient = self.starves() and not self.starved
        self.starved = idle and self.starves()
        self.holds = idle and self.credit.grown > 0 and not patient
        return 0

    def give_back(self) -> int:
        """Growth goes back to the endpoint's budget, as far as it is not promised to the peer."""
        self.inbox.budget += self.credit.shrink_to_initial()
        return 0
