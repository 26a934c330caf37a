"""Chance from a seed: 32 bytes stretched with the ChaCha20 keystream (RFC 8439), so that a seeded test repeats exactly.

Plain Python: it is asked a few times per connection, not per packet.
"""

from fastnet.protocol.errors import UsageError
from fastnet.protocol.sealing import keystream

SEED_BYTES = 32
_BLOCK_BYTES = 64
_REFILL_BYTES = 1_024


class Chance:
    """A stream of random bytes; unpredictable to whoever does not know the seed, and nobody else's stream."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_BYTES:
            raise UsageError(
                f"the seed has {len(seed)} bytes; pass {SEED_BYTES} random ones, as os.urandom({SEED_BYTES})"
            )
        self._seed = seed
        self._block = 0
        self._ready = b""
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next `count` bytes, 0 or more."""
        missing = count - (len(self._ready) - self._at)
        if missing > 0:
            refill = -(-missing // _REFILL_BYTES) * _REFILL_BYTES
            self._ready = self._ready[self._at :] + keystream(self._seed, self._block, refill)
            self._block += refill // _BLOCK_BYTES
            self._at = 0
        self._at += count
        return self._ready[self._at - count : self._at]

    def u64(self) -> int:
        """An integer from 0 to 2**64 - 1."""
        return int.from_bytes(self.take(8), "big")

    def below(self, limit: int) -> int:
        """An integer from 0 to `limit` - 1, all equally likely; `limit` from 1 to 2**64."""
        assert 1 <= limit <= 2**64
        fair = 2**64 - 2**64 % limit  # Values above would favour the small results.
        value = self.u64()
        while value >= fair:
            value = self.u64()
        return value % limit
