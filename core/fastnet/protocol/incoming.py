"""What an opened packet means: its frames, applied in order to one connection (PROTOCOL.md s. 5).

Rule 1: the peer holds the keys, so what breaks a rule closes the connection with the rule's code; it never raises.
Rule 2: everything is checked before anything is stored.
"""

from fastnet.protocol.channels.base import Inbox
from fastnet.protocol.channels.reliable import ReliableChannel
from fastnet.protocol.connection import Connection
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.numbers import APPLICATION_CODES, LOCAL_ONLY, CloseCode
from fastnet.protocol.paths import Path
from fastnet.protocol.places import Places
from fastnet.protocol.reassembly import pieces_valid
from fastnet.protocol.spec import (
    CANDIDATES_MAX,
    FLAG_PHASE,
    FLAG_RESERVED_MASK,
    FRAME_ACK,
    FRAME_CLOSE,
    FRAME_CREDIT_WANTED,
    FRAME_DATA,
    FRAME_DATA_CHANNEL_MASK,
    FRAME_DATA_PIECE,
    FRAME_EXTENSION_MAX,
    FRAME_EXTENSION_MIN,
    FRAME_MAX_CREDIT,
    FRAME_PADDING,
    FRAME_PATH_CHALLENGE,
    FRAME_PATH_RESPONSE,
    FRAME_PING,
    KIND_UNRELIABLE,
    NUMBER_LIMIT,
    REASON_MAX,
    TAG_BYTES,
)
from fastnet.protocol.states import Input, State
from fastnet.protocol.ticket import NEVER_NS

NEVER = NEVER_NS
PROTOCOL_VIOLATION = CloseCode.PROTOCOL_VIOLATION.value
FRAME_INVALID = CloseCode.FRAME_INVALID.value
CHANNEL_UNKNOWN = CloseCode.CHANNEL_UNKNOWN.value
WAIT_BIND = State.WAIT_BIND.value
VALIDATING = State.VALIDATING.value
BINDING = State.BINDING.value
CONNECTED = State.CONNECTED.value
FLUSHING = State.FLUSHING.value
CLOSING = State.CLOSING.value
DRAINING = State.DRAINING.value
_ESCAPE = 63
_ANSWERS_MAX = 3  # PATH_RESPONSEs owed at a time, per path.
_CLOSE_ANSWER_NS = 100_000_000
_TRY_GAP_MAX_NS = 500_000_000
_LIBRARY_CODES = frozenset(CloseCode) - LOCAL_ONLY


def take_packet(peer: Connection, inbound: Datagram, number: int, now_ns: int) -> int:
    """Apply one authenticated packet: `inbound` is opened, its cursor stands on the first frame."""
    peer.last_received_ns = now_ns
    peer.bytes_received += inbound.size + TAG_BYTES  # `open` took the tag off.
    peer.datagrams_received += 1
    if peer.is_server:
        _note_path(peer, inbound, number, now_ns)
    if peer.held_data is not None:
        peer.inbox.holding = peer.held_data
    code = _take_frames(peer, inbound, number, inbound.u8_at(0) & FLAG_PHASE != 0, now_ns)
    peer.inbox.holding = None
    if code:
        peer.fail(code, f"the peer broke a rule of the protocol: {CloseCode(code).name}", now_ns)
    return 0


def _note_path(peer: Connection, inbound: Datagram, number: int, now_ns: int) -> int:
    """A server learns where its client is: from the highest number, and only after a challenge (s. 9.2)."""
    if peer.path is not None and peer.path.is_of(inbound):
        return 0
    path = peer.candidate_of(inbound)
    if path is None:
        if number < peer.replay.highest and peer.path is not None:
            return 0
        if len(peer.candidates) >= CANDIDATES_MAX or peer.state >= CLOSING:
            return 0
        path = Path()
        path.follow(inbound)
        path.try_gap_ns = peer.recovery.pto_ns()
        if peer.state == CONNECTED or peer.state == FLUSHING:
            path.deadline_ns = now_ns + max(3 * path.try_gap_ns, 1_000_000_000)
        else:
            path.deadline_ns = peer.state_deadline_ns
            if path.try_gap_ns > _TRY_GAP_MAX_NS:  # No round trip was measured yet: keep to the client's rhythm.
                path.try_gap_ns = _TRY_GAP_MAX_NS
        path.challenge_due = True
        path.next_try_ns = now_ns + path.try_gap_ns
        peer.candidates.append(path)
        peer.paths_due = True
        peer.move(Input.BIND_SEEN)
    else:
        path.follow(inbound)  # A client that binds asks several of our addresses in turn.
    path.received_bytes += inbound.size + TAG_BYTES
    return 0


