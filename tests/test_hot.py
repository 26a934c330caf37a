"""The rules of the hot path that a machine can check: what is compiled is fresh and touches no system, and an echo
makes nothing but its payload and its event."""

import ast
import gc
import importlib.machinery
import os
import subprocess
import sys
from pathlib import Path

import fastnet
from fastnet.protocol.config import Config
from fastnet.protocol.datagram import Datagram
from fastnet.testing.pair import Pair

ROOT = Path(__file__).parent.parent
PACKAGE = Path(fastnet.__file__).parent
SUFFIX = importlib.machinery.EXTENSION_SUFFIXES[0]
_ALLOWED = {
    # Memory and strings of libc.
    "abort", "bcmp", "calloc", "free", "malloc", "memchr", "memcmp", "memcpy", "memmove", "memset", "realloc",
    "strcmp", "strlen", "strncmp", "strrchr", "snprintf", "vsnprintf",
    # What the compiler and the loader put in.
    "__cxa_finalize", "__gmon_start__", "__stack_chk_fail", "_ITM_deregisterTMCloneTable", "_ITM_registerTMCloneTable",
}  # fmt: skip
_SODIUM = Path(os.environ.get("FASTNET_LIBSODIUM", ROOT / "build" / "libsodium")) / "lib" / "libsodium.a"
_ECHOES = 10_000


def compiled_modules() -> dict[str, list[str]]:
    """The table COMPILED of setup.py, read without running it."""
    for node in ast.parse((ROOT / "setup.py").read_text()).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "COMPILED":
            return ast.literal_eval(node.value)  # type: ignore[no-any-return,arg-type]
    raise AssertionError("setup.py has no table COMPILED")


def extension_of(module: str) -> Path:
    return PACKAGE / f"{module.replace('.', '/')}{SUFFIX}"


def test_every_module_that_should_be_compiled_is_and_is_fresh() -> None:
    """A stale extension shadows an edit, a missing one is quietly slow."""
    for module in compiled_modules():
        extension = extension_of(module)
        assert extension.exists(), f"{module} is not compiled: run `make build`"
        for source in (PACKAGE / f"{module.replace('.', '/')}{suffix}" for suffix in (".py", ".pxd")):
            if source.exists():
                assert extension.stat().st_mtime >= source.stat().st_mtime, f"{module} is stale: run `make build`"


def test_every_pair_is_in_the_table() -> None:
    """A `.pxd` with a `.py` beside it that setup.py does not know would never be compiled."""
    pairs = {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for path in PACKAGE.rglob("*.pxd")
        if path.with_suffix(".py").exists()
    }
    assert pairs <= set(compiled_modules())


def test_the_compiled_protocol_calls_no_system() -> None:
    """Python, and libc's memory and strings; no socket, clock, thread or file. libsodium, linked into the module that
    seals, asks for random numbers when it starts; that is its own affair."""
    of_sodium = symbols("--undefined-only", _SODIUM)
    found = {}
    for module, libraries in compiled_modules().items():
        if not module.startswith("protocol."):
            continue
        names = symbols("-D", "--undefined-only", extension_of(module))
        foreign = {name for name in names - _ALLOWED if not name.startswith(("Py", "_Py"))}
        if foreign := foreign - (of_sodium if "sodium" in libraries else set()):
            found[module] = sorted(foreign)
    assert not found


def symbols(*words: str | Path) -> set[str]:
    """What `nm WORDS` names, without the versions of symbols."""
    listing = subprocess.check_output(["nm", *map(str, words)], text=True)
    return {line.split()[-1].partition("@")[0] for line in listing.splitlines() if line.strip()}


def test_the_cipher_that_is_linked_in_cannot_be_replaced() -> None:
    """A program's own libsodium must not seal our packets: the loader is never asked for a function of it."""
    visible = symbols("-D", extension_of("protocol.sealing"))
    assert "crypto_aead_aes256gcm_beforenm" in symbols("--defined-only", _SODIUM)
    assert not {name for name in visible if name.startswith(("crypto_", "sodium_", "randombytes"))}


def test_an_echo_makes_no_object_that_stays() -> None:
    """Nor any that a collector must look for: 10,000 echoes on each channel leave the interpreter as it was."""
    pair = Pair(seed=1, config=Config(idle_timeout_ms=0))
    pair.connect()
    server, client, now_ns = pair.server.endpoint, pair.client.endpoint, pair.now_ns
    up, down = Datagram(2_048), Datagram(2_048)
    up.remote_hi, up.remote_lo = pair.client.address.hi, pair.client.address.lo
    up.remote_port = pair.client.address.port
    payload = bytes(64)

    def echo(channel: int) -> int:
        nonlocal now_ns
        now_ns += 1_000_000
        arrived = 0
        client.send(1, channel, payload, now_ns)
        for end, other, out, source in (
            (client, server, up, pair.client.address),
            (server, client, down, pair.server.address),
        ):
            while end.take_datagram(out, now_ns):
                out.remote_hi, out.remote_lo, out.remote_port = source.hi, source.lo, source.port
                other.receive_datagram(out, now_ns)
            for event in other.take_events():
                arrived += 1
                if other is server:
                    server.send(event.peer_id, channel, event.data, now_ns)
        for end in (client, server):
            if end.next_deadline_ns(now_ns) <= now_ns:
                end.handle_deadline(now_ns)
        return arrived

    gc.collect()
    gc.disable()
    try:
        for channel in range(4):
            arrived = sum(echo(channel) for _ in range(1_000))
            before = sys.getallocatedblocks()
            arrived += sum(echo(channel) for _ in range(_ECHOES))
            grown = sys.getallocatedblocks() - before
            assert arrived == 2 * (_ECHOES + 1_000), f"channel {channel}: {arrived} arrived"
            assert grown < 50, f"channel {channel}: {grown} blocks more after {_ECHOES:,} echoes"
    finally:
        gc.enable()
