"""Plain Python sockets without any protocol or cipher: what the interpreter alone costs."""

import sys
from pathlib import Path

from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import Variant

PROGRAM = Path(__file__).parent.parent / "python" / "plain_socket.py"


class PythonSocket:
    """The standard library's `socket`."""

    name = "python-socket"
    variants = (Variant("python-socket", "unreliable", encrypted=False),)
    configuration = "the standard library's socket module, connected client socket, no cipher"

    def build(self, folder: Path) -> str | None:
        """Nothing to do."""
        return None

    def serve_command(self, variant: Variant, order: Order) -> list[str]:
        """The echo."""
        return [sys.executable, str(PROGRAM), *order.server_arguments()]

    def client_command(self, variant: Variant, order: Order, ready: str, server_pid: int) -> list[str]:
        """The measuring client."""
        return [sys.executable, str(PROGRAM), *order.client_arguments(ready, server_pid)]

    def udp_port(self, ready: str) -> int:
        """It is all that the server says."""
        return int(ready)


PEER = PythonSocket()
