"""`News`: what a task that awaits it may rely on, whichever kind of task; and a mailbox made of it, in many seeds."""

import asyncio
import contextlib
import contextvars
import random
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from fastnet.net.aio_news import News

Kind = Callable[..., Any]
KINDS: dict[str, Kind] = {"c": asyncio.Task, "python": asyncio.tasks._PyTask}  # type: ignore[attr-defined]
if sys.version_info >= (3, 12):
    KINDS["eager"] = lambda coro, *, loop, **more: asyncio.Task(coro, loop=loop, **{**more, "eager_start": True})
NAME = contextvars.ContextVar("NAME", default="nobody")


@pytest.fixture(
    params=[(kind, debug) for kind in KINDS for debug in (False, True)], ids=lambda pair: f"{pair[0]}-{pair[1]}"
)
def play(request: pytest.FixtureRequest) -> Callable[[Coroutine[Any, Any, None]], None]:
    """Runs a test in a loop whose tasks are of one kind, with and without debug mode."""
    kind, debug = request.param

    def make(loop: asyncio.AbstractEventLoop, coro: Any, **more: Any) -> Any:
        return KINDS[kind](coro, loop=loop, **more)

    def run(main: Coroutine[Any, Any, None]) -> None:
        with asyncio.Runner(debug=debug) as runner:
            runner.get_loop().set_task_factory(make)
            runner.run(asyncio.wait_for(main, 10))

    return run


async def in_the_loop(call: Callable[[], object]) -> None:
    """`call` as a callback of the loop; returns when it has run."""
    ran = asyncio.get_running_loop().create_future()

    def go() -> None:
        call()
        ran.set_result(None)

    asyncio.get_running_loop().call_soon(go)
    await ran


async def begin(waiting: list[News], log: list[object]) -> "asyncio.Task[None]":
    """A task that awaits news and notes how that ended."""

    async def wait() -> None:
        NAME.set("the task")
        try:
            await News(asyncio.get_running_loop(), waiting)
        except asyncio.CancelledError as error:
            log.append(error.args)
            raise
        log.append((NAME.get(), asyncio.current_task()))

    task = asyncio.get_running_loop().create_task(wait())
    while not waiting:
        await asyncio.sleep(0)
    return task


def test_ring_goes_on_with_the_task_inside_the_call_and_in_its_context(play: Any) -> None:
    async def main() -> None:
        waiting: list[News] = []
        log: list[object] = []
        task = await begin(waiting, log)

        def ring() -> None:
            log.append("before")
            waiting[0].ring()
            log.append((NAME.get(), asyncio.current_task()))

        await in_the_loop(ring)
        assert log == ["before", ("the task", task), ("nobody", None)]
        assert task.done()
        assert await task is None

    play(main())


def test_ring_soon_goes_on_with_the_task_after_the_call(play: Any) -> None:
    async def main() -> None:
        waiting: list[News] = []
        log: list[object] = []
        task = await begin(waiting, log)
        waiting[0].ring_soon()  # Inside another task, where `ring` could not.
        assert log == []
        await task
        assert log == [("the task", task)]

    play(main())


def test_news_that_rang_before_anybody_waits_end_the_wait_at_once(play: Any) -> None:
    async def main() -> None:
        for ring in (News.ring, News.ring_soon):
            news = News(asyncio.get_running_loop(), [])
            ring(news)
            await news
            await news

    play(main())


def test_a_cancelled_wait_says_why_and_leaves_the_list(play: Any) -> None:
    async def main() -> None:
        waiting: list[News] = []
        log: list[object] = []
        for message in ((), ("no more",)):
            task = await begin(waiting, log)
            (news,) = waiting
            assert task.cancel(*message)
            assert waiting == []
            await in_the_loop(news.ring)  # Too late: it is cancelled.
            with pytest.raises(asyncio.CancelledError):
                await task
            assert log.pop() == message
            assert task.cancelled()
        assert log == []

    play(main())


