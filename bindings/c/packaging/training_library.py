"""What the build has a library do whose modules count: `training_library.py FOLDER CDEF`, FOLDER as a game holds it.

Echoes as a game makes them, then bursts, a server and its client in this process: pumped by this thread, then by the
library's own.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cffi  # type: ignore[import-untyped]
from fastnet.net.devca import certificate_pem, key_pem, self_signed

CHANNELS, ECHOES, BIG_EVERY, BIG_BYTES, WAIT_MS, TURNS_MAX = 4, 3_000, 50, 4_000, 1_000, 1_000_000
BURSTS, BURST, RELIABLE, UNRELIABLE = 300, 100, 0, 1


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

    def take(self, kind: int, sleeps: bool) -> Any:
        """The next event of this kind, if it comes now, or after a sleep."""
        for asleep in (False, True) if sleeps else (False,):
            if asleep:
                self.wait(self.handle, WAIT_MS)
            while self.poll(self.handle, self.event):
                if self.event.type == kind:
                    return self.event
        return None


def opened(ffi: Any, lib: Any, io_mode: int) -> tuple[End, End]:
    """A server, and a client that has called it."""
    own = self_signed(["localhost"])
    chain, key = certificate_pem(own), key_pem(own)
    texts = [ffi.new("char[]", text.encode()) for text in ("127.0.0.1", "localhost")]
    files = [ffi.new("uint8_t[]", text) for text in (chain, key)]
    identity = {"cert_pem": files[0], "cert_pem_len": len(chain), "key_pem": files[1], "key_pem_len": len(key)}
    server = End(ffi, lib, "server", {"io_mode": io_mode, "bind_address": texts[0], **identity})
    trust = {"ca_pem": files[0], "ca_pem_len": len(chain), "host": texts[1]}
    port = lib.fastnet_server_tcp_port(server.handle)
    return server, End(ffi, lib, "client", {"io_mode": io_mode, "port": port, **trust})


def echoes(server: End, client: End, sleeps: bool) -> None:
    """One message there and back, the unreliable channel most; each end sleeps if it does not work itself."""
    connected, data = server.kinds

    def both(kind: int, answer: bool) -> None:
        for _ in range(TURNS_MAX):
            if (seen := server.take(kind, sleeps)) and answer:
                server.send(server.handle, seen.peer_id, seen.channel, seen.data, seen.data_len)
            if client.take(kind, sleeps and bool(seen)):
                return
        raise SystemExit("training: no answer comes")

    both(connected, False)
    for number in range(ECHOES):
        size = 64 if number % BIG_EVERY else BIG_BYTES
        client.send(client.handle, (1, number % CHANNELS)[number & 1], bytes(size), size)
        both(data, True)


def bursts(server: End, client: End, sleeps: bool) -> None:
    """Many small messages one way; the last of each burst is a reliable one, so that the next can follow it."""
    data, message = server.kinds[1], bytes(64)
    for _ in range(BURSTS):
        for number in range(BURST):
            client.send(client.handle, RELIABLE if number == BURST - 1 else UNRELIABLE, message, len(message))
        for _ in range(TURNS_MAX):
            client.take(data, False)
            seen = server.take(data, sleeps)
            if seen and seen.channel == RELIABLE:
                break


def main(folder: str, cdef: str) -> None:
    """Both ways of working."""
    ffi = cffi.FFI()
    ffi.cdef(Path(cdef).read_text())
    lib = ffi.dlopen(str(Path(folder, "libfastnet.so")))
    for io_mode in (lib.FASTNET_IO_PUMPED, lib.FASTNET_IO_THREADED):
        server, client = opened(ffi, lib, io_mode)
        for part in (echoes, bursts):
            part(server, client, io_mode == lib.FASTNET_IO_THREADED)
        lib.fastnet_client_disconnect(client.handle)
        lib.fastnet_server_destroy(server.handle)
    lib.fastnet_shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
