"""What leaves: one datagram at a time, frames written straight into its buffer and sealed there (PROTOCOL.md s. 3-7).

Order in a packet: ACK, PATH_RESPONSE, PATH_CHALLENGE, MAX_CREDIT, CREDIT_WANTED, lost reliable data, new data, repeats.
"""

from fastnet.protocol.channels.base import BLOCKED, FULL, Channel
from fastnet.protocol.connection import Connection
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.paths import Path
from fastnet.protocol.spec import (
    DATAGRAM_BYTES_BASE,
    FLAG_FIXED,
    FRAME_CLOSE,
    FRAME_CREDIT_WANTED,
    FRAME_MAX_CREDIT,
    FRAME_PATH_CHALLENGE,
    FRAME_PATH_RESPONSE,
    FRAME_PING,
    NUMBER_LIMIT,
    TAG_BYTES,
)
from fastnet.protocol.states import State
from fastnet.protocol.ticket import NEVER_NS

NEVER = NEVER_NS
NO_ACK = 2**64 - 1
BINDING = State.BINDING.value
VALIDATING = State.VALIDATING.value
CONNECTED = State.CONNECTED.value
FLUSHING = State.FLUSHING.value
CLOSING = State.CLOSING.value
DRAINING = State.DRAINING.value
_SILENT_RUN_MAX = 31  # Every 32nd packet that would ask for no ack carries a PING, so acks are pruned one-way too.
_ROOM_KEPT = 64  # Places in the sent log that data leaves for acks and probes.
_CREDIT_FRAME_MAX = 10  # Type, channel, varint.
_NUMBERS_KEPT = 1_024  # So many packet numbers are left for saying CLOSE.
_PATH_BYTES_MIN = 65  # The largest header, three answers, one challenge and the tag.


def build(peer: Connection, out: Datagram, now_ns: int) -> bool:
    """Write the next datagram of `peer` into `out`; False when nothing is due."""
    if peer.paths_due and _build_paths(peer, out, now_ns):
        return True
    if peer.state == CONNECTED or peer.state == FLUSHING:
        if peer.mtu_due and _build_mtu_probe(peer, out, now_ns):
            return True
        return _build_packet(peer, out, now_ns)
    if peer.close_due and (peer.state == CLOSING or peer.state == DRAINING):
        return _build_close(peer, out, now_ns)
    return False


def is_idle(peer: Connection) -> bool:
    """Whether `build` surely has nothing: all that it looks at is settled."""
    return not peer.acks.pending and _is_quiet(peer)


def can_wait(peer: Connection, briefly: bool) -> bool:
    """Whether all that is due is an ack that may still ride on data; `briefly`: even one that is due at once."""
    return (briefly or not peer.acks.immediate) and _is_quiet(peer)


def _is_quiet(peer: Connection) -> bool:
    if peer.schedule.waiting() or peer.paths_due or peer.ping_due:
        return False
    if peer.state != CONNECTED or peer.mtu_due:
        return False
    recovery = peer.recovery
    return not (recovery.probes or recovery.answer_due or recovery.announcers)


def note_sent(peer: Connection) -> bool:
    """The datagram that was built last counts as sent; whether `peer` is idle now."""
    recovery = peer.recovery
    recovery.on_sent(recovery.sent.at(recovery.sent.next_number - 1))
    if recovery.noted:
        apply_noted(recovery)
    return is_idle(peer)


