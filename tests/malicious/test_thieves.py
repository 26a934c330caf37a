"""Addresses (PROTOCOL.md s. 9): what strangers cause on the way changes nothing for the active path."""

from fastnet.protocol.address import parse_address
from fastnet.testing import Carried, Conditions
from fastnet.testing.pair import SERVER_ADDRESS, Pair

THIEF = parse_address("10.66.6.6", 666)


def test_copies_from_elsewhere_do_not_cost_the_window_of_the_active_path() -> None:
    """A thief's challenges are never answered; their loss must not look like congestion, nor spoil the round trip."""
    pair = Pair(1, up=Conditions(delay_us=20_000))
    pair.connect()
    pair.run_for(1)

    def race(carried: Carried) -> bool:
        if carried.destination == SERVER_ADDRESS and carried.source != THIEF:
            pair.network.inject(carried.content, THIEF, SERVER_ADDRESS, pair.now_ns + 30_000_000)
            pair.network.inject(carried.content, THIEF, SERVER_ADDRESS, pair.now_ns + 19_900_000)
        return carried.destination != THIEF

    server = pair.server
    pair.network.filters.append(race)
    for _ in range(200):
        pair.server.send(0, bytes(500))
        pair.run_for(0.05)
    pair.run_for(2)
    stats = server.endpoint.peer(server.peer_id)
    assert stats.window_bytes >= 12_000
    assert stats.rtt_ms is not None
    assert abs(stats.rtt_ms - 40) < 8
    assert len(pair.client.data) == 200


def test_a_client_on_a_new_host_is_not_punished_for_what_went_to_the_old_one() -> None:
    pair = Pair(1, up=Conditions(delay_us=20_000))
    pair.connect()
    pair.run_for(1)
    for _ in range(30):
        pair.server.send(0, bytes(1_000))
    pair.move(pair.client, parse_address("10.7.7.7", 50_000))
    pair.client.endpoint.rebind(pair.now_ns)
    pair.write(pair.client)
    assert pair.run_until(lambda: len(pair.client.data) == 30, limit_s=10)
    assert pair.server.endpoint.peer(pair.server.peer_id).window_bytes >= 12_000
