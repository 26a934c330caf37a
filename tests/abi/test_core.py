"""The library with the real core, from a development build: C clients and servers against Python ones."""

import contextlib
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from core_host import CONNECTED, DATA, DISCONNECTED, Echo, Host, build, servers_certificate
from fastnet import Client, Config, Connected, Data, Disconnected, RefusedError, Trust, WouldBlockError

WAYS = {
    "sleep": "mode=0 idle=0",
    "tick": "mode=0 idle=1",
    "spin": "mode=0 idle=2",
    "pumped": "mode=1 idle=0",
    "pumped-spin": "mode=1 idle=2",
}


@pytest.fixture(scope="session")
def program() -> Path:
    """The host program beside its development build."""
    return build()


@pytest.fixture
def host(program: Path, tmp_path: Path) -> Iterator[Host]:
    with Host(program, tmp_path) as running:
        yield running


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[Echo]:
    with Echo(tmp_path) as server:
        yield server


def connect(host: Host, echo: Echo, more: str = "") -> None:
    host.do(f"client {echo.where} {more}")
    assert host.do(f"until {CONNECTED} 10000")[0].startswith("connected ")


@pytest.mark.parametrize("way", WAYS)
def test_a_client_echoes_on_four_channels_and_says_goodbye(way: str, host: Host, echo: Echo) -> None:
    connect(host, echo, WAYS[way])
    wanted = []
    for channel, (byte, count) in enumerate(((65, 1), (66, 1200), (67, 300_000), (68, 0))):
        host.do(f"send 1 {channel} {byte} {count}")
        wanted.append(f"data 1 {channel} {byte if count else 0} {count}")
    got: list[str] = []
    while len(got) < len(wanted):
        got += host.do(f"until {DATA} 10000")
    assert sorted(got) == sorted(wanted)
    host.do("close 1234 so_long")
    assert host.do(f"until {DISCONNECTED} 10000") == ["disconnected 1 FASTNET_OK APPLICATION 0 so_long"]
    gone = echo.await_event(Disconnected)
    assert gone == Disconnected(gone.peer_id, 1234, "so_long", True)
    host.do("end")
    assert "log 1" not in host.end()


@pytest.mark.parametrize("way", WAYS)
def test_a_server_serves_peers_by_their_ids(way: str, host: Host, tmp_path: Path) -> None:
    with servers_certificate(tmp_path) as (chain, key):
        ports = host.do(f"server bind=127.0.0.1 cert={chain} key={key} {WAYS[way]}")[0].split()
        address = ("127.0.0.1", int(ports[2]))
        clients = [Client(address, trust=Trust(ca=str(chain))) for _ in range(3)]
        heard: list[str] = []
        for client in clients:
            while not client.settled:
                client.wait(0.02)
                client.turn()
                heard += host.do("drain 0")
            client.raise_if_failed()
            assert client.poll() == [Connected(1)]
        ids = [client.own_id for client in clients]
        while len(heard) < 3:
            heard += host.do(f"until {CONNECTED} 5000")
        assert sorted(heard) == [f"connected {peer_id} FASTNET_OK CLOSED 0" for peer_id in sorted(ids)]
        assert host.do("state") == ["state 3"]
        assert [int(line.split()[1]) for line in host.do("peers")] == sorted(ids)
        clients[1].send(1, 2, b"\x07" * 50_000)
        lines: list[str] = []
        while not lines:
            clients[1].wait(0.02)
            clients[1].poll()
            lines = host.do("drain 20")
        assert lines == [f"data {ids[1]} 2 7 50000"]
        host.do(f"send {ids[2]} 0 9 10")
        assert await_events(clients[2], 1) == [Data(1, 0, b"\x09" * 10)]
        host.do("send 0 2 5 20000")
        for client in clients:
            assert await_events(client, 1, host) == [Data(1, 2, b"\x05" * 20_000)]
        host.do(f"kick {ids[0]} 0 out")
        assert await_events(clients[0], 1) == [Disconnected(1, 17, "out", True)]
        assert host.do(f"until {DISCONNECTED} 5000") == [f"disconnected {ids[0]} FASTNET_OK KICKED 0 out"]
        assert host.refused(f"kick {ids[0]} 0 again").startswith("FASTNET_ERROR_")
        host.tell("end")
        for client in clients[1:]:
            assert await_events(client, 1) == [Disconnected(1, 1, "", True)]
        assert host.answer() == ["ok"]
        for client in clients:
            client.close()
    assert "log 1" not in host.end()


