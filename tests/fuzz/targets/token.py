"""Connection tokens from a stranger: only what the key's holder signed is taken, once; memory is bounded."""

import functools
from collections.abc import Hashable

from fastnet.protocol.tokens import Claims, TokenVerifier, UsedNonces, make_token

KEYS = {0: bytes(range(32)), 7: bytes(range(32, 64))}
SERVER = "eu-1"
NOW_S = 1_000_000
_USED_MAX = 4


@functools.cache
def _signed() -> tuple[bytes, ...]:
    def make(nonce: int, *, key_id: int = 0, issued_s: int = NOW_S, data: bytes = b"") -> bytes:
        return make_token(
            KEYS[key_id],
            client_id=nonce,
            server_name=SERVER,
            nonce=bytes([nonce]) * 16,
            issued_s=issued_s,
            key_id=key_id,
            data=data,
        )

    return (
        make(1),
        make(2, key_id=7, data=b"x" * 256),
        make(3, issued_s=NOW_S - 60),
        make(4, issued_s=NOW_S + 61),
        *(make(number) for number in range(5, 10)),
    )


def seeds() -> list[bytes]:
    """Good ones, an expired one, one from the future, some joined with the mark that parts them."""
    return [*_signed()[:4], b"\0FUZZ\0".join(_signed()), b"\0FUZZ\0".join((_signed()[0], _signed()[0]))]


def run(data: bytes) -> Hashable:
    verifier = TokenVerifier(KEYS, SERVER, used=UsedNonces(_USED_MAX))
    taken: set[bytes] = set()
    story = []
    for token in data.split(b"\0FUZZ\0")[:16]:
        result = verifier.verify(token, NOW_S)
        if isinstance(result, Claims):
            assert token in _signed(), "a token that nobody signed was taken"
            assert token not in taken, "a token was taken twice"
            taken.add(token)
            story.append(-1)
        else:
            story.append(int(result))
        assert verifier.used_count <= _USED_MAX
    return tuple(sorted(set(story)))
