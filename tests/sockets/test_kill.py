"""Either end dies by kill -9, and the other one notices in time."""

import json
from pathlib import Path

import pytest
from fastnet import Client, CloseCode, Disconnected, Trust
from fastnet.net.clock import monotonic_ns
from processes import Peer
from socket_world import ANY, OWN_HOST, Stage, certificate, make_server, quick

FAST = json.dumps({"idle_timeout_ms": 1_000, "keepalive_ms": 300})


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Certificate and key as files: what a restarted server reads again."""
    paths = tmp_path / "cert.pem", tmp_path / "key.pem"
    for path, content in zip(paths, certificate(), strict=True):
        path.write_bytes(content)
    return str(paths[0]), str(paths[1])


@pytest.mark.parametrize("talks", [True, False], ids=["with traffic", "with keepalives alone"])
def test_a_server_killed_and_restarted_is_noticed_within_2_s(files: tuple[str, str], talks: bool) -> None:
    """The new process has the same key and the same ports, and not the connection: a stateless reset says so."""
    with Peer("server", *files, f"{OWN_HOST}:0", f"{OWN_HOST}:0", "{}") as first:
        udp, tcp, pin = first.hear("listening")
        client = Client(tuple(tcp), trust=Trust(pins=pin))
        stage = Stage(client)
        stage.play(lambda: stage.has(client))
        client.send(1, 0, b"before")
        stage.play(lambda: stage.data(client))
        first.kill()
        with Peer("server", *files, ":".join(map(str, udp)), ":".join(map(str, tcp)), "{}") as second:
            second.hear("listening")
            before_ns = monotonic_ns()
            if talks:
                client.send(1, 0, b"after")
            stage.play(lambda: stage.has(client, Disconnected))
            told = stage.heard[client][-1]
            assert isinstance(told, Disconnected)
            assert told.code == CloseCode.PEER_RESET
            assert "restarted" in told.reason
            assert (monotonic_ns() - before_ns) / 1e9 < 2
            again = Client(tuple(tcp), trust=Trust(pins=pin))
            stage.leave(client)
            stage.add(again)
            stage.play(lambda: stage.has(again))
        stage.close()
    client.release()


def test_a_killed_server_that_stays_dead_ends_by_the_idle_timeout(files: tuple[str, str]) -> None:
    with Peer("server", *files, ANY, ANY, FAST) as server:
        _, tcp, pin = server.hear("listening")
        client = Client(tuple(tcp), trust=Trust(pins=pin), config=quick())
        stage = Stage(client)
        stage.play(lambda: stage.has(client))
        server.kill()
        before_ns, turns = monotonic_ns(), stage.turns
        client.send(1, 0, b"anybody?")
        stage.play(lambda: stage.has(client, Disconnected))
        told, lasted_s = stage.heard[client][-1], (monotonic_ns() - before_ns) / 1e9
        assert isinstance(told, Disconnected)
        assert told.code == CloseCode.IDLE_TIMEOUT
        assert lasted_s > 0.6
        assert stage.turns - turns < 100 + 100 * lasted_s
        stage.close()


def test_a_killed_client_ends_by_the_idle_timeout_and_others_stay() -> None:
    server = make_server(config=quick())
    stage = Stage(server)
    address = ":".join(map(str, server.tcp_address))
    with Peer("client", server.pin, address, FAST) as doomed:
        stays = Client(server.tcp_address, trust=Trust(pins=server.pin), config=quick())
        stage.add(stays)
        stage.play(lambda: len(server.peers()) == 2)
        stage.play(lambda: len(stage.data(server)) > 100)
        doomed.kill()
        stage.play(lambda: stage.has(server, Disconnected))
        told = stage.heard[server][-1]
        assert isinstance(told, Disconnected)
        assert (told.code, told.by_peer) == (CloseCode.IDLE_TIMEOUT, False)
        assert len(server.peers()) == 1
        assert not stage.has(stays, Disconnected)
    stage.close()
