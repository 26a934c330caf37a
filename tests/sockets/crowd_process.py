"""Many clients at once in one process: `PIN TCP COUNT` connects COUNT sockets, each says its number and hears it."""

import asyncio
import sys

from fastnet import Data, SecureSocket, Trust


async def visit(number: int, pin: str, tcp: str) -> SecureSocket:
    socket = await SecureSocket.connect(tcp, trust=Trust(pins=pin))
    said = b"%d" % number
    await socket.send(1, 0, said)
    async for event in socket:
        if isinstance(event, Data):
            assert event.data == said
            return socket
    raise AssertionError("closed before the echo")


async def main(pin: str, tcp: str, count: str) -> None:
    sockets = await asyncio.gather(*(visit(number, pin, tcp) for number in range(int(count))))
    sys.stdout.write(f'["done", {len(sockets)}]\n')
    sys.stdout.flush()
    await asyncio.gather(*(socket.close() for socket in sockets))


asyncio.run(main(*sys.argv[1:]))
