"""Whatever a test over real sockets opened is closed when it ends, also when it fails."""

from collections.abc import Iterator

import pytest
from socket_world import OPENED


@pytest.fixture(autouse=True)
def _leave_nothing_open() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop().release()
