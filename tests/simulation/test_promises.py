"""Every channel keeps its promise on every network of the matrix: one small world a seed, checked by obvious models.

A failure prints FASTNET_SEED=..; with that in the environment only this world runs.
"""

import pytest
from channel_models import ChannelModel
from fastnet.protocol.figures import ChannelStats
from world import World


def check_promises(seed: int) -> None:
    """Run one world to its end; models check every delivery as it happens."""
    world = World(seed)
    world.run()
    world.heal()
    for flow in world.flows:
        assert flow.complete(), world.describe()
    check_counts(world)
    check_silence(world)


def check_counts(world: World) -> None:
    """Every message that `send` accepted was put on the wire or counted as dropped or superseded."""
    client, server = world.pair.client, world.pair.server
    for sender, flow, back in ((client, world.flows[0], world.flows[1]), (server, world.flows[1], world.flows[0])):
        figures = sender.endpoint.peer(sender.peer_id).channels
        for number, model in flow.models.items():
            if number not in figures:
                assert not model.sent
                continue
            stats = figures[number]
            assert stats.queued_messages == 0, world.describe()
            assert stats.received == back.models[number].received + dropped_on_arrival(stats, back.models[number])
            assert stats.sent <= len(model.sent) <= stats.sent + stats.dropped + stats.superseded, world.describe()
            if not back.models[number].sent:  # Then nothing that was counted came from the other side.
                assert len(model.sent) == stats.sent + stats.dropped + stats.superseded, world.describe()


def dropped_on_arrival(stats: ChannelStats, model: ChannelModel) -> int:
    """What a full receive queue lost after it had been counted as received; only with `keep_latest` here."""
    return stats.received - model.received if stats.received - model.received <= stats.dropped else 0


def check_silence(world: World) -> None:
    """When nobody has anything to say, only keepalives remain: one a second and its answer, of an ACK at most."""
    trace = world.pair.network.trace
    assert trace is not None
    before, seconds = len(trace), 12
    world.pair.run_for(seconds)
    sizes = [record.size for record in trace[before:]]
    keepalives = seconds * 1_000 // min(world.pair.config.keepalive_ms, world.pair.server_config.keepalive_ms)
    # A search for the path's MTU may still be under way: 3 probes a size, 4 sizes, each with its answer.
    searches = world.pair.config.mtu_discovery or world.pair.server_config.mtu_discovery
    assert len(sizes) <= 2 * keepalives + 4 + 24 * searches, f"{len(sizes)} datagrams in {seconds} s of silence"
    small = [size for size in sizes if size <= 200]
    assert len(sizes) - len(small) <= 12 * searches, f"datagrams up to {max(sizes)} bytes in silence"


@pytest.mark.seeds(1_100)
def test_every_channel_keeps_its_promise_on_every_network(seed: int) -> None:
    check_promises(seed)


@pytest.mark.parametrize("seed", [3011, 3229, 6198, 8006, 9312])
def test_a_message_cut_for_a_smaller_mtu_still_goes_in_pieces_when_the_mtu_grows_again(seed: int) -> None:
    check_promises(seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(100))
def test_every_channel_keeps_its_promise_in_ten_thousand_more_worlds(block: int) -> None:
    for seed in range(2_000 + 100 * block, 2_100 + 100 * block):
        try:
            check_promises(seed)
        except AssertionError as error:
            raise AssertionError(f"FASTNET_SEED={seed}") from error
