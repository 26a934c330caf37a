"""Failures of other libraries around pauses and restarts: L13 and L16 of PROTOCOL.md's appendix."""

import pytest
from fastnet.protocol.config import Config
from fastnet.protocol.errors import WouldBlockError
from fastnet.testing.conditions import Conditions
from fastnet.testing.pair import Pair

DELAY_US = 100
RELIABLE = (0, 2)


def test_l13_a_game_that_hangs_for_30_s_stays_connected_and_then_hears_every_reliable_message() -> None:
    config = Config(receive_queue_messages=50, receive_queue_bytes=64 * 1_024)
    pair = Pair(seed=13, config=config, up=Conditions(delay_us=5_000))
    pair.connect()
    pair.server.polls = False
    accepted: dict[int, list[bytes]] = {0: [], 1: [], 2: [], 3: []}
    for frame in range(1_800):  # 60 Hz for 30 s
        for channel, sent in accepted.items():
            message = f"{channel} {frame} ".encode() + bytes(200)
            try:
                pair.client.send(channel, message)
                sent.append(message)
            except WouldBlockError:
                assert channel in RELIABLE
        pair.run_for(1 / 60)
    assert pair.server.endpoint.peer(pair.server.peer_id).state == "CONNECTED"
    pair.server.polls = True
    pair.run_for(5)
    for channel in RELIABLE:
        assert pair.server.messages(channel)[: len(accepted[channel])] == accepted[channel]
    for channel in (1, 3):
        late = pair.server.messages(channel)
        assert len(late) <= 50, "the queue of an unreliable channel is bounded while nobody polls"
        assert late == accepted[channel][-len(late) :], "and holds the newest"
    assert not pair.server.disconnected


@pytest.mark.parametrize("channel", [0, 1, 2, 3])
@pytest.mark.parametrize("pause_s", [0, 0.5, 5])
def test_l16_no_tick_sleep_or_timer_adds_to_a_round_trip(channel: int, pause_s: float) -> None:
    pair = Pair(seed=16, up=Conditions(delay_us=DELAY_US))
    pair.connect()
    pair.server.on_event = lambda event: pair.server.send(event.channel, event.data) if hasattr(event, "data") else None
    for number in range(20):
        pair.run_for(pause_s)
        started_ns = pair.now_ns
        pair.client.send(channel, bytes([number]))
        assert pair.run_until(lambda: len(pair.client.messages(channel)) == number + 1, limit_s=1)  # noqa: B023
        assert pair.now_ns - started_ns == 2 * DELAY_US * 1_000, f"round trip {number}"
