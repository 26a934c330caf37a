"""Binding the UDP path where four of ten datagrams are lost each way, and nothing is known of the round trip."""

from fastnet.protocol.config import Config
from fastnet.testing.conditions import Conditions
from fastnet.testing.pair import Pair
from frames import ack, challenge, response
from scripted import TOKEN, Rig, frames_named

SEEDS = range(1_000)


def test_both_ends_are_connected_within_ten_seconds_at_forty_percent_loss_for_every_seed() -> None:
    """A client repeats its PATH_RESPONSE until it is acknowledged; without that about three seeds of these fail."""
    link = Conditions(loss=0.4, delay_us=25_000)
    config = Config(bind_timeout_ms=10_000)
    late = []
    for seed in SEEDS:
        pair = Pair(seed, up=link, config=config, first_rtt_ns=0)
        if not pair.run_until(lambda pair=pair: pair.client.connected and pair.server.connected, limit_s=10):
            late.append(seed)
    assert late == []


def test_a_client_says_its_answer_again_when_it_was_lost_and_no_more_once_it_was_heard() -> None:
    rig = Rig(endpoint_is_server=False)
    first = frames_named(rig.collect(), "PATH_CHALLENGE")[0].body[0]
    assert isinstance(first, bytes)
    answers = frames_named(rig.say(response(first) + challenge(TOKEN), pad_to=1_200), "PATH_RESPONSE")
    again = frames_named(rig.wait(5), "PATH_RESPONSE")
    assert [answer.body[0] for answer in answers] == [TOKEN]
    assert len(again) >= 2
    assert {answer.body[0] for answer in again} == {TOKEN}
    rig.say(ack(rig.peer.largest_opened, rig.peer.largest_opened))
    assert frames_named(rig.wait(5), "PATH_RESPONSE") == []
