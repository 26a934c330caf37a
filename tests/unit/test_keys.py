"""The key schedule against the worked example of PROTOCOL.md s. 2.4 and against HKDF written out by hand."""

import hashlib
import hmac
import random

import pytest
from fastnet.protocol import keys

EXPORTED = bytes(range(32))
CLIENT_SECRET = bytes.fromhex("fb68a581f87e926b6bf23a0c33d0407ab80435a813c36c0e8bb94b25ff223f3a")
SERVER_SECRET = bytes.fromhex("82663bc05e54c8fcddfd573e79aaa323e1997d23d93789e5cf40be82f8e5bd25")
KEY = bytes.fromhex("85f14143c07479bd5bf3e1e253956263f5fbd7d3b778315d6a7a33c90a8e5c58")
IV = bytes.fromhex("cb9d760be8075124afe78efc")
HEADER_KEY = bytes.fromhex("b5dcc3b7324202eeea32b2b21c3ef92a784efac2c1d2e303b51517f087fe0123")


def expand_by_hand(secret: bytes, name: bytes, length: int) -> bytes:
    """RFC 5869 s. 2.3 for up to 255 blocks, with the info of PROTOCOL.md."""
    label = b"fastnet1 " + name
    info = bytes([length >> 8, length & 255, len(label)]) + label + b"\0"
    output = block = b""
    counter = 1
    while len(output) < length:
        block = hmac.new(secret, block + info + bytes([counter]), hashlib.sha256).digest()
        output += block
        counter += 1
    return output[:length]


def test_the_worked_example_is_met_byte_for_byte() -> None:
    assert keys.derive_secrets(EXPORTED) == (CLIENT_SECRET, SERVER_SECRET)
    assert keys.packet_key(CLIENT_SECRET) == (KEY, IV)
    assert keys.header_key(CLIENT_SECRET) == HEADER_KEY


@pytest.mark.parametrize("seed", range(10))
def test_every_key_agrees_with_hkdf_written_by_hand(seed: int) -> None:
    secret = random.Random(seed).randbytes(32)
    assert keys.next_secret(secret) == expand_by_hand(secret, b"ku", 32), seed
    for size in (16, 32):
        assert keys.packet_key(secret, size) == (
            expand_by_hand(secret, b"key", size),
            expand_by_hand(secret, b"iv", 12),
        )
    assert keys.expand(secret, "long", 100) == expand_by_hand(secret, b"long", 100)


def test_a_thousand_phases_never_repeat_a_key() -> None:
    secret, seen = CLIENT_SECRET, set()
    for _ in range(1_000):
        seen.add(keys.packet_key(secret))
        secret = keys.next_secret(secret)
    assert len(seen) == 1_000


def test_a_reset_token_is_the_hmac_of_the_id_and_the_same_after_a_restart() -> None:
    key = keys.reset_key(b"the private key", "here 7777")
    assert key == keys.reset_key(b"the private key", "here 7777")
    assert key not in (keys.reset_key(b"another", "here 7777"), keys.reset_key(b"the private key", "here 7778"))
    assert len(key) == 32
    token = keys.reset_token(key, 0xA0A1A2A3A4A5A6A7)
    assert token == hmac.new(key, bytes(range(0xA0, 0xA8)), hashlib.sha256).digest()[:16]
