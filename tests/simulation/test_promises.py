"""Every channel keeps its promise on every network of the matrix: one small world a seed, checked by obvious models.

A failure prints FASTNET_SEED=..; with that in the environment only this world runs.
"""

import pytest
from world import World


def check_promises(seed: int) -> None:
    """Run one world to its end; models check every delivery as it happens."""
    world = World(seed)
    world.run()
    world.heal()
    for flow in world.flows:
        assert flow.complete(), world.describe()
    check_silence(world)


def check_silence(world: World) -> None:
    """When nobody has anything to say, only keepalives remain: one a second and its answer, and all of them small (an ACK of 33 ranges)."""
    trace = world.pair.network.trace
    assert trace is not None
    before, seconds = len(trace), 10
    world.pair.run_for(seconds)
    sizes = [record.size for record in trace[before:]]
    assert len(sizes) <= 2 * seconds + 4, f"{len(sizes)} datagrams in {seconds} s of silence"
    assert max(sizes, default=0) <= 200, f"a datagram of {max(sizes)} bytes in silence"


@pytest.mark.seeds(1_100)
def test_every_channel_keeps_its_promise_on_every_network(seed: int) -> None:
    check_promises(seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(100))
def test_every_channel_keeps_its_promise_in_ten_thousand_more_worlds(block: int) -> None:
    for seed in range(2_000 + 100 * block, 2_100 + 100 * block):
        try:
            check_promises(seed)
        except AssertionError as error:
            raise AssertionError(f"FASTNET_SEED={seed}") from error
