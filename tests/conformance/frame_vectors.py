"""Frame vectors: good ones with their bytes, broken ones with the close code that they earn."""

import decoder
import frame_codec as frames
from decoder import Close, Frame, varint
from make_vectors import Vector, chance

CHANNELS = {0: 0, 1: 1, 2: 2, 3: 3, 62: 0, 63: 1, 64: 3, 255: 2}
RULES = frames.Rules(CHANNELS)
SMALL_RULES = frames.Rules(CHANNELS, max_reliable=1_100, max_unreliable=1_000)  # A datagram can exceed them.


def rules_json(rules: frames.Rules) -> Vector:
    """What the receiver of these packets has configured."""
    return {
        "channels": sorted(rules.channels.items()),
        "max_reliable": rules.max_reliable,
        "max_unreliable": rules.max_unreliable,
    }


def data(channel: int, payload: bytes, number: int | None = None) -> Frame:
    """A whole message."""
    frame: Frame = {"frame": "data", "channel": channel}
    if number is not None:
        frame["id"] = number
    return frame | {"payload": payload.hex()}


def piece(channel: int, number: int, total: int, unit: int, length: int) -> Frame:
    """A piece of a message, with some payload of `length` bytes."""
    payload = chance(f"piece {channel} {number} {unit}", length).hex()
    return {"frame": "piece", "channel": channel, "id": number, "total": total, "unit": unit, "payload": payload}


TOKEN = chance("token", 8).hex()
PING: Frame = {"frame": "ping"}


def _control() -> list[tuple[str, list[Frame]]]:
    return [
        ("ping", [PING]),
        ("padding alone", [{"frame": "padding", "size": 3}]),
        (
            "binding datagram of a client",
            [{"frame": "path_challenge", "token": TOKEN}, {"frame": "padding", "size": 1164}],
        ),
        (
            "path response and challenge",
            [{"frame": "path_response", "token": TOKEN}, {"frame": "path_challenge", "token": TOKEN}],
        ),
        ("ack of one", [frames.ack_of({0})]),
        ("ack of 0..2, 4, 40", [frames.ack_of({0, 1, 2, 4, 40})]),
        ("ack of 33 ranges", [frames.ack_of(set(range(0, 66, 2)), delay=77)]),
        ("ack of large numbers", [frames.ack_of({2**62 - 1, 2**62 - 3, 2**61}, delay=2**62 - 1)]),
        ("two acks", [frames.ack_of({7}), frames.ack_of({8, 7})]),
        (
            "credit",
            [
                {"frame": "max_credit", "channel": 0, "limit": 65536},
                {"frame": "credit_wanted", "channel": 255, "limit": 2**62 - 1},
            ],
        ),
        ("close", [{"frame": "close", "code": 1234, "reason": b"bye".hex()}]),
        ("close with a reason that is not UTF-8", [{"frame": "close", "code": 0, "reason": "ff80"}]),
        ("close with the longest reason", [{"frame": "close", "code": 2999, "reason": "61" * 256}]),
        (
            "extensions",
            [
                {"frame": "extension", "type": 0x40, "body": ""},
                {"frame": "extension", "type": 0x5F, "body": "0102"},
                PING,
            ],
        ),
    ]


def _messages() -> list[tuple[str, list[Frame]]]:
    return [
        ("whole messages on every kind", [data(0, b"a", 0), data(1, b"b"), data(2, b"c", 63), data(3, b"d", 64)]),
        ("empty messages on every kind", [data(0, b"", 1), data(1, b""), data(2, b"", 2), data(3, b"", 3)]),
        (
            "channels 62, 63, 64, 255",
            [data(62, b"a", 0), data(63, b"b"), data(64, b"c", 16_384), data(255, b"d", 2**62 - 2)],
        ),
        (
            "pieces on every kind",
            [piece(n, 9, 100, 0, 32) for n in range(4)] + [piece(n, 9, 100, 1, 68) for n in range(4)],
        ),
        ("piece on channel 255", [piece(255, 2**30, 1 << 20, 32_767, 32)]),
        ("shortest cut message", [piece(1, 0, 33, 1, 1)]),
        ("messages of one packet's size", [data(1, chance("big", 1163))]),
        (
            "everything in order",
            [
                frames.ack_of({3, 1}),
                {"frame": "path_response", "token": TOKEN},
                {"frame": "max_credit", "channel": 2, "limit": 1},
                {"frame": "credit_wanted", "channel": 2, "limit": 2},
                data(0, b"again", 5),
                data(1, b"new"),
                PING,
                {"frame": "padding", "size": 5},
            ],
        ),
    ]


def good_frames() -> Vector:
    """Packets that decode, and encode to the same bytes."""
    made = []
    for name, packet in _control() + _messages():
        plaintext = frames.encode_frames(packet)
        decoded = frames.decode_frames(plaintext, RULES)
        assert decoded == packet, (name, decoded)
        made.append(
            {"name": name, "plaintext": plaintext.hex(), "frames": decoded, "elicits_ack": frames.elicits_ack(decoded)}
        )
    return {"rules": rules_json(RULES), "packets": made}


def raw(*parts: int | bytes) -> bytes:
    """Bytes as they are, numbers as varints."""
    return b"".join(part if isinstance(part, bytes) else varint(part) for part in parts)


def broken_piece(channel: int, total: int, unit: int, length: int) -> bytes:
    """A piece of id 0 with these fields, and zeros for payload."""
    return raw(bytes([0xC0 | channel]), 0, total, unit, length, bytes(length))


