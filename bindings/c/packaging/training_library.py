"""What the build has a library do whose modules count: `training_library.py FOLDER CDEF`, FOLDER as a game holds it.

Echoes as a game makes them, then bursts, a server and its client in this process: pumped by this thread, which polls or
waits, asleep or awake, then by the library's own.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cffi  # type: ignore[import-untyped]
from fastnet.net.devca import certificate_pem, key_pem, self_signed

CHANNELS, ECHOES, BIG_EVERY, BIG_BYTES, WAIT_MS, TURNS_MAX = 4, 3_000, 50, 4_000, 1_000, 1_000_000
BURSTS, BURST, RELIABLE, UNRELIABLE = 300, 100, 0, 1
WAYS = (("PUMPED", "SLEEP", False), ("PUMPED", "SLEEP", True), ("PUMPED", "SPIN", True), ("THREADED", "SLEEP", True))
"""I/O mode, idle policy, whether an echo waits for its message or polls for it."""


class End:
    """One handle, by its functions."""

    def __init__(self, ffi: Any, lib: Any, kind: str, fields: dict[str, Any]) -> None:
        def function(name: str) -> Callable[..., int]:
            return getattr(lib, f"fastnet_{kind}_{name}")  # type: ignore[no-any-return]

        title = f"FastNet{kind.title()}"
        config, handle = ffi.new(f"{title}Config *"), ffi.new(f"{title} *")
        function("config_init")(config, ffi.sizeof(f"{title}Config"))
        for name, value in fields.items():
            setattr(config, name, value)
        if function("open")(config, handle):
            raise SystemExit(f"training: {ffi.string(lib.fastnet_last_error()).decode()}")
        self.handle, self.event = handle[0], ffi.new("FastNetEvent *")
        self.poll, self.wait, self.send = function("poll"), function("wait"), function("send")
        self.kinds = (lib.FASTNET_EVENT_CONNECTED, lib.FASTNET_EVENT_DATA)

    def take(self, kind: int, waits: bool) -> Any:
        """The next event of this kind, if it comes now, or within a wait."""
        if waits:
            self.wait(self.handle, WAIT_MS)
        while self.poll(self.handle, self.event):
            if self.event.type == kind:
                return self.event
        return None


def opened(ffi: Any, lib: Any, way: dict[str, int], waits: bool) -> tuple[End, End]:
    """A server, and a client that is connected to it."""
    own = self_signed(["localhost"])
    chain, key = certificate_pem(own), key_pem(own)
    texts = [ffi.new("char[]", text.encode()) for text in ("127.0.0.1", "localhost")]
    files = [ffi.new("uint8_t[]", text) for text in (chain, key)]
    identity = {"cert_pem": files[0], "cert_pem_len": len(chain), "key_pem": files[1], "key_pem_len": len(key)}
    server = End(ffi, lib, "server", {**way, "bind_address": texts[0], **identity})
    trust = {"ca_pem": files[0], "ca_pem_len": len(chain), "host": texts[1]}
    port = lib.fastnet_server_tcp_port(server.handle)
    client = End(ffi, lib, "client", {**way, "port": port, **trust})
    waiting = {server, client}
    for _ in range(TURNS_MAX):
        # Pumped, both have work until both are connected.
        waiting -= {end for end in (server, client) if end.take(end.kinds[0], waits)}
        if not waiting:
            return server, client
    raise SystemExit("training: no connection comes")


def echoes(server: End, client: End, waits: bool) -> None:
    """One message there and back, the unreliable channel most; each end looks in vain once it has answered."""
    data = server.kinds[1]
    for number in range(ECHOES):
        size = 64 if number % BIG_EVERY else BIG_BYTES
        client.send(client.handle, (1, number % CHANNELS)[number & 1], bytes(size), size)
        for _ in range(TURNS_MAX):
            if seen := server.take(data, waits):
                server.send(server.handle, seen.peer_id, seen.channel, seen.data, seen.data_len)
                server.take(data, False)
            if client.take(data, waits and bool(seen)):
                client.take(data, False)
                break
        else:
            raise SystemExit("training: no answer comes")


def bursts(server: End, client: End, waits: bool) -> None:
    """Many small messages one way; the last of each burst is a reliable one, so that the next can follow it."""
    data, message = server.kinds[1], bytes(64)
    for _ in range(BURSTS):
        for number in range(BURST):
            client.send(client.handle, RELIABLE if number == BURST - 1 else UNRELIABLE, message, len(message))
        for _ in range(TURNS_MAX):
            client.take(data, False)
            seen = server.take(data, waits)
            if seen and seen.channel == RELIABLE:
                break


def main(folder: str, cdef: str) -> None:
    """All ways of working."""
    ffi = cffi.FFI()
    ffi.cdef(Path(cdef).read_text())
    lib = ffi.dlopen(str(Path(folder, "libfastnet.so")))
    for io_mode, idle_policy, waits in WAYS:
        way = {
            "io_mode": getattr(lib, f"FASTNET_IO_{io_mode}"),
            "idle_policy": getattr(lib, f"FASTNET_IDLE_{idle_policy}"),
        }
        threaded = io_mode == "THREADED"
        server, client = opened(ffi, lib, way, threaded)
        echoes(server, client, waits)
        bursts(server, client, threaded)
        lib.fastnet_client_disconnect(client.handle)
        lib.fastnet_server_destroy(server.handle)
    lib.fastnet_shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
