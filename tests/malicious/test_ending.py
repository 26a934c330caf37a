"""How a connection ends (PROTOCOL.md s. 10): what is said, how often, and what is dropped afterwards."""

from dataclasses import replace
from typing import Any

import pytest
from fastnet.protocol.config import Config
from fastnet.protocol.drops import Drop
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.events import Disconnected
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.ticket import Ticket
from fastnet.testing.pair import Pair
from fastnet.testing.tickets import make_tickets, seed_bytes
from frames import ack, close, data
from scripted import MS, SERVER, Rig, frames_named


def bound(**how: object) -> Rig:
    rig = Rig(**how)  # type: ignore[arg-type]
    rig.bind()
    rig.wait(3)
    return rig


def test_close_is_sent_at_once_and_again_after_one_and_two_pto_and_then_no_more() -> None:
    rig = bound()
    rig.endpoint.disconnect(rig.peer_id, CloseCode.KICKED, "out", rig.clock.now_ns)
    began_ns, times = rig.clock.now_ns, []
    times += [rig.clock.now_ns for _ in frames_named(rig.collect(), "CLOSE")]
    for _ in range(4_000):
        rig.clock.advance(MS)
        if rig.endpoint.next_deadline_ns(rig.clock.now_ns) <= rig.clock.now_ns:
            rig.endpoint.handle_deadline(rig.clock.now_ns)
        times += [rig.clock.now_ns for _ in frames_named(rig.collect(), "CLOSE")]
    assert len(times) == 3
    first, second = times[1] - began_ns, times[2] - times[1]
    assert first > 0
    assert abs(first - second) <= 2 * MS


def test_whoever_goes_on_talking_hears_close_again_ten_times_a_second_at_most() -> None:
    rig = bound()
    rig.endpoint.disconnect(rig.peer_id, CloseCode.KICKED, "out", rig.clock.now_ns)
    rig.collect()
    heard = 0
    for _ in range(90):
        rig.clock.advance(MS)
        heard += len(frames_named(rig.say(b"\x01"), "CLOSE"))
    assert heard == 0
    for _ in range(20):
        rig.clock.advance(MS)
        heard += len(frames_named(rig.say(b"\x01"), "CLOSE"))
    assert heard == 1


@pytest.mark.parametrize("who", ["it is kicked", "it says goodbye"])
def test_a_peer_that_acknowledged_late_does_not_hold_its_place_for_long(who: str) -> None:
    """One that acknowledges after ten minutes made us believe that a round trip takes so long."""
    rig = bound()
    rig.endpoint.send(rig.peer_id, 0, b"when you like", rig.clock.now_ns)
    number = next(number for number, frames in rig.collect() if any(frame.name == "DATA" for frame in frames))
    for _ in range(200):
        rig.wait(3)
        rig.say(bytes(4))
    rig.say(ack(number))
    rtt_ms = rig.endpoint.peer(rig.peer_id).rtt_ms
    assert rtt_ms is not None
    assert rtt_ms > 60_000
    if who == "it is kicked":
        rig.endpoint.disconnect(rig.peer_id, CloseCode.KICKED, "", rig.clock.now_ns)
        rig.collect()
    else:
        rig.say(close(0))
    rig.wait(31)
    assert rig.endpoint.slots.count(None) == len(rig.endpoint.slots)


def test_after_close_was_answered_what_is_still_under_way_is_dropped_without_a_reset() -> None:
    rig = bound()
    late = rig.peer.seal(b"\x01")
    rig.endpoint.disconnect(rig.peer_id, CloseCode.KICKED, "out", rig.clock.now_ns)
    rig.collect()
    rig.say(close(CloseCode.KICKED))
    assert rig.endpoint.stats().peers == 0
    before = len(rig.sent_to)
    rig.deliver(late)
    assert rig.endpoint.drop_count(Drop.ENDED) == 1
    rig.wait(10)
    assert len(rig.sent_to) == before
    rig.deliver(late)
    assert rig.endpoint.drop_count(Drop.UNKNOWN) == 1
    assert len(rig.sent_to[-1][1]) < len(late)


def test_a_close_is_answered_once_and_all_else_is_dropped_as_ended() -> None:
    rig = bound()
    packets = rig.say(close(1_500, b"so long"))
    assert frames_named(packets, "CLOSE")[0].body[0] == 1_500
    assert rig.events[-1] == Disconnected(rig.peer_id, 1_500, "so long", True)
    before = len(rig.sent_to)
    for frames in (close(1_500), b"\x01", data(0, b"x", 0)):
        rig.say(frames)
    rig.wait(10)
    assert len(rig.sent_to) == before
    assert rig.endpoint.drop_count(Drop.ENDED) == 3


def test_a_reason_that_is_not_text_is_shown_with_replacement_characters() -> None:
    rig = bound()
    rig.say(close(0, b"\xff\xfeok"))
    assert rig.end is not None
    assert rig.end.reason == "\ufffd\ufffdok"


def test_close_leaves_although_the_log_of_sent_packets_is_full() -> None:
    rig = bound(config=Config(packets_in_flight_max=256, initial_window_bytes=2**30, maximum_window_bytes=2**31 - 1))
    for _ in range(400):
        rig.endpoint.send(rig.peer_id, 1, b"x", rig.clock.now_ns)
        rig.clock.advance(MS // 10)
        rig.collect()
    for number in range(100):  # Answers to challenges fill what data leaves free.
        rig.say(b"\x05" + number.to_bytes(8))
    rig.endpoint.disconnect(rig.peer_id, CloseCode.KICKED, "out", rig.clock.now_ns)
    assert frames_named(rig.collect(), "CLOSE")


def test_datagrams_too_small_or_too_big_are_dropped_by_size_before_all_else() -> None:
    rig = bound()
    for size in (0, 1, 28, 1_473):
        rig.deliver(bytes(size))
    assert rig.endpoint.drop_count(Drop.SIZE) == 4
    rig.deliver(bytes(29))
    assert rig.endpoint.drop_count(Drop.FLAGS) == 1


@pytest.mark.parametrize("same", [True, False])
def test_f21_a_client_whose_token_names_it_is_here_once(same: bool) -> None:
    endpoint = Endpoint(Config(), seed_bytes(1, "server"), True)
    peers = []
    for number in range(2):
        reservation = endpoint.reserve()
        assert reservation is not None
        _, ticket = make_tickets(
            1, number, client_config=Config(), server_config=Config(), reservation=reservation, endpoints=(SERVER,)
        )
        endpoint.add_peer(replace(ticket, token_client_id=7 if same else number), 0)
        peers.append(reservation.peer_id)
    assert endpoint.stats().peers == (1 if same else 2)


def test_f21_the_one_who_is_replaced_hears_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_token(*arguments: Any, **how: Any) -> tuple[Ticket, Ticket]:
        client, server = make_tickets(*arguments, **how)
        return client, replace(server, token_client_id=7)

    monkeypatch.setattr("fastnet.testing.pair.make_tickets", with_token)
    pair = Pair(1)
    pair.connect()
    newer = pair.add_client()
    assert pair.run_until(lambda: newer.connected and pair.client.disconnected, limit_s=5)
    assert [(end.code, end.by_peer) for end in pair.client.disconnected] == [(CloseCode.REPLACED, True)]
    assert [(end.code, end.by_peer) for end in pair.server.disconnected] == [(CloseCode.REPLACED, False)]
    newer.send(0, b"me again")
    assert pair.run_until(lambda: pair.server.data, limit_s=5)
    assert not newer.disconnected
