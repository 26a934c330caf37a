"""The conformance runner in Python, on the package's frame-loop sockets. scenarios/README.md has the commands.

Frame-loop sockets live only while somebody turns them: here a thread does, as the library's network thread does for the
other languages. One lock, because a socket is for one thread at a time.
"""

import base64
import sys
import threading

from fastnet import Client, Config, Connected, Data, Disconnected, FastNetError, Server, Trust
from fastnet.net import devca
from fastnet.protocol.errors import (
    MessageTooLargeError,
    NotConnectedError,
    SocketClosedError,
    UnknownChannelError,
    UnknownPeerError,
    WouldBlockError,
)
from fastnet.protocol.numbers import Result

WAIT_S = 10.0
RESULTS = (
    (MessageTooLargeError, Result.TOO_LARGE),
    (NotConnectedError, Result.NOT_CONNECTED),
    (SocketClosedError, Result.CLOSED),
    (UnknownChannelError, Result.NO_CHANNEL),
    (UnknownPeerError, Result.UNKNOWN_PEER),
    (WouldBlockError, Result.WOULD_BLOCK),
)
sockets: dict[str, Client | Server] = {}
waiting: dict[str, list[str]] = {}
ended: set[str] = set()
turned = threading.Condition()


def option(words: list[str], key: str) -> int:
    """The number of `key=N`, or 0."""
    return next((int(word.partition("=")[2]) for word in words if word.startswith(key + "=")), 0)


def filled(words: list[str]) -> bytes:
    """The payload of a send."""
    size, seed = int(words[4]), int(words[5])
    period = bytes((seed + index * 31) & 255 for index in range(256))
    return (period * (size // 256 + 1))[:size]


def hash_of(data: bytes) -> str:
    """FNV-1a, 32 bits."""
    value = 2166136261
    for byte in data:
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return f"{value:08x}"


def told(event: object, is_client: bool) -> str:
    """An event as a line. Python's client calls the server peer 1; other languages tell the client's own number."""
    match event:
        case Connected(peer_id):
            return f"connected {'-' if is_client else peer_id}"
        case Data(peer_id, channel, data):
            return f"data {peer_id} {channel} {len(data)} {hash_of(data)}"
        case Disconnected(peer_id, code, reason):
            return f"disconnected {peer_id} {int(code)} {reason if code >= 1000 else ''}".strip()
    return "unknown"


def listen(words: list[str]) -> str:
    """A server with this machine's development leaf."""
    leaf = devca.issue_leaf(devca.ensure_dev_ca().credentials)
    config = Config(app_id=option(words, "app_id"), peers_max=option(words, "peers_max") or 1024)
    server = Server(("::", 0), ("::", 0), devca.certificate_pem(leaf), devca.key_pem(leaf), config=config)
    sockets[words[1]], waiting[words[1]] = server, []
    return f"listening {server.udp_address[1]} {server.tcp_address[1]}"


def trust(words: list[str]) -> Trust:
    """Whom the client believes."""
    if option(words, "wrong_pin"):
        return Trust(pins=["sha256/" + base64.b64encode(bytes(32)).decode()])
    return Trust(development_ca=False) if option(words, "no_dev_ca") else Trust()


def open_client(words: list[str]) -> str:
    """A client that begins to connect."""
    config = Config(app_id=option(words, "app_id"))
    sockets[words[1]] = Client(("localhost", int(words[2])), trust=trust(words), config=config)
    waiting[words[1]] = []
    return "ok"


def keep(name: str, socket: Client | Server) -> None:
    """Polls one socket, and keeps what it tells."""
    is_client = isinstance(socket, Client)
    for event in socket.poll():
        waiting[name].append(told(event, is_client))
        if is_client and isinstance(event, Disconnected):
            ended.add(name)


def turn_for_ever() -> None:
    """Polls every socket a thousand times a second, and keeps what they tell."""
    while True:
        with turned:
            for name, socket in sockets.items():
                keep(name, socket)
            turned.notify_all()
            turned.wait(0.001)


def wait(name: str) -> str:
    """The next event, or `nothing` after 10 s."""
    turned.wait_for(lambda: waiting[name], WAIT_S)
    return waiting[name].pop(0) if waiting[name] else "nothing"


def broadcast(server: Client | Server, words: list[str]) -> str:
    """To all but one."""
    for peer in server.peers():
        if peer != int(words[2]):
            server.send(peer, int(words[3]), filled(words))
    return "ok"


def carry_out(words: list[str]) -> str:
    """One command."""
    verb, name = words[0], words[1]
    if verb == "listen":
        return listen(words)
    if verb == "open":
        return open_client(words)
    if verb == "wait":
        return wait(name)
    socket = sockets[name]
    if verb == "send":
        socket.send(1 if isinstance(socket, Client) else int(words[2]), int(words[3]), filled(words))
        return "ok"
    if verb == "broadcast":
        return broadcast(socket, words)
    if verb == "kick":
        socket.disconnect(int(words[2]), int(words[3]), words[4])
        return "ok"
    if verb == "close":
        socket.disconnect(1, int(words[2]), words[3])
        return "ok"
    if verb == "count":
        return f"count {len(socket.peers())}"
    if verb == "end":
        sockets.pop(name).close()
        return "ok"
    return "unknown"


def result_of(error: FastNetError, name: str) -> int:
    """The number of the C API. A client has one peer: when that is gone, the connection is closed."""
    if name in ended and isinstance(error, UnknownPeerError | NotConnectedError):
        return int(Result.CLOSED)
    return next(int(result) for kind, result in RESULTS if isinstance(error, kind))


def main() -> None:
    threading.Thread(target=turn_for_ever, daemon=True).start()
    for line in sys.stdin:
        words = line.split()
        if len(words) < 2:
            break
        try:
            with turned:
                answer = carry_out(words)
        except FastNetError as error:
            answer = f"result {result_of(error, words[1])}"
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()
    with turned:
        for socket in sockets.values():
            socket.close()


if __name__ == "__main__":
    main()
