"""HELLO, ACCEPT and REFUSE: what is encoded decodes to the same, and no bytes make a decoder do anything else."""

import contextlib
import random
import struct
from collections.abc import Callable

import pytest
from fastnet.protocol import handshake, spec
from fastnet.protocol.handshake import Accept, Endpoint, HandshakeFormatError, Hello, Refuse
from fastnet.protocol.numbers import LOCAL_ONLY, CloseCode
from fastnet.protocol.ticket import Limits
from hypothesis import given, settings
from hypothesis import strategies as st

GREASE = bytes(range(handshake.GREASE_BYTES))
LIMITS = Limits(1_300, 0, 1, 2, 3, 4, 5_000)
HELLO = Hello(random=bytes(32), channels_hash=bytes(range(32)))
ACCEPT = Accept(
    random=bytes(32), server_cid=b"abcdefgh", reset_token=bytes(16), peer_id=2, endpoints=(Endpoint("", 7_777),)
)
DECODERS: list[Callable[[bytes], object]] = [
    handshake.hello_versions,
    handshake.decode_hello,
    handshake.decode_accept,
    handshake.decode_refuse,
    lambda data: handshake.take_frame(data, spec.HELLO, spec.ACCEPT, spec.REFUSE),
]


def body_of(frame: bytes) -> bytes:
    return frame[handshake.HEADER_BYTES :]


def parameter(number: int, value: bytes) -> bytes:
    return struct.pack(">HH", number, len(value)) + value


def bare_hello(*parameters: bytes) -> bytes:
    """A HELLO body without parameters but these."""
    return struct.pack(">HH32sQ32sB", 1, 1, bytes(32), 0, bytes(32), 0) + b"".join(parameters)


def limits_of(prng: random.Random) -> Limits:
    values = {}
    for name, form in handshake.LIMITS.values():
        choices = [form.low, form.high, prng.randint(form.low, form.high)] + [0] * form.zero
        values[name] = prng.choice(choices)
    return Limits(**values)


@pytest.mark.parametrize("seed", range(50))
def test_what_is_encoded_decodes_to_the_same(seed: int) -> None:
    prng = random.Random(seed)
    hello = Hello(
        random=prng.randbytes(32),
        channels_hash=prng.randbytes(32),
        version_min=1,
        version_max=prng.randint(1, 65_535),
        app_id=prng.getrandbits(64),
        client_cid=prng.choice([b"", prng.randbytes(8)]),
        limits=limits_of(prng),
        ciphers=prng.choice([(1,), (2, 1), (9, 1, 2)]),
        header_protection=prng.random() < 0.5,
        token=prng.choice([None, b"", prng.randbytes(1_024)]),
    )
    hosts = ["", "192.0.2.1", "2001:db8::1", "fe80::1"]
    accept = Accept(
        random=prng.randbytes(32),
        server_cid=prng.randbytes(8),
        reset_token=prng.randbytes(16),
        peer_id=prng.randint(2, 2**31 - 1),
        cipher=prng.randint(0, 255),
        header_protection=prng.random() < 0.5,
        endpoints=tuple(Endpoint(prng.choice(hosts), prng.randint(1, 65_535)) for _ in range(prng.randint(1, 8))),
        limits=limits_of(prng),
    )
    refuse = Refuse(prng.randint(1_000, 2_999), "warum? " * prng.randint(0, 30), 1, 7)
    assert handshake.decode_hello(body_of(handshake.encode_hello(hello, prng.randbytes(11)))) == hello, seed
    assert handshake.decode_accept(body_of(handshake.encode_accept(accept, prng.randbytes(11)))) == accept, seed
    assert handshake.decode_refuse(body_of(handshake.encode_refuse(refuse))) == refuse, seed