def _build_packet(peer: Connection, out: Datagram, now_ns: int) -> bool:
    recovery = peer.recovery
    wants_data = peer.schedule.waiting() and _may_send_data(peer, now_ns)
    wants_ack = peer.acks.pending and (peer.acks.immediate or now_ns >= peer.acks.deadline_ns)
    if not (wants_data or wants_ack or peer.ping_due or recovery.probes or recovery.announcers or recovery.answer_due):
        return False
    if not recovery.sent.has_room():
        return False
    header = _begin(peer, out, now_ns)
    if peer.state >= CLOSING:
        return _build_close(peer, out, now_ns)
    stop = peer.mtu - TAG_BYTES
    with_ack = peer.acks.pending and peer.acks.write(out, stop - out.at, now_ns) > 0
    ack_largest = peer.acks.largest if with_ack else NO_ACK
    eliciting = False
    if recovery.answering and (recovery.answer_due or recovery.probes or peer.ping_due):
        eliciting = _repeat_answer(peer, out)
    if recovery.announcers and _write_credit(peer, out, stop):
        eliciting = True
    if wants_data and _write_data(peer, out, stop, header):
        eliciting = True
    if not eliciting and recovery.announcers:  # Out of credit just now, with nothing written: the wish cannot wait.
        eliciting = _write_credit(peer, out, stop)
    if not eliciting and (peer.ping_due or recovery.probes or (with_ack and peer.silent_run >= _SILENT_RUN_MAX)):
        out.put_u8(FRAME_PING)
        eliciting = True
    if eliciting and recovery.redundancy is not None:
        repeat(recovery, out, stop, now_ns)
    if out.at == header:
        recovery.sent.cancel()
        return False
    if recovery.probes:
        recovery.probes -= 1
    if eliciting:
        peer.ping_due = False
    peer.path.address(out)
    return _finish(peer, out, header, eliciting, eliciting, ack_largest, now_ns)


def _repeat_answer(peer: Connection, out: Datagram) -> bool:
    """A client's PATH_RESPONSE may have been lost, and its server waits for it: say it again, as if it were data."""
    peer.recovery.answer_due = False
    out.put_u8(FRAME_PATH_RESPONSE)
    out.put_u64(peer.answer)
    peer.recovery.sent.add_item(0, ITEM_ANSWER, 0, 0, 0)
    return True


def _may_send_data(peer: Connection, now_ns: int) -> bool:
    """Whether congestion control, pacing and the sent log allow a full datagram; probes always may."""
    recovery = peer.recovery
    if recovery.probes:
        return True
    if recovery.sent.next_number - recovery.sent.oldest + _ROOM_KEPT > peer.settings.packets_in_flight_max:
        _end_flush(peer)
        return False
    if not recovery.congestion.may_send(peer.mtu):
        _end_flush(peer)
        return False
    if not recovery.pacer.may_send(peer.mtu, now_ns, recovery.congestion.window, recovery.rtt.smoothed_ns):
        peer.pace_ns = recovery.pacer.ready_ns(peer.mtu, now_ns, recovery.congestion.window, recovery.rtt.smoothed_ns)
        _end_flush(peer)
        return False
    return True


def _end_flush(peer: Connection) -> int:
    """Nothing more may leave now: sequenced channels keep only their newest message."""
    for channel in peer.schedule.channels():
        channel.end_flush()
    return 0


def _write_data(peer: Connection, out: Datagram, stop: int, header: int) -> bool:
    """Fill the datagram with what the channels have, in the order of the schedule."""
    wrote = False
    room_max = stop - header
    while True:
        channel = peer.schedule.current()
        if channel is None:
            return wrote
        count = channel.write(out, stop - out.at, room_max, peer.recovery.sent)
        if count > 0:
            wrote = True
            peer.schedule.spend(count)
        elif count == FULL:
            return wrote
        else:
            peer.schedule.remove_current()
            if count == BLOCKED:
                _on_blocked(peer, channel)


def _on_blocked(peer: Connection, blocked: Channel) -> int:
    """Out of credit: say how much is needed for all that waits, unless an earlier wish is still open."""
    channel = blocked
    if channel.total_cost > channel.limit and channel.wanted <= channel.limit:
        channel.wanted = channel.total_cost
        channel.asking = True
        if not channel.signalled:
            channel.signalled = True
            peer.recovery.announcers.append(channel)
    return 0


