"""The second reader itself: against the RFCs, the worked example of PROTOCOL.md, and its own vectors."""

import json
import random
from pathlib import Path

import decoder
import frame_codec as frames
import handshake_codec as codec
import make_vectors
import pytest

PROTOCOL = (Path(__file__).parents[2] / "PROTOCOL.md").read_text()


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ("c2197c5eff14e88c", 151_288_809_941_952_652),
        ("9d7f3e7d", 494_878_333),
        ("7bbd", 15_293),
        ("25", 37),
    ],
)
def test_varints_are_those_of_rfc_9000_a_1(data: str, value: int) -> None:
    reader = decoder.Reader(bytes.fromhex(data))
    assert (reader.varint(), reader.left()) == (value, 0)
    assert decoder.varint(value).hex() == data


def test_a_varint_longer_than_its_shortest_form_is_refused() -> None:
    with pytest.raises(decoder.Close, match="FRAME_INVALID"):  # RFC 9000 A.1 accepts it; PROTOCOL.md s. 0 does not.
        decoder.Reader(bytes.fromhex("4025")).varint()


def test_packet_numbers_are_those_of_rfc_9000_a_2_and_a_3() -> None:
    assert decoder.number_length(0xAC5C02, 0xABE8B3) == 2
    assert decoder.number_length(0xACE8FE, 0xABE8B3) == 3
    assert decoder.recover(0x9B32, 2, 0xA82F30EA) == 0xA82F9B32


def test_a_number_is_recovered_whenever_the_receiver_is_no_further_behind_than_the_acks_say() -> None:
    seed = 20_250_101
    prng = random.Random(seed)
    for step in range(5_000):
        acked = prng.choice([-1, prng.randrange(1 << prng.randint(1, 61))])
        number = acked + 1 + prng.randrange(1 << prng.randint(1, 31))
        size = decoder.number_length(number, acked)
        largest = prng.choice([acked, number - 1, prng.randint(acked, number - 1)])
        truncated = number % (1 << 8 * size)
        assert decoder.recover(truncated, size, largest) == number, (seed, step, acked, number, largest)


def test_cipher_1_is_that_of_rfc_8439() -> None:
    """Section 2.8.2."""
    plaintext = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        b"sunscreen would be it."
    )
    sealed = decoder.aead(1, bytes(range(0x80, 0xA0))).encrypt(
        bytes.fromhex("070000004041424344454647"), plaintext, bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    )
    assert sealed.hex() == (
        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e06"
        "0b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d265"
        "86cec64b6116"
        "1ae10b594f09e26a7e902ecbd0600691"
    )


