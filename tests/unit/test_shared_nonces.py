"""Used tokens as several processes remember them: once is once, whoever asks, and whoever is killed."""

import fcntl
import multiprocessing
import os
import random
import signal
from multiprocessing.connection import Connection

import pytest
from fastnet.net.shared_nonces import SharedNonces
from fastnet.protocol.errors import UsageError
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.tokens import Claims, TokenVerifier, UsedNonces, make_token

NOW_S, LIMIT_S = 1_800_000_000, 60
KEY = b"k" * 32
NONCES = [number.to_bytes(16, "big") for number in range(3_000)]
SPAWN = multiprocessing.get_context("spawn")


@pytest.mark.parametrize("seed", range(10))
def test_it_agrees_with_the_memory_of_one_process(seed: int) -> None:
    """While neither is full; a nonce may come again after it expired."""
    prng, shared, plain, now_s = random.Random(seed), SharedNonces(1_000), UsedNonces(1_000), NOW_S
    for step in range(2_000):
        now_s += prng.random() < 0.05
        nonce, expires_s = prng.choice(NONCES[:400]), now_s + prng.randint(1, 40)
        assert shared.use(nonce, expires_s, now_s) == plain.use(nonce, expires_s, now_s), (seed, step)


def test_a_full_bucket_refuses_and_never_forgets() -> None:
    shared = SharedNonces(1)  # A single bucket.
    verdicts = [shared.use(nonce, NOW_S + 60, NOW_S) for nonce in NONCES[:100]]
    assert verdicts == [None] * 64 + [CloseCode.SERVER_FULL] * 36
    assert all(shared.use(nonce, NOW_S + 60, NOW_S + 59) is CloseCode.TOKEN_USED for nonce in NONCES[:64])
    assert shared.count == 64
    assert [shared.use(nonce, NOW_S + 90, NOW_S + 60) for nonce in NONCES[36:100]] == [None] * 64


def test_it_holds_as_many_as_it_says() -> None:
    shared = SharedNonces(3_000)
    assert all(shared.use(nonce, NOW_S + 60, NOW_S) is None for nonce in NONCES)
    assert shared.count == 3_000


def test_no_room_at_all_is_the_callers_mistake() -> None:
    with pytest.raises(UsageError, match="1 or more"):
        SharedNonces(0)


def take_all(verifier: TokenVerifier, seed: int, pipe: Connection) -> None:
    """In a process of its own: show every token once, at the same time as the others do."""
    pipe.send("here")
    pipe.recv()
    order = random.Random(seed).sample(NONCES, len(NONCES))
    mine = [nonce for nonce in order if isinstance(verifier.verify(token(nonce), NOW_S), Claims)]
    pipe.send(mine)


def token(nonce: bytes) -> bytes:
    return make_token(KEY, client_id=1, server_name="eu-1", nonce=nonce, issued_s=NOW_S)


def hear(pipe: Connection) -> object:
    assert pipe.poll(LIMIT_S), "the other process says nothing"
    return pipe.recv()


def test_of_three_processes_that_see_the_same_tokens_exactly_one_takes_each() -> None:
    verifier, pipes = TokenVerifier({0: KEY}, "eu-1", used=SharedNonces()), []
    for seed in range(3):
        ours, theirs = SPAWN.Pipe()
        SPAWN.Process(target=take_all, args=(verifier, seed, theirs), daemon=True).start()
        pipes.append(ours)
    assert [hear(pipe) for pipe in pipes] == ["here"] * 3
    for pipe in pipes:
        pipe.send("go")
    taken = [hear(pipe) for pipe in pipes]
    assert all(taken), "one process was done before the others began: the order of tokens should have spread them"
    assert sorted(nonce for those in taken for nonce in those) == NONCES  # type: ignore[attr-defined]
    assert verifier.used_count == len(NONCES)
    assert verifier.verify(token(NONCES[0]), NOW_S) is CloseCode.TOKEN_USED


def hold(shared: SharedNonces, pipe: Connection) -> None:
    """In a process of its own: use a nonce, then be in the middle of a second when the end comes."""
    shared.use(NONCES[0], NOW_S + 60, NOW_S)
    fcntl.lockf(shared._descriptor, fcntl.LOCK_EX)
    pipe.send("here")
    signal.pause()


def test_a_process_that_is_killed_leaves_what_it_used_and_no_lock() -> None:
    shared = SharedNonces()
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=hold, args=(shared, theirs), daemon=True)
    process.start()
    assert hear(ours) == "here"
    with pytest.raises(BlockingIOError):
        fcntl.lockf(shared._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join(LIMIT_S)
    assert shared.use(NONCES[0], NOW_S + 60, NOW_S) is CloseCode.TOKEN_USED
    assert shared.use(NONCES[1], NOW_S + 60, NOW_S) is None