def test_a_task_cancelled_after_the_news_but_before_it_ran_is_cancelled(play: Any) -> None:
    async def main() -> None:
        waiting: list[News] = []
        log: list[object] = []
        task = await begin(waiting, log)
        waiting[0].ring_soon()
        assert task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert log == [()]

    play(main())


def test_timeouts_and_groups_end_a_wait_as_they_end_any(play: Any) -> None:
    async def main() -> None:
        waiting: list[News] = []
        loop = asyncio.get_running_loop()

        async def wait() -> None:
            await News(loop, waiting)

        async def fail() -> None:
            raise LookupError

        with pytest.raises(TimeoutError):
            await asyncio.wait_for(wait(), 0.001)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.001):
                await News(loop, waiting)

        async def fail_together() -> None:
            async with asyncio.TaskGroup() as group:
                waits.extend(group.create_task(wait()) for _ in range(3))
                group.create_task(fail())

        waits: list[asyncio.Task[None]] = []
        with pytest.raises(ExceptionGroup) as caught:
            await fail_together()
        assert caught.group_contains(LookupError)
        assert len(waits) == 3
        assert all(each.cancelled() for each in waits)
        assert waiting == []

    play(main())


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_what_stops_the_program_comes_out_of_the_call(error: type[BaseException]) -> None:
    """As it comes out of any callback of a loop; other errors stay in the task."""

    async def main() -> None:
        waiting: list[News] = []

        async def wait(what: type[BaseException]) -> None:
            await News(asyncio.get_running_loop(), waiting)
            raise what

        task = asyncio.create_task(wait(LookupError))
        await asyncio.sleep(0)
        await in_the_loop(waiting.pop().ring)
        with pytest.raises(LookupError):
            await task
        stopper = asyncio.create_task(wait(error))
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_soon(waiting.pop().ring)
        await stopper

    with pytest.raises(error):
        asyncio.run(main())


class Mailbox:
    """What a socket does with news, and nothing else: letters, who waits for them, and who is told how."""

    def __init__(self) -> None:
        self.letters: list[int] = []
        self.waiting: list[News] = []

    async def poll(self) -> list[int]:
        while not self.letters:
            await News(asyncio.get_running_loop(), self.waiting)
        letters, self.letters = self.letters, []
        return letters

    def put(self, letter: int) -> None:
        self.letters.append(letter)
        waiting, self.waiting[:] = list(self.waiting), []
        for news in waiting[1:]:
            news.ring_soon()
        if waiting:
            (waiting[0].ring_soon if asyncio.current_task() else waiting[0].ring)()


@pytest.mark.seeds(60)
def test_every_letter_is_read_once_however_its_readers_are_cancelled(play: Any, seed: int) -> None:
    prng = random.Random(seed)
    mailbox, read, count = Mailbox(), list[int](), 40

    async def reader() -> None:
        while True:
            read.extend(await mailbox.poll())

    async def impatient() -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0):
                    read.extend(await mailbox.poll())
            await asyncio.sleep(0)

    async def main() -> None:
        loop = asyncio.get_running_loop()
        readers = [loop.create_task(prng.choice((reader, impatient))()) for _ in range(3)]
        for letter in range(count):
            put = lambda letter=letter: mailbox.put(letter)  # noqa: E731
            prng.choice((put, lambda put=put: loop.call_soon(put)))()
            for _ in range(prng.randrange(4)):
                await asyncio.sleep(0)
            at = prng.randrange(len(readers))
            if prng.random() < 0.6:
                readers[at].cancel()
                readers[at] = loop.create_task(prng.choice((reader, impatient))())
        while len(read) < count:
            await asyncio.sleep(0)
        for each in readers:
            each.cancel()
        await asyncio.wait(readers)
        assert sorted(read) == list(range(count))
        assert mailbox.waiting == []

    play(main())
