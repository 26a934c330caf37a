"""The asyncio form: README's order of calls, cancelled polls, and a loop that never blocks."""

import asyncio
import os

import pytest
from fastnet import (
    Client,
    CloseCode,
    Config,
    Connected,
    Data,
    Disconnected,
    Event,
    SecureSocket,
    SocketClosedError,
)
from fastnet.net.clock import monotonic_ns
from socket_world import OWN_HOST, bad_link, bind, echo, hear, is_a, join, pin_of, run, tcp_address


def test_every_event_of_a_short_life_arrives_once_and_in_order() -> None:
    async def play() -> None:
        async with await bind() as server:
            seen: list[Event] = []
            serving = asyncio.create_task(echo(server, seen))
            async with await join(server) as client:
                assert await client.poll() == [Connected(1)]
                for channel in range(4):
                    await client.send(1, channel, b"on %d" % channel)
                    assert await client.poll() == [Data(1, channel, b"on %d" % channel)]
            while not any(isinstance(event, Disconnected) for event in seen):
                await asyncio.sleep(0)
            peer_id = seen[0].peer_id
            assert seen == [
                Connected(peer_id),
                *(Data(peer_id, channel, b"on %d" % channel) for channel in range(4)),
                Disconnected(peer_id, CloseCode.CLOSED, "", True),
            ]
        await serving

    run(play())


def test_f27_connect_send_at_once_then_poll_as_the_readme_does() -> None:
    async def play() -> None:
        async with await bind() as server:
            serving = asyncio.create_task(echo(server))
            client = await join(server)
            await client.send(1, 0, b"Hello, server!")
            heard = await hear(client, is_a(Data))
            assert heard == [Connected(1), Data(1, 0, b"Hello, server!")]
            await client.close()
        await serving

    run(play())


@pytest.mark.parametrize("period_ms", [1, 16, 100])
def test_f7_five_clients_connect_though_every_poll_is_cancelled(period_ms: int) -> None:
    async def serve(server: SecureSocket, events: list[object]) -> None:
        """What frame loops do with asyncio: a poll that may take so long and no longer."""
        while True:
            try:
                got = await asyncio.wait_for(server.poll(), period_ms / 1_000)
            except TimeoutError:
                continue
            except SocketClosedError:
                return
            events += got
            for event in got:
                if isinstance(event, Data):
                    await server.send(event.peer_id, event.channel, event.data)

    async def play() -> None:
        with bad_link(delay_us=25_000) as proxy:
            server = await bind(advertise=[proxy.address])
            proxy.server = server.udp_address or ("", 0)
            events: list[object] = []
            serving = asyncio.create_task(serve(server, events))
            clients = await asyncio.gather(*(join(server) for _ in range(5)))
            for number, client in enumerate(clients):
                await client.send(1, 0, b"%d" % number)
            for number, client in enumerate(clients):
                assert (await hear(client, is_a(Data)))[-1] == Data(1, 0, b"%d" % number)
            assert sum(isinstance(event, Connected) for event in events) == 5
            await asyncio.gather(*(client.close() for client in clients), server.close())
            await serving

    run(play())


def test_a_cancelled_poll_loses_no_message() -> None:
    async def play() -> None:
        async with await bind() as server:
            serving = asyncio.create_task(echo(server))
            async with await join(server) as client:
                await hear(client, is_a(Connected))
                echoes: list[bytes] = []
                sent = 0
                while len(echoes) < 300:
                    if sent < 300:
                        await client.send(1, 0, b"%d" % sent)
                        sent += 1
                    polling = asyncio.ensure_future(client.poll())
                    await asyncio.sleep(0)  # It begins, and may have an answer by now.
                    polling.cancel()
                    try:
                        echoes += [event.data for event in await polling if isinstance(event, Data)]
                    except asyncio.CancelledError:
                        continue
                assert echoes == [b"%d" % number for number in range(300)]
        await serving

    run(play())


def test_f26_fifty_messages_between_two_polls_are_fifty_events() -> None:
    async def play() -> None:
        server = await bind()
        client = await join(server)
        (connected,) = await hear(server, is_a(Connected))
        await client.poll()
        for number in range(50):
            await client.send(1, 1, b"%d" % number)
        got: list[object] = []
        while len(got) < 50:
            got += await server.poll()
        assert got == [Data(connected.peer_id, 1, b"%d" % number) for number in range(50)]
        polling = asyncio.ensure_future(server.poll())
        await asyncio.sleep(0)
        assert not polling.done()
        polling.cancel()
        before_ns = monotonic_ns()
        assert server.driver.poll() == []  # The frame loop's poll returns at once.
        assert monotonic_ns() - before_ns < 100_000_000
        await client.close()
        await server.close()

    run(play())


@pytest.mark.parametrize("server_ends_it", [False, True])
def test_f28_the_code_and_the_reason_reach_the_other_end(server_ends_it: bool) -> None:
    async def play() -> None:
        with bad_link(loss=0.05, seed=28) as proxy:
            server = await bind(advertise=[proxy.address])
            proxy.server = server.udp_address or ("", 0)
            async with server, await join(server) as client:
                peer_id = (await hear(server, is_a(Connected)))[0].peer_id
                await hear(client, is_a(Connected))
                ends, hears = (server, client) if server_ends_it else (client, server)
                ended, heard = (peer_id, 1) if server_ends_it else (1, peer_id)
                await ends.disconnect(ended, 1234, "bye")
                assert (await hear(hears, is_a(Disconnected)))[-1] == Disconnected(heard, 1234, "bye", True)
                assert (await hear(ends, is_a(Disconnected)))[-1] == Disconnected(ended, 1234, "bye", False)

    run(play())


