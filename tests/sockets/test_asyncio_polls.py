"""Who polls a `SecureSocket`, and how: several tasks, cancelled at any moment, inside callbacks; busy polls."""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from fastnet import Client, Connected, Data, Disconnected, Event, SecureSocket, SocketClosedError, UsageError
from fastnet.net.aio_news import News
from fastnet.net.clock import monotonic_ns
from socket_world import bind, echo, hear, is_a, join, pin_of, run, tcp_address

KINDS = {"c": asyncio.Task, "python": asyncio.tasks._PyTask}  # type: ignore[attr-defined]
MESSAGES = 60


async def read(socket: SecureSocket, into: list[bytes]) -> None:
    """Poll for ever."""
    while True:
        into.extend(event.data for event in await socket.poll() if isinstance(event, Data))


async def read_with_timeouts(socket: SecureSocket, into: list[bytes]) -> None:
    """As frame loops do: what is there, and no waiting."""
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0):
                into.extend(event.data for event in await socket.poll() if isinstance(event, Data))
        await asyncio.sleep(0)


async def read_in_groups(socket: SecureSocket, into: list[bytes]) -> None:
    """A poll that its neighbour ends."""

    async def one() -> None:
        into.extend(event.data for event in await socket.poll() if isinstance(event, Data))

    async def neighbour() -> None:
        await asyncio.sleep(0)
        raise LookupError

    task = asyncio.current_task()
    assert task is not None
    while not task.cancelling():  # The group of Python 3.11 prefers its own error to that.
        with contextlib.suppress(ExceptionGroup):
            async with asyncio.TaskGroup() as group:
                group.create_task(one())
                group.create_task(neighbour())


READERS: list[Callable[[SecureSocket, list[bytes]], Awaitable[None]]] = [read, read_with_timeouts, read_in_groups]


@pytest.mark.parametrize("busy_poll_us", [0, 20])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.seeds(12)
def test_polls_of_three_tasks_cancelled_at_any_moment_lose_nothing(kind: str, busy_poll_us: int, seed: int) -> None:
    prng = random.Random(seed)

    async def play() -> None:
        loop = asyncio.get_running_loop()
        loop.set_task_factory(lambda loop, coro, **more: KINDS[kind](coro, loop=loop, **more))
        loop.set_debug(prng.random() < 0.3)
        loop.slow_callback_duration = 60.0
        async with await bind(busy_poll_us=busy_poll_us) as server:
            serving = asyncio.create_task(echo(server))
            client = await join(server, busy_poll_us=busy_poll_us)
            got: list[bytes] = []
            readers = [asyncio.ensure_future(prng.choice(READERS)(client, got)) for _ in range(3)]
            for number in range(MESSAGES):
                await client.send(1, 0, b"%d" % number)
                for _ in range(prng.randrange(5)):
                    await asyncio.sleep(0)
                at = prng.randrange(len(readers))
                if prng.random() < 0.7:
                    readers[at].cancel()
                    readers[at] = asyncio.ensure_future(prng.choice(READERS)(client, got))
            while len(got) < MESSAGES:
                await asyncio.sleep(0)
            for each in readers:
                each.cancel()
            await asyncio.wait(readers)
            assert got == [b"%d" % number for number in range(MESSAGES)]
            await client.close()
        await serving

    run(play())


def test_a_task_that_hears_may_close_its_socket_at_once() -> None:
    """It runs inside the callback that received: nothing may be touched after it."""

    async def play() -> None:
        async with await bind() as server:
            serving = asyncio.create_task(echo(server))
            for _ in range(20):
                client = await join(server)
                await client.send(1, 0, b"last words")
                await hear(client, is_a(Data))
                client._release()  # Without a goodbye, and without a pause of the task.
                with pytest.raises(SocketClosedError):
                    await client.poll()
        await serving

    run(play())


def test_who_waits_is_told_when_another_task_makes_the_news() -> None:
    """`disconnect` turns the socket inside the task that calls it; the one that polls goes on after it."""

    async def play() -> None:
        async with await bind() as server:
            client = await join(server)
            (connected,) = await hear(server, is_a(Connected))
            await hear(client, is_a(Connected))
            polling = asyncio.create_task(hear(server, is_a(Data)))
            await asyncio.sleep(0)
            server.driver.poll()  # Nobody's acks are on the way any more.
            for number in range(200):
                client.driver.send(1, 0, b"%d" % number)
                server._turns.turn()  # What `disconnect` does, with a datagram there.
                assert asyncio.current_task() is not polling
                while not polling.done():
                    await asyncio.sleep(0)
                assert [event.data for event in polling.result() if isinstance(event, Data)] == [b"%d" % number]
                polling = asyncio.create_task(hear(server, is_a(Data)))
                await asyncio.sleep(0)
            await server.disconnect(connected.peer_id)
            assert is_a(Disconnected)((await hear(client, is_a(Disconnected)))[-1])
            polling.cancel()
            await client.close()

    run(play())


