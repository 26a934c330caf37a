"""Plain Python sockets without any protocol or cipher: what the interpreter alone costs."""

import sys
from pathlib import Path

from fastnet.tools.benchmark.peer import OneProgram, Variant

PROGRAM = Path(__file__).parent.parent / "python" / "plain_socket.py"


class PythonSocket(OneProgram):
    """The standard library's `socket`."""

    name = "python-socket"
    variants = (Variant("python-socket", "unreliable", encrypted=False),)
    configuration = "the standard library's socket module, connected client socket, no cipher"

    def build(self, folder: Path) -> str | None:
        """Nothing to do."""
        return None

    def command(self, variant: Variant) -> list[str]:
        """There is one variant."""
        return [sys.executable, str(PROGRAM)]


PEER = PythonSocket()
