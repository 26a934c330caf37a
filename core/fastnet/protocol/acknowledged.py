"""What an ACK frame of the peer's says about the packets we sent, applied to their `Recovery`.

Rule 1: a frame that breaks a rule ends the connection, one that tells nothing new changes nothing. Rule 2: an
acknowledgement that nothing hangs on is only noted, until the answer to what came with it has left.
"""

from fastnet.protocol.datagram import Datagram
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.recovery import Recovery
from fastnet.protocol.spec import ACK_BLOCKS_MAX, ACK_DELAY_UNIT_US, PACKET_THRESHOLD_MAX

NEVER = 2**64 - 1
NO_ACK = 2**64 - 1
ACK_DELAY_UNIT_NS = ACK_DELAY_UNIT_US * 1_000
FRAME_INVALID = CloseCode.FRAME_INVALID.value
ACK_INVALID = CloseCode.ACK_INVALID.value


def pass_ack(inbound: Datagram) -> int:
    """Read over an ACK frame, type byte read. One a packet is heard: each costs a look at all that is in the log."""
    inbound.varint()
    inbound.varint()
    count = inbound.u8()
    if count >= ACK_BLOCKS_MAX:
        return FRAME_INVALID
    for _ in range(2 * count + 1):
        inbound.varint()
    return FRAME_INVALID if inbound.bad else 0


def take_ack(recovery: Recovery, inbound: Datagram, phase_bit: bool, now_ns: int) -> int:
    """Apply the ACK frame at the cursor, type byte read; returns 0 or the CloseCode of the rule it breaks. One that
    nothing hangs on is only noted: what came with it goes to the application first, and its answer leaves."""
    largest = inbound.varint()
    delay = inbound.varint()
    count = inbound.u8()
    low = inbound.varint()
    if inbound.bad or count >= ACK_BLOCKS_MAX or low > largest:
        return FRAME_INVALID
    if largest >= recovery.sent.next_number:
        return ACK_INVALID
    if recovery.noted:
        apply_noted(recovery)
    low = largest - low
    if count == 0 and _may_note(recovery, low, largest):
        recovery.noted = True
        recovery.noted_low, recovery.noted_high, recovery.noted_delay = low, largest, delay
        recovery.noted_phase_bit, recovery.noted_ns = phase_bit, now_ns
        return 0
    before_ns = _sampled_ns(recovery, largest)
    newly = _ack_range(recovery, low, largest, phase_bit, now_ns)
    while count > 0 and newly >= 0:
        count -= 1
        gap = inbound.varint()
        high = inbound.varint()
        if inbound.bad or gap + 2 > low or high > low - gap - 2:
            return FRAME_INVALID
        largest = low - gap - 2
        low = largest - high
        number = _ack_range(recovery, low, largest, phase_bit, now_ns)
        newly = number if number < 0 else newly + number
    if newly < 0:
        return ACK_INVALID
    if newly:
        _heed(recovery, before_ns, delay, now_ns)
    return 0


def _may_note(recovery: Recovery, low: int, high: int) -> bool:
    """Whether nothing hangs on this acknowledgement: no message's end, no repeat, no leave to send."""
    if recovery.carrying or recovery.redundancy is not None:
        return False
    return 2 * recovery.congestion.in_flight < recovery.congestion.window and not low <= recovery.sent.skipped <= high


def apply_noted(recovery: Recovery) -> int:
    """What `take_ack` put off until the answer has left: while `noted`, before anyone looks at the results."""
    recovery.noted = False
    before_ns = _sampled_ns(recovery, recovery.noted_high)
    if _ack_range(recovery, recovery.noted_low, recovery.noted_high, recovery.noted_phase_bit, recovery.noted_ns) > 0:
        _heed(recovery, before_ns, recovery.noted_delay, recovery.noted_ns)
    return 0


def _sampled_ns(recovery: Recovery, number: int) -> int:
    """When this packet left, if its acknowledgement now tells a round trip, else NEVER."""
    if number < recovery.sent.oldest:
        return NEVER
    packet = recovery.sent.at(number)
    tells = packet.state == IN_FLIGHT and packet.eliciting and packet.probe != PROBE_PATH
    return packet.sent_ns if tells else NEVER


