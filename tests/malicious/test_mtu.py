"""Sizes of datagrams (PROTOCOL.md s. 8): found when asked for, given up when the path eats them."""

import pytest
from fastnet.protocol.config import Config
from fastnet.protocol.mtu import MtuSearch
from fastnet.protocol.ticket import NEVER_NS
from fastnet.testing import Conditions
from fastnet.testing.pair import Pair

S = 1_000_000_000
DISCOVER = Config(mtu_discovery=True)


def mtu_of(pair: Pair) -> tuple[int, int]:
    ends = (pair.client, pair.server)
    client, server = (end.endpoint.peer(end.peer_id).mtu_bytes for end in ends)
    return client, server


@pytest.mark.parametrize(
    ("path", "found"), [(1_200, 1_200), (1_231, 1_200), (1_232, 1_232), (1_400, 1_392), (1_452, 1_452), (9_000, 1_452)]
)
def test_the_largest_size_that_passes_is_found_within_a_second(path: int, found: int) -> None:
    pair = Pair(1, up=Conditions(delay_us=10_000, mtu_bytes=path), config=DISCOVER)
    pair.connect()
    pair.run_for(5)
    assert mtu_of(pair) == (found, found)
    window = pair.client.endpoint.peer(1).window_bytes
    assert window >= 12_000, "a lost probe is no congestion"


def test_nobody_probes_unasked_and_never_above_what_either_end_reads() -> None:
    pair = Pair(1, up=Conditions(delay_us=10_000))
    pair.connect()
    pair.run_for(5)
    assert mtu_of(pair) == (1_200, 1_200)
    pair = Pair(1, config=DISCOVER, server_config=Config(mtu_discovery=True, max_datagram_bytes=1_340))
    pair.connect()
    pair.run_for(5)
    assert mtu_of(pair) == (1_328, 1_328)


def test_a_path_that_shrinks_is_noticed_and_what_was_lost_is_cut_anew() -> None:
    pair = Pair(1, up=Conditions(delay_us=10_000), config=DISCOVER)
    pair.connect()
    pair.run_for(5)
    for source, destination in ((pair.client, pair.server), (pair.server, pair.client)):
        pair.network.find_wire(source.address, destination.address).conditions = Conditions(
            delay_us=10_000, mtu_bytes=1_232
        )
    messages = [number.to_bytes(2) * 700 for number in range(100)]  # Whole at 1,452 bytes, in pieces at 1,200.
    for message in messages:
        pair.client.send(0, message)
    assert pair.run_until(lambda: len(pair.server.data) == 100, limit_s=20)
    assert pair.server.messages(0) == messages
    assert mtu_of(pair)[0] == 1_200
    pair.run_for(70)
    assert mtu_of(pair)[0] == 1_232, "after a minute it looks again"


def test_a_search_tries_each_size_three_times_and_then_rests() -> None:
    search = MtuSearch(1_472, 5)
    assert (search.wanted(), search.next_ns) == (1_232, 5)
    for now_ns in (10, 20):
        search.on_sent()
        assert search.next_ns == NEVER_NS
        search.on_lost(now_ns)
        assert search.next_ns == now_ns
    search.on_sent()
    search.on_acked(30)
    assert (search.current, search.wanted(), search.next_ns) == (1_232, 1_328, 30)
    for now_ns in (40, 50, 60):
        search.on_sent()
        search.on_lost(now_ns)
    assert (search.current, search.next_ns) == (1_232, 60 + 600 * S)
    search.on_black_hole(70)
    assert (search.current, search.next_ns) == (1_200, 70 + 60 * S)
    search.on_new_path(80)
    assert (search.current, search.next_ns) == (1_200, 80)


def test_a_search_with_nothing_to_find_never_asks_for_time() -> None:
    search = MtuSearch(1_231, 5)
    assert (search.wanted(), search.next_ns) == (0, NEVER_NS)
    search.on_new_path(6)
    search.on_black_hole(7)
    assert search.next_ns == NEVER_NS
