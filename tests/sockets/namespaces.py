"""Two machines in one: network namespaces joined by a cable, where the system lets us make them; else loopback alone.

Sockets stay in the namespace they were opened in, so one process can hold both ends.
"""

import contextlib
import ctypes
import os
import subprocess
from collections.abc import Iterator

_CLONE_NEWNET = 0x40000000
_SERVER, _FIRST, _SECOND = "10.77.0.1", "10.77.0.2", "10.77.0.3"


class Networks:
    """The fallback: server and client on loopback; only the client's port changes."""

    server = "127.0.0.1"

    def server_side(self) -> contextlib.AbstractContextManager[None]:
        """Open sockets of the server in here."""
        return contextlib.nullcontext()

    def client_side(self) -> contextlib.AbstractContextManager[None]:
        """Open sockets of the client in here."""
        return contextlib.nullcontext()

    def change_client_address(self) -> None:
        """Take the client's address away, and give it another."""

    def set_cable(self, *, plugged: bool) -> None:
        """Pull the client's cable out, or put it back."""


class _Namespaces(Networks):
    server = _SERVER

    def __init__(self, name: str) -> None:
        self._left, self._right = f"{name}s", f"{name}c"

    def build(self) -> None:
        for namespace in (self._left, self._right):
            _ip("netns", "add", namespace)
            _ip("-n", namespace, "link", "set", "lo", "up")
        _ip("-n", self._left, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", self._right)
        for namespace, address in ((self._left, _SERVER), (self._right, _FIRST)):
            _ip("-n", namespace, "address", "add", f"{address}/24", "dev", "cable")
            _ip("-n", namespace, "link", "set", "cable", "up")

    def tear_down(self) -> None:
        for namespace in (self._left, self._right):
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                _ip("netns", "delete", namespace)

    def server_side(self) -> contextlib.AbstractContextManager[None]:
        return _inside(self._left)

    def client_side(self) -> contextlib.AbstractContextManager[None]:
        return _inside(self._right)

    def change_client_address(self) -> None:
        _ip("-n", self._right, "address", "delete", f"{_FIRST}/24", "dev", "cable")
        _ip("-n", self._right, "address", "add", f"{_SECOND}/24", "dev", "cable")

    def set_cable(self, *, plugged: bool) -> None:
        _ip("-n", self._right, "link", "set", "cable", "up" if plugged else "down")


@contextlib.contextmanager
def two_networks() -> Iterator[Networks]:
    """Namespaces if this user and this system can have them."""
    made = _Namespaces(f"fastnet{os.getpid()}")
    try:
        made.build()
        with made.client_side():
            chosen: Networks = made
    except (OSError, subprocess.SubprocessError):
        chosen = Networks()
    try:
        yield chosen
    finally:
        made.tear_down()


@contextlib.contextmanager
def _inside(namespace: str) -> Iterator[None]:
    """This thread, and the sockets it opens, in another namespace."""
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    there = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    try:
        _enter(there)
        try:
            yield
        finally:
            _enter(home)
    finally:
        os.close(there)
        os.close(home)


def _enter(descriptor: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(descriptor, _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=20)