def _heed(recovery: Recovery, before_ns: int, delay: int, now_ns: int) -> int:
    """Packets were acknowledged, the latest of which left at `before_ns`."""
    if before_ns != NEVER:
        delay = _capped_delay(recovery, delay)
        recovery.rtt.update(now_ns - before_ns, delay)
        if recovery.redundancy is not None:
            before_ns += delay if now_ns - before_ns > delay else 0
            recovery.redundancy.watch(now_ns - before_ns, recovery.rtt.smoothed_ns, now_ns)
    recovery.pto_count = 0
    recovery.detect_lost(now_ns)
    recovery.sent.retire(now_ns, 2 * recovery.pto_ns())
    recovery.arm()
    return 0


def _capped_delay(recovery: Recovery, units: int) -> int:
    """The peer's ack delay in ns, no more than it promised."""
    limit = recovery.peer_delay_ns
    if recovery.peer_delay_reliable_ns > limit:
        limit = recovery.peer_delay_reliable_ns
    return limit if units > limit // ACK_DELAY_UNIT_NS else units * ACK_DELAY_UNIT_NS


def _ack_range(recovery: Recovery, low: int, high: int, phase_bit: bool, now_ns: int) -> int:
    """Acknowledge [low, high]; returns how many of them were news, negative when one was never sent."""
    newly = 0
    if low <= recovery.sent.skipped <= high:
        return -2
    if high > recovery.largest_acked:
        recovery.largest_acked = high
    number = low if low > recovery.sent.oldest else recovery.sent.oldest
    while number <= high:
        packet = recovery.sent.at(number)
        if packet.state == IN_FLIGHT:
            newly += 1
            recovery.sent.settle(packet, GONE)
            recovery.phases.on_acked(number, phase_bit)
            _ack_packet(recovery, packet, now_ns)
        elif packet.state == LOST:
            _spurious(recovery, packet, recovery.largest_acked - number, now_ns)
        number += 1
    return newly


def _ack_packet(recovery: Recovery, packet: object, now_ns: int) -> int:
    recovery.packets_acked += 1
    if recovery.redundancy is not None and not recovery.redundancy.on_acked():
        recovery.redundancy = None
    if packet.counted:
        recovery.congestion.on_acked(packet.size, packet.sent_ns, now_ns)
    if packet.acked_largest != NO_ACK:
        recovery.acks.on_ack_of_ack(packet.acked_largest)
    if packet.probe == PROBE_MTU:
        recovery.probe_acked = True
    if packet.size > recovery.base_bytes:
        recovery.large_lost = 0
    if packet.items:
        recovery.carrying -= 1
        _items_acked(recovery, packet)
    return 0


def _items_acked(recovery: Recovery, packet: object) -> int:
    for index in range(packet.items):
        item = recovery.sent.item(packet.first_item + index)
        if item.kind >= ITEM_MAX_CREDIT and item.kind != ITEM_REPEAT:
            if item.kind == ITEM_ANSWER:
                recovery.answered = True
                recovery.answering = recovery.answer_due = False
            continue
        channel = recovery.channels[item.slot]
        channel.on_acked(item.kind, item.id, item.unit, item.length)
        if not channel.active and channel.may_open():
            recovery.schedule.add(channel)
    return 0


def _spurious(recovery: Recovery, packet: object, distance: int, now_ns: int) -> int:
    """It was late, not lost."""
    recovery.spurious += 1
    recovery.packets_lost -= 1
    if recovery.redundancy is not None:
        recovery.redundancy.on_spurious()
    if distance + 1 > recovery.packet_threshold:
        recovery.packet_threshold = distance + 1 if distance < PACKET_THRESHOLD_MAX else PACKET_THRESHOLD_MAX
    if now_ns - packet.sent_ns > recovery.late_ns:
        recovery.late_ns = now_ns - packet.sent_ns
    recovery.congestion.undo()
    packet.state = GONE
    if packet.acked_largest != NO_ACK:
        recovery.acks.on_ack_of_ack(packet.acked_largest)
    return _items_acked(recovery, packet)
