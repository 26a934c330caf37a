"""FastNet's handshake, keys and sealing against the vectors that were made from PROTOCOL.md alone."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from fastnet.protocol import config, handshake, keys, negotiation, spec
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.numbers import LOCAL_ONLY, CloseCode
from fastnet.protocol.replay import ReplayWindow
from fastnet.protocol.sealing import HeaderKey, PacketKey
from fastnet.protocol.ticket import Limits

HERE = Path(__file__).parent
PROTOCOL = (HERE.parents[1] / "PROTOCOL.md").read_text()
LIMIT_NAMES = {str(number): name for number, (name, _) in handshake.LIMITS.items()}


def load(name: str) -> Any:
    return json.loads((HERE / "vectors" / f"{name}.json").read_text())


def test_the_key_schedule_agrees() -> None:
    vectors = load("keys")
    for case in vectors["schedules"]:
        secret = keys.derive_secrets(bytes.fromhex(case["ekm"]))[case["direction"] == "s2c"]
        assert keys.header_key(secret).hex() == case["hp"]
        for phase in case["phases"]:
            key, iv = keys.packet_key(secret)
            assert (secret.hex(), key.hex(), iv.hex()) == (phase["secret"], phase["key"], phase["iv"])
            secret = keys.next_secret(secret)
    for case in vectors["reset_tokens"]:
        connection_id = int(case["server_cid"], 16)
        assert keys.reset_token(bytes.fromhex(case["reset_key"]), connection_id).hex() == case["reset_token"]


def test_the_hash_of_the_channels_agrees() -> None:
    names = {number: name for name, number in config.KIND_NAMES.items()}
    for case in load("keys")["channels_hashes"]:
        channels = {number: names[kind] for number, kind in case["channels"]}
        assert negotiation.channels_hash(config.Config(channels=channels)).hex() == case["hash"]


def test_the_transcript_hash_agrees() -> None:
    for case in load("handshake")["transcripts"]:
        certificate = None if case["client_certificate"] is None else bytes.fromhex(case["client_certificate"])
        hello, accept = bytes.fromhex(case["hello"]), bytes.fromhex(case["accept"])
        assert negotiation.transcript_hash(hello, accept, certificate).hex() == case["hash"]


def test_varints_agree() -> None:
    datagram, vectors = Datagram(64), load("varints")
    for case in vectors["good"]:
        datagram.load(bytes.fromhex(case["bytes"]))
        assert (datagram.varint(), datagram.left(), datagram.bad) == (case["value"], 0, False)
        datagram.rewind()
        datagram.put_varint(case["value"])
        datagram.size = datagram.at
        assert datagram.content().hex() == case["bytes"]
    for broken in vectors["broken"]:
        datagram.load(bytes.fromhex(broken))
        datagram.varint()
        assert datagram.bad, broken


@pytest.mark.parametrize("case", load("packets"), ids=lambda case: case["name"])
def test_sealed_packets_agree_both_ways(case: dict[str, Any]) -> None:
    secret = keys.derive_secrets(bytes.fromhex(case["ekm"]))[case["direction"] == "s2c"]
    hider = HeaderKey(keys.header_key(secret))
    for _ in range(case["phase"]):
        secret = keys.next_secret(secret)
    number_at, number_bytes = 1 + len(case["connection_id"]) // 2, case["number_bytes"]
    header_bytes = number_at + number_bytes
    flags = spec.FLAG_FIXED | (case["phase"] & 1) * spec.FLAG_PHASE | number_bytes - 1
    number = case["number"] & ((1 << 8 * number_bytes) - 1)
    header = bytes([flags]) + bytes.fromhex(case["connection_id"]) + number.to_bytes(number_bytes, "big")
    plain = header + bytes.fromhex(case["plaintext"])

    datagram = Datagram(1_500)
    datagram.load(plain)
    assert PacketKey(case["cipher"], *keys.packet_key(secret), True).seal(datagram, header_bytes, case["number"])
    if case["header_protection"]:
        assert hider.flip(datagram, number_at, number_bytes)
    assert datagram.content().hex() == case["datagram"]

    if case["header_protection"]:
        assert hider.flip_received(datagram, number_at) == flags
    assert PacketKey(case["cipher"], *keys.packet_key(secret), False).open(datagram, header_bytes, case["number"])
    assert datagram.content() == plain


def our_message(data: bytes) -> handshake.Hello | handshake.Accept | handshake.Refuse:
    """Decode as the receiver of this message would."""
    frame = handshake.take_frame(data, spec.HELLO, spec.ACCEPT, spec.REFUSE)
    if frame is None:
        raise handshake.HandshakeFormatError("incomplete")
    if frame[0] == spec.HELLO:
        return handshake.decode_hello(frame[1])
    return handshake.decode_accept(frame[1]) if frame[0] == spec.ACCEPT else handshake.decode_refuse(frame[1])


@pytest.mark.parametrize("case", load("handshake")["messages"], ids=lambda case: case["name"])
def test_handshake_messages_decode_to_the_same_fields(case: dict[str, Any]) -> None:
    ours, stated = our_message(bytes.fromhex(case["bytes"])), case["fields"]
    for name in stated.keys() - {"message", "parameters", "endpoints", "reason"}:
        value = getattr(ours, name)
        assert (value.hex() if isinstance(value, bytes) else value) == stated[name], name
    if isinstance(ours, handshake.Refuse):
        assert ours.reason == bytes.fromhex(stated["reason"]).decode("utf-8", "replace")
        return
    assert {name: getattr(ours.limits, name) for name in LIMIT_NAMES.values()} == {
        LIMIT_NAMES[number]: value for number, value in case["limits"].items()
    }
    if isinstance(ours, handshake.Accept):
        assert [endpoint.port for endpoint in ours.endpoints] == [each["port"] for each in stated["endpoints"]]
    else:
        parameters = dict(stated["parameters"])
        assert bytes(ours.ciphers).hex() == parameters.get(8, "01")
        assert ours.header_protection == (parameters.get(9) == "01")
        assert (ours.token or b"").hex() == parameters.get(10, "")


@pytest.mark.parametrize("case", load("handshake")["broken"], ids=lambda case: case["name"])
def test_broken_handshake_messages_are_not_taken(case: dict[str, Any]) -> None:
    data = bytes.fromhex(case["bytes"])
    if case["verdict"] == "refuse VERSION_MISMATCH":
        frame = handshake.take_frame(data, spec.HELLO)
        assert frame is not None
        refusal = negotiation.refuse_versions(*handshake.hello_versions(frame[1]))
        assert refusal is not None
        assert refusal.code == CloseCode.VERSION_MISMATCH
        return
    with pytest.raises(handshake.HandshakeFormatError):
        our_message(data)


def test_handshake_messages_of_ours_are_read_by_the_second_reader() -> None:
    import decoder
    import handshake_codec as codec

    limits = Limits(max_datagram_bytes=1_300, idle_timeout_ms=0, initial_credit_bytes=4_096)
    own = config.Config()
    hello = handshake.Hello(
        random=bytes(range(32)), channels_hash=negotiation.channels_hash(own), app_id=77, client_cid=b"12345678",
        limits=limits, ciphers=(2, 1), header_protection=True, token=b"ticket",
    )  # fmt: skip
    endpoints = (handshake.Endpoint("", 7), handshake.Endpoint("192.0.2.1", 8), handshake.Endpoint("2001:db8::1", 9))
    accept = handshake.Accept(
        random=bytes(32), server_cid=b"abcdefgh", reset_token=bytes(16), peer_id=2, endpoints=endpoints, cipher=2,
        header_protection=True, limits=limits,
    )  # fmt: skip
    for grease in (bytes(11), bytes(range(100, 111)), b"\xff" * 11):
        read = codec.decode_message(handshake.encode_hello(hello, grease))
        answer = codec.decode_message(handshake.encode_accept(accept, grease))
        codec.check_accept(read, answer)
        codec.answer(read, 77, decoder.channels_hash({0: 0, 1: 1, 2: 2, 3: 3}))
        assert read["parameters"][-1][0] >= 0x8000
        assert answer["parameters"][-1][0] >= 0x8000
        assert codec.limits(read) == codec.limits(answer) == {
            int(number): getattr(limits, name) for number, name in LIMIT_NAMES.items()
        }  # fmt: skip
        assert [each["kind"] for each in answer["endpoints"]] == [0, 4, 6]
    refusal = handshake.encode_refuse(handshake.Refuse(CloseCode.SERVER_FULL, "grüße" * 100))
    assert len(bytes.fromhex(codec.decode_message(refusal)["reason"])) <= 256


def test_the_replay_window_agrees_with_the_page() -> None:
    """Number n is too old when (highest >> 6) - (n >> 6) >= 32."""
    window = ReplayWindow()
    window.mark(4_999)
    oldest = (4_999 >> 6) - 31 << 6
    assert window.is_fresh(oldest)
    assert not window.is_fresh(oldest - 1)
    assert not window.is_fresh(4_999)


def test_the_close_codes_are_those_of_the_page() -> None:
    for code in CloseCode:
        assert f"{code.value}{'*' if code in LOCAL_ONLY else ''} {code.name}" in PROTOCOL


def whole(text: str) -> int:
    """A number as the table of limits writes it."""
    text = text.strip().replace(",", "")
    power, _, less = text.partition(" - ")
    if "^" in power:
        return (1 << int(power.removeprefix("2^"))) - int(less or 0)
    number, _, unit = text.partition(" ")
    return int(number) * {"": 1, "byte": 1, "KiB": 1_024, "MiB": 1_048_576}[unit]


def test_the_limits_are_those_of_the_page() -> None:
    """Every row of section 12, name, default and range, is the configuration's, and the other way round."""
    section = PROTOCOL.partition("## 12. Limits")[2].partition("Constants of version 1")[0]
    rows = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0].islower():
            rows[cells[0]] = cells
    limits = {item.name: item for item in fields(config.Config) if "low" in item.metadata and item.name != "app_id"}
    assert rows.keys() == limits.keys()
    for name, item in limits.items():
        low, _, high = rows[name][2].partition("..")
        zero = high.endswith(", or 0 for none")
        high = high.removesuffix(", or 0 for none")
        assert whole(rows[name][1]) == item.default, name
        stated = (whole(low), whole(high), zero)
        assert stated == (item.metadata["low"], item.metadata["high"], item.metadata["zero"]), name


