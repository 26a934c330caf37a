"""One port, several processes: a socket for each, and a program in the kernel that gives every datagram to the worker
whose index its connection id bears, wherever the client is by now.

The index stands masked in one byte of the id (`Steering`); the mask needs a number that only the workers and the kernel
know. A datagram without a known id goes wherever the kernel likes: the handshake names the id before any is sent.
Linux only.
"""

import socket
import struct
import sys
from dataclasses import dataclass, field

from fastnet.net import tcp, udp_setup
from fastnet.protocol.errors import UsageError
from fastnet.protocol.places import Steering

WORKERS_MAX = 256
_ATTACH_REUSEPORT_CBPF = 51  # asm-generic/socket.h
# Classic BPF, linux/filter.h: (code, jump true, jump false, operand). The program sees the UDP payload.
_LOAD_WORD, _LOAD_BYTE, _MULTIPLY, _SHIFT_RIGHT, _TO_X, _XOR_X, _RETURN_A = 0x20, 0x30, 0x24, 0x74, 0x07, 0xAC, 0x16


@dataclass(frozen=True, slots=True)
class Share:
    """What one worker gets: its sockets on the common ports, and how its connection ids are marked."""

    udp: socket.socket
    tcp: tuple[socket.socket, ...]
    steering: Steering = field(repr=False)

    def close(self) -> None:
        """Give the sockets back; other copies of them stay open."""
        self.udp.close()
        for listening in self.tcp:
            listening.close()


def share_ports(count: int, udp: tuple[str, int], tcp_address: tuple[str, int], secret: int) -> list[Share]:
    """Sockets for `count` workers on one UDP and one TCP port (0: any free ones), and the steering program attached.

    Raises AddressInUseError, FastNetError, UsageError.
    """
    if not 1 <= count <= WORKERS_MAX:
        raise UsageError(f"{count} workers are outside 1..{WORKERS_MAX}")
    if not sys.platform.startswith("linux"):
        raise UsageError("several workers on one port need Linux: run one Server a port elsewhere")
    shares: list[Share] = []
    try:
        for index in range(count):
            datagrams = udp_setup.bound_socket(*udp, dual_stack=True, reuse_port=True)
            udp = (udp[0], datagrams.getsockname()[1])
            shares.append(Share(datagrams, (), Steering(index, secret)))
            doors = tuple(tcp.listen(*tcp_address, reuse_port=True))
            tcp_address = (tcp_address[0], doors[0].getsockname()[1])
            shares[index] = Share(datagrams, doors, Steering(index, secret))
        _attach(shares[0].udp, secret)
    except BaseException:
        for share in shares:
            share.close()
        raise
    return shares


def _attach(datagrams: socket.socket, secret: int) -> None:
    """The kernel's half of `Steering`: byte 5 XOR the top byte of (bytes 1 to 4 times the secret) is the index. An
    index that no socket has lets the kernel choose by the addresses, as without a program."""
    program = (
        (_LOAD_WORD, 1),
        (_MULTIPLY, secret),
        (_SHIFT_RIGHT, 24),
        (_TO_X, 0),
        (_LOAD_BYTE, 5),
        (_XOR_X, 0),
        (_RETURN_A, 0),
    )
    import ctypes  # Here, because every server imports this module, and the C library's runtime has no ctypes.

    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", step, 0, 0, value) for step, value in program))
    datagrams.setsockopt(
        socket.SOL_SOCKET, _ATTACH_REUSEPORT_CBPF, struct.pack("@HP", len(program), ctypes.addressof(code))
    )
