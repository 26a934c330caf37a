"""What all channels share: messages waiting to be sent, the inbox they deliver to, and the verbs of a channel.

The verbs: `offer` takes a message from the application; `write` puts one frame, or several, into a datagram; `receive`
and `receive_piece` take frames from the peer and return 0 or the `CloseCode` of the rule that the peer broke;
`on_acked` and `on_lost` tell the fate of what `write` noted in the sent log; `end_flush` says that a flush is over.
"""

from fastnet.protocol.channels.unsent import SpareRoom
from fastnet.protocol.config import Channel as ChannelConfig
from fastnet.protocol.datagram import Datagram, varint_size
from fastnet.protocol.events import Data, Event
from fastnet.protocol.sent import SentLog
from fastnet.protocol.settings import Settings
from fastnet.protocol.spec import FRAME_DATA, FRAME_DATA_PIECE, NUMBER_LIMIT, UNIT_BYTES

_HELD_MAX = 256  # Unreliable messages held back while a connection is being bound; reliable ones are bound by credit.
NEVER = 2**64 - 1
ID_LIMIT = NUMBER_LIMIT - 1
_HOLES_MAX = 1_024
_ESCAPE = 63  # The channel's number does not fit into the type byte and follows it.
_PIECE_MIN = 256  # Do not cut slivers to fill a datagram; the next one is empty.
_PIECE_MAX = 0x3FE0  # The length varint of a piece has two bytes.

# What `write` returns instead of a count of bytes.
EMPTY = 0
FULL = -1
"""The next frame does not fit into what is left of this datagram."""
BLOCKED = -2
"""Nothing may be sent until the peer grants credit or acknowledges."""

# What `offer` returns.
ACCEPTED = 0
WOULD_BLOCK = 1
TOO_LARGE = 2
EXHAUSTED = 3
"""No message ids are left; in theory, and in tests."""


class Message:
    """One message on its way out; the reliable kinds keep it until all of it is acknowledged."""


class Queue:
    """Messages in order, linked through `next`."""

    def push(self, message: Message) -> None:
        """Append `message`."""
        if self.tail is None:
            self.head = message
        else:
            self.tail.next = message
        self.tail = message

    def pop(self) -> Message:
        """Remove and return the first message, which must exist."""
        message = self.head
        self.head = message.next
        message.next = None
        if self.head is None:
            self.tail = None
        return message


class Outlet:
    """Where messages of unreliable channels go at once, and not through the list of events."""

    def take(self, peer_id: int, channel: int, inbound: Datagram, length: int) -> bool:
        """The next `length` bytes of `inbound`, whose cursor stays, are a message. False: there is no room now."""
        return False