def test_the_server_may_speak_first() -> None:
    async def play() -> None:
        async with await bind() as server:
            joining = asyncio.create_task(join(server))
            (connected,) = await hear(server, is_a(Connected))
            await server.send(connected.peer_id, 0, b"welcome")
            async with await joining as client:
                assert (await hear(client, is_a(Data)))[-1] == Data(1, 0, b"welcome")

    run(play())


def test_a_host_name_is_resolved_beside_the_loop() -> None:
    """The loop goes on turning while a resolver that takes its time is asked; then all its addresses are tried."""

    async def play() -> None:
        async with await bind() as server:
            serving = asyncio.create_task(echo(server))
            joining = asyncio.create_task(join(server, address=("localhost", tcp_address(server)[1])))
            turns = 0
            while not joining.done():
                await asyncio.sleep(0)
                turns += 1
            assert turns > 1
            async with joining.result() as client:
                await client.send(1, 0, b"by name")
                assert (await hear(client, is_a(Data)))[-1] == Data(1, 0, b"by name")
        await serving

    run(play())


def test_a_cancelled_connect_leaves_nothing_behind() -> None:
    async def play() -> None:
        async with await bind() as server:
            before = len(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else 0
            for turns in range(8):
                joining = asyncio.ensure_future(join(server))
                for _ in range(turns):
                    await asyncio.sleep(0)
                joining.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await joining
            if before:
                server.driver.poll()
                await asyncio.sleep(0)
                opened = len(os.listdir("/proc/self/fd")) - before
                assert opened <= 8, "sockets of cancelled clients are still open"  # The server's own ends may linger.

    run(play())


def test_closing_ends_a_waiting_poll_and_the_iteration() -> None:
    async def play() -> None:
        server = await bind()
        polling, iterating = asyncio.ensure_future(server.poll()), asyncio.create_task(echo(server))
        await asyncio.sleep(0)
        await server.close()
        with pytest.raises(SocketClosedError, match="make a new one"):
            await polling
        await iterating
        await server.close()
        with pytest.raises(SocketClosedError):
            await server.poll()
        with pytest.raises(SocketClosedError):
            await server.send(2, 0, b"")
        with pytest.raises(SocketClosedError):
            await server.disconnect(2)

    run(play())


def test_closing_a_server_tells_every_client_and_lets_nobody_in() -> None:
    async def play() -> None:
        server = await bind()
        clients = await asyncio.gather(*(join(server) for _ in range(5)))
        closing = asyncio.create_task(server.close())
        for client in clients:
            told = (await hear(client, is_a(Disconnected)))[-1]
            assert told == Disconnected(1, CloseCode.SHUTTING_DOWN, "", True)
        await closing
        await asyncio.gather(*(client.close() for client in clients))

    run(play())


def test_a_cancelled_close_still_releases_the_ports() -> None:
    async def play() -> None:
        server = await bind((OWN_HOST, 0), (OWN_HOST, 0), config=Config(linger_ms=30_000))
        address = server.udp_address
        client = await asyncio.to_thread(Client.connect, tcp_address(server), trust=pin_of(server))
        client.release()  # Gone without a word: the server's goodbye would linger.
        (connected,) = await hear(server, is_a(Connected))
        await server.send(connected.peer_id, 0, b"never acknowledged")
        closing = asyncio.ensure_future(server.close())
        await asyncio.sleep(0)
        closing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await closing
        async with await bind(udp=address):
            assert server.driver.closed

    run(play())


def test_large_messages_both_ways_at_once() -> None:
    async def play() -> None:
        async with await bind() as server:
            serving = asyncio.create_task(echo(server))
            async with await join(server) as client:
                big = os.urandom(1 << 20)
                await client.send(1, 0, big)
                await client.send(1, 2, big)
                heard = await hear(client, is_a(Data))
                while sum(isinstance(event, Data) for event in heard) < 2:
                    heard += await client.poll()
                assert sorted(event.channel for event in heard if isinstance(event, Data)) == [0, 2]
                assert all(event.data == big for event in heard if isinstance(event, Data))
        await serving

    run(play())


def test_figures_tell_what_happened() -> None:
    async def play() -> None:
        async with await bind() as server:
            serving = asyncio.create_task(echo(server))
            async with await SecureSocket.connect(tcp_address(server), trust=pin_of(server)) as client:
                for number in range(20):
                    await client.send(1, 0, b"%d" % number)
                    await hear(client, is_a(Data))
                peer = client.peer(1)
                assert peer.state == "CONNECTED"
                assert peer.address == "{}:{}".format(*server.udp_address or ())
                assert peer.rtt_ms is not None
                assert peer.channels[0].sent == peer.channels[0].received == 20
                assert peer.verified
                assert server.peers() == [peer_id := server.peers()[0]]
                assert server.peer(peer_id).address == "{}:{}".format(*client.udp_address or ())
                assert client.stats().drops == {}
        await serving

    run(play())
