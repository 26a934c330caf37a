"""The cipher that FastNet takes on this machine; yardsticks that seal and do nothing else take the same."""

from fastnet.protocol import spec
from fastnet.protocol.config import Config
from fastnet.protocol.negotiation import usable_ciphers
from fastnet.protocol.sealing import has_aes

NAMES = {spec.CIPHER_AES_256_GCM: "AES-256-GCM", spec.CIPHER_CHACHA20_POLY1305: "ChaCha20-Poly1305"}
"""As OpenSSL calls them, too."""


def cipher_name() -> str:
    """What two ends on this machine agree on with the default `Config`."""
    return NAMES[usable_ciphers(Config(), has_aes())[0]]
