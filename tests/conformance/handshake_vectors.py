"""Handshake vectors: messages with their bytes, what each of them comes to, and the hash that binds keys to them."""

import decoder
import handshake_codec as codec
from handshake_codec import Message
from make_vectors import CID, CLIENT_CID, Vector, chance, verdict

TABLE_HASH = decoder.channels_hash({0: 0, 1: 1, 2: 2, 3: 3})
ALL_LIMITS = [
    (1, "05dc"),
    (2, "00007530"),
    (3, "00000000"),
    (4, "000186a0"),
    (5, "01000000"),
    (6, "00010000"),
    (7, "7fffffff"),
]


def hello(**changes: object) -> Message:
    """A HELLO with everything at its default."""
    return {
        "message": "hello",
        "version_min": 1,
        "version_max": 1,
        "random": chance("hello", 32).hex(),
        "app_id": 0,
        "channels_hash": TABLE_HASH.hex(),
        "client_cid": "",
        "parameters": [],
    } | changes


def accept(**changes: object) -> Message:
    """An ACCEPT with everything at its default."""
    return {
        "message": "accept",
        "version": 1,
        "random": chance("accept", 32).hex(),
        "server_cid": CID.hex(),
        "reset_token": chance("reset", 16).hex(),
        "peer_id": 2,
        "cipher": 1,
        "header_protection": 0,
        "endpoints": [{"kind": 0, "address": "", "port": 7777}],
        "parameters": [],
    } | changes


def refuse(code: int, reason: bytes = b"") -> Message:
    """A REFUSE of a server of version 1."""
    return {"message": "refuse", "code": code, "version_min": 1, "version_max": 1, "reason": reason.hex()}


def good_messages() -> list[tuple[str, Message]]:
    """Messages that decode, and encode to the same bytes."""
    rich = [*ALL_LIMITS, (8, "0201"), (9, "01"), (10, chance("token", 100).hex()), (0xBEEF, "000102")]
    endpoints = [
        {"kind": 0, "address": "", "port": 1},
        {"kind": 4, "address": "c0000207", "port": 65_535},
        {"kind": 6, "address": "20010db8" + "00" * 11 + "01", "port": 7777},
    ]
    return [
        ("hello, defaults", hello()),
        ("hello, everything", hello(client_cid=CLIENT_CID.hex(), app_id=2**64 - 1, version_max=9, parameters=rich)),
        ("hello, random parameter of 8 bytes", hello(parameters=[(0xFFFF, chance("grease", 8).hex())])),
        ("hello, no idle timeout, unknown parameter", hello(parameters=[(2, "00000000"), (77, "aa")])),
        ("hello, unknown cipher listed", hello(parameters=[(8, "f001")])),
        ("hello, longest token", hello(parameters=[(10, "00" * 1024)])),
        ("accept, defaults", accept()),
        (
            "accept, everything",
            accept(
                cipher=2,
                header_protection=1,
                peer_id=2**31 - 1,
                endpoints=endpoints,
                parameters=[*ALL_LIMITS, (0x8000, "")],
            ),
        ),
        ("accept, 8 endpoints", accept(endpoints=[{"kind": 0, "address": "", "port": n} for n in range(1, 9)])),
        ("refuse, server full", refuse(11, b"full")),
        ("refuse, application code and longest reason", refuse(1000, b"x" * 256)),
        ("refuse, reason that is not UTF-8", refuse(2999, b"\xff")),
    ]