class Inbox:
    """What an endpoint's application has not taken yet. An epoch lasts from one `take` to the next; channels count what
    they have waiting within it. While a connection is being bound, its data is held back until it is connected."""

    def __init__(self, budget_bytes: int) -> None:
        self.budget = budget_bytes
        self.wishers = []
        self.events = []
        self.announcers = []
        self.epoch = 1
        self.spare = SpareRoom()

    def add(self, event: object) -> int:
        """Append an event that is not data."""
        self.events.append(event)
        return 0

    def deliver_next(self, channel: "Channel", inbound: Datagram, length: int) -> int:
        """`deliver` the next `length` bytes of `inbound`, a message of an unreliable kind."""
        if self.outlet is None or self.holding is not None or self.events or channel.keep_latest:
            return self.deliver(channel, inbound.take(length))
        if not self.outlet.take(channel.peer_id, channel.number, inbound, length):
            return self.deliver(channel, inbound.take(length))
        inbound.at += length
        channel.received += 1
        return 0

    def deliver(self, channel: "Channel", data: bytes) -> int:
        """Hand one message to the application. Full queues of the unreliable kinds lose their oldest, and count it."""
        if self.holding is not None:
            if channel.reliable or self._may_hold(channel, len(data)):
                self.holding.append((channel, data))
            else:
                channel.dropped += 1
                self.dropped += 1
            return 0
        if channel.epoch != self.epoch:
            channel.epoch = self.epoch
            channel.waiting_bytes = channel.waiting_messages = 0
            channel.oldest_at = len(self.events)
            channel.next_touched = self.touched
            self.touched = channel
        channel.waiting_bytes += len(data)
        channel.waiting_messages += 1
        channel.received += 1
        event = Data.__new__(Data)
        event.peer_id = channel.shown_peer_id
        event.channel = channel.shown_number
        event.data = data
        self.events.append(event)
        if not channel.reliable:
            while (
                channel.waiting_messages > channel.settings.receive_queue_messages
                or channel.waiting_bytes > channel.settings.receive_queue_bytes
                or (channel.keep_latest and channel.waiting_messages > 1)
            ):
                self._forget_oldest(channel)
        return 0

    def _may_hold(self, channel: "Channel", count: int) -> bool:
        """Whether `count` bytes more stay within what `channel` may keep waiting, here before the first epoch."""
        channel.waiting_messages += 1
        channel.waiting_bytes += count
        return (
            channel.waiting_messages <= _HELD_MAX
            and channel.waiting_messages <= channel.settings.receive_queue_messages
            and channel.waiting_bytes <= channel.settings.receive_queue_bytes
        )

    def _forget_oldest(self, channel: "Channel") -> int:
        """Leave a hole where the oldest waiting message of `channel` was; the search only ever moves forward."""
        index = channel.oldest_at
        while True:
            candidate = self.events[index]
            index += 1
            if type(candidate) is not Data:
                continue
            event = candidate
            if event.peer_id == channel.peer_id and event.channel == channel.number:
                break
        self.events[index - 1] = None
        channel.oldest_at = index
        channel.waiting_bytes -= len(event.data)
        channel.waiting_messages -= 1
        channel.dropped += 1
        self.dropped += 1
        self._holes += 1
        if self._holes > _HOLES_MAX and 2 * self._holes > len(self.events):
            self._compact()
        return 0

    def _compact(self) -> int:
        """Close the holes, or an application that never takes would pay for every message that it missed. Each channel
        goes on searching where it was; the cost is spread over the messages that made the holes."""
        places = []
        channel = self.touched
        while channel is not None:
            places.append((channel.oldest_at, channel.peer_id, channel.number, channel))
            channel = channel.next_touched
        places.sort()
        kept = []
        index = 0
        for place in places:
            while index < place[0]:
                if self.events[index] is not None:
                    kept.append(self.events[index])
                index += 1
            channel = place[3]
            channel.oldest_at = len(kept)
        while index < len(self.events):
            if self.events[index] is not None:
                kept.append(self.events[index])
            index += 1
        self.events = kept
        self._holes = 0
        return 0

    def take(self) -> list[Event]:
        """All events since the last call, oldest first."""
        events = self.events
        if not events:
            return []
        self.events = []
        self.epoch += 1
        while self.touched is not None:
            channel = self.touched
            self.touched = channel.next_touched
            channel.next_touched = None
            channel.on_taken()
        if self._holes:
            self._holes = 0
            events = [event for event in events if event is not None]
        return events

    def deliver_all(self, held: list[tuple["Channel", bytes]]) -> int:
        """Deliver (channel, data) pairs that were held back."""
        for channel, data in held:
            self.deliver(channel, data)
        return 0


