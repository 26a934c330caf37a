"""`Turns`: the half of `SecureSocket` that runs for every datagram. Callbacks of the loop, its timer, who waits.

Rule 1: a turn runs when a descriptor is readable or a deadline has come, whether or not the application is polling.
Rule 2: who waits is told last, for the task goes on inside the call and may do anything, even close the socket.
"""

import asyncio
import contextlib

from fastnet.net.aio_busy_poll import BusyPoll
from fastnet.net.aio_news import News
from fastnet.net.client import Client
from fastnet.net.clock import monotonic_ns
from fastnet.net.driver import BytesLike
from fastnet.net.server import Server
from fastnet.protocol.events import Event
from fastnet.protocol.ticket import NEVER_NS

_S = 1e9
NEVER = NEVER_NS
FOUND, REST, SLEEP = 0, 1, 2
_current_task = asyncio.current_task


class Turns:
    """Joins a driver and an event loop, the one that runs."""

    def __init__(self, driver: Client | Server, busy_poll: BusyPoll | None) -> None:
        self._driver = driver
        self._busy_poll = busy_poll
        self._loop = asyncio.get_running_loop()
        self.waiting: list[News] = []
        self._watched: list[int] = []
        self._watch_version = -1
        self._timer: asyncio.TimerHandle | None = None
        self._timer_ns = NEVER
        if isinstance(driver, Client):
            driver.call_when_found(self._turn_soon)
            driver.call_when_rebound(self.follow)
        self.turn()

    # What the loop calls.

    def turn(self) -> None:
        """Something is readable or due."""
        if self._driver.closed:
            return
        self._driver.turn()
        self.follow()
        if self._driver.has_events():
            self.ring()

    def _turn_udp(self) -> None:
        """A datagram is there. It is not asked whether TCP has something: its own descriptor tells."""
        if self._driver._closed:
            return
        self._driver.turn_udp()
        self.follow()
        if self._driver.has_events():
            self.ring()

    def _turn_soon(self) -> None:
        """Name resolution ended, on a thread of its own."""
        with contextlib.suppress(RuntimeError):  # The loop may be closed by now.
            self._loop.call_soon_threadsafe(self.turn)

    def _on_timer(self) -> None:
        self._timer = None
        self._timer_ns = NEVER
        self.turn()

    # What the socket calls.

    def take(self) -> list[Event] | None:
        """The events that wait, None without. Descriptors and deadlines tell of all that comes, so nobody is asked."""
        if self._driver._closed:
            self._driver._check_open()
        events = self._driver.take() if self._driver.has_events() else None
        self.follow()  # Also what the application did with the driver itself, such as `rebind`.
        return events

    def send(self, peer_id: int, channel: int, data: BytesLike) -> None:
        """As `Driver.send`; its deadlines are followed."""
        self._driver.send(peer_id, channel, data)
        self.follow()

    def ask(self) -> int:
        """No events wait: ask the socket for a while, if so configured. FOUND some; SLEEP, or REST for one turn of the
        loop and ask again."""
        busy, pump = self._busy_poll, self._driver._pump
        if busy is None or pump is None:
            return SLEEP
        now_ns = monotonic_ns()
        until_ns = busy.begin(now_ns)
        if until_ns == 0:
            return SLEEP
        while now_ns < until_ns:
            if pump.spin(now_ns, until_ns):
                self._driver.turn_udp()
                self.follow()
                if self._driver.has_events():
                    busy.found()
                    return FOUND
            now_ns = monotonic_ns()
        return SLEEP if busy.missed() else REST

    def news(self) -> News:
        """Await it: it ends when events wait, or the socket is closed."""
        return News(self._loop, self.waiting)

    def loop_ran(self) -> None:
        """After each pause of a poll."""
        if self._busy_poll is not None:
            self._busy_poll.loop_ran()

    def ring(self) -> None:
        """Tell all who wait. Inside another task, they go on when that one rests."""
        if not self.waiting:
            return
        if self._busy_poll is not None:
            self._busy_poll.heard(monotonic_ns())
        waiting, self.waiting = self.waiting, []
        for news in waiting[1:]:
            news.ring_soon()
        first = waiting[0]
        if _current_task(self._loop) is None:
            first.ring()
        else:
            first.ring_soon()

    def follow(self) -> None:
        """Watch the driver's descriptors, and wake up for its next deadline."""
        if self._driver.watch_version != self._watch_version:
            self._watch()
        due_ns = self._driver.due_ns(0)
        if due_ns < self._timer_ns or self._timer is None:
            self._set_timer(due_ns)  # Else it fires early and looks again: cheaper than a new one for every packet.

    def _watch(self) -> None:
        self.unwatch()
        self._watch_version = self._driver.watch_version
        self._watched = self._driver.filenos()
        for fileno in self._watched:
            is_udp = fileno == self._driver.udp_fileno()
            self._loop.add_reader(fileno, self._turn_udp if is_udp else self.turn)

    def _set_timer(self, due_ns: int) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer_ns = due_ns
        self._timer = None
        if due_ns != NEVER:
            now_ns = monotonic_ns()
            wait_ns = due_ns - now_ns if due_ns > now_ns else 0
            self._timer = self._loop.call_later(wait_ns / _S, self._on_timer)

    def unwatch(self) -> None:
        """Leave the driver's descriptors alone."""
        for fileno in self._watched:
            self._loop.remove_reader(fileno)
        self._watched = []

    def stop(self) -> None:
        """No more turns; who waits is told."""
        self.unwatch()
        if self._timer is not None:
            self._timer.cancel()
        self.ring()