def broken_messages() -> list[tuple[str, bytes]]:
    """Messages that abort, or that a server of version 1 refuses."""
    good_hello, good_accept, good_refuse = map(codec.encode_message, (hello(), accept(), refuse(16, b"no")))

    def with_parameters(raw: bytes, base: bytes = good_hello) -> bytes:
        body = base[3:] + raw
        return base[:1] + len(body).to_bytes(2, "big") + body

    def parameter(number: int, value: bytes) -> bytes:
        return number.to_bytes(2, "big") + len(value).to_bytes(2, "big") + value

    cases = [
        ("type 0", b"\0" + good_hello[1:]),
        ("type 4", b"\4" + good_hello[1:]),
        ("body over 4,096", b"\1" + (4097).to_bytes(2, "big") + bytes(4097)),
        ("empty hello", b"\1\0\0"),
        ("bytes behind the message", good_hello + b"\0"),
        ("bytes behind the reason", good_refuse[:2] + bytes([good_refuse[2] + 1]) + good_refuse[3:] + b"\0"),
        ("version range empty", codec.encode_message(hello(version_min=2, version_max=1))),
        ("versions 2 to 3", codec.encode_message(hello(version_min=2, version_max=3))),
        ("versions 2 to 3, nothing else in version 1's form", b"\1\0\5\0\2\0\3\7"),
        ("version 0", codec.encode_message(hello(version_min=0, version_max=0))),
        ("client id of 1", codec.encode_message(hello(client_cid="00"))),
        ("client id of 16", codec.encode_message(hello(client_cid="00" * 16))),
        ("ciphers without 1", with_parameters(parameter(8, b"\2"))),
        ("ciphers empty", with_parameters(parameter(8, b""))),
        ("header protection 2", with_parameters(parameter(9, b"\2"))),
        ("header protection in 2 bytes", with_parameters(parameter(9, b"\0\1"))),
        ("token of 1,025", with_parameters(parameter(10, bytes(1025)))),
        ("parameter twice", with_parameters(parameter(9, b"\1") * 2)),
        ("parameters descending", with_parameters(parameter(9, b"\1") + parameter(8, b"\1"))),
        ("parameter cut short", with_parameters(parameter(9, b"\1")[:-1])),
        ("parameter header cut short", with_parameters(b"\0\7\0")),
        ("accept of version 2", codec.encode_message(accept(version=2))),
        ("accept with peer id 0", codec.encode_message(accept(peer_id=0))),
        ("accept with peer id 1", codec.encode_message(accept(peer_id=1))),
        ("accept with peer id 2^31", codec.encode_message(accept(peer_id=2**31))),
        ("accept with header protection 2", codec.encode_message(accept(header_protection=2))),
        ("accept without endpoints", codec.encode_message(accept(endpoints=[]))),
        (
            "accept with 9 endpoints",
            codec.encode_message(accept(endpoints=[{"kind": 0, "address": "", "port": 1}] * 9)),
        ),
        ("accept with port 0", codec.encode_message(accept(endpoints=[{"kind": 0, "address": "", "port": 0}]))),
        (
            "accept with endpoint kind 5",
            codec.encode_message(accept(endpoints=[{"kind": 5, "address": "", "port": 1}])),
        ),
        ("refuse with a local code", codec.encode_message(refuse(2))),
        ("refuse with code 3000", codec.encode_message(refuse(3000))),
        ("refuse with a reason of 257", codec.encode_message(refuse(16, b"x" * 257))),
    ]
    for number, (size, low, high, _) in codec.FIXED.items():
        for value in {low - 1, high + 1} - {-1} - ({0} if number == codec.IDLE_TIMEOUT else set()):
            if value < 1 << 8 * size:
                raw = parameter(number, value.to_bytes(size, "big"))
                cases.append((f"parameter {number} = {value} in hello", with_parameters(raw)))
                cases.append((f"parameter {number} = {value} in accept", with_parameters(raw, good_accept)))
        cases.append((f"parameter {number} one byte long", with_parameters(parameter(number, b"\1"))))
    for name, message in (("hello", good_hello), ("accept", good_accept), ("refuse", good_refuse)):
        for end in (8, len(message) - 1):
            body = message[3:end]
            cases.append((f"{name} cut to {end}", message[:1] + len(body).to_bytes(2, "big") + body))
    return cases


def handshake() -> Vector:
    """The content of handshake.json."""
    messages = []
    for name, message in good_messages():
        data = codec.encode_message(message)
        decoded = codec.decode_message(data)
        assert codec.encode_message(decoded) == data, name
        vector: Vector = {"name": name, "bytes": data.hex(), "fields": decoded}
        if message["message"] != "refuse":
            vector["limits"] = codec.limits(decoded)
        messages.append(vector)
    broken = [
        {"name": name, "bytes": data.hex(), "verdict": verdict(lambda data=data: codec.decode_message(data))}
        for name, data in broken_messages()
    ]
    return {"messages": messages, "broken": broken, "transcripts": _transcripts()}


def _transcripts() -> list[Vector]:
    first, second = codec.encode_message(hello()), codec.encode_message(accept())
    made = []
    for certificate in (None, chance("certificate", 500)):
        digest = codec.transcript_hash(first, second, certificate)
        der = None if certificate is None else certificate.hex()
        made.append({"hello": first.hex(), "accept": second.hex(), "client_certificate": der, "hash": digest.hex()})
    return made
