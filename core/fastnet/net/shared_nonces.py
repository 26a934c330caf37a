"""Which tokens were used, for all workers of a server: a token that one of them took, none takes again. Linux only.

    used = SharedNonces()
    admit = require_token(TokenVerifier(keys, "eu-1", used=used))
    with Workers(play, 2, udp, tcp, certificate, key, admit=admit) as workers: ...

A file that exists only in memory, mapped by every process, with a table of buckets: a nonce belongs into one bucket,
in any place there that is free or has expired. Rule 1: a full bucket refuses, it never forgets. Rule 2: a worker may be
killed at any moment. The system then unlocks the table; the worst that it leaves is one place with a nonce that it had
not admitted yet.
"""

import fcntl
import hashlib
import mmap
import os
import threading
from multiprocessing import reduction
from struct import Struct
from typing import Any

from fastnet.protocol.errors import UsageError
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.tokens import NONCE_BYTES, USED_MAX

_PLACE = Struct(f"=Q{NONCE_BYTES}s")  # When it expires, in seconds since 1970, 0 while unused; and the nonce.
_PLACES = 64  # In a bucket; twice what it holds on average when the table is full.


class SharedNonces:
    """Room for `used_max` nonces at the same time. Pickling it for a new process shares it.

    With so many in the table one bucket in two million is full, and refuses; with more, more of them.
    """

    def __init__(self, used_max: int = USED_MAX) -> None:
        if used_max < 1:
            raise UsageError(f"room for {used_max} nonces; give 1 or more")
        self._buckets = -(-2 * used_max // _PLACES)
        descriptor = os.memfd_create("fastnet-used-tokens")
        os.ftruncate(descriptor, self._buckets * _PLACES * _PLACE.size)
        self._map(descriptor)

    def _map(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._table = mmap.mmap(descriptor, 0)
        self._threads = threading.Lock()  # The system's lock is between processes only.

    def __getstate__(self) -> dict[str, Any]:
        return {"buckets": self._buckets, "descriptor": reduction.DupFd(self._descriptor)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._buckets = state["buckets"]
        self._map(state["descriptor"].detach())

    def __del__(self) -> None:
        if hasattr(self, "_table"):
            self._table.close()
            os.close(self._descriptor)

    @property
    def count(self) -> int:
        """How many are remembered, those that expired and whose place was not needed yet among them."""
        return sum(expires_s > 0 for expires_s, _ in _PLACE.iter_unpack(self._table))

    def use(self, nonce: bytes, expires_s: int, now_s: int) -> CloseCode | None:
        """Remember `nonce`: TOKEN_USED when any process has done so, SERVER_FULL when there is no place for it."""
        with self._threads:
            fcntl.lockf(self._descriptor, fcntl.LOCK_EX)  # Given back by the system when its holder dies.
            try:
                return self._use(nonce, expires_s, now_s)
            finally:
                fcntl.lockf(self._descriptor, fcntl.LOCK_UN)

    def _use(self, nonce: bytes, expires_s: int, now_s: int) -> CloseCode | None:
        bucket = int.from_bytes(hashlib.sha256(nonce).digest()[:8]) % self._buckets
        first = bucket * _PLACES * _PLACE.size
        free = None
        for at in range(first, first + _PLACES * _PLACE.size, _PLACE.size):
            until_s, held = _PLACE.unpack_from(self._table, at)
            if until_s <= now_s:
                free = at if free is None else free
            elif held == nonce:
                return CloseCode.TOKEN_USED
        if free is None:
            return CloseCode.SERVER_FULL
        _PLACE.pack_into(self._table, free, expires_s, nonce)
        return None
