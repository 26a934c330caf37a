"""One non-blocking TCP connection under TLS: moves bytes between a socket and `tls`, never waits."""

import socket

from fastnet.net.tls import TlsEnd, TlsError

_RECEIVE_BYTES = 16_384


class TlsSocket:
    """Owns the socket; `tls` is one end of TLS on it."""

    def __init__(self, tcp: socket.socket, tls: TlsEnd) -> None:
        self.tcp = tcp
        self.tls = tls
        self._unsent = b""

    @property
    def wants_write(self) -> bool:
        """Whether bytes wait for room in the kernel's buffer."""
        return bool(self._unsent)

    def receive(self) -> bool:
        """Feed TLS with what the kernel has, one read; False if it had nothing.

        Raises TlsError at the end of the connection, or when the cap on its bytes is reached.
        """
        try:
            received = self.tcp.recv(min(_RECEIVE_BYTES, self.tls.bytes_left + 1))
        except (BlockingIOError, InterruptedError):
            return False
        except OSError as error:
            raise TlsError(error.strerror or "the connection broke") from error
        if not received:
            raise TlsError("the other end closed the connection")
        self.tls.feed(received)
        return True

    def flush(self) -> bool:
        """Send what TLS has to say, as far as the kernel takes it; True if anything left. Raises TlsError."""
        self._unsent += self.tls.take()
        if not self._unsent:
            return False
        try:
            count = self.tcp.send(self._unsent)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError as error:
            raise TlsError(error.strerror or "the connection broke") from error
        self._unsent = self._unsent[count:]
        return count > 0

    def close(self) -> None:
        """Close TCP at once."""
        self.tcp.close()
