"""Section 5 of PROTOCOL.md: the frames of a packet to dictionaries and back, byte for byte."""

from dataclasses import dataclass, field

from decoder import CODES, LOCAL_CODES, RELIABLE, UNRELIABLE, Close, Frame, Reader, varint

DEFAULT_CHANNELS = {0: 0, 1: 1, 2: 2, 3: 3}
NAMES = {0x01: "ping", 0x02: "ack", 0x03: "max_credit", 0x04: "credit_wanted", 0x05: "path_challenge",
         0x06: "path_response", 0x07: "close"}  # fmt: skip
TYPES = {name: number for number, name in NAMES.items()}
ID_MAX = (1 << 62) - 2
SILENT = ("padding", "ack", "close")  # Frames that elicit no ack.


@dataclass
class Rules:
    """What a receiver holds frames against: its channels, number to kind, and the maxima that it announced."""

    channels: dict[int, int] = field(default_factory=lambda: dict(DEFAULT_CHANNELS))
    max_reliable: int = 1 << 20
    max_unreliable: int = 1 << 14

    def maximum(self, channel: int) -> int:
        return self.max_reliable if self.channels[channel] in RELIABLE else self.max_unreliable


def decode_frames(plaintext: bytes, rules: Rules) -> list[Frame]:
    """All frames of a packet, up to a CLOSE. Raises `Close`."""
    reader, frames = Reader(plaintext), []
    while reader.left():
        frames.append(_decode_frame(reader, rules))
        if frames[-1]["frame"] == "close":
            break
    return frames


def _decode_frame(reader: Reader, rules: Rules) -> Frame:
    kind = reader.number(1)
    if kind >= 0x80:
        return _decode_data(reader, kind, rules)
    if 0x40 <= kind <= 0x5F:
        return {"frame": "extension", "type": kind, "body": reader.take(reader.varint()).hex()}
    if kind == 0:
        rest = reader.take(reader.left())
        if any(rest):
            raise Close("FRAME_INVALID")
        return {"frame": "padding", "size": 1 + len(rest)}
    if kind not in NAMES:
        raise Close("FRAME_INVALID")
    frame: Frame = {"frame": NAMES[kind]}
    if kind == 0x02:
        return frame | _decode_ack(reader)
    if kind in (0x03, 0x04):
        return frame | _decode_credit(reader, rules)
    if kind in (0x05, 0x06):
        return frame | {"token": reader.take(8).hex()}
    if kind == 0x07:
        return frame | _decode_close(reader)
    return frame


def _decode_ack(reader: Reader) -> Frame:
    frame: Frame = {"largest": reader.varint(), "delay": reader.varint()}
    count = reader.number(1)
    if count > 32:
        raise Close("FRAME_INVALID")
    frame["first"] = reader.varint()
    frame["ranges"] = [[reader.varint(), reader.varint()] for _ in range(count)]
    ack_ranges(frame)
    return frame


def ack_ranges(frame: Frame) -> list[tuple[int, int]]:
    """The ranges (low, high) that an ACK names, the highest first (5.1). Raises `Close` below 0."""
    high, low = frame["largest"], frame["largest"] - frame["first"]
    ranges = [(low, high)]
    for gap, length in frame["ranges"]:
        high = low - gap - 2
        low = high - length
        ranges.append((low, high))
    if any(low < 0 for low, _ in ranges):
        raise Close("FRAME_INVALID")
    return ranges


def ack_of(numbers: set[int], delay: int = 0) -> Frame:
    """The ACK that names exactly `numbers`."""
    ordered = sorted(numbers, reverse=True)
    runs = [[ordered[0], ordered[0]]]  # high, low
    for number in ordered[1:]:
        if number == runs[-1][1] - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    ranges = [[runs[i][1] - runs[i + 1][0] - 2, runs[i + 1][0] - runs[i + 1][1]] for i in range(len(runs) - 1)]
    first = runs[0][0] - runs[0][1]
    return {"frame": "ack", "largest": ordered[0], "delay": delay, "first": first, "ranges": ranges}