def test_polls_given_up_leave_nothing_behind() -> None:
    async def play() -> None:
        async with await bind() as server:
            for _ in range(100):
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0):
                        await server.poll()
            assert server._turns.waiting == []

    run(play())


def at_once(poll: Any) -> list[Event]:
    """The result of a poll that does not pause."""
    with pytest.raises(StopIteration) as stopped:
        poll.send(None)
    events: list[Event] = stopped.value.value
    return events


def test_a_busy_poll_finds_what_the_loop_has_not_seen_yet() -> None:
    async def play() -> None:
        async with await bind() as server, await join(server, busy_poll_us=10_000) as client:
            (connected,) = await hear(server, is_a(Connected))
            await hear(client, is_a(Connected))
            await asyncio.sleep(0)
            await server.send(connected.peer_id, 1, b"now")
            assert at_once(client.poll()) == [Data(1, 1, b"now")]
            quiet = client.poll()
            assert quiet.send(None) is None  # For the poll before held the loop, too: it runs once ..
            before_ns = monotonic_ns()
            assert isinstance(quiet.send(None), News)  # .. and now it sleeps, but not before its time.
            assert monotonic_ns() - before_ns >= 10_000_000
            quiet.close()

    run(play())


def test_the_loop_runs_though_every_busy_poll_finds_something() -> None:
    async def play() -> None:
        async with await bind() as server, await join(server, busy_poll_us=500) as client:
            (connected,) = await hear(server, is_a(Connected))
            await hear(client, is_a(Connected))
            ticks = 0

            async def tick() -> None:
                nonlocal ticks
                while True:
                    ticks += 1
                    await asyncio.sleep(0)

            ticking = asyncio.create_task(tick())
            for number in range(20_000):  # 10 us each at the very least.
                await server.send(connected.peer_id, 1, b"%d" % number)
                assert Data(1, 1, b"%d" % number) in await client.poll()
                if ticks > 20:
                    break
            assert ticks > 20
            ticking.cancel()

    run(play())


def test_ends_that_share_a_loop_stop_asking_in_vain() -> None:
    """Neither can answer while the other asks."""

    async def play() -> None:
        async with await bind(busy_poll_us=10_000) as server:
            serving = asyncio.create_task(echo(server))
            async with await join(server, busy_poll_us=10_000) as client:
                await hear(client, is_a(Connected))
                before_ns = monotonic_ns()
                for number in range(1_000):
                    await client.send(1, 0, b"%d" % number)
                    assert await client.poll() == [Data(1, 0, b"%d" % number)]
                assert monotonic_ns() - before_ns < 5_000_000_000  # Each would have cost 20 ms.
        await serving

    run(play())


def test_a_busy_poll_that_would_stall_the_loop_is_refused() -> None:
    async def play() -> None:
        with pytest.raises(UsageError, match="busy_poll_us = 20000"):
            await bind(busy_poll_us=20_000)
        async with await bind() as server:
            with pytest.raises(UsageError, match="busy_poll_us = -1"):
                await SecureSocket.connect(tcp_address(server), trust=pin_of(server), busy_poll_us=-1)

    run(play())


def test_a_poll_follows_what_was_done_to_the_driver() -> None:
    """A rebound client has another descriptor, which only the loop can watch."""

    async def play() -> None:
        async with await bind() as server, await join(server) as client:
            (connected,) = await hear(server, is_a(Connected))
            await hear(client, is_a(Connected))
            driver = client.driver
            assert isinstance(driver, Client)
            driver.rebind()
            await server.send(connected.peer_id, 0, b"after you")
            assert (await hear(client, is_a(Data)))[-1] == Data(1, 0, b"after you")

    run(play())


def test_a_client_that_is_rebound_while_a_task_polls_is_watched_at_once() -> None:
    """Not only when its next deadline has come, which may be that of its next PING."""

    async def play() -> None:
        async with await bind() as server, await join(server) as client:
            await hear(server, is_a(Connected))
            await hear(client, is_a(Connected))
            driver = client.driver
            assert isinstance(driver, Client)
            polling = asyncio.create_task(client.poll())
            await asyncio.sleep(0)
            driver.rebind()
            assert asyncio.get_running_loop().remove_reader(driver.udp_fileno())  # It was there.
            polling.cancel()

    run(play())
