"""Chance: the ChaCha20 keystream, cut into numbers."""

import pytest
from fastnet.protocol.chance import Chance
from fastnet.protocol.errors import UsageError

# RFC 8439 A.1, test vectors 1 and 2: key and nonce of zeros, block counters 0 and 1.
KEYSTREAM = bytes.fromhex(
    "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
    "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586"
    "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed"
    "29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f"
)


def test_a_seed_of_zeros_gives_the_keystream_of_the_rfc() -> None:
    assert Chance(bytes(32)).take(128) == KEYSTREAM
    assert Chance(bytes(32)).u64() == int.from_bytes(KEYSTREAM[:8], "big")


def test_the_stream_does_not_depend_on_how_it_is_taken() -> None:
    whole = Chance(b"s" * 32).take(5_000)
    chance, parts = Chance(b"s" * 32), b""
    for count in (0, 1, 1_023, 0, 1, 1_024, 1_025, 1_926):
        parts += chance.take(count)
    assert parts == whole
    assert whole != Chance(b"t" * 32).take(5_000)


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 1_025, 2**32, 2**63 + 1, 2**64])
def test_below_stays_below_and_reaches_both_ends(limit: int) -> None:
    chance = Chance(b"d" * 32)
    values = [chance.below(limit) for _ in range(2_000)]
    assert all(0 <= value < limit for value in values)
    assert min(values) <= limit // 100
    assert max(values) >= (limit - 1) - limit // 100


def test_all_results_are_equally_likely() -> None:
    chance = Chance(b"e" * 32)
    counts = [0] * 6
    for _ in range(6_000):
        counts[chance.below(6)] += 1
    assert all(880 < count < 1_120 for count in counts)  # Four standard deviations of 1,000.
    large = 3 * 2**62  # Without rejection the lowest third would come twice as often.
    assert 1_880 < sum(chance.below(large) >= 2**62 for _ in range(3_000)) < 2_120


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_seed_of_another_size_is_refused_with_the_size_it_must_have(size: int) -> None:
    with pytest.raises(UsageError, match=f"{size} bytes; pass 32"):
        Chance(bytes(size))
