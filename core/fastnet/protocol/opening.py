"""A datagram whose peer is known: is it the peer's, and new? PROTOCOL.md s. 3 and 4. Nothing is stored before."""

from fastnet.protocol.connection import Connection
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.drops import Drop
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.sealing import PacketKey
from fastnet.protocol.spec import FLAG_PHASE, NUMBER_LIMIT

DROP_FLAGS, DROP_NUMBER, DROP_REPLAY = Drop.FLAGS.value, Drop.NUMBER.value, Drop.REPLAY.value
DROP_PHASE, DROP_FORGED = Drop.PHASE.value, Drop.FORGED.value


def open_packet(peer: Connection, inbound: Datagram, flags: int, now_ns: int) -> int:
    """Open `inbound`, whose first byte is `flags`, and apply it to `peer`; or name the reason to drop it."""
    cid_bytes = peer.receive_id_bytes
    if peer.receive_header_key is not None:
        flags = peer.receive_header_key.flip_received(inbound, 1 + cid_bytes)
    number_bytes = (flags & 3) + 1
    if number_bytes == 1:
        return DROP_FLAGS
    header = 1 + cid_bytes + number_bytes
    number = recover_number(
        peer.acks.largest, peer.acks.any, inbound.number_at(1 + cid_bytes, number_bytes), number_bytes
    )
    if number >= NUMBER_LIMIT:
        return DROP_NUMBER
    if not peer.replay.is_fresh(number):
        return DROP_REPLAY
    key = peer.phases.opener_for(flags & FLAG_PHASE != 0, number, now_ns)
    if key is None:
        return DROP_PHASE
    if not key.open(inbound, header, number):
        if peer.phases.on_failed():
            peer.fail(CloseCode.AEAD_LIMIT, "too many datagrams failed to open; reconnect", now_ns)
        return DROP_FORGED
    peer.replay.mark(number)
    inbound.at = header
    inbound.end = inbound.size
    inbound.bad = False
    return _apply(peer, inbound, key, number, now_ns)


def _apply(peer: Connection, inbound: Datagram, key: PacketKey, number: int, now_ns: int) -> int:
    """It is genuine. Returns 0."""
    code = 0
    if key is not peer.phases.opener or number < peer.phases.first_received:
        code = peer.phases.on_opened(key, number, now_ns, peer.recovery.pto_ns(), peer.recovery.sent.next_number)
    if code:
        return peer.fail(code, "the peer changed keys without an acknowledgement", now_ns)
    return take_packet(peer, inbound, number, now_ns)