def _broken_control() -> list[tuple[str, bytes]]:
    return [
        ("reserved type 0x08", b"\x08"),
        ("reserved type 0x3f", b"\x3f"),
        ("reserved type 0x60", b"\x60"),
        ("reserved type 0x7f", b"\x7f"),
        ("padding that is not zero", b"\x01\x00\x00\x01"),
        ("ack cut short", b"\x02\x05\x00\x01\x00\x00"),
        ("ack below 0 in the first range", raw(b"\x02", 4, 0, b"\0", 5)),
        ("ack below 0 by a gap", raw(b"\x02", 4, 0, b"\1", 1, 2, 0)),
        ("ack below 0 by a length", raw(b"\x02", 9, 0, b"\1", 0, 0, 8)),
        ("ack whose gap would overflow", raw(b"\x02", 9, 0, b"\1", 0, 2**62 - 1, 0)),
        ("ack with 33 further ranges", raw(b"\x02", 100, 0, b"\x21", 0, *[0, 0] * 33)),
        ("ack with a long varint", b"\x02\x40\x05\x00\x00\x00"),
        ("max_credit cut short", b"\x03\x00"),
        ("max_credit for an unreliable channel", b"\x03\x01\x05"),
        ("credit_wanted for a sequenced channel", b"\x04\x03\x05"),
        ("max_credit for no channel", b"\x03\x09\x05"),
        ("credit_wanted for no channel", b"\x04\x09\x05"),
        ("path_challenge cut short", b"\x05" + bytes(7)),
        ("path_response cut short", b"\x06" + bytes(7)),
        *[(f"close with unlisted code {code}", b"\x07" + code.to_bytes(4, "big") + bytes(2)) for code in (19, 39, 999)],
        ("close with an application code over 2999", b"\x07" + (3000).to_bytes(4, "big") + bytes(2)),
        ("close with the largest code", b"\x07\xff\xff\xff\xff" + bytes(2)),
        *[
            (f"close with local code {code}", b"\x07" + code.to_bytes(4, "big") + bytes(2))
            for code in sorted(decoder.LOCAL_CODES)
        ],
        ("close with a reason of 257", b"\x07" + bytes(4) + (257).to_bytes(2, "big") + bytes(257)),
        ("close with a reason cut short", b"\x07" + bytes(4) + b"\x00\x02a"),
        ("extension cut short", b"\x40\x02a"),
        ("extension with a long length", b"\x40\x40\x00"),
        ("good frame before a bad one", b"\x01\x08"),
    ]


def _broken_messages() -> list[tuple[str, bytes]]:
    reliable, unreliable = SMALL_RULES.max_reliable, SMALL_RULES.max_unreliable
    return [
        ("data on no channel", b"\x89\x00"),
        ("data on no channel, nothing behind", b"\x89"),
        ("data on channel 62 in two bytes", b"\xbf\x3e\x00\x00"),
        ("data on channel 0 in two bytes", b"\xbf\x00\x00\x00"),
        ("data on no channel over 63", b"\xbf\x80\x00"),
        ("data without its second channel byte", b"\xbf"),
        ("data without an id", b"\x80"),
        ("data cut short", b"\x81\x05abcd"),
        ("data with a long length", b"\x81\x40\x01a"),
        ("data with a length of 2^62 - 1", raw(b"\x81", 2**62 - 1, b"a")),
        ("message over the unreliable maximum", raw(b"\x81", unreliable + 1, bytes(unreliable + 1))),
        ("message over the sequenced maximum", raw(b"\x83", 0, unreliable + 1, bytes(unreliable + 1))),
        ("message over the reliable maximum", raw(b"\x80", 0, reliable + 1, bytes(reliable + 1))),
        ("piece of total 0", broken_piece(0, 0, 0, 0)),
        ("piece of length 0", broken_piece(0, 64, 0, 0)),
        ("piece that is the whole message", broken_piece(0, 64, 0, 64)),
        ("piece longer than its message", broken_piece(0, 63, 0, 64)),
        ("piece past its message", broken_piece(0, 64, 1, 33)),
        ("piece that begins at the end", broken_piece(0, 64, 2, 32)),
        ("piece not of whole units", broken_piece(0, 100, 0, 33)),
        ("piece whose unit would overflow", broken_piece(0, 64, 2**59, 32)),
        ("piece with the largest unit", broken_piece(0, 64, 2**62 - 1, 32)),
        ("piece of a message over the reliable maximum", broken_piece(2, reliable + 1, 0, 32)),
        ("piece of a message over the unreliable maximum", broken_piece(1, unreliable + 1, 0, 32)),
        ("piece of the largest total", broken_piece(0, 2**62 - 1, 0, 32)),
        ("message id of 2^62 - 1", raw(b"\x80", 2**62 - 1, 1, b"a")),
        ("piece of message id 2^62 - 1", raw(b"\xc1", 2**62 - 1, 64, 0, 32, bytes(32))),
        ("piece cut short", broken_piece(0, 64, 0, 32)[:-1]),
        ("piece on no channel", broken_piece(9, 64, 0, 32)),
    ]


def broken_frames() -> Vector:
    """Packets that close the connection."""
    cases = _broken_control() + _broken_messages()
    packets = [{"name": name, "plaintext": data.hex(), "code": _code_of(name, data)} for name, data in cases]
    return {"rules": rules_json(SMALL_RULES), "packets": packets}


def _code_of(name: str, plaintext: bytes) -> str:
    try:
        frames.decode_frames(plaintext, SMALL_RULES)
    except Close as close:
        return str(close)
    raise AssertionError(name)
