"""From pieces to a message. PROTOCOL.md s. 5, DATA with F = 1.

Rule 1: a piece is checked by `pieces_valid` before a `Reassembly` is made or asked; nothing here checks again.
Rule 2: memory is taken once, for the whole message; who makes a `Reassembly` has counted it against a limit.
Rule 3: the first copy of a unit stays; a later one, equal or not, is ignored.
"""

from fastnet.protocol.datagram import Datagram, blank_bytes
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.spec import UNIT_BYTES

_VALID = 0
_FRAME_INVALID = int(CloseCode.FRAME_INVALID)
_MESSAGE_TOO_LARGE = int(CloseCode.MESSAGE_TOO_LARGE)


def pieces_valid(total: int, unit: int, length: int, maximum: int) -> int:
    """0 if a piece [32 unit, 32 unit + length) of a message of `total` bytes may be, else the close code it earns.

    Any u64 is safe: `unit` is compared with `total` / 32 first, since 32 x `unit` may overflow.
    """
    if length < 1 or length >= total:
        return _FRAME_INVALID
    if total > maximum:
        return _MESSAGE_TOO_LARGE
    if unit > total // UNIT_BYTES or length > total - unit * UNIT_BYTES:
        return _FRAME_INVALID
    if length % UNIT_BYTES != 0 and length != total - unit * UNIT_BYTES:
        return _FRAME_INVALID
    return _VALID


class Reassembly:
    """One message of `total` bytes, 2 or more, of which pieces have arrived."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.held_bytes = 0
        self.complete = False
        self._message = blank_bytes(total)
        self._held = bytearray((total + 8 * UNIT_BYTES - 1) // (8 * UNIT_BYTES))  # Bit u % 8 of byte u // 8 is unit u.

    def add(self, inbound: Datagram, unit: int, length: int) -> int:
        """Move a valid piece of `length` bytes from the cursor of `inbound` into place; returns how many were new."""
        last = unit + (length - 1) // UNIT_BYTES
        added = 0
        if self._is_blank(unit, last):
            inbound.copy_into(self._message, unit * UNIT_BYTES, length)
            added = length
        else:
            added = self._add_blank_units(inbound, unit, length)
        self._mark(unit, last)
        self.held_bytes += added
        self.complete = self.held_bytes == self.total
        return added

    def message(self) -> bytes:
        """The whole message, once `complete`."""
        assert self.complete
        return self._message

    def _is_blank(self, first: int, last: int) -> bool:
        for index in range(first >> 3, (last >> 3) + 1):
            if self._held[index] & self._mask(index, first, last):
                return False
        return True

    def _mark(self, first: int, last: int) -> None:
        for index in range(first >> 3, (last >> 3) + 1):
            self._held[index] |= self._mask(index, first, last)

    def _mask(self, index: int, first: int, last: int) -> int:
        """The bits of byte `index` that belong to units `first` .. `last`."""
        mask = 0xFF
        if index == first >> 3:
            mask &= 0xFF << (first & 7)
        if index == last >> 3:
            mask &= 0xFF >> (7 - (last & 7))
        return mask

    def _add_blank_units(self, inbound: Datagram, unit: int, length: int) -> int:
        added = 0
        left = length
        while left > 0:
            size = min(left, UNIT_BYTES)
            if self._held[unit >> 3] >> (unit & 7) & 1:
                inbound.at += size
            else:
                inbound.copy_into(self._message, unit * UNIT_BYTES, size)
                added += size
            left -= size
            unit += 1
        return added
