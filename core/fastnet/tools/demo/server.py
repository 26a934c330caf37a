"""The server process of the demonstration: echoes, counts, and reports when its standard input ends.

It says `{"udp": .., "tcp": ..}` on one line when it listens, and its report on another at the end.
"""

import json
import sys
import threading

import fastnet
from fastnet.net.devca import ensure_dev_ca, issue_leaf
from fastnet.protocol.events import Data, Disconnected
from fastnet.tools.demo.messages import Ledger
from fastnet.tools.echoes import Echoes

LOOPBACK = ("127.0.0.1", 0)
_TURN_S = 0.02


def run(advertised_port: int) -> None:
    """Serve on loopback until standard input ends; `advertised_port` 0 advertises the socket's own."""
    leaf = issue_leaf(ensure_dev_ca().credentials)
    advertise = [("127.0.0.1", advertised_port)] if advertised_port else []
    with fastnet.Server(LOOPBACK, LOOPBACK, leaf.chain, leaf.private_key, advertise=advertise) as server:
        say({"udp": server.udp_address[1], "tcp": server.tcp_address[1]})
        ended = when_input_ends()
        ledger, echoes = Ledger(), Echoes(server)
        while not ended.is_set():
            server.wait(_TURN_S)
            for event in server.poll():
                match event:
                    case Data(_, channel, data):
                        ledger.accept(channel, data)
                        echoes.answer(event)
                    case Disconnected(peer_id):
                        echoes.forget(peer_id)
            echoes.retry()
        say(ledger.as_json())


def when_input_ends() -> threading.Event:
    """Is set when whoever started this process closes its standard input, or dies."""
    ended = threading.Event()

    def watch() -> None:
        sys.stdin.buffer.read()
        ended.set()

    threading.Thread(target=watch, daemon=True).start()
    return ended


def say(content: object) -> None:
    """One line of JSON for the process that started this one."""
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    run(int(sys.argv[1]))