def test_cipher_2_is_aes_256_gcm() -> None:
    """Test case 16 of the GCM specification (McGrew and Viega)."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    plaintext = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a31"
        "8a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    sealed = decoder.aead(2, key).encrypt(
        bytes.fromhex("cafebabefacedbaddecaf888"), plaintext, bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    )
    assert sealed[-16:].hex() == "76fc6ece0f4e1768cddf8853bb2d551b"


def test_expand_is_that_of_rfc_5869() -> None:
    """Appendix A.1: the expansion half."""
    prk = bytes.fromhex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
    assert decoder.expand(prk, bytes.fromhex("f0f1f2f3f4f5f6f7f8f9"), 42).hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def test_the_header_mask_is_that_of_rfc_9001() -> None:
    """Appendix A.5."""
    hp = bytes.fromhex("25a282b9e82f06f21f488917a4fc8f1b73573685608597d0efcb076b0ab7a7a4")
    sample = bytes.fromhex("5e5cd55c41f69080575d7999c25a5bfb")
    assert decoder.header_mask(hp, sample).hex() == "aefefe7d03"


def test_the_worked_example_of_the_page_holds() -> None:
    ekm = bytes(range(32))
    secret = decoder.phase_secret(ekm, "c2s", 0)
    key, iv = decoder.packet_key(secret)
    hp = decoder.header_key(ekm, "c2s")
    plaintext = frames.encode_frames([{"frame": "data", "channel": 1, "payload": b"hello".hex()}])
    cid = bytes(range(0xA0, 0xA8))
    for computed in (
        decoder.channels_hash({0: 0, 1: 1, 2: 2, 3: 3}), ekm, secret, key, iv, hp,
        decoder.phase_secret(ekm, "s2c", 0), decoder.nonce(iv, 0x1234567),
        decoder.seal(1, key, iv, cid, 0x1234567, 2, 0, plaintext),
        decoder.seal(1, key, iv, cid, 0x1234567, 2, 0, plaintext, hp),
    ):  # fmt: skip
        assert computed.hex() in PROTOCOL
    assert frames.encode_frames([frames.ack_of({0, 1, 2, 4, 40})]).hex(" ") in PROTOCOL


def test_the_close_codes_are_those_of_the_page() -> None:
    for name, code in decoder.CODES.items():
        star = "*" if code in decoder.LOCAL_CODES else ""
        assert f"{code}{star} {name}" in PROTOCOL


def test_making_the_vectors_again_gives_the_same_files() -> None:
    made = make_vectors.all_files()
    assert {path.name for path in made} == {path.name for path in make_vectors.HERE.iterdir()}
    for path, text in made.items():
        assert path.read_text() == text, f"run tests/conformance/make_vectors.py: {path.name} differs"


def test_every_drop_reason_and_code_of_a_packet_has_a_vector() -> None:
    verdicts = {case["verdict"].partition(" ")[2] for case in make_vectors.broken_packets()} - {""}
    reasons = {"size", "flags", "unknown", "ended", "bind_size", "number", "replay", "phase", "forged"}
    assert verdicts == reasons | {"PROTOCOL_VIOLATION", "FRAME_INVALID"}
    for reason in reasons:
        assert f"drop `{reason}`" in PROTOCOL


def test_the_decoder_opens_what_it_sealed() -> None:
    for case in json.loads((make_vectors.HERE / "packets.json").read_text()):
        receiver = decoder.Receiver(
            bytes.fromhex(case["ekm"]), case["direction"], case["cipher"], case["header_protection"],
            bytes.fromhex(case["connection_id"]), phase=case["phase"], largest=case["largest"],
        )  # fmt: skip
        number, flags, plaintext = receiver.open(bytes.fromhex(case["datagram"]))
        assert (number, plaintext.hex()) == (case["number"], case["plaintext"]), case["name"]
        assert flags == 0x40 | (case["phase"] & 1) << 2 | (case["number_bytes"] - 1)


def test_an_ack_names_exactly_what_it_was_made_of() -> None:
    seed = 7
    prng = random.Random(seed)
    for step in range(300):
        numbers = set(prng.sample(range(200), prng.randint(1, 60)))
        frame = frames.ack_of(numbers)
        named = {n for low, high in frames.ack_ranges(frame) for n in range(low, high + 1)}
        assert named == numbers, (seed, step)


def test_what_decodes_encodes_to_the_same_bytes() -> None:
    """Mutated packets: either a close code, or byte-equal again (but for what follows a CLOSE)."""
    seed = 11
    prng = random.Random(seed)
    good = json.loads((make_vectors.HERE / "frames.json").read_text())
    rules = frames.Rules(dict(map(tuple, good["rules"]["channels"])))
    for step in range(4_000):
        data = bytearray.fromhex(prng.choice(good["packets"])["plaintext"])[:200]
        for _ in range(prng.randint(1, 3)):
            data[prng.randrange(len(data))] = prng.randrange(256)
        try:
            decoded = frames.decode_frames(bytes(data), rules)
        except decoder.Close:
            continue
        again = frames.encode_frames(decoded)
        whole = len(again) if decoded[-1]["frame"] == "close" else len(data)
        assert again == data[:whole], (seed, step, data.hex())


def test_handshake_messages_that_decode_encode_to_the_same_bytes() -> None:
    seed = 13
    prng = random.Random(seed)
    good = json.loads((make_vectors.HERE / "handshake.json").read_text())["messages"]
    for step in range(3_000):
        data = bytearray.fromhex(prng.choice(good)["bytes"])
        data[prng.randrange(len(data))] = prng.randrange(256)
        try:
            decoded = codec.decode_message(bytes(data))
        except (codec.Abort, codec.Refused):
            continue
        assert codec.encode_message(decoded) == data, (seed, step, data.hex())