def _take_frames(peer: Connection, inbound: Datagram, number: int, phase_bit: bool, now_ns: int) -> int:
    """All frames to the end; then the packet may be acknowledged. Returns 0 or a CloseCode."""
    if inbound.u8_at(0) & FLAG_RESERVED_MASK or inbound.at >= inbound.end:
        return PROTOCOL_VIOLATION
    wants = 0
    while inbound.at < inbound.end:
        kind = inbound.u8()
        code = 0
        if peer.state >= CLOSING:
            return _take_when_closing(peer, inbound, kind, now_ns)
        if kind & FRAME_DATA:
            code = _take_data(peer, inbound, kind, now_ns)
            wants |= ELICITING if code >= 0 else ELICITING | PROMPT
            code = 0 if code == -2 else code
        elif kind == FRAME_ACK:
            code = pass_ack(inbound) if wants & ACK_HEARD else take_ack(peer.recovery, inbound, phase_bit, now_ns)
            wants |= ACK_HEARD
        elif kind == FRAME_PADDING:
            code = 0 if inbound.all_zeros() else FRAME_INVALID
        else:
            wants |= ELICITING | PROMPT if kind != FRAME_CLOSE else 0
            code = _take_control(peer, inbound, kind, now_ns)
        if code == 0 and inbound.bad:
            code = FRAME_INVALID
        if code:
            return code
    peer.acks.on_received(number, wants & ELICITING != 0, wants & PROMPT != 0, now_ns)
    return 0


def _take_when_closing(peer: Connection, inbound: Datagram, kind: int, now_ns: int) -> int:
    """Nothing counts any more but the peer's CLOSE; anything else shows that ours was lost."""
    if kind == FRAME_CLOSE:
        peer.move(Input.CLOSE_RECEIVED)
    elif peer.state == CLOSING and now_ns - peer.close_last_ns >= _CLOSE_ANSWER_NS:
        peer.close_due = True
    return 0


def _take_control(peer: Connection, inbound: Datagram, kind: int, now_ns: int) -> int:
    if kind == FRAME_PING:
        return 0
    if kind == FRAME_MAX_CREDIT or kind == FRAME_CREDIT_WANTED:
        return _take_credit(peer, inbound, kind, now_ns)
    if kind == FRAME_PATH_CHALLENGE:
        return _take_challenge(peer, inbound, now_ns)
    if kind == FRAME_PATH_RESPONSE:
        return _take_response(peer, inbound, now_ns)
    if kind == FRAME_CLOSE:
        return _take_close(peer, inbound, now_ns)
    if FRAME_EXTENSION_MIN <= kind <= FRAME_EXTENSION_MAX:
        length = inbound.varint()
        if inbound.bad or length > inbound.left():
            return FRAME_INVALID
        inbound.at += length
        return 0
    return FRAME_INVALID