def _decode_credit(reader: Reader, rules: Rules) -> Frame:
    channel, limit = reader.number(1), reader.varint()
    if channel not in rules.channels:
        raise Close("CHANNEL_UNKNOWN")
    if rules.channels[channel] not in RELIABLE:
        raise Close("PROTOCOL_VIOLATION")
    return {"channel": channel, "limit": limit}


def _decode_close(reader: Reader) -> Frame:
    code, length = reader.number(4), reader.number(2)
    listed = code in CODES.values() and code not in LOCAL_CODES
    if length > 256 or not (listed or 1000 <= code < 3000):
        raise Close("FRAME_INVALID")
    return {"code": code, "reason": reader.take(length).hex()}


def _decode_data(reader: Reader, kind: int, rules: Rules) -> Frame:
    channel = kind & 0x3F
    if channel == 63:
        channel = reader.number(1)
        if channel < 63:
            raise Close("FRAME_INVALID")
    if channel not in rules.channels:
        raise Close("CHANNEL_UNKNOWN")
    if kind & 0x40:
        return _decode_piece(reader, channel, rules.maximum(channel))
    frame: Frame = {"frame": "data", "channel": channel}
    if rules.channels[channel] != UNRELIABLE:
        frame["id"] = _message_id(reader)
    payload = reader.take(reader.varint())
    if len(payload) > rules.maximum(channel):
        raise Close("MESSAGE_TOO_LARGE")
    return frame | {"payload": payload.hex()}


def _message_id(reader: Reader) -> int:
    number = reader.varint()
    if number > ID_MAX:
        raise Close("FRAME_INVALID")
    return number


def _decode_piece(reader: Reader, channel: int, maximum: int) -> Frame:
    number, total, unit = _message_id(reader), reader.varint(), reader.varint()
    payload = reader.take(reader.varint())
    length = len(payload)
    if not 1 <= length < total:
        raise Close("FRAME_INVALID")
    if total > maximum:
        raise Close("MESSAGE_TOO_LARGE")
    end = 32 * unit + length
    if end > total or (length % 32 and end != total):
        raise Close("FRAME_INVALID")
    return {"frame": "piece", "channel": channel, "id": number, "total": total, "unit": unit, "payload": payload.hex()}


def encode_frames(frames: list[Frame]) -> bytes:
    """The plaintext of a packet."""
    return b"".join(map(_encode_frame, frames))


def _encode_frame(frame: Frame) -> bytes:
    name = frame["frame"]
    if name in ("data", "piece"):
        return _encode_data(frame)
    if name == "padding":
        return bytes(frame["size"])
    if name == "extension":
        body = bytes.fromhex(frame["body"])
        return bytes([frame["type"]]) + varint(len(body)) + body
    kind = bytes([TYPES[name]])
    if name == "ack":
        head = varint(frame["largest"]) + varint(frame["delay"]) + bytes([len(frame["ranges"])])
        return kind + head + varint(frame["first"]) + b"".join(varint(g) + varint(n) for g, n in frame["ranges"])
    if name in ("max_credit", "credit_wanted"):
        return kind + bytes([frame["channel"]]) + varint(frame["limit"])
    if name == "close":
        reason = bytes.fromhex(frame["reason"])
        return kind + int(frame["code"]).to_bytes(4, "big") + len(reason).to_bytes(2, "big") + reason
    return kind + bytes.fromhex(frame.get("token", ""))


def _encode_data(frame: Frame) -> bytes:
    channel, payload = frame["channel"], bytes.fromhex(frame["payload"])
    piece = frame["frame"] == "piece"
    head = bytes([0x80 | piece << 6 | min(channel, 63)]) + (bytes([channel]) if channel >= 63 else b"")
    if "id" in frame:
        head += varint(frame["id"])
    if piece:
        head += varint(frame["total"]) + varint(frame["unit"])
    return head + varint(len(payload)) + payload


def elicits_ack(frames: list[Frame]) -> bool:
    """Whether a packet of these frames must be acknowledged."""
    return any(frame["frame"] not in SILENT for frame in frames)
