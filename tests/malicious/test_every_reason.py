"""Every reason to drop a datagram and every code that a connection in the endpoint can end with: each is reached once.

Codes that end a handshake are reached in tests/sockets/test_every_door.py; here stands which those are.
"""

from collections.abc import Callable

import pytest
from fastnet.protocol.config import Config
from fastnet.protocol.drops import Drop
from fastnet.protocol.errors import NotConnectedError
from fastnet.protocol.numbers import CloseCode
from fastnet.testing.pair import Pair
from frames import ack, credit_wanted, data, max_credit, piece, ping
from scripted import Rig

AT_THE_DOOR = {
    CloseCode.HANDSHAKE_TIMEOUT, CloseCode.TCP_UNREACHABLE, CloseCode.TLS_FAILED, CloseCode.CERTIFICATE_REJECTED,
    CloseCode.VERSION_MISMATCH, CloseCode.APP_MISMATCH, CloseCode.CHANNELS_MISMATCH, CloseCode.SERVER_FULL,
    CloseCode.TOKEN_REQUIRED, CloseCode.TOKEN_INVALID, CloseCode.TOKEN_EXPIRED, CloseCode.TOKEN_USED,
    CloseCode.REFUSED, CloseCode.INTERNAL_ERROR, CloseCode.PEER_RESET, CloseCode.UDP_UNREACHABLE,
}  # fmt: skip


def bound(config: Config | None = None) -> Rig:
    rig = Rig(config=config)
    rig.bind()
    rig.wait(0.5)
    return rig


# Drops: each function hands over one datagram that must be dropped for that reason.


def _replayed(rig: Rig) -> None:
    packet = rig.peer.seal(ping())
    rig.deliver(packet)
    rig.deliver(packet)


def _beyond_all_numbers(rig: Rig) -> None:
    connection = next(peer for peer in rig.endpoint.slots if peer is not None)
    connection.acks.on_received(2**62 - 1, False, False, 0)
    packet = bytearray(rig.peer.seal(ping()))
    packet[9:13] = (3).to_bytes(4)  # After the last number of all: 2**62 + 3.
    rig.deliver(bytes(packet))


def _of_a_phase_long_gone(rig: Rig) -> None:
    rig.say(ping())
    rig.wait(0.1)
    late = rig.peer.seal(ping(), phase=0)
    rig.deliver(rig.peer.seal(ping(), phase=1))
    rig.wait(4)
    rig.deliver(late)


def _after_the_end(rig: Rig) -> None:
    rig.say(b"\x07" + bytes(6))
    rig.say(ping())


def _flipped(rig: Rig, at: int) -> None:
    packet = bytearray(rig.peer.seal(ping()))
    packet[at] ^= 0x80
    rig.deliver(bytes(packet))


DROPS: dict[Drop, Callable[[Rig], object]] = {
    Drop.SIZE: lambda rig: rig.deliver(rig.peer.seal(ping())[:20]),
    Drop.FLAGS: lambda rig: _flipped(rig, 0),
    Drop.UNKNOWN: lambda rig: _flipped(rig, 1),
    Drop.NUMBER: _beyond_all_numbers,
    Drop.REPLAY: _replayed,
    Drop.PHASE: _of_a_phase_long_gone,
    Drop.FORGED: lambda rig: _flipped(rig, 13),
    Drop.BIND_SIZE: lambda rig: rig.say(ping()),
    Drop.ENDED: _after_the_end,
}


def test_the_table_of_drops_is_complete() -> None:
    assert set(DROPS) == set(Drop) - {Drop.NONE}


@pytest.mark.parametrize("reason", DROPS, ids=lambda reason: reason.name)
def test_every_reason_to_drop_is_reached_and_counted_under_its_name(reason: Drop) -> None:
    rig = Rig() if reason is Drop.BIND_SIZE else bound()
    before = [rig.endpoint.drop_count(other) for other in Drop]
    DROPS[reason](rig)
    after = [rig.endpoint.drop_count(other) for other in Drop]
    assert [late - early for early, late in zip(before, after, strict=True)] == [other is reason for other in Drop]


# Codes: each function ends a connection and returns what was reported.


def _said(code: CloseCode) -> Callable[[], list[int]]:
    def play() -> list[int]:
        pair = Pair(1)
        pair.connect()
        pair.server.disconnect(code, "")
        assert pair.run_until(lambda: pair.client.disconnected, limit_s=5)
        return [end.code for end in pair.client.disconnected + pair.server.disconnected]

    return play