class Channel:
    """The base of the kinds. `slot` is its place in the table of channels, the same at both ends."""

    def __init__(self, config: ChannelConfig, number: int, slot: int, peer_id: int, settings: Settings, inbox: Inbox):
        self.number = self.shown_number = number
        self.head_bytes = 1 if number < _ESCAPE else 2
        self.slot = slot
        self.kind = config.kind_number
        self.priority = config.priority
        self.weight = config.weight
        self.keep_latest = config.keep_latest
        self.reliable = config.reliable
        self.peer_id = self.shown_peer_id = peer_id
        self.settings = settings
        self.inbox = inbox
        self.flushed = NEVER if settings.auto_flush else 0

    def set_message_max(self, count: int) -> None:
        """Messages above `count` bytes are TOO_LARGE: what the peer accepts and our queue holds."""
        self.message_bytes_max = count

    def message_max(self) -> int:
        """The largest message this channel takes, in bytes."""
        return self.message_bytes_max

    def offer(self, data: bytes) -> int:
        """Take a message to send: ACCEPTED, WOULD_BLOCK or TOO_LARGE."""
        raise NotImplementedError

    def offer_copy(self, data: bytes, size: int) -> int:
        """As `offer`, of so many bytes in the caller's memory."""
        return self.offer(data[:size])

    def write(self, out: Datagram, room: int, room_max: int, sent: SentLog) -> int:
        """Write the next frame, or several, in at most `room` bytes; `room_max` is what an empty datagram would have.
        Returns the bytes written, or EMPTY, FULL, BLOCKED."""
        raise NotImplementedError

    def receive(self, inbound: Datagram, id: int, length: int, now_ns: int) -> int:
        """Take a whole message of `length` bytes at the cursor, which are there."""
        raise NotImplementedError

    def receive_piece(self, inbound: Datagram, id: int, total: int, unit: int, length: int, now_ns: int) -> int:
        """Take a piece of `length` bytes at the cursor, which are there."""
        raise NotImplementedError

    def on_acked(self, kind: int, id: int, unit: int, length: int) -> int:
        """What `write` noted has arrived."""
        return 0

    def on_lost(self, kind: int, id: int, unit: int, length: int) -> int:
        """What `write` noted must be sent again, unless it arrived by another packet."""
        return 0

    def end_flush(self) -> int:
        """A flush ended with messages of this channel still unsent."""
        return 0

    def mark_flushed(self) -> int:
        """All that was offered so far may leave; only asked under `auto_flush=False`."""
        return 0

    def start_at(self, id: int) -> int:
        """Begin with message `id` at both ends instead of 0; only for tests of large ids."""
        return 0

    def rest(self, now_ns: int) -> int:
        """The connection is quiet: give back memory that only traffic needs."""
        return 0

    def on_taken(self) -> int:
        """The application took all that was waiting in this epoch."""
        return 0

    def frame_head(self) -> int:
        """The type byte of a whole message's frame, and above it the channel's number where that needs a byte."""
        if self.number < _ESCAPE:
            return FRAME_DATA | self.number
        return FRAME_DATA | _ESCAPE | self.number << 8

    def put_head(self, out: Datagram, piece: bool) -> None:
        """Write the type byte, and the channel's number where it needs one."""
        head = self.frame_head()
        out.put_u8(head & 0xFF | (FRAME_DATA_PIECE if piece else 0))
        if self.number >= _ESCAPE:
            out.put_u8(self.number)


def whole_bytes(channel: Channel, message: Message) -> int:
    """What `put_whole` writes."""
    return channel.head_bytes + varint_size(message.id) + varint_size(message.size) + message.size


def put_whole(channel: Channel, message: Message, out: Datagram) -> None:
    """One frame with all of a message that has an id."""
    channel.put_head(out, False)
    out.put_varint(message.id)
    out.put_varint(message.size)
    out.put_bytes(message.data, 0, message.size)


def put_piece(channel: Channel, message: Message, offset: int, remaining: int, out: Datagram, room: int) -> int:
    """One frame with as much of the message's bytes [offset, offset + remaining) as fits into `room`. Returns how many
    bytes of the message; 0: none fits."""
    length = put_piece_head(channel, message.id, message.size, offset, remaining, out, room)
    if length:
        out.put_bytes(message.data, offset, length)
    return length


def put_piece_head(channel: Channel, id: int, size: int, offset: int, remaining: int, out: Datagram, room: int) -> int:
    """`put_piece` of a message with this id and size, without the bytes, which the caller adds. All pieces but the last
    are whole units, so a lost one can be cut anew."""
    unit = offset // UNIT_BYTES
    head = channel.head_bytes + varint_size(id) + varint_size(size) + varint_size(unit) + 2
    length = room - head
    if length >= remaining:
        length = remaining
        if length == size:  # It was cut for a smaller MTU; a piece must be less than the whole.
            length = (length - 1) // UNIT_BYTES * UNIT_BYTES
    elif length < _PIECE_MIN:
        return 0
    else:
        length -= length % UNIT_BYTES
    if length > _PIECE_MAX:
        length = _PIECE_MAX
    if length <= 0:
        return 0
    channel.put_head(out, True)
    out.put_varint(id)
    out.put_varint(size)
    out.put_varint(unit)
    out.put_varint(length)
    return length
