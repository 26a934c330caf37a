"""A client for asyncio: `python echo_client.py [TCP_ADDRESS]` says hello and prints the echo."""

import asyncio
import sys

from fastnet import Data, SecureSocket


async def main() -> None:
    server_addr = sys.argv[1] if len(sys.argv) > 1 else "localhost:7778"
    async with await SecureSocket.connect(server_addr) as socket:
        await socket.send(1, 0, b"Hello, server!")  # To peer 1, the server, on channel 0
        async for event in socket:
            match event:
                case Data(_, _, data):
                    print(f"Received: {data!r}")
                    return


asyncio.run(main())