def _ended(rig: Rig) -> list[int]:
    assert rig.end is not None
    return [rig.end.code]


def _broken(packet: bytes) -> Callable[[], list[int]]:
    def play() -> list[int]:
        rig = bound()
        rig.say(packet)
        return _ended(rig)

    return play


def _silence() -> list[int]:
    rig = bound()
    rig.wait(60)
    return _ended(rig)


def _keys_changed_without_an_ack() -> list[int]:
    rig = bound()
    rig.say(ping())
    rig.wait(0.1)
    rig.deliver(rig.peer.seal(b"\x00", phase=1))
    rig.deliver(rig.peer.seal(ping(), phase=2))
    return _ended(rig)


def _out_of_message_ids() -> list[int]:
    rig = bound()
    connection = next(peer for peer in rig.endpoint.slots if peer is not None)
    connection.channels[0] or rig.endpoint.send(rig.peer_id, 0, b"opens the channel", rig.clock.now_ns)
    connection.channels[0].start_at(2**62 - 1)
    with pytest.raises(NotConnectedError):
        rig.endpoint.send(rig.peer_id, 0, b"one too many", rig.clock.now_ns)
    rig.collect()
    return _ended(rig)


def _too_many_forgeries() -> list[int]:
    rig = bound()
    next(peer for peer in rig.endpoint.slots if peer is not None).phases.limit(10, 2**64 - 1)
    for _ in range(9):
        _flipped(rig, 13)
    assert rig.end is None
    _flipped(rig, 13)
    return _ended(rig)


def _too_much_sealed() -> list[int]:
    rig = bound()
    phases = next(peer for peer in rig.endpoint.slots if peer is not None).phases
    phases.limit(2**36, phases.sent + 3)
    for _ in range(3):
        rig.endpoint.send(rig.peer_id, 1, b"x", rig.clock.now_ns)
        rig.collect()
    assert rig.end is None
    rig.endpoint.send(rig.peer_id, 1, b"one too many", rig.clock.now_ns)
    rig.collect()
    rig.collect()
    return _ended(rig)


def _memory_held_while_others_wait() -> list[int]:
    kib = 1_024
    tight = Config(
        channel_window_bytes=64 * kib,
        receive_budget_bytes=64 * kib,
        max_reliable_message_bytes=32 * kib,
        initial_credit_bytes=8 * kib,
        idle_timeout_ms=120_000,
    )
    rig = bound(tight)
    rig.say(credit_wanted(0, 2**40))
    rig.say(credit_wanted(2, 2**40))
    rig.say(piece(0, 0, 30_000, 0, bytes(320)))
    rig.wait(65)
    return _ended(rig)


CODES: dict[CloseCode, list[Callable[[], list[int]]]] = {
    CloseCode.CLOSED: [_said(CloseCode.CLOSED)],
    CloseCode.SHUTTING_DOWN: [_said(CloseCode.SHUTTING_DOWN)],
    CloseCode.KICKED: [_said(CloseCode.KICKED)],
    CloseCode.REPLACED: [_said(CloseCode.REPLACED)],
    CloseCode.IDLE_TIMEOUT: [_silence],
    CloseCode.RESOURCE_LIMIT: [_memory_held_while_others_wait],
    CloseCode.PROTOCOL_VIOLATION: [_broken(b""), _broken(max_credit(1, 5))],
    CloseCode.FRAME_INVALID: [_broken(b"\x3f")],
    CloseCode.CREDIT_EXCEEDED: [_broken(data(0, b"x", 4_096))],
    CloseCode.MESSAGE_TOO_LARGE: [_broken(piece(1, 0, 20_000, 0, bytes(320)))],
    CloseCode.CHANNEL_UNKNOWN: [_broken(data(9, b"x", 0))],
    CloseCode.KEY_UPDATE_ERROR: [_keys_changed_without_an_ack],
    CloseCode.AEAD_LIMIT: [_too_many_forgeries, _too_much_sealed],
    CloseCode.ACK_INVALID: [_broken(ack(50_000))],
    CloseCode.NUMBERS_EXHAUSTED: [_out_of_message_ids],
}


def test_every_code_is_reached_here_or_at_the_door() -> None:
    assert set(CODES) | AT_THE_DOOR == set(CloseCode)
    assert not set(CODES) & AT_THE_DOOR


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_every_code_of_a_connection_is_reached_and_reported(code: CloseCode) -> None:
    for play in CODES[code]:
        assert set(play()) == {code}