def test_the_constants_are_those_of_the_page() -> None:
    rows = dict(
        pair
        for line in PROTOCOL.partition("Constants of version 1")[2].partition("##")[0].splitlines()
        for cells in [[cell.strip() for cell in line.strip("|").split("|")]]
        if len(cells) == 4
        for pair in ((cells[0], cells[1]), (cells[2], cells[3]))
    )
    for name, value in (
        ("base datagram", f"{spec.DATAGRAM_BYTES_BASE:,} bytes"),
        ("replay window", f"{spec.REPLAY_WORDS} x 64 numbers"),
        ("ACK ranges", f"{spec.ACK_BLOCKS_MAX}"),
        ("candidates", f"{spec.CANDIDATES_MAX}"),
        ("endpoints in ACCEPT", f"{spec.ENDPOINTS_MAX}"),
        ("token", f"{spec.TOKEN_MAX:,} bytes"),
        ("open ids per reliable channel", f"{spec.OPEN_IDS_MAX:,}"),
        ("cost of a message beyond its size", f"{spec.MESSAGE_COST_BYTES} bytes"),
        ("unit of pieces", f"{spec.UNIT_BYTES} bytes"),
        ("reason", f"{spec.REASON_MAX} bytes"),
        ("body of a message on TLS", f"{spec.TLS_BODY_MAX:,} bytes"),
        ("channels", f"{spec.CHANNELS_MAX}"),
    ):
        assert rows[name] == value
