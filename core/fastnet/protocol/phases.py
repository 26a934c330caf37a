"""Key phases: which key seals, which opens, and when both ends move on (PROTOCOL.md s. 4.2).

Rule 1: exactly one key is tried for a datagram, chosen by its phase bit and number.
Rule 2: a phase is left only after it was confirmed both ways, so both ends are never more than one apart.
"""

from fastnet.protocol.keys import next_secret, packet_key
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.sealing import PacketKey
from fastnet.protocol.spec import CIPHER_CHACHA20_POLY1305

NONE_YET = 2**64 - 1
KEY_UPDATE_ERROR = CloseCode.KEY_UPDATE_ERROR.value
AEAD_LIMIT = CloseCode.AEAD_LIMIT.value
_CIPHER_2_PACKETS_MAX = 2**23 - 64  # RFC 9001 s. 6.6: confidentiality limit of AES-GCM, less some CLOSEs.
_FAILED_1_MAX = 2**36  # RFC 9001 s. 6.6: integrity limits.
_FAILED_2_MAX = 2**52


class KeyPhases:
    """The keys of one connection, from the secrets of phase 0."""

    def __init__(self, cipher: int, send_secret: bytes, receive_secret: bytes, now_ns: int) -> None:
        self.cipher = cipher
        self._send_secret = send_secret
        self._receive_secret = receive_secret
        self.sealer = PacketKey(cipher, *packet_key(send_secret), True)
        self.opener = PacketKey(cipher, *packet_key(receive_secret), False)
        self.began_ns = now_ns
        self.first_received = NONE_YET
        if cipher == CIPHER_CHACHA20_POLY1305:
            self.limit(_FAILED_1_MAX, NONE_YET)
        else:
            self.limit(_FAILED_2_MAX, _CIPHER_2_PACKETS_MAX)

    def limit(self, failed: int, sealed: int) -> None:
        """How many datagrams may fail to open, and how many one key may seal; only tests know better than RFC 9001."""
        self._failed_max = failed
        self._sealed_max = sealed

    def opener_for(self, bit: bool, number: int, now_ns: int) -> PacketKey:
        """The one key to try for this phase bit and number; None when it is not held (any more)."""
        if bit == (self.phase & 1):
            return self.opener
        if number < self.first_received:
            if self._before is not None and now_ns > self._before_until_ns:
                self._before = None
            return self._before
        if self._next is None:
            self._next = PacketKey(self.cipher, *packet_key(next_secret(self._receive_secret)), False)
        return self._next

    def on_opened(self, key: PacketKey, number: int, now_ns: int, pto_ns: int, next_number: int) -> int:
        """`key` opened packet `number`; returns KEY_UPDATE_ERROR when the peer moved on without an ACK from us."""
        if key is self.opener:
            if number < self.first_received:
                if self.first_received == NONE_YET:
                    self._before_until_ns = now_ns + 3 * pto_ns
                self.first_received = number
            return 0
        if key is self._before:
            return 0
        if not self.ack_sent:
            return KEY_UPDATE_ERROR
        self.advance(now_ns, next_number)
        self.first_received = number
        self._before_until_ns = now_ns + 3 * pto_ns
        return 0

    def rest(self, now_ns: int) -> int:
        """Forget keys that nothing needs: the one before the current, once it is too old, and the next, which is made
        again when it is asked for. Each holds a context of 1.1 KiB."""
        self._next = None
        if self._before is not None and now_ns >= self._before_until_ns:
            self._before = None
        return 0

    def on_failed(self) -> bool:
        """A datagram did not open; True at the integrity limit."""
        self.failed += 1
        return self.failed >= self._failed_max

    def exhausted(self) -> bool:
        """Whether the sealing key must not seal any more."""
        return self.sent >= self._sealed_max

    def on_sent(self, with_ack: bool) -> None:
        """A packet was sealed in this phase."""
        self.sent += 1
        if with_ack:
            self.ack_sent = True

    def on_acked(self, number: int, bit: bool) -> None:
        """Packet `number` was acknowledged by a packet whose phase bit is `bit`."""
        if number >= self.first_sent and bit == (self.phase & 1):
            self.confirmed = True

    def may_advance(self, now_ns: int, pto_ns: int) -> bool:
        """Whether we may begin the next phase."""
        return self.confirmed and now_ns - self.began_ns > 3 * pto_ns

    def advance(self, now_ns: int, next_number: int) -> int:
        """Begin the next phase, whose first packet will be `next_number` or later."""
        self._send_secret = next_secret(self._send_secret)
        self._receive_secret = next_secret(self._receive_secret)
        self.sealer = PacketKey(self.cipher, *packet_key(self._send_secret), True)
        self._before = self.opener
        self.opener = (
            self._next if self._next is not None else PacketKey(self.cipher, *packet_key(self._receive_secret), False)
        )
        self._next = None
        self.phase += 1
        self.began_ns = now_ns
        self.first_sent = next_number
        self.first_received = NONE_YET
        self._before_until_ns = NONE_YET
        self.sent = 0
        self.confirmed = False
        self.ack_sent = False
        return 0