def _take_data(peer: Connection, inbound: Datagram, kind: int, now_ns: int) -> int:
    """A message or a piece of one. Returns a CloseCode, 0, or -2: fine, and on a reliable channel."""
    number = kind & FRAME_DATA_CHANNEL_MASK
    if number == _ESCAPE:
        number = inbound.u8()
        if number < _ESCAPE:
            return FRAME_INVALID
    slot = peer.settings.slot_of[number]
    if slot < 0:
        return CHANNEL_UNKNOWN
    channel = peer.channels[slot]
    if channel is None:
        channel = peer.channel_at(slot)
    if kind & FRAME_DATA_PIECE:
        id = inbound.varint()
        total = inbound.varint()
        unit = inbound.varint()
        length = inbound.varint()
        if inbound.bad or length > inbound.left() or id >= NUMBER_LIMIT - 1:
            return FRAME_INVALID
        if channel.reliable:
            maximum = peer.settings.max_reliable_message_bytes
        else:
            maximum = peer.settings.max_unreliable_message_bytes
        code = pieces_valid(total, unit, length, maximum)
        if code == 0:
            code = channel.receive_piece(inbound, id, total, unit, length, now_ns)
    else:
        id = 0 if channel.kind == KIND_UNRELIABLE else inbound.varint()
        length = inbound.varint()
        if inbound.bad or length > inbound.left() or id >= NUMBER_LIMIT - 1:
            return FRAME_INVALID
        code = channel.receive(inbound, id, length, now_ns)
    return -2 if code == 0 and channel.reliable else code


def _take_credit(peer: Connection, inbound: Datagram, kind: int, now_ns: int) -> int:
    slot = peer.settings.slot_of[inbound.u8()]
    limit = inbound.varint()
    if inbound.bad:
        return FRAME_INVALID
    if slot < 0:
        return CHANNEL_UNKNOWN
    base = peer.channel_at(slot)
    if not base.reliable:
        return PROTOCOL_VIOLATION
    channel = base
    if kind == FRAME_MAX_CREDIT:
        if channel.raise_limit(limit) and channel.may_open():
            peer.schedule.add(channel)
        return 0
    if channel.grow(limit):
        signal(peer, channel)
    if peer.check_credit_ns == NEVER:
        peer.check_credit_ns = now_ns + 30_000_000_000
    return 0


def signal(peer: Connection, channel: ReliableChannel) -> int:
    """`channel` has a MAX_CREDIT or CREDIT_WANTED to write."""
    if not channel.signalled:
        channel.signalled = True
        peer.recovery.announcers.append(channel)
    return 0


def serve_wishers(inbox: Inbox) -> int:
    """If budget is free, those who wait for it get some, first come, first served, and have it to announce."""
    if not inbox.wishers or not inbox.budget:
        return 0
    wishers = inbox.wishers[:]
    inbox.wishers.clear()
    for channel in wishers:
        channel.serve_wish()
        inbox.announcers.append(channel)
    return 0


def grant_credit(inbox: Inbox, places: Places) -> list[Connection]:
    """The application took messages, or budget came free: the peers that are now told of more credit."""
    serve_wishers(inbox)
    channels = inbox.announcers[:]
    inbox.announcers.clear()
    told = []
    for channel in channels:
        peer = places.of_number(channel.owner)
        if peer is not None and channel.announcing:
            signal(peer, channel)
            told.append(peer)
    return told


def _take_challenge(peer: Connection, inbound: Datagram, now_ns: int) -> int:
    token = inbound.u64()
    path = peer.candidate_of(inbound)
    if path is not None and not inbound.bad and (path.owed is None or len(path.owed) < _ANSWERS_MAX):
        if path.owed is None:
            path.owed = []
        path.owed.append(token)
        peer.paths_due = True
        # Whoever challenges us anew may have missed ours: it goes along, so that one round trip can bind both ends.
        path.challenge_due = peer.is_server and not path.validated
    return 0


def _take_response(peer: Connection, inbound: Datagram, now_ns: int) -> int:
    """Counts only from the address that was challenged; others are ignored."""
    token = inbound.u64()
    path = peer.candidate_of(inbound)
    if path is not None and not inbound.bad and path.tokens is not None and token in path.tokens:
        peer.validate(path, now_ns)
    return 0


def _take_close(peer: Connection, inbound: Datagram, now_ns: int) -> int:
    code = inbound.u32()
    length = inbound.u16()
    if inbound.bad or length > REASON_MAX or length > inbound.left():
        return FRAME_INVALID
    reason = inbound.take(length).decode("utf-8", "replace")
    if code not in APPLICATION_CODES and code not in _LIBRARY_CODES:
        return FRAME_INVALID
    peer.on_close(code, reason, now_ns)
    return 0
