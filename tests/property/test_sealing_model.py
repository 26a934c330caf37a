"""Our sealing beside that of `cryptography`, which is another library: every length, in place, and what is forged."""

import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from fastnet.protocol import spec
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.sealing import HeaderKey, PacketKey, has_aes
from hypothesis import given, settings
from hypothesis import strategies as st

KEY, IV = bytes(range(32)), bytes(range(100, 112))
ROOM = 1_500
TAG = 16
CIPHERS = [
    pytest.param(spec.CIPHER_CHACHA20_POLY1305, ChaCha20Poly1305(KEY), id="ChaCha20-Poly1305"),
    pytest.param(
        spec.CIPHER_AES_256_GCM,
        AESGCM(KEY),
        id="AES-256-GCM",
        marks=pytest.mark.skipif(not has_aes(), reason="this processor cannot compute AES-256-GCM"),
    ),
]
ciphers = pytest.mark.parametrize(("cipher", "model"), CIPHERS)
Model = AESGCM | ChaCha20Poly1305


def loaded(content: bytes, room: int = ROOM) -> Datagram:
    datagram = Datagram(room)
    datagram.load(content)
    return datagram


def some_bytes(count: int) -> bytes:
    return hashlib.shake_128(count.to_bytes(4, "big")).digest(count)


def sealed_by_model(model: Model, header: bytes, plain: bytes, number: int) -> bytes:
    nonce = (int.from_bytes(IV, "big") ^ number).to_bytes(12, "big")
    return header + model.encrypt(nonce, plain, header)


@ciphers
def test_every_length_seals_as_the_model_does_and_opens_again(cipher: int, model: Model) -> None:
    """All remainders of blocks, of pieces of four and seven blocks, and of headers beside a block's 16 bytes."""
    sealer, opener = PacketKey(cipher, KEY, IV, True), PacketKey(cipher, KEY, IV, False)
    for size in (*range(300), *range(1_200, ROOM - TAG - 33)):
        header, plain = some_bytes(2 + size % 32), some_bytes(size)
        number = size << 40 | size
        datagram = loaded(header + plain)
        assert sealer.seal(datagram, len(header), number)
        assert datagram.content() == sealed_by_model(model, header, plain, number), size
        assert opener.open(datagram, len(header), number)
        assert datagram.content() == header + plain, size


@ciphers
@given(size=st.integers(0, 200), header=st.integers(2, 20), number=st.integers(0, 2**62 - 1), bit=st.integers(0))
@settings(max_examples=300, deadline=None)
def test_one_bit_anywhere_is_found(cipher: int, model: Model, size: int, header: int, number: int, bit: int) -> None:
    wire = bytearray(sealed_by_model(model, some_bytes(header), some_bytes(size), number))
    bit %= 8 * len(wire)
    wire[bit // 8] ^= 1 << bit % 8
    datagram = loaded(bytes(wire))
    assert not PacketKey(cipher, KEY, IV, False).open(datagram, header, number)
    assert datagram.content()[-TAG:] == wire[-TAG:], "a reset is known by these bytes"


@ciphers
def test_what_cannot_be_is_refused_and_left_alone(cipher: int, model: Model) -> None:
    sealer, opener = PacketKey(cipher, KEY, IV, True), PacketKey(cipher, KEY, IV, False)
    full = loaded(some_bytes(85), room=100)
    assert not sealer.seal(full, 9, 1), "no room for the tag"
    assert not opener.seal(loaded(some_bytes(50)), 9, 1), "a key of the other direction"
    assert not sealer.open(loaded(sealed_by_model(model, b"12", b"plain", 1)), 2, 1)
    for short in range(2 + TAG):
        assert not opener.open(loaded(some_bytes(short)), 2, 1)
    assert full.content() == some_bytes(85)


@pytest.mark.parametrize(("cipher", "key", "iv"), [(0, KEY, IV), (3, KEY, IV), (1, KEY[1:], IV), (1, KEY, IV + b"1")])
def test_a_key_that_cannot_be_is_an_error_of_ours(cipher: int, key: bytes, iv: bytes) -> None:
    with pytest.raises(ValueError, match=r"cipher \d is unknown|a packet key has 32 bytes and an iv 12"):
        PacketKey(cipher, key, iv, True)


def test_a_header_that_is_too_short_to_sample_stays_as_it_is() -> None:
    hider = HeaderKey(KEY)
    datagram = loaded(some_bytes(28))
    assert not hider.flip(datagram, 9, 2)
    assert hider.flip_received(datagram, 9) == 0
    assert datagram.content() == some_bytes(28)
    with pytest.raises(ValueError, match="32 bytes"):
        HeaderKey(KEY[1:])
