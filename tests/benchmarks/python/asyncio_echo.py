"""The programs of `fastnet-asyncio` (`SecureSocket`) and of `asyncio-udp+aead` (a datagram echo and the cipher alone).

asyncio_echo.py VARIANT VERB .. (see fastnet.tools.benchmark.order), VARIANT one of CHANNELS or asyncio-udp+aead
"""

import asyncio
import contextlib
import struct
import sys
from collections import deque
from dataclasses import dataclass
from typing import Any, Protocol

import fastnet
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from fastnet.net.devca import certificate_pem, key_pem, self_signed
from fastnet.tools.benchmark.cipher import cipher_name
from fastnet.tools.benchmark.program import NUMBER, Task, now_ns, say_ready

CHANNELS = {"unreliable": 1, "reliable": 0, "busy-poll": 1, "busy-poll reliable": 0}
BUSY_POLL_US = 100
AEAD: type[AESGCM] | type[ChaCha20Poly1305] = {"AES-256-GCM": AESGCM}.get(cipher_name(), ChaCha20Poly1305)
HERE = ("127.0.0.1", 0)
COUNTER = struct.Struct("=Q")
data_type = fastnet.Data


class Link(Protocol):
    """A client's connection."""

    async def send(self, message: bytes) -> None:
        """Let it go."""

    async def receive(self) -> list[bytes]:
        """Wait for what comes."""


class Sealed:
    """What FastNet does with the cipher, and nothing else: a counter, 12 bytes of nonce, one call a datagram."""

    def __init__(self, send_key: bytes, receive_key: bytes) -> None:
        self._sealer, self._opener = AEAD(send_key), AEAD(receive_key)
        self._sent = 0

    def seal(self, message: bytes) -> bytes:
        """The datagram."""
        self._sent += 1
        head = COUNTER.pack(self._sent)
        return head + self._sealer.encrypt(b"\0\0\0\0" + head, message, head)

    def open(self, datagram: bytes) -> bytes | None:
        """The message, if it is authentic."""
        head = datagram[: COUNTER.size]
        try:
            return self._opener.decrypt(b"\0\0\0\0" + head, datagram[COUNTER.size :], head)
        except InvalidTag:
            return None


CLIENT_KEY, SERVER_KEY = bytes(32), bytes([1] * 32)  # A yardstick, not a secret.


class BareServer(asyncio.DatagramProtocol):
    """The echo with two of the four calls."""

    def __init__(self) -> None:
        self._sealed = Sealed(SERVER_KEY, CLIENT_KEY)
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        message = self._sealed.open(data)
        if message is not None and self._transport is not None:
            self._transport.sendto(self._sealed.seal(message), addr)


class BareClient(asyncio.DatagramProtocol):
    """The other two; `receive` hands over what arrived."""

    def __init__(self) -> None:
        self._sealed = Sealed(CLIENT_KEY, SERVER_KEY)
        self._transport: asyncio.DatagramTransport | None = None
        self._arrived: deque[bytes] = deque()
        self._waiter: asyncio.Future[None] | None = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        message = self._sealed.open(data)
        if message is None:
            return
        self._arrived.append(message)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def send(self, message: bytes) -> None:
        assert self._transport is not None
        self._transport.sendto(self._sealed.seal(message))

    async def receive(self) -> list[bytes]:
        if not self._arrived:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        arrived = list(self._arrived)
        self._arrived.clear()
        return arrived


class Secure:
    """`SecureSocket` as a link."""

    def __init__(self, socket: fastnet.SecureSocket, channel: int) -> None:
        self._socket, self._channel = socket, channel

    async def send(self, message: bytes) -> None:
        await self._socket.send(1, self._channel, message)

    async def receive(self) -> list[bytes]:
        return [event.data for event in await self._socket.poll() if type(event) is data_type]


@dataclass(slots=True)
class Progress:
    """Which message is under way, and since when."""

    number: int = 0
    start_ns: int = 0