def test_the_layout_is_that_of_the_document() -> None:
    frame = handshake.encode_hello(
        Hello(random=b"r" * 32, channels_hash=b"h" * 32, app_id=5, client_cid=b"12345678", limits=LIMITS, token=b"t"),
        b"\x00\x07\x0a12345678",
    )
    fixed = bytes.fromhex("0001 0001") + b"r" * 32 + (5).to_bytes(8, "big") + b"h" * 32 + b"\x0812345678"
    parameters = (
        "0001 0002 0514  0002 0004 00000000  0003 0004 00000001  0004 0004 00000002  0005 0004 00000003"
        "0006 0004 00000004  0007 0004 00001388  0008 0001 01  0009 0001 00  000a 0001 74  8007 0001 31"
    )
    body = fixed + bytes.fromhex(parameters)
    assert frame == b"\x01" + len(body).to_bytes(2, "big") + body
    accept = handshake.encode_accept(
        Accept(
            random=b"r" * 32,
            server_cid=b"12345678",
            reset_token=b"t" * 16,
            peer_id=9,
            endpoints=(Endpoint("", 1), Endpoint("192.0.2.1", 2), Endpoint("::1", 3)),
        ),
        GREASE,
    )
    endpoints = "03 00 0001 04 c0000201 0002 06 00000000000000000000000000000001 0003"
    head = b"\0\1" + b"r" * 32 + b"12345678" + b"t" * 16 + b"\0\0\0\x09\x01\x00" + bytes.fromhex(endpoints)
    assert accept[3:].startswith(head)
    assert handshake.encode_refuse(Refuse(11, "no")) == bytes.fromhex("03 000c 0000000b 0001 0001 0002") + b"no"


def test_absent_parameters_mean_the_defaults_and_unknown_ones_are_skipped() -> None:
    assert handshake.decode_hello(bare_hello()).limits == Limits()
    strange = bare_hello(parameter(11, b"future"), parameter(0x9000, bytes(300)))
    assert handshake.decode_hello(strange) == handshake.decode_hello(bare_hello())


@pytest.mark.parametrize("number", handshake.LIMITS)
def test_a_limit_out_of_range_or_of_another_size_is_an_error(number: int) -> None:
    name, form = handshake.LIMITS[number]
    allowed = [form.low, form.high] + [0] * form.zero
    for value in allowed:
        decoded = handshake.decode_hello(bare_hello(parameter(number, value.to_bytes(form.size, "big"))))
        assert getattr(decoded.limits, name) == value
    for value in {form.low - 1, form.high + 1, 2 ** (8 * form.size) - 1} - set(allowed):
        if 0 <= value < 2 ** (8 * form.size):
            with pytest.raises(HandshakeFormatError, match=name):
                handshake.decode_hello(bare_hello(parameter(number, value.to_bytes(form.size, "big"))))
    with pytest.raises(HandshakeFormatError):
        handshake.decode_hello(bare_hello(parameter(number, form.low.to_bytes(form.size + 1, "big"))))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\2\0\1" + bare_hello()[4:],
        bare_hello()[:-1],
        bare_hello()[:76] + b"\4abcd",
        bare_hello()[:76] + b"\x08abcd",
        bare_hello(b"\0"),
        bare_hello(parameter(11, b""), parameter(11, b"")),
        bare_hello(parameter(12, b""), parameter(11, b"")),
        bare_hello(struct.pack(">HH", 11, 65_535)),
        bare_hello(parameter(8, b"")),
        bare_hello(parameter(8, b"\2")),
        bare_hello(parameter(9, b"\2")),
        bare_hello(parameter(9, b"")),
        bare_hello(parameter(10, bytes(1_025))),
    ],
)
def test_a_malformed_hello_is_an_error(body: bytes) -> None:
    with pytest.raises(HandshakeFormatError):
        handshake.decode_hello(body)


