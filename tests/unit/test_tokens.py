"""Connection tokens: good for one connection, one server and a while; everything else has its own code."""

import hashlib
import pickle
import random
from typing import Any

import pytest
from fastnet.net.admission import require_token
from fastnet.protocol.errors import UsageError
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.tokens import Claims, TokenVerifier, UsedNonces, make_token

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NOW_S = 1_800_000_000


def token_of(**changes: object) -> bytes:
    values: dict[str, object] = {
        "client_id": 42,
        "server_name": "eu-1",
        "nonce": b"n" * 16,
        "issued_s": NOW_S,
        "lifetime_s": 60,
        "data": b"team red",
    }
    key = changes.pop("key", KEY)
    return make_token(key, **(values | changes))  # type: ignore[arg-type]


def verifier_of(**changes: Any) -> TokenVerifier:
    return TokenVerifier({0: KEY, 1: OTHER_KEY}, "eu-1", **changes)


def test_a_good_token_says_who_the_client_is() -> None:
    verdict = verifier_of().verify(token_of(), NOW_S + 5)
    assert verdict == Claims(42, b"team red", NOW_S, NOW_S + 60)


def test_the_layout_is_that_of_the_document() -> None:
    token = token_of(key_id=9)
    head = bytes([1, 9]) + b"".join(value.to_bytes(8, "big") for value in (NOW_S, NOW_S + 60, 42))
    head += hashlib.sha256(b"eu-1").digest() + b"n" * 16 + b"\0\x08team red"
    assert token[:-32] == head
    assert len(token) == 76 + 8 + 32


@pytest.mark.parametrize(
    ("token", "now_s", "code"),
    [
        (None, NOW_S, CloseCode.TOKEN_REQUIRED),
        (b"", NOW_S, CloseCode.TOKEN_REQUIRED),
        (b"x", NOW_S, CloseCode.TOKEN_INVALID),
        (bytes(108), NOW_S, CloseCode.TOKEN_INVALID),
        (bytes(10_000), NOW_S, CloseCode.TOKEN_INVALID),
        (token_of(key=OTHER_KEY), NOW_S, CloseCode.TOKEN_INVALID),
        (token_of(key_id=5), NOW_S, CloseCode.TOKEN_INVALID),
        (token_of(server_name="eu-2"), NOW_S, CloseCode.TOKEN_INVALID),
        (token_of(), NOW_S + 60, CloseCode.TOKEN_EXPIRED),
        (token_of(lifetime_s=3_601), NOW_S, CloseCode.TOKEN_INVALID),
        (token_of(issued_s=NOW_S + 61), NOW_S, CloseCode.TOKEN_INVALID),
        (token_of(issued_s=2**63, lifetime_s=2**63 - 1), NOW_S, CloseCode.TOKEN_INVALID),
    ],
)
def test_every_flaw_has_its_code(token: bytes | None, now_s: int, code: CloseCode) -> None:
    verifier = verifier_of()
    assert verifier.verify(token, now_s) is code
    assert verifier.used_count == 0


@pytest.mark.parametrize("seed", range(5))
def test_no_changed_bit_and_no_cut_goes_unnoticed(seed: int) -> None:
    prng, token = random.Random(seed), token_of()
    for _ in range(200):
        changed = bytearray(token)
        changed[prng.randrange(len(token))] ^= 1 << prng.randrange(8)
        assert verifier_of().verify(bytes(changed), NOW_S) is CloseCode.TOKEN_INVALID, seed
        assert verifier_of().verify(token[: prng.randrange(1, len(token))], NOW_S) is CloseCode.TOKEN_INVALID
        verifier_of().verify(prng.randbytes(prng.randrange(1, 400)), NOW_S)


def test_both_keys_work_while_keys_are_changed() -> None:
    verifier = verifier_of()
    assert isinstance(verifier.verify(token_of(), NOW_S), Claims)
    assert isinstance(verifier.verify(token_of(key=OTHER_KEY, key_id=1, nonce=b"m" * 16), NOW_S), Claims)


def test_a_token_works_once_and_its_nonce_is_forgotten_when_it_expires() -> None:
    verifier = verifier_of()
    assert isinstance(verifier.verify(token_of(), NOW_S), Claims)
    assert verifier.verify(token_of(), NOW_S + 59) is CloseCode.TOKEN_USED
    assert verifier.verify(token_of(), NOW_S + 60) is CloseCode.TOKEN_EXPIRED
    assert verifier.used_count == 1
    assert isinstance(verifier.verify(token_of(nonce=b"m" * 16, issued_s=NOW_S + 60), NOW_S + 60), Claims)
    assert verifier.used_count == 1


def test_a_full_table_of_nonces_refuses_and_never_forgets() -> None:
    verifier = verifier_of(used=UsedNonces(100))
    tokens = [token_of(nonce=number.to_bytes(16, "big")) for number in range(101)]
    for token in tokens[:100]:
        assert isinstance(verifier.verify(token, NOW_S), Claims)
    assert verifier.verify(tokens[100], NOW_S) is CloseCode.SERVER_FULL
    for token in tokens[:100]:
        assert verifier.verify(token, NOW_S + 59) is CloseCode.TOKEN_USED
    assert verifier.used_count == 100
    late = token_of(nonce=b"z" * 16, issued_s=NOW_S + 60)
    assert isinstance(verifier.verify(late, NOW_S + 60), Claims)
    assert verifier.used_count == 1


def test_a_memory_of_one_process_does_not_go_to_another() -> None:
    """There it would be a second one, and every token would work twice."""
    with pytest.raises(UsageError, match="SharedNonces"):
        pickle.dumps(require_token(verifier_of()))


@pytest.mark.parametrize("changes", [{"key": b"short"}, {"nonce": b"short"}, {"data": bytes(257)}, {"key_id": 256}])
def test_an_issuers_mistake_is_an_error(changes: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        token_of(**changes)


def test_a_verifier_with_a_weak_key_is_an_error() -> None:
    with pytest.raises(UsageError, match="32"):
        TokenVerifier({0: b"weak"}, "eu-1")
