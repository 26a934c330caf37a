"""`News`: what a task awaits while a socket has nothing for it. It does what a task asks of a future, and no more.

A future of asyncio hands a result over through the queue of the loop: the loop ends its turn, asks the system whether
something is readable, and only then runs the task. `ring` runs the task where it is called.

Rule 1: `ring` is for callbacks of the loop, in which no task runs; everybody else calls `ring_soon`.
Rule 2: news ring once or are cancelled, whichever comes first; the other has then no effect.
"""

import asyncio
import contextvars
from collections.abc import Callable, Generator
from typing import Any, Self

_WAITING, _RUNG, _CANCELLED = 0, 1, 2  # Typed in the .pxd.


class News:
    """One wait of one task. `waiting` is the list that it stands in; a cancelled one leaves it."""

    def __init__(self, loop: asyncio.AbstractEventLoop, waiting: "list[News]") -> None:
        self._asyncio_future_blocking = False  # The mark by which a task knows a future: asyncio.isfuture.
        self._loop = loop
        self._waiting = waiting
        self._state = _WAITING
        self._step: Callable[[object], object] | None = None
        self._context: contextvars.Context | None = None
        self._message: object = None
        waiting.append(self)

    def __await__(self) -> Generator[Any, Any, None]:
        return self  # type: ignore[return-value]  # Any iterator will do.

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Self:
        if self._state == _WAITING:
            self._asyncio_future_blocking = True
            return self
        self.result()
        raise StopIteration

    # What a task asks of it.

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """The loop of those who may await it."""
        return self._loop

    def add_done_callback(self, step: Callable[[object], object], *, context: contextvars.Context) -> None:
        """`step` goes on with the task, in its context."""
        self._step, self._context = step, context
        if self._state != _WAITING:
            self._step_soon()

    def cancel(self, msg: object = None) -> bool:
        """End the wait without news; False when there are some already."""
        if self._state != _WAITING:
            return False
        self._state = _CANCELLED
        self._message = msg
        if self in self._waiting:
            self._waiting.remove(self)
        self._step_soon()
        return True

    def result(self) -> None:
        """Raises CancelledError if it was cancelled."""
        if self._state == _CANCELLED:
            raise asyncio.CancelledError() if self._message is None else asyncio.CancelledError(self._message)

    # What the socket says.

    def ring(self) -> None:
        """Something happened: go on with the task now. What the task raises out of the loop comes out here."""
        if self._state != _WAITING:
            return
        self._state = _RUNG
        step, self._step = self._step, None
        if step is not None:
            assert self._context is not None
            self._context.run(step, self)

    def ring_soon(self) -> None:
        """Something happened: go on with the task in the next turn of the loop."""
        if self._state == _WAITING:
            self._state = _RUNG
            self._step_soon()

    def _step_soon(self) -> None:
        step, self._step = self._step, None
        if step is not None:
            self._loop.call_soon(step, self, context=self._context)