def await_events(client: Client, count: int, host: Host | None = None) -> list[Connected | Data | Disconnected]:
    """Events of a Python client; a pumped host must be given its turns meanwhile."""
    found: list[Connected | Data | Disconnected] = []
    for _ in range(500):
        found += client.poll()
        if len(found) >= count:
            return found
        client.wait(0.02)
        if host is not None:
            host.do("drain 0")
    raise AssertionError(f"only {found}")


def test_what_cannot_connect_says_why(host: Host, echo: Echo) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    for where, result, text in (
        (f"127.0.0.1 {port}", "FASTNET_ERROR_TCP_UNREACHABLE TCP_UNREACHABLE", "refused"),
        ("no-such-name.invalid 7778", "FASTNET_ERROR_RESOLVE TCP_UNREACHABLE", "does not resolve"),
        (f"127.0.0.1 {echo.port}", "FASTNET_ERROR_CERTIFICATE CERTIFICATE_REJECTED", "self-signed"),
        (f"{echo.where} app=7", "FASTNET_ERROR_REFUSED APP_MISMATCH", "app"),
        (f"127.0.0.1 {echo.port} ca=/nowhere/ca.pem", "FASTNET_ERROR_CERTIFICATE CERTIFICATE_REJECTED", "not exist"),
        (f"{echo.where} timeout=1000 keepalive=900", "FASTNET_ERROR_INVALID_ARGUMENT", "keepalive_ms"),
    ):
        host.tell(f"client {where}")
        lines = host.answer()
        if lines == ["ok"]:
            lines = host.do(f"until {DISCONNECTED} 10000")
        assert result in lines[-1], lines
        assert text in lines[-1], lines
        host.do("end")


@pytest.mark.parametrize("way", ["sleep", "pumped"])
def test_a_client_may_end_while_its_name_is_still_looked_up(way: str, host: Host, echo: Echo) -> None:
    for number in range(20):
        host.do(f"client no-such-name-{number}.invalid 7778 {WAYS[way]}")
        host.do("end")
    connect(host, echo, WAYS[way])
    host.do("send 1 0 65 3")
    assert host.do(f"until {DATA} 5000") == ["data 1 0 65 3"]
    host.end()


def test_a_server_that_never_answers_is_a_timeout(host: Host) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host.do(f"client 127.0.0.1 {silent.getsockname()[1]} open=300")
        line = host.do(f"until {DISCONNECTED} 10000")[0]
    assert line.startswith("disconnected 1 FASTNET_ERROR_TIMEOUT HANDSHAKE_TIMEOUT 0 ")


def test_a_server_that_cannot_be_says_why(host: Host, tmp_path: Path) -> None:
    assert host.refused("server cert=/nowhere/a.pem key=/nowhere/a.key").startswith("FASTNET_ERROR_CERTIFICATE")
    with servers_certificate(tmp_path) as (chain, key), socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = host.refused(f"server bind=127.0.0.1 cert={chain} key={key} tcp={port}")
        assert line.startswith("FASTNET_ERROR_ADDRESS_IN_USE")
        host.do(f"server bind=127.0.0.1 cert={chain} key={key}")


def test_without_a_certificate_server_and_client_meet_by_the_development_leaf(program: Path, tmp_path: Path) -> None:
    with Host(program, tmp_path) as server, Host(program, tmp_path) as client:
        port = server.do("server bind=127.0.0.1")[0].split()[2]
        client.do(f"client 127.0.0.1 {port}")
        assert client.do(f"until {CONNECTED} 10000")[0].startswith("connected 2 ")
        client.do("end")
        assert server.do(f"until {DISCONNECTED} 10000")[-1].startswith("disconnected 2 FASTNET_OK CLOSED 1")


def test_no_variable_of_ours_says_whom_to_trust(program: Path, tmp_path: Path) -> None:
    """FASTNET_CONFIG_DIR leads Python to another development authority, but not the library."""
    (tmp_path / "other").mkdir()
    with (
        Host(program, tmp_path) as server,
        Host(program, tmp_path, FASTNET_CONFIG_DIR=str(tmp_path / "other")) as client,
    ):
        port = server.do("server bind=127.0.0.1")[0].split()[2]
        client.do(f"client 127.0.0.1 {port}")
        assert client.do(f"until {CONNECTED} 10000")[0].startswith("connected 2 ")


# A game thread that does nothing for a while.


def test_a_stalled_game_stays_connected_and_gets_all_that_was_promised(program: Path, tmp_path: Path) -> None:
    """The smallest ring, an idle timeout of a second, a game that does not poll for three."""
    with Echo(tmp_path, Config(idle_timeout_ms=1_000, keepalive_ms=300)) as echo, Host(program, tmp_path) as host:
        connect(host, echo, "ring=4096 timeout=1000 keepalive=300")
        check_stall(host, echo, 3.0)


