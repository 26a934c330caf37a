# cython: annotation_typing=True
# cython: nonecheck=False
# (In every build: such a check needs the lock, and the loops that count here have given it up.)
"""What passed through a UDP socket, and what did not, by cause. Counting is all that happens to a network error."""

import cython
from cython.cimports.libc.errno import (
    EACCES,
    EADDRNOTAVAIL,
    EAFNOSUPPORT,
    EAGAIN,
    ECONNREFUSED,
    EHOSTDOWN,
    EHOSTUNREACH,
    EINTR,
    EINVAL,
    EMSGSIZE,
    ENETDOWN,
    ENETUNREACH,
    ENOBUFS,
    ENOMEM,
    EPERM,
)

_CAUSES = ("blocked", "refused", "unreachable", "denied", "too_big", "failed")


class UdpCounters:
    """Datagrams and bytes each way, and refusals by cause.

    `blocked`: the kernel's buffers were full; `refused`: nobody listens there; `unreachable`: no route or no network;
    `denied`: a firewall; `too_big`: for the path; `failed`: the rest. `last_errno` is the latest of any.
    """

    def as_dict(self) -> dict:
        """All of them, for display."""
        passed = {name: getattr(self, name) for name in ("sent", "sent_bytes", "received", "received_bytes")}
        return passed | {name: getattr(self, name) for name in _CAUSES}

    @property
    def errors(self) -> object:
        """All refusals together."""
        return sum(getattr(self, name) for name in _CAUSES)

    def error(self, code: cython.int) -> cython.bint:
        """Count one by its errno. True when the kernel's buffers are full, so that trying more is vain."""
        self.last_errno = code
        if code in (EAGAIN, ENOBUFS, ENOMEM, EINTR):
            self.blocked += 1
            return True
        if code == ECONNREFUSED:
            self.refused += 1
        elif _is_unreachable(code):
            self.unreachable += 1
        elif code in (EPERM, EACCES):
            self.denied += 1
        elif code == EMSGSIZE:
            self.too_big += 1
        else:
            self.failed += 1
        return False


def _is_unreachable(code: cython.int) -> cython.bint:
    """No route, no network, or (EINVAL) a local address that has left the machine."""
    if code in (ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN):
        return True
    return code in (EADDRNOTAVAIL, EAFNOSUPPORT, EINVAL)
