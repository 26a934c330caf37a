"""Keys that a peer changes (PROTOCOL.md s. 4.2): as often as the rules allow, and no oftener."""

from fastnet.protocol.drops import Drop
from fastnet.protocol.numbers import CloseCode
from fastnet.testing.pair import Pair
from scripted import MS, Rig


def test_a_rekey_storm_closes_at_the_first_phase_that_we_never_acknowledged_in() -> None:
    rig = Rig()
    rig.bind()
    rig.say(b"\x01")
    rig.wait(0.1)
    rig.deliver(rig.peer.seal(b"\x00", phase=1))  # PADDING asks for no ACK, so phase 1 sees none.
    assert rig.end is None
    rig.deliver(rig.peer.seal(b"\x01", phase=2))
    assert rig.end is not None
    assert rig.end.code == CloseCode.KEY_UPDATE_ERROR


def test_a_phase_bit_that_lies_is_a_forgery_like_any_other() -> None:
    rig = Rig()
    rig.bind()
    honest = bytearray(rig.peer.seal(b"\x01"))
    honest[0] ^= 0x04
    rig.deliver(bytes(honest))
    assert rig.endpoint.drop_count(Drop.FORGED) == 1
    assert rig.end is None


def test_the_key_before_is_gone_three_pto_after_the_next_one_was_used() -> None:
    rig = Rig()
    rig.bind()
    rig.say(b"\x01")
    rig.wait(0.1)
    late = rig.peer.seal(b"\x01", phase=0)
    rig.deliver(rig.peer.seal(b"\x01", phase=1))
    rig.wait(4)
    rig.deliver(late)
    assert rig.endpoint.drop_count(Drop.PHASE) == 1
    assert rig.end is None


def test_f9_places_and_numbers_are_used_again_but_never_by_two_at_once() -> None:
    pair = Pair(1)
    pair.connect()
    seen = {pair.server.peer_id}
    for _ in range(40):
        newcomer = pair.add_client()
        assert pair.run_until(lambda end=newcomer: end.connected, limit_s=5)
        assert pair.run_until(lambda: len(pair.server.endpoint.peer_ids()) == 2, limit_s=5)
        (other,) = set(pair.server.endpoint.peer_ids()) - {pair.server.peer_id}
        assert other not in seen
        seen.add(other)
        newcomer.disconnect(0, "")
        assert pair.run_until(lambda: len(pair.server.endpoint.peer_ids()) == 1, limit_s=5)
    pair.client.send(0, b"untouched")
    pair.clock.advance(MS)
    assert pair.run_until(lambda: pair.server.data, limit_s=5)
    assert not pair.client.disconnected
