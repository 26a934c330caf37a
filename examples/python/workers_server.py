"""An echo server on several cores: `python workers_server.py [UDP_ADDRESS TCP_ADDRESS]`, certs/ from `fastnet cert`."""

import sys

from fastnet import Connected, Data, Disconnected, FastNetError, Worker, Workers


def play(worker: Worker) -> None:  # Runs in a process of its own, with the clients that it admitted
    for event in worker.events():  # Until the parent says stop
        match event:
            case Connected(peer_id):
                print(f"Peer {peer_id} connected", flush=True)
            case Data(peer_id, channel, data):
                try:
                    worker.server.send(peer_id, channel, data)
                except FastNetError as error:  # It is gone meanwhile, or takes less than it sends
                    print(f"Peer {peer_id}: {error}", flush=True)
            case Disconnected(peer_id, code, reason):
                print(f"Peer {peer_id} disconnected: {code} {reason}", flush=True)


if __name__ == "__main__":
    udp_addr, tcp_addr = sys.argv[1:3] or ["0.0.0.0:7777", "0.0.0.0:7778"]
    with Workers(play, 2, udp_addr, tcp_addr, "certs/cert.pem", "certs/key.pem") as workers:
        print(f"Server listening on {workers.udp_address}, clients connect to {workers.tcp_address}", flush=True)
        workers.wait()
