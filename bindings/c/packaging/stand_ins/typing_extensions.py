"""Stands in for typing_extensions inside the private runtime: importing the real one takes 10 ms of every start.

pyOpenSSL asks it for `deprecated` alone, and on Python 3.13 not even for that. Nobody in the runtime reads warnings.
"""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def deprecated(message: str, /, **options: object) -> Callable[[T], T]:
    """Leave what is decorated as it is."""
    return lambda decorated: decorated
