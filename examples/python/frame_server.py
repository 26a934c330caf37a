"""An echo server for a frame loop: `python frame_server.py [UDP_ADDRESS TCP_ADDRESS]`, certs/ from `fastnet cert`."""

import sys

from fastnet import Connected, Data, Disconnected, FastNetError, Server

udp_addr, tcp_addr = sys.argv[1:3] or ["0.0.0.0:7777", "0.0.0.0:7778"]
with Server(udp_addr, tcp_addr, "certs/cert.pem", "certs/key.pem") as server:
    print(f"Server listening on {server.udp_address}, clients connect to {server.tcp_address}", flush=True)
    while True:
        for event in server.poll(1 / 60):  # Sleeps until something arrives, at most a frame; poll() never blocks
            match event:
                case Connected(peer_id):
                    print(f"Peer {peer_id} connected", flush=True)
                case Data(peer_id, channel, data):
                    try:
                        server.send(peer_id, channel, data)
                    except FastNetError as error:  # It is gone meanwhile, or takes less than it sends
                        print(f"Peer {peer_id}: {error}", flush=True)
                case Disconnected(peer_id, code, reason):
                    print(f"Peer {peer_id} disconnected: {code} {reason}", flush=True)