def _write_credit(peer: Connection, out: Datagram, stop: int) -> bool:
    """MAX_CREDIT and CREDIT_WANTED of the channels that have one; each carries the newest value."""
    wrote = False
    announcers = peer.recovery.announcers
    while announcers and stop - out.at >= 2 * _CREDIT_FRAME_MAX:
        channel = announcers.pop()
        channel.signalled = False
        if channel.announcing:
            channel.announcing = False
            out.put_u8(FRAME_MAX_CREDIT)
            out.put_u8(channel.number)
            out.put_varint(channel.credit.announce())
            peer.recovery.sent.add_item(channel.slot, ITEM_MAX_CREDIT, 0, 0, 0)
            wrote = True
        if channel.asking:
            channel.asking = False
            out.put_u8(FRAME_CREDIT_WANTED)
            out.put_u8(channel.number)
            out.put_varint(channel.wanted)
            peer.recovery.sent.add_item(channel.slot, ITEM_CREDIT_WANTED, 0, 0, 0)
            wrote = True
    return wrote


def _begin(peer: Connection, out: Datagram, now_ns: int) -> int:
    """Write the header; returns its size, 0 when numbers are exhausted."""
    sent = peer.recovery.sent
    if sent.next_number == peer.next_skip:
        sent.skip()
        peer.next_skip = sent.next_number + 255 + peer.chance.below(1_024)
    number = sent.next_number
    if number >= NUMBER_LIMIT - _NUMBERS_KEPT or peer.phases.exhausted():
        code = CloseCode.AEAD_LIMIT if peer.phases.exhausted() else CloseCode.NUMBERS_EXHAUSTED
        peer.fail(code, "no packet numbers or keys are left; reconnect", now_ns)  # Changes nothing while we close.
        if peer.state < CLOSING or number >= NUMBER_LIMIT - 1:
            return 0
    if peer.phases.sent >= peer.settings.key_update_packets or (
        not peer.is_server and now_ns - peer.phases.began_ns >= peer.settings.key_update_ns
    ):
        maybe_update_keys(peer, now_ns)
    unacked = number - peer.recovery.largest_acked + 1
    length = 2 if unacked < 0x8000 else 3 if unacked < 0x800000 else 4
    out.rewind()
    out.put_u8(FLAG_FIXED | (4 if peer.phases.phase & 1 else 0) | (length - 1))
    if peer.send_id_bytes:
        out.put_u64(peer.send_id)
    out.put_number(number, length)
    return out.at


def _finish(
    peer: Connection, out: Datagram, header: int, eliciting: bool, counted: bool, ack_largest: int, now_ns: int
) -> bool:
    """Seal the datagram and give its number away; `note_sent` has the rest, which must follow."""
    number_bytes = (out.u8_at(0) & 3) + 1
    if out.at - header + number_bytes < 4:
        out.put_zeros(4 - number_bytes - (out.at - header))
    out.size = out.at
    number = peer.recovery.sent.next_number
    if not peer.phases.sealer.seal(out, header, number):
        raise MemoryError("libsodium could not seal a packet")
    if peer.send_header_key is not None:
        peer.send_header_key.flip(out, header - number_bytes, number_bytes)
    packet = peer.recovery.sent.commit(now_ns, out.size, eliciting, counted)
    packet.acked_largest = ack_largest
    peer.phases.on_sent(ack_largest != NO_ACK)
    if eliciting:
        peer.last_eliciting_ns = now_ns
        peer.silent_run = 0
    else:
        peer.silent_run += 1
    peer.bytes_sent += out.size
    peer.datagrams_sent += 1
    return True


def _build_paths(peer: Connection, out: Datagram, now_ns: int) -> bool:
    """PATH_RESPONSE and PATH_CHALLENGE, each to the address it concerns; the active path's answers first."""
    if peer.state < CLOSING:
        if peer.path is not None and peer.path.owed and _build_path(peer, peer.path, out, now_ns):
            return True
        for path in peer.candidates:
            if (path.owed or path.challenge_due) and _build_path(peer, path, out, now_ns):
                return True
    peer.paths_due = False
    return False


