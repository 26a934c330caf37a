# cython: annotation_typing=False
"""Repeats of small reliable messages, written into datagrams that leave anyway: PROTOCOL.md s. 7.

Who waits until a loss is noticed waits for a round trip, and on an ordered channel so does all that comes after.

Rule 1: no datagram leaves because of a repeat; it grows by at most `_BYTES_MAX`, within its MTU and within what
congestion control has to spare.
Rule 2: a repeat is never repeated, and when it is lost that means nothing: its message is sent again when the packet is
lost that carried it first.
"""

from fastnet.protocol.datagram import Datagram
from fastnet.protocol.recovery import Recovery
from fastnet.protocol.sent import SentLog
from fastnet.protocol.spec import TAG_BYTES

_BYTES_MAX = 512
_SMALL_BYTES = 256
_LOOK_BACK = 16  # So many packet numbers.


def repeat(recovery: Recovery, out: Datagram, stop: int, now_ns: int) -> int:
    """Fill `out`, at most up to `stop`, with small messages of the packets just before it, newest first."""
    repeats = recovery.redundancy.repeats(recovery.rtt.min_ns, now_ns)
    sent = recovery.sent
    limit = out.at + _BYTES_MAX if out.at + _BYTES_MAX < stop else stop
    spare = recovery.congestion.spare_bytes()
    if spare < limit + TAG_BYTES:
        limit = spare - TAG_BYTES if spare > TAG_BYTES else 0
    left = _LOOK_BACK if repeats else 0
    if repeats and recovery.redundancy.rationed():
        left = 1
    number = sent.next_number
    fits = True
    while fits and number > sent.oldest and left > 0 and out.at < limit:
        number -= 1
        left -= 1
        packet = sent.at(number)
        if packet.state == IN_FLIGHT and packet.items and packet.repeated < repeats:
            fits = _repeat_packet(recovery, sent, number, out, limit)
    return 0


def _repeat_packet(recovery: Recovery, sent: SentLog, number: int, out: Datagram, stop: int) -> bool:
    """Repeat the small messages of one packet; False when they did not all fit."""
    packet = sent.at(number)
    packet.repeated += 1
    for index in range(packet.items):
        item = sent.item(packet.first_item + index)
        if item.kind == ITEM_MESSAGE and item.length <= _SMALL_BYTES:
            channel = recovery.channels[item.slot]
            if not channel.write_again(item.id, out, stop - out.at, sent):
                return False
            recovery.repeated += 1
    return True
