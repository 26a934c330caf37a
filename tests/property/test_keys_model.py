"""Our HKDF and our keystream, which are libsodium's, beside those of `cryptography`, which is another library."""

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from fastnet.protocol import keys
from fastnet.protocol.sealing import hkdf_expand, hkdf_extract, keystream
from hypothesis import given
from hypothesis import strategies as st

SECRET_BYTES, EXPANDED_MAX = 32, 255 * 32
secrets = st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES)


@given(secrets, st.binary(max_size=300), st.one_of(st.integers(1, 200), st.integers(1, EXPANDED_MAX)))
def test_expand_is_hkdf_expand_of_every_length(secret: bytes, info: bytes, length: int) -> None:
    assert hkdf_expand(secret, info, length) == HKDFExpand(SHA256(), length, info).derive(secret)


@given(st.binary(max_size=300), st.text(max_size=80))
def test_a_reset_key_is_extracted_and_expanded_as_hkdf_does(private_key: bytes, server: str) -> None:
    name = f"fastnet reset {server}".encode("utf-8", "surrogateescape")
    model = HKDF(SHA256(), SECRET_BYTES, salt=None, info=name).derive(private_key)
    assert keys.reset_key(private_key, server) == hkdf_expand(hkdf_extract(private_key), name, SECRET_BYTES) == model


def test_the_first_vector_of_rfc_5869_is_met() -> None:
    secret = bytes.fromhex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
    expanded = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    assert hkdf_expand(secret, bytes(range(0xF0, 0xFA)), 42).hex() == expanded


@pytest.mark.parametrize(("secret_bytes", "length"), [(0, 32), (31, 32), (33, 32), (32, -1), (32, EXPANDED_MAX + 1)])
def test_sizes_that_hkdf_has_not_are_refused(secret_bytes: int, length: int) -> None:
    with pytest.raises(ValueError, match="HKDF-Expand"):
        hkdf_expand(bytes(secret_bytes), b"", length)


blocks = st.one_of(st.integers(0, 9), st.integers(2**32 - 3, 2**32 + 3), st.integers(0, 2**63))


@given(secrets, blocks, st.integers(0, 700))
def test_the_keystream_is_chacha20s_from_every_block_on(key: bytes, block: int, count: int) -> None:
    """The model's own counter has 32 bits, so it is told each block's."""
    model = b"".join(
        Cipher(ChaCha20(key, at.to_bytes(8, "little") + bytes(8)), mode=None).encryptor().update(bytes(64))
        for at in range(block, block + count // 64 + 1)
    )
    assert keystream(key, block, count) == model[:count]


@pytest.mark.parametrize("key_bytes", [0, 31, 33])
def test_a_key_of_another_size_gives_no_keystream(key_bytes: int) -> None:
    with pytest.raises(ValueError, match=f"not {key_bytes}"):
        keystream(bytes(key_bytes), 0, 64)
