"""Writes vectors/*.json from the decoder, the same bytes every time: `python tests/conformance/make_vectors.py`."""

import hashlib
import itertools
import json
from pathlib import Path
from typing import Any

import decoder
import frame_codec as frames
import handshake_codec as codec
from decoder import Close, Drop, Receiver, varint

HERE = Path(__file__).parent / "vectors"
EKM = bytes(range(32))
CID = bytes(range(0xA0, 0xA8))
CLIENT_CID = bytes(range(0xC0, 0xC8))
Vector = dict[str, Any]


def chance(name: str, count: int) -> bytes:
    """`count` bytes that look random and are always the same for `name`."""
    return b"".join(hashlib.sha256(f"{name}/{i}".encode()).digest() for i in range(count // 32 + 1))[:count]


def verdict(action: Any) -> str:
    """What a call comes to: "ok", "drop REASON", "close CODE", "refuse CODE" or "abort"."""
    try:
        action()
    except Drop as drop:
        return f"drop {drop}"
    except Close as close:
        return f"close {close}"
    except codec.Refused as refused:
        return f"refuse {refused}"
    except codec.Abort:
        return "abort"
    return "ok"


# Keys and numbers.


def keys() -> Vector:
    schedules = []
    for ekm in (EKM, chance("ekm", 32)):
        for direction in ("c2s", "s2c"):
            phases = []
            for phase in range(4):
                secret = decoder.phase_secret(ekm, direction, phase)
                key, iv = decoder.packet_key(secret)
                phases.append({"secret": secret.hex(), "key": key.hex(), "iv": iv.hex()})
            hp = decoder.header_key(ekm, direction).hex()
            schedules.append({"ekm": ekm.hex(), "direction": direction, "hp": hp, "phases": phases})
    tables: list[dict[int, int]] = [
        {0: 0, 1: 1, 2: 2, 3: 3},
        {7: 3},
        {255: 1, 0: 2, 63: 0},
        dict.fromkeys(range(256), 0),
    ]
    hashes = [{"channels": sorted(table.items()), "hash": decoder.channels_hash(table).hex()} for table in tables]
    token = decoder.reset_token(chance("reset key", 32), CID).hex()
    reset = {"reset_key": chance("reset key", 32).hex(), "server_cid": CID.hex(), "reset_token": token}
    return {"schedules": schedules, "channels_hashes": hashes, "reset_tokens": [reset]}


def varints() -> Vector:
    values = [v + d for v in (0, 63, 16_383, 2**30 - 1, 2**62 - 1) for d in (-1, 0, 1) if 0 <= v + d < 2**62]
    good = [{"value": value, "bytes": varint(value).hex()} for value in values]
    longer = [(exponent << bits | value).to_bytes(1 << exponent, "big")
              for exponent, bits, value in ((1, 14, 0), (1, 14, 63), (2, 30, 16_383), (3, 62, 2**30 - 1))]  # fmt: skip
    truncated = [b"", b"\x40", b"\x80\x00\x00", b"\xc0" + bytes(6)]
    return {"good": good, "broken": [data.hex() for data in longer + truncated]}


def numbers() -> Vector:
    """RFC 9000 A.2 and A.3, and the edges of every length."""
    lengths = [(0xAC5C02, 0xABE8B3), (0xACE8FE, 0xABE8B3), (0, -1), (2**15 - 1, -1), (2**15, -1), (2**23, 0),
               (2**23 + 1, 0), (2**31 - 1, -1), (2**62 - 1, 2**62 - 2)]  # fmt: skip
    recoveries = [(0x9B32, 2, 0xA82F30EA), (0, 2, -1), (0xFFFF, 2, -1), (0x7FFF, 2, -1), (0, 2, 0xFFFF),
                  (0xFFFF, 2, 0x10000), (1, 3, 0xFFFFFF), (0, 4, 0xFFFFFFFF), (0xFFFF, 2, 2**62 - 1),
                  (0, 2, 2**62 - 1), (5, 2, 2**62 - 1)]  # fmt: skip
    for size, step in itertools.product((2, 3, 4), (-1, 0, 1)):
        half = 1 << (8 * size - 1)
        recoveries += [((5_000_000_000 + half + step) % (1 << 8 * size), size, 5_000_000_000 - 1)]
    return {
        "lengths": [{"number": n, "largest_acked": a, "bytes": decoder.number_length(n, a)} for n, a in lengths],
        "recoveries": [
            {"truncated": t, "bytes": p, "largest": n, "number": decoder.recover(t, p, n)} for t, p, n in recoveries
        ],
    }


# Packets.


def sealed(cipher: int, hidden: bool, phase: int, route: str, size: int) -> Vector:
    direction, _, _id_bytes = route.partition("/")
    connection_id = {"c2s/8": CID, "s2c/0": b"", "s2c/8": CLIENT_CID}[route]
    name = f"cipher {cipher}, header protection {hidden}, phase {phase}, {route}, number in {size}"
    seed = chance(name, 8)
    largest = int.from_bytes(seed[:4], "big") * 3 + phase
    number = largest + 1 + seed[4] % 64
    payload = chance(f"payload of {name}", seed[5] % 40)
    plaintext = frames.encode_frames([{"frame": "data", "channel": 0, "id": seed[6], "payload": payload.hex()}])
    key, iv = decoder.packet_key(decoder.phase_secret(EKM, direction, phase))
    hp = decoder.header_key(EKM, direction)
    datagram = decoder.seal(cipher, key, iv, connection_id, number, size, phase, plaintext, hp if hidden else None)
    return {
        "name": name, "ekm": EKM.hex(), "direction": direction, "cipher": cipher, "header_protection": hidden,
        "phase": phase, "connection_id": connection_id.hex(), "largest": largest, "number": number,
        "number_bytes": size, "plaintext": plaintext.hex(), "datagram": datagram.hex(),
    }  # fmt: skip


def packets() -> list[Vector]:
    routes = ("c2s/8", "s2c/0", "s2c/8")
    dimensions = ((1, 2), (False, True), (0, 1, 2), routes, (2, 3, 4))
    return [sealed(*choice) for choice in itertools.product(*dimensions)] + [worked_example(h) for h in (False, True)]


def worked_example(hidden: bool) -> Vector:
    """Section 2.4."""
    plaintext = bytes.fromhex("810568656c6c6f")
    key, iv = decoder.packet_key(decoder.phase_secret(EKM, "c2s", 0))
    hp = decoder.header_key(EKM, "c2s") if hidden else None
    return {
        "name": f"worked example, header protection {hidden}", "ekm": EKM.hex(), "direction": "c2s", "cipher": 1,
        "header_protection": hidden, "phase": 0, "connection_id": CID.hex(), "largest": 0x1234566, "number": 0x1234567,
        "number_bytes": 2, "plaintext": plaintext.hex(),
        "datagram": decoder.seal(1, key, iv, CID, 0x1234567, 2, 0, plaintext, hp).hex(),
    }  # fmt: skip


def receiver_of(case: Vector) -> Receiver:
    """The receiver that a broken packet meets: the server of the default connection, after packet `largest`."""
    receiver = Receiver(
        bytes.fromhex(case["ekm"]), case["direction"], case["cipher"], case["header_protection"],
        bytes.fromhex(case["connection_id"]), wait_bind=case.get("wait_bind", False), ended=case.get("ended", False),
        phase=case["phase"], largest=case["largest"],
    )  # fmt: skip
    receiver.seen, receiver.first = set(case["seen"]), case["first"]
    return receiver


def receive(case: Vector) -> list[decoder.Frame]:
    """Everything from check 1 to the frames. Raises `Drop` or `Close`."""
    _, flags, plaintext = receiver_of(case).open(bytes.fromhex(case["datagram"]))
    decoder.check_flags(flags, plaintext)
    return frames.decode_frames(plaintext, frames.Rules())


def broken_packets() -> list[Vector]:
    return [dict(case, verdict=verdict(lambda case=case: receive(case))) for case in _broken_cases()]


def _broken_cases() -> list[Vector]:
    cases = []
    for cipher, hidden in itertools.product((1, 2), (False, True)):
        cases += broken_of(cipher, hidden)
    return cases


def broken_of(cipher: int, hidden: bool, own_id: bytes = CID, ekm: bytes = EKM) -> list[Vector]:
    """Datagrams to the server whose connection id is `own_id`, in the state that each case states."""
    hp = decoder.header_key(ekm, "c2s") if hidden else None

    def make(
        number: int = 5_000, phase: int = 1, size: int = 2, plaintext: bytes = b"\x01\x01\x01", *, cid: bytes = own_id,
        bit: int | None = None, reserved: int = 0, direction: str = "c2s",
    ) -> bytes:  # fmt: skip
        key, iv = decoder.packet_key(decoder.phase_secret(ekm, direction, phase))
        return decoder.seal(cipher, key, iv, cid, number, size, phase if bit is None else bit, plaintext, hp, reserved)

    good = make()
    seen = {"largest": 4_999, "seen": [4_990, 4_999], "first": 4_000, "phase": 1}
    table: list[tuple[str, bytes, Vector]] = [
        ("good", good, {}),
        ("good, of the phase before", make(3_999, 0), {}),
        ("good, of the next phase", make(5_000, 2), {}),
        ("good, oldest number of the window", make((4_999 >> 6) - 31 << 6), {}),
        ("good, largest of all", make(5_000, plaintext=b"\x01" + bytes(1472 - 1 - 27)), {}),
        ("one byte short", make(plaintext=b"\x01\x01")[:-1], {}),
        ("empty", b"", {}),
        ("one byte over max_datagram", make(5_000, plaintext=b"\x01" + bytes(1472 - 27)), {}),
        ("top bits 00", bytes([good[0] ^ 0x40]) + good[1:], {}),
        ("top bits 11", bytes([good[0] | 0xC0]) + good[1:], {}),
        ("another connection id", make(cid=CLIENT_CID), {}),
        ("ended", good, {"ended": True}),
        ("small while waiting to bind", good, {"wait_bind": True}),
        ("1200 bytes while waiting to bind", make(plaintext=b"\x01" + bytes(1200 - 28)), {"wait_bind": True}),
        ("number length 1", make(size=1), {}),
        ("seen before", make(4_990), {}),
        ("older than the window", make(((4_999 >> 6) - 31 << 6) - 1), {}),
        ("number of 2^62", make(2**62, size=4), {"largest": 2**62 - 1, "seen": []}),
        ("bit of a phase before phase 0", make(5_000, 1), {"phase": 0, "first": 6_000}),
        ("number of the next phase below the current one's", make(3_999, 2), {}),
        ("bit of the next phase, key of the current", make(5_000, 1, bit=0), {}),
        ("phase skipped", make(5_000, 3), {}),
        ("sent back to its sender", make(direction="s2c"), {}),
        ("reserved bit 3", make(reserved=1), {}),
        ("reserved bit 5", make(reserved=4), {}),
        ("no frame", make(size=4, plaintext=b""), {}),
        ("padding alone", make(plaintext=bytes(2)), {}),
        ("unknown frame", make(plaintext=b"\x01\x3f"), {}),
    ]
    for at in (0, 1, 9, 11, len(good) - 17, len(good) - 1):
        flipped = good[:at] + bytes([good[at] ^ (0x04 if at == 0 else 0x01)]) + good[at + 1 :]
        table.append((f"one bit flipped in byte {at}", flipped, {}))
    base = {
        "ekm": ekm.hex(),
        "direction": "c2s",
        "cipher": cipher,
        "header_protection": hidden,
        "connection_id": own_id.hex(),
    }
    where = f"cipher {cipher}, header protection {hidden}: "
    return [base | seen | extra | {"name": where + name, "datagram": data.hex()} for name, data, extra in table]


def write(name: str, content: Any) -> tuple[Path, str]:
    """Where a file belongs, and its text."""
    return HERE / f"{name}.json", json.dumps(content, indent=1) + "\n"


def all_files() -> dict[Path, str]:
    """Every vector file by path."""
    from frame_vectors import broken_frames, good_frames
    from handshake_vectors import handshake

    contents = {
        "keys": keys(), "varints": varints(), "numbers": numbers(), "packets": packets(),
        "broken_packets": broken_packets(), "frames": good_frames(), "broken_frames": broken_frames(),
        "handshake": handshake(),
    }  # fmt: skip
    return dict(write(name, content) for name, content in contents.items())


if __name__ == "__main__":
    for path, text in all_files().items():
        path.write_text(text)
