"""A server that shows the right certificate and has not its key, in TLS 1.3 written by hand: no client goes on with it.

OpenSSL judges no certificate for us (`net/tls.py`, rule 2), so this proof is all that ties the two together.
"""

import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from fastnet.net.devca import self_signed
from fastnet.net.tls import ClientTls, TlsError, client_context
from fastnet.protocol import spec

SERVER = self_signed(["localhost"])
ENCRYPTED_EXTENSIONS, CERTIFICATE, CERTIFICATE_VERIFY, FINISHED = 8, 11, 15, 20
X25519, AES_128_GCM_SHA256, ECDSA_P256_SHA256 = 0x001D, 0x1301, 0x0403
SIGNED = b" " * 64 + b"TLS 1.3, server CertificateVerify\0"  # RFC 8446 s. 4.4.3


def sized(count: int, content: bytes) -> bytes:
    return len(content).to_bytes(count, "big") + content


def expand(secret: bytes, label: str, context: bytes, length: int) -> bytes:
    """HKDF-Expand-Label of at most one block, RFC 8446 s. 7.1."""
    info = length.to_bytes(2, "big") + sized(1, b"tls13 " + label.encode()) + sized(1, context)
    return hmac.digest(secret, info + b"\1", hashlib.sha256)[:length]


def extension(number: int, content: bytes) -> bytes:
    return number.to_bytes(2, "big") + sized(2, content)


def key_share_of(client_hello: bytes) -> bytes:
    """The X25519 share among a ClientHello's."""
    head = X25519.to_bytes(2, "big") + (32).to_bytes(2, "big")
    at = client_hello.index(head) + len(head)
    return client_hello[at : at + 32]


class Impostor:
    """The server's flight; `key` signs it, whatever the certificate says, or nothing does."""

    def __init__(self, client_hello: bytes) -> None:
        private = X25519PrivateKey.generate()
        shared = private.exchange(X25519PublicKey.from_public_bytes(key_share_of(client_hello)))
        session = client_hello[39 : 39 + client_hello[38]]
        share = X25519.to_bytes(2, "big") + sized(2, private.public_key().public_bytes_raw())
        extensions = extension(43, b"\3\4") + extension(51, share)
        hello = b"\3\3" + bytes(range(32)) + sized(1, session) + AES_128_GCM_SHA256.to_bytes(2, "big") + b"\0"
        self._said = client_hello
        self._sealed = 0
        self.flight = b"\x16\3\3" + sized(2, self._say(2, hello + sized(2, extensions)))
        early = hmac.digest(bytes(32), bytes(32), hashlib.sha256)
        derived = expand(early, "derived", hashlib.sha256(b"").digest(), 32)
        secret = hmac.digest(derived, shared, hashlib.sha256)
        self._traffic = expand(secret, "s hs traffic", hashlib.sha256(self._said).digest(), 32)

    def _say(self, kind: int, body: bytes) -> bytes:
        message = bytes([kind]) + sized(3, body)
        self._said += message
        return message

    def _seal(self, kind: int, body: bytes) -> None:
        plain = self._say(kind, body) + b"\x16"
        head = b"\x17\3\3" + (len(plain) + 16).to_bytes(2, "big")
        iv = int.from_bytes(expand(self._traffic, "iv", b"", 12), "big")
        key = AESGCM(expand(self._traffic, "key", b"", 16))
        self.flight += head + key.encrypt((iv ^ self._sealed).to_bytes(12, "big"), plain, head)
        self._sealed += 1

    def agree(self) -> None:
        self._seal(ENCRYPTED_EXTENSIONS, sized(2, extension(16, sized(2, sized(1, spec.ALPN)))))

    def show(self, entries: bytes) -> None:
        self._seal(CERTIFICATE, b"\0" + sized(3, entries))

    def prove(self, key: ec.EllipticCurvePrivateKey) -> None:
        signature = key.sign(SIGNED + hashlib.sha256(self._said).digest(), ec.ECDSA(SHA256()))
        self._seal(CERTIFICATE_VERIFY, ECDSA_P256_SHA256.to_bytes(2, "big") + sized(2, signature))

    def finish(self) -> None:
        finished = expand(self._traffic, "finished", b"", 32)
        self._seal(FINISHED, hmac.digest(finished, hashlib.sha256(self._said).digest(), hashlib.sha256))


CHAIN = sized(3, SERVER.leaf_der) + b"\0\0"


def meet(entries: bytes | None, key: ec.EllipticCurvePrivateKey | None) -> ClientTls:
    """A client before whom lies all that a server says who shows these certificates, and signs with this key."""
    client = ClientTls(client_context(), "localhost", 65_536)
    assert not client.step()
    impostor = Impostor(client.take()[5:])
    impostor.agree()
    if entries is not None:
        impostor.show(entries)
    if key is not None:
        impostor.prove(key)
    impostor.finish()
    client.feed(impostor.flight)
    return client


def test_who_has_the_certificates_key_gets_through() -> None:
    assert isinstance(SERVER.private_key, ec.EllipticCurvePrivateKey)
    client = meet(CHAIN, SERVER.private_key)
    assert client.step()
    assert client.peer_chain() == [SERVER.leaf_der]


@pytest.mark.parametrize(
    ("entries", "signs", "problem"),
    [
        pytest.param(CHAIN, True, "bad signature", id="another's certificate"),
        pytest.param(CHAIN, False, "unexpected message", id="another's certificate, unsigned"),
        pytest.param(b"", True, "", id="an empty list"),
        pytest.param(None, True, "unexpected message", id="none, signed"),
        pytest.param(None, False, "unexpected message", id="none at all"),
    ],
)
def test_who_has_not_does_not(entries: bytes | None, signs: bool, problem: str) -> None:
    client = meet(entries, ec.generate_private_key(ec.SECP256R1()) if signs else None)
    with pytest.raises(TlsError) as caught:
        client.step()
    assert problem in str(caught.value)
