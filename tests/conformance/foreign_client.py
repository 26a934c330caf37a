"""A whole client, TLS to CLOSE, written from PROTOCOL.md alone; it imports nothing of FastNet.

As small as the page allows: blocking sockets, no loss recovery (it is for loopback), an ACK in every packet.
"""

import os
import socket
import struct

import decoder
import frame_codec as frames
import handshake_codec as codec
from cryptography.hazmat.primitives.serialization import Encoding
from decoder import Frame
from OpenSSL import SSL

CHANNELS = {0: 0, 1: 1, 2: 2, 3: 3}
LABEL = b"EXPERIMENTAL-fastnet-udp-1"
TIMEOUT_S = 5


class ForeignClient:
    """Connects in the constructor. `pinned` is the DER certificate that the server must show."""

    def __init__(
        self, tcp: tuple[str, int], pinned: bytes, parameters: list[tuple[int, str]], cid: bytes = b""
    ) -> None:
        self.received: dict[int, int] = {}  # number: 0
        self.messages: list[tuple[int, bytes]] = []
        self.closes: list[Frame] = []
        self.number = 0
        self.acked = -1
        self.ids = dict.fromkeys((0, 2, 3), 0)
        self._pieces: dict[tuple[int, int], dict[int, bytes]] = {}
        self._handshake(tcp, pinned, parameters, cid)
        port = self.accept["endpoints"][0]["port"]
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.settimeout(TIMEOUT_S)
        self._udp.connect((tcp[0], port))
        self._bind()

    # 2.1 to 2.4

    def _handshake(self, tcp: tuple[str, int], pinned: bytes, parameters: list[tuple[int, str]], cid: bytes) -> None:
        context = SSL.Context(SSL.TLS_CLIENT_METHOD)
        context.set_min_proto_version(SSL.TLS1_3_VERSION)
        context.set_alpn_protos([b"fastnet/1"])
        stream = socket.create_connection(tcp)
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", TIMEOUT_S, 0))
        tls = SSL.Connection(context, stream)
        tls.set_connect_state()
        tls.do_handshake()
        assert tls.get_alpn_proto_negotiated() == b"fastnet/1"
        leaf = tls.get_peer_certificate(as_cryptography=True)
        assert leaf is not None
        assert leaf.public_bytes(Encoding.DER) == pinned
        self.hello = {
            "message": "hello", "version_min": 1, "version_max": 1, "random": os.urandom(32).hex(), "app_id": 0,
            "channels_hash": decoder.channels_hash(CHANNELS).hex(), "client_cid": cid.hex(),
            "parameters": [*parameters, (0x8000 | os.urandom(1)[0], os.urandom(3).hex())],
        }  # fmt: skip
        hello = codec.encode_message(self.hello)
        tls.sendall(hello)
        answer = b""
        while len(answer) < 3 or len(answer) < 3 + int.from_bytes(answer[1:3], "big"):
            answer += tls.recv(8_192)
        self.accept = codec.decode_message(answer)
        assert self.accept["message"] == "accept", self.accept
        codec.check_accept(self.hello, self.accept)
        self.ekm = tls.export_keying_material(LABEL, 32, codec.transcript_hash(hello, answer, None))
        tls.shutdown()
        stream.close()
        self._make_keys(cid)

    def _make_keys(self, cid: bytes) -> None:
        self.server_cid = bytes.fromhex(self.accept["server_cid"])
        self.phase = 0
        hidden = self.accept["header_protection"] == 1
        self.hp = decoder.header_key(self.ekm, "c2s") if hidden else None
        self.reader = decoder.Receiver(self.ekm, "s2c", self.accept["cipher"], hidden, cid)

    # 2.7

    def _bind(self) -> None:
        token = os.urandom(8).hex()
        self.send([{"frame": "path_challenge", "token": token}], pad_to=1_200)
        answers = self.receive()
        assert {"frame": "path_response", "token": token} in answers
        theirs = [frame["token"] for frame in answers if frame["frame"] == "path_challenge"]
        self.send([{"frame": "path_response", "token": theirs[0]}])

    # 3 to 6

    def send(self, packet: list[Frame], pad_to: int = 0) -> None:
        """Seal and send these frames, behind an ACK of all that came."""
        if self.received and packet[0]["frame"] != "close":
            packet = [frames.ack_of(set(self.received)), *packet]
        size = decoder.number_length(self.number, self.acked)
        plaintext = frames.encode_frames(packet)
        plaintext += bytes(max(4 - size - len(plaintext), pad_to - 25 - size - len(plaintext), 0))
        key, iv = decoder.packet_key(decoder.phase_secret(self.ekm, "c2s", self.phase))
        cipher = self.accept["cipher"]
        self._udp.send(
            decoder.seal(cipher, key, iv, self.server_cid, self.number, size, self.phase, plaintext, self.hp)
        )
        self.number += 1

    def message(self, channel: int, payload: bytes) -> None:
        """Send one message, whole or in pieces of 1,024 bytes."""
        number = self.ids.get(channel, 0)
        if len(payload) <= 1_100:
            frame: Frame = {"frame": "data", "channel": channel, "payload": payload.hex()}
            self.send([frame | ({"id": number} if channel in self.ids else {})])
        for unit in range(0, len(payload) if len(payload) > 1_100 else 0, 1_024):
            part = payload[unit : unit + 1_024].hex()
            where = {"id": number, "total": len(payload), "unit": unit // 32}
            self.send([{"frame": "piece", "channel": channel, **where, "payload": part}])
        if channel in self.ids:
            self.ids[channel] += 1

    def receive(self) -> list[Frame]:
        """The frames of the next datagram; messages go to `messages` when complete."""
        number, flags, plaintext = self.reader.open(self._udp.recv(2_000))
        decoder.check_flags(flags, plaintext)
        self.phase = max(self.phase, self.reader.phase)
        self.received[number] = 0
        decoded = frames.decode_frames(plaintext, frames.Rules(CHANNELS))
        for frame in decoded:
            if frame["frame"] == "ack":
                self.acked = max(self.acked, frame["largest"])
            elif frame["frame"] == "data":
                self.messages.append((frame["channel"], bytes.fromhex(frame["payload"])))
            elif frame["frame"] == "piece":
                self._take_piece(frame)
            elif frame["frame"] == "close":
                self.closes.append(frame)
        return decoded

    def _take_piece(self, frame: Frame) -> None:
        parts = self._pieces.setdefault((frame["channel"], frame["id"]), {})
        parts[frame["unit"]] = bytes.fromhex(frame["payload"])
        whole = b"".join(parts[unit] for unit in sorted(parts))
        if len(whole) == frame["total"]:
            self.messages.append((frame["channel"], whole))

    def close(self, code: int, reason: bytes) -> None:
        """Say CLOSE, and wait for the answer to it."""
        self.send([{"frame": "close", "code": code, "reason": reason.hex()}])
        while not self.closes:
            self.receive()
        self._udp.close()
