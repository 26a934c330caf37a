"""Several processes on one port: every client has one worker, and keeps it wherever it goes."""

import os
import signal
from typing import Any

import pytest
from fastnet import Client, Data, Disconnected, Trust, UsageError, Worker, Workers
from fastnet.net.admission import require_token
from fastnet.net.clock import wall_s
from fastnet.net.credentials import load_credentials
from fastnet.net.shared_nonces import SharedNonces
from fastnet.net.sharing import share_ports
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.tokens import TokenVerifier, make_token
from socket_world import OWN_HOST, Stage, certificate


def answer_with_index(worker: Worker) -> None:
    """What each process does: tell every client who speaks which worker it has."""
    for event in worker.events():
        if isinstance(event, Data):
            if event.data == b"fail":
                os._exit(3)
            worker.server.send(event.peer_id, event.channel, b"%d " % worker.index + event.data)


def start(count: int, host: str = OWN_HOST, **options: Any) -> Workers:
    return Workers(answer_with_index, count, (host, 0), (host, 0), *certificate(), **options)


def dial(workers: Workers, token: bytes | None = None) -> Client:
    host, port = workers.tcp_address
    host = {"0.0.0.0": "127.0.0.1", "::": "127.0.0.1"}.get(host, host)
    return Client((host, port), trust=Trust(pins=[load_credentials(*certificate()).pin]), token=token)


def crowd(workers: Workers, count: int) -> tuple[Stage, list[Client], list[int]]:
    """Connected clients, in waves until each of `count` workers has one; and which worker each has."""
    stage, homes = Stage(), []
    while set(homes) != set(range(count)):
        assert len(homes) < 200, "200 clients miss a worker: not chance"
        wave = [dial(workers) for _ in range(8)]
        for client in wave:
            stage.add(client)
        stage.play(lambda wave=wave: all(stage.has(client) for client in wave))  # type: ignore[misc]
        homes += [ask(stage, client, b"who?") for client in wave]
    return stage, list(stage.heard), homes  # type: ignore[arg-type]


def ask(stage: Stage, client: Client, text: bytes) -> int:
    """Which worker answers `client`."""
    seen = len(stage.data(client))
    client.send(1, 0, text)
    stage.play(lambda: len(stage.data(client)) > seen)
    index, _, said = stage.data(client)[-1].partition(b" ")
    assert said == text
    return int(index)


@pytest.mark.parametrize("host", [OWN_HOST, "0.0.0.0", "::"], ids=["one address", "IPv4", "dual stack"])
def test_clients_spread_over_all_workers_and_each_keeps_its_own_when_its_port_changes(host: str) -> None:
    with start(3, host) as workers:
        stage, clients, homes = crowd(workers, 3)
        for turn in range(4):
            for client in clients:
                client.rebind()
            assert [ask(stage, client, b"and now, %d?" % turn) for client in clients] == homes
        assert not any(stage.has(client, Disconnected) for client in clients)
        stage.close()


def test_a_worker_that_dies_is_started_again_and_the_others_notice_nothing() -> None:
    with start(2) as workers:
        stage, clients, homes = crowd(workers, 2)
        before = workers.process_ids
        clients[homes.index(0)].send(1, 0, b"fail")
        while workers.process_ids[0] == before[0]:
            workers.wait(0.01)
            for client in clients:
                client.poll()
        assert workers.process_ids[1] == before[1]
        lost = [client for client, home in zip(clients, homes, strict=True) if home == 0]
        stage.play(lambda: all(stage.has(client, Disconnected) for client in lost))  # Their keepalives find it out.
        for client in lost:
            told = next(event for event in stage.heard[client] if isinstance(event, Disconnected))
            assert told.code == CloseCode.PEER_RESET, "its new process has the key, and not the connection"
            stage.leave(client)
        for client, home in zip(clients, homes, strict=True):
            if home == 1:
                assert ask(stage, client, b"still there?") == 1
        again = dial(workers)
        stage.add(again)
        stage.play(lambda: stage.has(again))
        assert ask(stage, again, b"back?") in (0, 1)
        stage.close()


def test_stop_says_goodbye_to_every_client_and_ends_every_process() -> None:
    workers = start(2)
    clients = [dial(workers) for _ in range(6)]
    stage = Stage(*clients)
    stage.play(lambda: all(stage.has(client) for client in clients))
    workers.stop()
    stage.play(lambda: all(stage.has(client, Disconnected) for client in clients))
    codes = {event.code for client in clients for event in stage.heard[client] if isinstance(event, Disconnected)}
    assert codes == {CloseCode.SHUTTING_DOWN}
    assert workers.wait(0)
    workers.close()
    for process_id in workers.process_ids:
        assert process_id is not None
        with pytest.raises(ProcessLookupError):
            os.kill(process_id, signal.SIG_DFL)
    stage.close()


def knock(workers: Workers, stage: Stage, token: bytes) -> tuple[int, Client]:
    """Show a token at the door: 0 if it opens, else the code of the refusal."""
    client = dial(workers, token)
    stage.add(client)
    stage.play(lambda: stage.has(client) or stage.has(client, Disconnected))
    codes = [event.code for event in stage.heard[client] if isinstance(event, Disconnected)]
    return (codes[0] if codes else 0), client


def test_a_token_that_one_worker_took_none_takes_again_also_after_a_restart() -> None:
    """Sixteen more tries: that none of them comes to the other worker is a chance of one in 65,536."""
    key, name = os.urandom(32), "game.example"
    admit = require_token(TokenVerifier({0: key}, name, used=SharedNonces()))
    good, other = (
        make_token(key, client_id=who, server_name=name, nonce=os.urandom(16), issued_s=wall_s()) for who in (7, 8)
    )
    stage = Stage()
    with start(2, admit=admit) as workers:
        code, client = knock(workers, stage, good)
        assert code == 0
        assert {knock(workers, stage, good)[0] for _ in range(16)} == {CloseCode.TOKEN_USED}
        home = ask(stage, client, b"who?")
        before = workers.process_ids
        client.send(1, 0, b"fail")
        while workers.process_ids[home] == before[home]:
            workers.wait(0.01)
            client.poll()
        assert {knock(workers, stage, good)[0] for _ in range(16)} == {CloseCode.TOKEN_USED}
        assert knock(workers, stage, other)[0] == 0
        stage.close()


def test_a_memory_of_tokens_that_workers_do_not_share_is_the_callers_mistake() -> None:
    with pytest.raises(UsageError, match="SharedNonces"):
        start(2, admit=require_token(TokenVerifier({0: bytes(32)}, "game.example")))


@pytest.mark.parametrize("count", [0, 257])
def test_a_number_of_workers_that_ids_cannot_name_is_the_callers_mistake(count: int) -> None:
    with pytest.raises(UsageError, match="outside 1"):
        share_ports(count, (OWN_HOST, 0), (OWN_HOST, 0), 1)
