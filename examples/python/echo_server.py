"""An echo server for asyncio: `python echo_server.py [UDP_ADDRESS TCP_ADDRESS]`, with certs/ from `fastnet cert`."""

import asyncio
import sys

from fastnet import Connected, Data, Disconnected, FastNetError, SecureSocket


async def main() -> None:
    udp_addr, tcp_addr = sys.argv[1:3] or ["0.0.0.0:7777", "0.0.0.0:7778"]
    async with await SecureSocket.bind_server(udp_addr, tcp_addr, "certs/cert.pem", "certs/key.pem") as socket:
        print(f"Server listening on {socket.udp_address}, clients connect to {socket.tcp_address}", flush=True)
        async for event in socket:
            match event:
                case Connected(peer_id):
                    print(f"Peer {peer_id} connected", flush=True)
                case Data(peer_id, channel, data):
                    try:
                        await socket.send(peer_id, channel, data)  # Echo back
                    except FastNetError as error:  # It is gone meanwhile, or takes less than it sends
                        print(f"Peer {peer_id}: {error}", flush=True)
                case Disconnected(peer_id, code, reason):
                    print(f"Peer {peer_id} disconnected: {code} {reason}", flush=True)


asyncio.run(main())