@pytest.mark.slow
def test_a_game_that_loads_a_level_for_30_s_stays_connected(program: Path, tmp_path: Path) -> None:
    with Echo(tmp_path) as echo, Host(program, tmp_path) as host:
        connect(host, echo)
        check_stall(host, echo, 30.0)


def check_stall(host: Host, echo: Echo, seconds: float) -> None:
    """While the game does not poll, the server sends: 4,000 reliable messages, and state updates without end."""
    peer_id = echo.await_event(Connected).peer_id
    until = time.monotonic() + seconds
    sent = updates = 0
    while time.monotonic() < until:
        with echo.lock:
            with contextlib.suppress(WouldBlockError):
                while sent < 4_000:
                    echo.server.send(peer_id, 0, sent.to_bytes(4, "little") + bytes(200))
                    sent += 1
            echo.server.send(peer_id, 3, updates.to_bytes(4, "little") + bytes(50))
            updates += 1
        time.sleep(0.01)  # The game's frames, which are what this test is about.
    assert not [event for event in echo.heard if isinstance(event, Disconnected)]
    reliable: list[int] = []
    latest: list[int] = []
    while len(reliable) < 4_000:
        with echo.lock, contextlib.suppress(WouldBlockError):
            while sent < 4_000:
                echo.server.send(peer_id, 0, sent.to_bytes(4, "little") + bytes(200))
                sent += 1
        for line in host.do("drain 200"):
            kind, _, channel, first, _ = line.split()
            assert kind in ("number", "data"), line
            (reliable if channel == "0" else latest).append(int(first))
    assert reliable == list(range(4_000))
    assert latest == sorted(set(latest))
    assert host.do("state")[0].startswith("state 2 ")


def test_a_game_that_takes_one_event_a_wait_gets_them_all(host: Host, echo: Echo) -> None:
    """Through the smallest ring, which is full again and again while the game never sees the end of a drain."""
    connect(host, echo, "ring=4096")
    peer_id = echo.await_event(Connected).peer_id
    with echo.lock:
        for number in range(200):
            echo.server.send(peer_id, 0, number.to_bytes(4, "little") + bytes(896))
    lines = host.do("single 200 10000")
    assert [int(line.split()[3]) for line in lines] == list(range(200))


def test_events_beyond_a_full_ring_keep_their_order_and_their_ends(host: Host, tmp_path: Path) -> None:
    """A server's smallest ring with 30 clients that come, send and go while it does not poll."""
    with servers_certificate(tmp_path) as (chain, key):
        port = host.do(f"server bind=127.0.0.1 cert={chain} key={key} ring=4096")[0].split()[2]
        for number in range(30):
            with Client.connect(("127.0.0.1", int(port)), trust=Trust(ca=str(chain))) as client:
                client.send(1, 0, number.to_bytes(4, "little") + bytes(300))
        lines: list[str] = []
        while sum(line.startswith("disconnected") for line in lines) < 30:
            lines += host.do(f"until {DISCONNECTED} 10000")
    for start in range(0, 90, 3):
        kinds = [line.split()[0] for line in lines[start : start + 3]]
        assert kinds[0] == "connected"
        assert kinds[1] in ("number", "data")
        assert kinds[2] == "disconnected"
        assert len({line.split()[1] for line in lines[start : start + 3]}) == 1


def test_one_place_is_used_again_only_after_its_end_was_read(host: Host, tmp_path: Path) -> None:
    with servers_certificate(tmp_path) as (chain, key):
        port = int(host.do(f"server bind=127.0.0.1 cert={chain} key={key} peers=1")[0].split()[2])
        for number in range(5):
            with connect_when_free(port, chain) as client:
                client.send(1, 0, bytes([number + 1]))
        lines: list[str] = []
        while sum(line.startswith("disconnected") for line in lines) < 5:
            lines += host.do(f"until {DISCONNECTED} 10000")
    assert [line.split()[0] for line in lines] == ["connected", "data", "disconnected"] * 5
    ids = [line.split()[1] for line in lines[::3]]
    assert len(set(ids)) == 5


def connect_when_free(port: int, chain: Path) -> Client:
    """A server keeps the place of a peer that left for three round trips."""
    for _ in range(200):
        with contextlib.suppress(RefusedError):
            return Client.connect(("127.0.0.1", port), trust=Trust(ca=str(chain)))
        time.sleep(0.1)  # A server lets 20 handshakes a second pass.
    raise AssertionError("the place of the peer that left is never given to another")


