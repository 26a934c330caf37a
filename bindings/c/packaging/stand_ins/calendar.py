"""Stands in for calendar inside the private runtime: pyOpenSSL imports it for one function, and the real one brings
locale with it."""

from collections.abc import Sequence
from datetime import date

_EPOCH = date(1970, 1, 1).toordinal()


def timegm(parts: Sequence[int]) -> int:
    """Seconds since 1970 of year, month, day, hour, minute and second, UTC."""
    year, month, day, hour, minute, second = parts[:6]
    days = date(year, month, 1).toordinal() - _EPOCH + day - 1
    return ((days * 24 + hour) * 60 + minute) * 60 + second
