"""Section 2.3 of PROTOCOL.md: HELLO, ACCEPT and REFUSE to dictionaries and back, byte for byte."""

import hashlib
from typing import Any

from decoder import CODES, LOCAL_CODES

Message = dict[str, Any]
HELLO, ACCEPT, REFUSE = 1, 2, 3
ENDPOINT_BYTES = {0: 0, 4: 4, 6: 16}
FIXED = {
    1: (2, 1_200, 65_527, 1_472),  # bytes, lowest, highest, default; section 12
    2: (4, 1_000, 3_600_000, 10_000),
    3: (4, 0, 100_000, 5_000),
    4: (4, 0, 100_000, 25_000),
    5: (4, 1, 16 << 20, 1 << 20),
    6: (4, 1, 64 << 10, 16 << 10),
    7: (4, 4 << 10, (1 << 31) - 1, 64 << 10),
}
IDLE_TIMEOUT = 2  # The one limit that may also be 0.


class Abort(Exception):  # noqa: N818 - a verdict, not a failure
    """The handshake ends without a further message."""


class Refused(Exception):  # noqa: N818 - a verdict, not a failure
    """The server answers REFUSE; the argument is the name of the code."""


class Body:
    """A cursor over the body of a message."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def left(self) -> int:
        return len(self.data) - self.at

    def take(self, count: int) -> bytes:
        demand(count <= self.left(), "truncated")
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")


def demand(fine: bool, otherwise: str) -> None:
    if not fine:
        raise Abort(otherwise)


def decode_message(data: bytes) -> Message:
    """The one message of a side. Raises `Abort`, or `Refused` for a HELLO without a common version."""
    body = Body(data)
    kind, length = body.number(1), body.number(2)
    demand(kind in (HELLO, ACCEPT, REFUSE), "type")
    demand(length <= 4096 and length == body.left(), "length")
    message = {HELLO: _hello, ACCEPT: _accept, REFUSE: _refuse}[kind](body)
    demand(body.left() == 0, "trailing bytes")
    return message


def _hello(body: Body) -> Message:
    message: Message = {"message": "hello", "version_min": body.number(2), "version_max": body.number(2)}
    demand(message["version_min"] <= message["version_max"], "empty range")
    if not message["version_min"] <= 1 <= message["version_max"]:
        raise Refused("VERSION_MISMATCH")
    message["random"] = body.take(32).hex()
    message["app_id"] = body.number(8)
    message["channels_hash"] = body.take(32).hex()
    cid_len = body.number(1)
    demand(cid_len in (0, 8), "cid_len")
    message["client_cid"] = body.take(cid_len).hex()
    message["parameters"] = _parameters(body)
    values = check_limits(message["parameters"])
    demand(1 in values.get(8, b"\1"), "ciphers")
    demand(values.get(9, b"\0") in (b"\0", b"\1"), "header_protection")
    demand(len(values.get(10, b"")) <= 1024, "token")
    return message


def _accept(body: Body) -> Message:
    message: Message = {"message": "accept", "version": body.number(2), "random": body.take(32).hex()}
    demand(message["version"] == 1, "version")
    message["server_cid"] = body.take(8).hex()
    message["reset_token"] = body.take(16).hex()
    message["peer_id"] = body.number(4)
    demand(2 <= message["peer_id"] < 1 << 31, "peer_id")
    message["cipher"] = body.number(1)
    message["header_protection"] = body.number(1)
    demand(message["header_protection"] in (0, 1), "header_protection")
    count = body.number(1)
    demand(1 <= count <= 8, "endpoint_count")
    message["endpoints"] = [_endpoint(body) for _ in range(count)]
    message["parameters"] = _parameters(body)
    check_limits(message["parameters"])
    return message


def _endpoint(body: Body) -> Message:
    kind = body.number(1)
    demand(kind in ENDPOINT_BYTES, "endpoint kind")
    endpoint = {"kind": kind, "address": body.take(ENDPOINT_BYTES[kind]).hex(), "port": body.number(2)}
    demand(endpoint["port"] != 0, "port")
    return endpoint


def _refuse(body: Body) -> Message:
    message: Message = {"message": "refuse", "code": body.number(4)}
    demand(message["code"] < 3000 and message["code"] not in LOCAL_CODES, "code")
    message["version_min"], message["version_max"], length = body.number(2), body.number(2), body.number(2)
    demand(length <= 256, "reason")
    message["reason"] = body.take(length).hex()
    return message


def _parameters(body: Body) -> list[tuple[int, str]]:
    parameters: list[tuple[int, str]] = []
    while body.left():
        number, length = body.number(2), body.number(2)
        demand(not parameters or number > parameters[-1][0], "order of parameters")
        parameters.append((number, body.take(length).hex()))
    return parameters


def check_limits(parameters: list[tuple[int, str]]) -> dict[int, bytes]:
    """The parameters by id, after the checks of ids 1 to 7."""
    values = {number: bytes.fromhex(value) for number, value in parameters}
    for number, (size, low, high, _) in FIXED.items():
        if number in values:
            value = int.from_bytes(values[number], "big")
            demand(len(values[number]) == size, "length of a parameter")
            demand(low <= value <= high or (number == IDLE_TIMEOUT and value == 0), "range of a parameter")
    return values


def limits(message: Message) -> dict[int, int]:
    """What ids 1 to 7 come to, with defaults."""
    values = check_limits(message["parameters"])
    return {n: int.from_bytes(values[n], "big") if n in values else form[3] for n, form in FIXED.items()}


def answer(hello: Message, app_id: int, table_hash: bytes) -> None:
    """What a server says to a well-formed HELLO. Raises `Refused`."""
    if hello["app_id"] != app_id:
        raise Refused("APP_MISMATCH")
    if hello["channels_hash"] != table_hash.hex():
        raise Refused("CHANNELS_MISMATCH")


def check_accept(hello: Message, accept: Message) -> None:
    """What a client demands of ACCEPT beyond its form. Raises `Abort`."""
    offered = {number: bytes.fromhex(value) for number, value in hello["parameters"]}
    demand(accept["cipher"] in offered.get(8, b"\1"), "cipher not offered")
    demand(accept["header_protection"] == 1 or offered.get(9, b"\0") == b"\0", "header protection left out")


def transcript_hash(hello: bytes, accept: bytes, client_certificate: bytes | None) -> bytes:
    """H of section 2.4."""
    certificate = hashlib.sha256(client_certificate).digest() if client_certificate is not None else bytes(32)
    return hashlib.sha256(hello + accept + certificate).digest()


def encode_message(message: Message) -> bytes:
    """The message whole, with type and length."""
    kind = {"hello": HELLO, "accept": ACCEPT, "refuse": REFUSE}[message["message"]]
    body = {HELLO: _hello_bytes, ACCEPT: _accept_bytes, REFUSE: _refuse_bytes}[kind](message)
    return bytes([kind]) + _u(2, len(body)) + body


def _u(size: int, value: int) -> bytes:
    return value.to_bytes(size, "big")


def _hello_bytes(message: Message) -> bytes:
    cid = bytes.fromhex(message["client_cid"])
    return (
        _u(2, message["version_min"]) + _u(2, message["version_max"]) + bytes.fromhex(message["random"])
        + _u(8, message["app_id"]) + bytes.fromhex(message["channels_hash"]) + _u(1, len(cid)) + cid
        + _parameter_bytes(message)
    )  # fmt: skip


def _accept_bytes(message: Message) -> bytes:
    return (
        _u(2, message["version"]) + bytes.fromhex(message["random"] + message["server_cid"] + message["reset_token"])
        + _u(4, message["peer_id"]) + bytes([message["cipher"], message["header_protection"]])
        + _u(1, len(message["endpoints"]))
        + b"".join(bytes([e["kind"]]) + bytes.fromhex(e["address"]) + _u(2, e["port"]) for e in message["endpoints"])
        + _parameter_bytes(message)
    )  # fmt: skip


def _refuse_bytes(message: Message) -> bytes:
    reason = bytes.fromhex(message["reason"])
    versions = _u(2, message["version_min"]) + _u(2, message["version_max"])
    return _u(4, message["code"]) + versions + _u(2, len(reason)) + reason


def _parameter_bytes(message: Message) -> bytes:
    return b"".join(_u(2, n) + _u(2, len(v) // 2) + bytes.fromhex(v) for n, v in message["parameters"])


def code_name(code: int) -> str:
    """The name of a library code, or the number as text."""
    return {number: name for name, number in CODES.items()}.get(code, str(code))