# Figures.


@pytest.mark.parametrize("way", ["sleep", "pumped"])
def test_a_connection_is_as_old_as_its_connected(way: str, host: Host, echo: Echo) -> None:
    """Also in the turn that announced it, whose time is older: not 2**64 less a moment. 0: nothing is published yet."""
    connect(host, echo, WAYS[way])
    assert int(host.do("stats")[0].split()[6]) < 60_000_000


# Budgets.


@pytest.mark.parametrize("way", ["sleep", "pumped"])
def test_a_budget_fills_empties_and_is_never_lost(way: str, host: Host, echo: Echo) -> None:
    connect(host, echo, f"{WAYS[way]} queue=2000000")
    sent = got = 0
    while got < 3_000:
        if sent < 3_000:
            line = host.do(f"burst 1 0 {3_000 - sent} 5000")[0]
            assert line.split()[2] in ("FASTNET_OK", "FASTNET_ERROR_WOULD_BLOCK"), line
            sent += int(line.split()[1])
        got += len(host.do("drain 20"))
    host.do("drain 100")
    queued, done = host.do("stats")[0].split()[4], host.do("stats")[0].split()[14]
    assert (queued, done) == ("0", "3000")


def test_with_manual_flush_messages_wait_for_it(host: Host, echo: Echo) -> None:
    connect(host, echo, "flags=4")
    host.do("send 1 0 65 10")
    assert host.do("drain 300") == []
    host.do("flush")
    assert host.do(f"until {DATA} 5000") == ["data 1 0 65 10"]


def test_messages_of_16_mib_go_both_ways(host: Host, tmp_path: Path) -> None:
    size = 16 * 1024 * 1024
    config = Config(max_reliable_message_bytes=size, channel_window_bytes=2 * size, send_queue_reliable_bytes=2 * size)
    with Echo(tmp_path, config) as echo:
        connect(host, echo, f"largest={size} queue={2 * size}")
        host.do(f"send 1 2 77 {size}")
        assert host.do(f"until {DATA} 30000") == [f"data 1 2 77 {size}"]


# Lives.


@pytest.mark.parametrize("how", ["end", "shutdown", "exit"])
def test_whatever_the_end_the_last_message_and_the_goodbye_arrive(how: str, host: Host, echo: Echo) -> None:
    connect(host, echo)
    host.do("send 1 0 90 100000")
    if how != "exit":
        host.do(how)
    host.end()
    gone = echo.await_event(Disconnected)
    assert gone == Disconnected(gone.peer_id, 0, "", True)
    assert echo.await_event(Data) == Data(gone.peer_id, 0, b"Z" * 100_000)


def test_who_waits_for_an_answer_to_its_goodbye_sleeps(host: Host, echo: Echo) -> None:
    connect(host, echo)
    with echo.lock:  # Nobody answers, so this takes what is left for goodbyes, half a second.
        before = cpu_s(host.process.pid)
        host.do("send 1 0 90 1000")
        host.do("shutdown")
        assert cpu_s(host.process.pid) - before < 0.2


def cpu_s(pid: int) -> float:
    """Processor time of a process so far: proc(5), utime and stime."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_after_a_shutdown_all_begins_anew(host: Host, echo: Echo) -> None:
    for _ in range(3):
        connect(host, echo)
        host.do("send 1 0 65 3")
        assert host.do(f"until {DATA} 5000") == ["data 1 0 65 3"]
        host.do("shutdown")
    echo.await_event(Disconnected, 3)


def test_a_process_that_was_stopped_goes_on_where_it_was(host: Host, echo: Echo) -> None:
    """As under a debugger: all deadlines are over at once, and what the server said meanwhile waits in the socket."""
    connect(host, echo)
    peer_id = echo.await_event(Connected).peer_id
    host.process.send_signal(signal.SIGSTOP)
    until = time.monotonic() + 2.5
    for number in range(20):
        with echo.lock:
            echo.server.send(peer_id, 0, number.to_bytes(4, "little") + b"\1")
    while time.monotonic() < until:  # Time must pass for real: the stopped process is one of the system's.
        time.sleep(0.1)
    host.process.send_signal(signal.SIGCONT)
    lines: list[str] = []
    while len(lines) < 20:
        lines += host.do(f"until {DATA} 5000")
    assert [int(line.split()[3]) for line in lines] == list(range(20))
    assert host.do("state")[0].startswith("state 2 ")
    host.do("send 1 0 65 3")
    assert host.do(f"until {DATA} 5000") == ["data 1 0 65 3"]
    assert not [event for event in echo.heard if isinstance(event, Disconnected)]
