"""One end in a process of its own, to be killed: `server CERT KEY UDP TCP CONFIG` echoes, `client PIN TCP CONFIG`
sends a number whenever the last one came back. Every line on stdout is a JSON list: what happened, then details."""

import json
import sys
from typing import Any

from fastnet import Client, Config, Connected, Data, Disconnected, Server, Trust


def say(*what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def serve(certificate: str, key: str, udp: str, tcp: str, config: str) -> None:
    with Server(udp, tcp, certificate, key, config=Config(**json.loads(config))) as server:
        say("listening", server.udp_address, server.tcp_address, server.pin)
        while True:
            server.wait()
            for event in server.poll():
                match event:
                    case Connected(peer_id):
                        say("connected", peer_id)
                    case Data(peer_id, channel, data):
                        server.send(peer_id, channel, data)
                    case Disconnected(peer_id, code, reason):
                        say("disconnected", peer_id, code, reason)


def talk(pin: str, tcp: str, config: str) -> None:
    with Client(tcp, trust=Trust(pins=pin), config=Config(**json.loads(config))) as client:
        while True:
            client.wait()
            for event in client.poll():
                match event:
                    case Connected():
                        say("connected", client.udp_address)
                        client.send(1, 0, b"0")
                    case Data(_, _, data):
                        if int(data) % 100 == 0:
                            say("echo", int(data))
                        client.send(1, 0, b"%d" % (int(data) + 1))
                    case Disconnected(_, code, reason):
                        say("disconnected", 1, code, reason)
                        return


if __name__ == "__main__":
    if sys.argv[1] == "server":
        serve(*sys.argv[2:])
    else:
        talk(*sys.argv[2:])