def _build_path(peer: Connection, path: Path, out: Datagram, now_ns: int) -> bool:
    """One datagram of 1,200 bytes if the 3x rule allows it, else unpadded: what little a client that waits for us
    still sends must suffice to prove its path, or the two would wait for each other for ever."""
    allowance = path.allowance()
    if allowance < _PATH_BYTES_MIN or not peer.recovery.sent.has_room():
        path.owed = None
        path.challenge_due = False
        return False
    header = _begin(peer, out, now_ns)
    if peer.state >= CLOSING:
        return False
    with_ack = allowance >= 2 * _PATH_BYTES_MIN and peer.acks.pending and peer.acks.write(out, 40, now_ns) > 0
    ack_largest = peer.acks.largest if with_ack else NO_ACK
    if path.owed is not None:
        for token in path.owed:
            out.put_u8(FRAME_PATH_RESPONSE)
            out.put_u64(token)
            peer.answer = token
        if not peer.is_server and path is peer.path and not peer.recovery.answered:
            peer.recovery.sent.add_item(0, ITEM_ANSWER, 0, 0, 0)
            peer.recovery.answering = True
    path.owed = None
    if path.challenge_due:
        path.challenge_due = False
        out.put_u8(FRAME_PATH_CHALLENGE)
        out.put_u64(_challenge(peer, path))
    if allowance >= DATAGRAM_BYTES_BASE:
        out.put_zeros(DATAGRAM_BYTES_BASE - TAG_BYTES - out.at)
    path.sent_bytes += out.at + TAG_BYTES
    path.address(out)
    active = path is peer.path
    _finish(peer, out, header, True, active, ack_largest, now_ns)
    if not active and peer.path is not None:
        peer.recovery.sent.at(peer.recovery.sent.next_number - 1).probe = PROBE_PATH
    return True


def _build_mtu_probe(peer: Connection, out: Datagram, now_ns: int) -> bool:
    """PING and PADDING of the size to try: not counted, so that its loss says nothing about congestion."""
    peer.mtu_due = False
    size = peer.mtu_search.wanted()
    if size == 0:
        return False
    if size > out.capacity or not peer.recovery.sent.has_room():
        peer.mtu_search.on_lost(now_ns)
        return False
    header = _begin(peer, out, now_ns)
    if peer.state >= CLOSING:
        return False
    out.put_u8(FRAME_PING)
    out.put_zeros(size - TAG_BYTES - out.at)
    peer.path.address(out)
    peer.mtu_search.on_sent()
    _finish(peer, out, header, True, False, NO_ACK, now_ns)
    peer.recovery.sent.at(peer.recovery.sent.next_number - 1).probe = PROBE_MTU
    return True


def _challenge(peer: Connection, path: Path) -> int:
    """The token to send: servers repeat the one of the path, clients make a fresh one for each try."""
    if peer.is_server and path.tokens:
        return path.tokens[0]
    token = peer.chance.u64()
    if path.tokens is None:
        path.tokens = []
    path.tokens.append(token)
    if len(path.tokens) > 32:
        path.tokens.pop(0)
    return token


def _build_close(peer: Connection, out: Datagram, now_ns: int) -> bool:
    """CLOSE to the active path, or to the best known one while there is none yet."""
    peer.close_due = False
    peer.close_last_ns = now_ns
    path = peer.path
    if path is None and peer.candidates:
        path = peer.candidates[0]
    if path is None or path.allowance() < 400:
        return False
    if not peer.recovery.sent.has_room():
        peer.recovery.make_room(now_ns)
    header = _begin(peer, out, now_ns)
    if header == 0:
        return False
    reason = peer.close_reason.encode()[:256] if peer.state == CLOSING else b""
    out.put_u8(FRAME_CLOSE)
    out.put_u32(peer.close_code)
    out.put_u16(len(reason))
    out.put_bytes(reason, 0, len(reason))
    if peer.path is None:  # A peer that is not bound drops anything smaller unopened.
        out.put_zeros(min(DATAGRAM_BYTES_BASE, path.allowance()) - TAG_BYTES - out.at)
    path.sent_bytes += out.at + TAG_BYTES
    path.address(out)
    return _finish(peer, out, header, False, False, NO_ACK, now_ns)