def test_a_malformed_accept_is_an_error() -> None:
    good = bytearray(body_of(handshake.encode_accept(ACCEPT, GREASE)))
    assert handshake.decode_accept(bytes(good)) == ACCEPT
    changes = {1: 2, 58: 0x80, 61: 1, 63: 2, 64: 0, 65: 5}  # version, peer id, peer id, switch, count, endpoint kind
    for at, value in changes.items():
        bad = bytearray(good)
        bad[at] = value
        with pytest.raises(HandshakeFormatError):
            handshake.decode_accept(bytes(bad))
    too_many = good[:64] + b"\x09" + b"\0\0\1" * 9
    no_port = good[:64] + b"\x01\0\0\0"
    for bad in (too_many, no_port, good[:30]):
        with pytest.raises(HandshakeFormatError):
            handshake.decode_accept(bytes(bad))


@pytest.mark.parametrize("code", [*LOCAL_ONLY, 3_000, 2**32 - 1])
def test_a_refusal_with_a_code_that_may_not_be_sent_is_an_error(code: int) -> None:
    with pytest.raises(HandshakeFormatError):
        handshake.decode_refuse(struct.pack(">IHHH", code, 1, 1, 0))


def test_a_refusal_of_a_later_version_is_understood() -> None:
    body = struct.pack(">IHHH", 555, 3, 9, 2) + b"\xffx"
    assert handshake.decode_refuse(body) == Refuse(555, "\ufffdx", 3, 9)
    for bad in (body + b"!", body[:-1], struct.pack(">IHHH", 8, 1, 1, 257) + bytes(257)):
        with pytest.raises(HandshakeFormatError):
            handshake.decode_refuse(bad)


def test_a_long_reason_is_cut_at_a_character() -> None:
    refuse = handshake.decode_refuse(body_of(handshake.encode_refuse(Refuse(CloseCode.REFUSED, "é" * 200 + "\ud800"))))
    assert refuse.reason == "é" * 128


def test_the_versions_of_a_hello_are_readable_whatever_follows() -> None:
    assert handshake.hello_versions(b"\0\2\0\3 nobody knows what") == (2, 3)


def test_a_frame_is_taken_when_it_is_complete_and_alone() -> None:
    frame = handshake.encode_refuse(Refuse(11, "full"))
    for count in range(len(frame)):
        assert handshake.take_frame(frame[:count], spec.ACCEPT, spec.REFUSE) is None
    assert handshake.take_frame(frame, spec.ACCEPT, spec.REFUSE) == (spec.REFUSE, body_of(frame))
    for bad in (frame + b"\0", b"\x04", frame, b"\1\xff\xff", b"\1\x10\x01"):
        with pytest.raises(HandshakeFormatError):
            handshake.take_frame(bad, spec.HELLO)


def test_a_random_parameter_never_has_an_id_that_could_mean_something() -> None:
    prng = random.Random(7)
    for _ in range(200):
        body = body_of(handshake.encode_hello(HELLO, prng.randbytes(handshake.GREASE_BYTES)))
        last = body[77 + 7 * 8 - 2 + 5 + 5 :]  # Behind the seven limits, the ciphers and the switch.
        number, length = struct.unpack(">HH", last[:4])
        assert number >= 0x8000
        assert length == len(last) - 4 <= 8


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 4))
def test_no_bytes_make_a_decoder_raise_anything_else(data: bytes, which: int) -> None:
    with contextlib.suppress(HandshakeFormatError):
        DECODERS[which](data)


@pytest.mark.parametrize("seed", range(30))
def test_no_damage_to_a_good_message_makes_a_decoder_raise_anything_else(seed: int) -> None:
    prng = random.Random(seed)
    frames = [handshake.encode_hello(HELLO, GREASE), handshake.encode_accept(ACCEPT, GREASE)]
    frames.append(handshake.encode_refuse(Refuse(11, "full")))
    for _ in range(300):
        body = bytearray(body_of(prng.choice(frames)))
        for _ in range(prng.randint(1, 4)):
            body[prng.randrange(len(body))] = prng.choice([0, 1, 255, prng.getrandbits(8)])
        body = body[: prng.randint(0, len(body))] if prng.random() < 0.3 else body
        for decode in DECODERS:
            try:
                decode(bytes(body))
            except HandshakeFormatError:
                continue