async def closed_loop(task: Task, link: Link, count: int) -> None:
    """The next message after each answer. A timer for each message would cost part of what is measured: whoever waits
    too long is noticed from outside, and the next message follows."""
    at, patience_s = Progress(), task.patience_ns / 1e9
    while at.number < count:
        rest = asyncio.get_running_loop().create_task(echo_from(task, link, at, count))
        while not rest.done():
            await asyncio.wait([rest], timeout=patience_s / 2)
            if not rest.done() and now_ns() - at.start_ns > task.patience_ns:
                rest.cancel()
                await asyncio.wait([rest])
                at.number += 1
        if not rest.cancelled():
            rest.result()


async def echo_from(task: Task, link: Link, at: Progress, count: int) -> None:
    """The messages that are left."""
    while at.number < count:
        message = task.message(at.number)
        start = at.start_ns = now_ns()
        await link.send(message)
        while message not in await link.receive():
            pass
        task.samples[at.number] = now_ns() - start
        at.number += 1


async def paced(task: Task, link: Link, count: int) -> None:
    """Each message at its time, by a task of its own; the loop's timers are as exact as epoll's, a millisecond."""
    loop = asyncio.get_running_loop()
    first = now_ns() + task.interval_ns

    async def send_all() -> None:
        for number in range(count):
            left = first + number * task.interval_ns - now_ns()
            while left > 0:
                await asyncio.sleep(left / 1e9 if left > 2_000_000 else 0)
                left = first + number * task.interval_ns - now_ns()
            await link.send(task.message(number))

    sender = loop.create_task(send_all())
    answered = 0
    while answered < count:
        for message in await link.receive():
            number = NUMBER.unpack_from(message)[0]
            task.samples[number] = now_ns() - (first + number * task.interval_ns)
            answered += 1
    await sender


def busy_poll_us(variant: str) -> int:
    """How long an end asks before it sleeps."""
    return BUSY_POLL_US if variant.startswith("busy-poll") else 0


def stay_awake(loop: asyncio.AbstractEventLoop) -> None:
    """A loop that always has something to do asks its selector without sleeping."""
    loop.call_soon(stay_awake, loop)


async def serve(variant: str, mode: str) -> None:
    """Answer until killed."""
    loop = asyncio.get_running_loop()
    if variant not in CHANNELS:
        if mode == "spin":
            stay_awake(loop)
        transport, _ = await loop.create_datagram_endpoint(BareServer, local_addr=HERE)
        say_ready(transport.get_extra_info("sockname")[1])
        await loop.create_future()
    own = self_signed(["localhost"])
    server = await fastnet.SecureSocket.bind_server(
        HERE, HERE, certificate_pem(own), key_pem(own), busy_poll_us=busy_poll_us(variant)
    )
    say_ready(f"{server.udp_address[1]},{server.tcp_address[1]},{server.driver.pin}")
    while True:
        for event in await server.poll():
            if type(event) is data_type:
                await server.send(event.peer_id, event.channel, event.data)


async def connect(task: Task, variant: str) -> Link:
    """As the variant says."""
    if variant not in CHANNELS:
        loop = asyncio.get_running_loop()
        if task.mode == "spin":
            stay_awake(loop)
        _, client = await loop.create_datagram_endpoint(BareClient, remote_addr=("127.0.0.1", int(task.ready)))
        return client
    _, port, pin = task.ready.split(",")
    trust = fastnet.Trust(pins=(pin,))
    address = ("127.0.0.1", int(port))
    socket = await fastnet.SecureSocket.connect(address, trust=trust, busy_poll_us=busy_poll_us(variant))
    return Secure(socket, CHANNELS[variant])


async def paced_in_time(task: Task, link: Link, count: int) -> None:
    """What is not answered when the patience after the last message is over stays lost."""
    limit_s = (count * task.interval_ns + task.patience_ns) / 1e9
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(paced(task, link, count), limit_s)


def main() -> None:
    """The variant's name, then the arguments of every program."""
    variant, arguments = sys.argv[1], sys.argv[2:]
    with asyncio.Runner() as runner:
        if arguments[0] == "serve":
            return runner.run(serve(variant, arguments[1]))
        task = Task.from_arguments(arguments)
        link = runner.run(connect(task, variant))

        def loop(task: Task, count: int) -> None:
            work = paced_in_time if task.interval_ns and task.is_measured else closed_loop
            runner.run(work(task, link, count))

        task.run(loop)
    return None


if __name__ == "__main__":
    main()
