"""A server on several cores: processes that share the ports of one server, each with its own clients.

    def play(worker: Worker) -> None:             # at the top of a module: each process imports it
        for event in worker.events():
            if isinstance(event, Data):
                worker.server.send(event.peer_id, event.channel, event.data)

    with Workers(play, 2, "0.0.0.0:7777", "0.0.0.0:7777", "cert.pem", "key.pem") as workers:
        workers.wait()                            # until stop(), from a signal handler or another thread

A client stays with the worker that admitted it, also when its address changes. Peer numbers and the limits of `Config`
are each worker's own; used tokens are remembered for all by `fastnet.net.shared_nonces`.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self

from fastnet.net import log
from fastnet.net.credentials import ChainSource, KeySource
from fastnet.net.resolve import ServerAddress, split_address
from fastnet.net.server import Server
from fastnet.net.sharing import Share, share_ports
from fastnet.protocol.events import Event

_STOP_S = 5.0


class Worker:
    """What the function of one process gets: its `server`, and its `index` from 0."""

    def __init__(self, server: Server, index: int) -> None:
        self.server = server
        self.index = index
        self._stopping = False

    @property
    def stopping(self) -> bool:
        """Whether `Workers.stop` was called, or the parent is gone: leave, and the server says goodbye."""
        return self._stopping

    def events(self) -> Iterator[Event]:
        """Everything that happens, until the worker is to stop. For other loops: poll `server`, ask `stopping`."""
        while not self._stopping:
            self.server.wait()
            yield from self.server.poll()

    def heed(self, orders: Connection) -> None:
        """On a thread of its own: the pipe from the parent speaks, or ends with it."""
        wait([orders])
        self._stopping = True
        self.server.wake()


Play = Callable[[Worker], object]


class Workers:
    """`count` processes that run `play` with a `Server` on the same ports; the other arguments are those of `Server`,
    and must be such that a new process can be given them (pickle). Starts at once.

    Raises AddressInUseError, CertificateError, ConfigError, UsageError, FastNetError.
    """

    def __init__(
        self,
        play: Play,
        count: int,
        udp_addr: ServerAddress,
        tcp_addr: ServerAddress,
        certificate: ChainSource,
        private_key: KeySource,
        **options: Any,
    ) -> None:
        secret = int.from_bytes(os.urandom(4)) | 1
        self._shares = share_ports(count, split_address(udp_addr), split_address(tcp_addr), secret)
        self._arguments = (play, certificate, private_key, options)
        self._processes: list[BaseProcess] = []
        self._orders: list[Connection] = []
        self._stopped = threading.Event()
        self._wake_out, self._wake_in = multiprocessing.Pipe(duplex=False)
        try:
            for share in self._shares:
                process, orders = self._start(share)
                self._processes.append(process)
                self._orders.append(orders)
        except BaseException:
            self.close()
            raise

    @property
    def udp_address(self) -> tuple[str, int]:
        """The bound UDP (host, port)."""
        host, port = self._shares[0].udp.getsockname()[:2]
        return host, port

    @property
    def tcp_address(self) -> tuple[str, int]:
        """The bound TCP (host, port): what clients connect to."""
        host, port = self._shares[0].tcp[0].getsockname()[:2]
        return host, port

    @property
    def process_ids(self) -> list[int | None]:
        """The system's number of each worker's process."""
        return [process.pid for process in self._processes]

    def wait(self, timeout_s: float | None = None) -> bool:
        """Until `stop` was called (True) or time is up (False). A worker that ended without it is started again: its
        clients are told that it restarted, those of the others notice nothing."""
        while not self._stopped.is_set():
            ready = wait([self._wake_out, *(process.sentinel for process in self._processes)], timeout_s)
            if not ready:
                return False
            if not self._stopped.is_set():
                self._mend()
        return True

    def stop(self) -> None:
        """Have all workers leave in good order; from any thread. `close` waits for them."""
        if not self._stopped.is_set():
            self._stopped.set()
            for orders in self._orders:
                orders.close()
            self._wake_in.close()

    def close(self) -> None:
        """Stop, and wait until all are gone; who does not leave within 5 s is killed."""
        self.stop()
        for process in self._processes:
            process.join(_STOP_S)
            if process.is_alive():
                process.kill()
                process.join()
        for share in self._shares:
            share.close()
        self._wake_out.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self, share: Share) -> tuple[BaseProcess, Connection]:
        context = multiprocessing.get_context("spawn")
        theirs, ours = context.Pipe(duplex=False)
        name = f"fastnet-worker-{share.steering.index}"
        process = context.Process(target=_work, args=(share, theirs, *self._arguments), name=name)
        process.start()
        theirs.close()
        return process, ours

    def _mend(self) -> None:
        for index, process in enumerate(self._processes):
            if not process.is_alive() and not self._stopped.is_set():
                log.warning("worker %d ended with code %s and is started again", index, process.exitcode)
                self._orders[index].close()
                self._processes[index], self._orders[index] = self._start(self._shares[index])


def _work(
    share: Share,
    orders: Connection,
    play: Play,
    certificate: ChainSource,
    private_key: KeySource,
    options: dict[str, Any],
) -> None:
    """The whole life of one process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides.
    server = Server(("", 0), ("", 0), certificate, private_key, share=share, **options)
    worker = Worker(server, share.steering.index)
    threading.Thread(target=worker.heed, args=(orders,), name="fastnet-orders", daemon=True).start()
    with server:
        play(worker)
