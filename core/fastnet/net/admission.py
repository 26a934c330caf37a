"""Who may knock, and who may come in: caps and rates before TLS, the application's answer after it.

PROTOCOL.md s. 2.5, 2.6. Rule: memory is bounded by `handshakes_max` and `_GROUPS_MAX`, whatever strangers do.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from fastnet.net.clock import wall_s
from fastnet.protocol.address import group_of
from fastnet.protocol.config import Config
from fastnet.protocol.errors import UsageError
from fastnet.protocol.numbers import APPLICATION_CODES, CloseCode
from fastnet.protocol.ticket import Address
from fastnet.protocol.tokens import Claims, TokenVerifier

_GROUPS_MAX = 65_536
_SECOND_NS = 1_000_000_000
_LIBRARY_CODES = frozenset(
    {
        CloseCode.SERVER_FULL,
        CloseCode.TOKEN_REQUIRED,
        CloseCode.TOKEN_INVALID,
        CloseCode.TOKEN_EXPIRED,
        CloseCode.TOKEN_USED,
        CloseCode.REFUSED,
        CloseCode.INTERNAL_ERROR,
    }
)


class Refusal:
    """An application's no. `code` is 1000..2999, or a library code such as `CloseCode.REFUSED`.

    Raises UsageError for any other code.
    """

    def __init__(self, code: int, reason: str) -> None:
        if code not in APPLICATION_CODES and code not in _LIBRARY_CODES:
            raise UsageError(f"refusal code {code} is not yours to use; choose one of 1000..2999")
        self.code = code
        self.reason = reason


class Deferred:
    """An answer that comes later, for example from a database: return it from `admit`, then call `resolve` once,
    from any thread, before `handshake_timeout_ms` has passed."""

    def __init__(self) -> None:
        self._notify: Callable[[], None] | None = None
        self._answer: Answer = None
        self._resolved = False

    @property
    def resolved(self) -> bool:
        """Whether `resolve` was called."""
        return self._resolved

    @property
    def answer(self) -> "Answer":
        """What `resolve` was given."""
        return self._answer

    def resolve(self, answer: "Answer") -> None:
        """Give the answer; of several calls the first counts. Raises UsageError for another `Deferred`."""
        if isinstance(answer, Deferred):
            raise UsageError("resolve a Deferred with True, Claims or a Refusal")
        if self._resolved:
            return
        self._answer = answer
        self._resolved = True
        if self._notify is not None:
            self._notify()

    def on_resolved(self, notify: Callable[[], None]) -> None:
        """Have `notify` called once the answer is there; at once if it is."""
        self._notify = notify
        if self._resolved:
            notify()


Answer = bool | None | Claims | Refusal | Deferred
"""True and None accept, Claims accept and name the client, False and Refusal refuse."""
Admit = Callable[[Address, bytes | None, bytes | None], Answer]
"""Called with the client's TCP address, its certificate (DER) or None, and its token or None."""


def require_token(verifier: TokenVerifier, now_s: Callable[[], int] = wall_s) -> Admit:
    """An `admit` that lets in whoever brings a good, unused token. For `Workers` the verifier's memory of used tokens
    must be one that processes share (`SharedNonces`)."""
    return _TokenDesk(verifier, now_s)


@dataclass(frozen=True, slots=True)
class _TokenDesk:
    """A class and not a closure, so that it can be handed to other processes."""

    verifier: TokenVerifier
    now_s: Callable[[], int]

    def __call__(self, _address: Address, _certificate: bytes | None, token: bytes | None) -> Answer:
        verdict = self.verifier.verify(token, self.now_s())
        if isinstance(verdict, Claims):
            return verdict
        return Refusal(verdict, verdict.name.lower().replace("_", " "))


class Entry(Enum):
    """What becomes of a new TCP connection."""

    WELCOME = "welcome"
    OVER_CAP = "over_cap"
    OVER_RATE = "over_rate"


class Doorkeeper:
    """Counts the handshakes in flight, in all and per address, and limits how fast a neighbourhood starts new ones."""

    def __init__(self, config: Config) -> None:
        self._total_max = config.handshakes_max
        self._each_max = config.handshakes_per_address
        self._interval_ns = _SECOND_NS // config.handshake_rate_per_s
        self._depth_ns = self._interval_ns * (config.handshake_burst - 1)
        self._inside: Counter[tuple[int, int]] = Counter()
        self._total = 0
        self._due_ns: dict[int, int] = {}  # Per group: when its token bucket is full again.

    @property
    def total(self) -> int:
        """Handshakes in flight."""
        return self._total

    @property
    def group_count(self) -> int:
        """Neighbourhoods whose rate is remembered."""
        return len(self._due_ns)

    def enter(self, address: Address, now_ns: int) -> Entry:
        """Whether a connection from `address` may begin a handshake; if so, call `leave` when it is over."""
        who = _host(address)
        if self._total >= self._total_max or self._inside[who] >= self._each_max:
            self._forget(who)
            return Entry.OVER_CAP
        if not self._take_token(group_of(address.hi, address.lo), now_ns):
            self._forget(who)
            return Entry.OVER_RATE
        self._total += 1
        self._inside[who] += 1
        return Entry.WELCOME

    def leave(self, address: Address) -> None:
        """A handshake that was welcome is over."""
        who = _host(address)
        assert self._inside[who] > 0
        self._total -= 1
        self._inside[who] -= 1
        self._forget(who)

    def _forget(self, who: tuple[int, int]) -> None:
        if not self._inside[who]:
            del self._inside[who]

    def _take_token(self, group: int, now_ns: int) -> bool:
        due_ns = max(self._due_ns.pop(group, 0), now_ns)
        allowed = due_ns - now_ns <= self._depth_ns
        self._due_ns[group] = due_ns + self._interval_ns if allowed else due_ns
        if len(self._due_ns) > _GROUPS_MAX:
            del self._due_ns[next(iter(self._due_ns))]  # The group that knocked longest ago.
        return allowed


def _host(address: Address) -> tuple[int, int]:
    """What counts as one address: an IPv4 /32, an IPv6 /64."""
    is_mapped = address.hi == 0 and address.lo >> 32 == 0xFFFF
    return (0, address.lo) if is_mapped else (address.hi, 0)
