"""The constants of the wire, version 1, in PROTOCOL.md's order. Sizes in bytes unless the name says otherwise."""

VERSION = 1
ALPN = b"fastnet/1"
EXPORTER_LABEL = b"EXPERIMENTAL-fastnet-udp-1"  # RFC 5705 s. 4: unregistered labels begin so.
HKDF_LABEL_PREFIX = b"fastnet1 "

# Handshake messages (2.3).
HELLO = 0x01
ACCEPT = 0x02
REFUSE = 0x03
TLS_BODY_MAX = 4_096
TOKEN_MAX = 1_024
REASON_MAX = 256
ENDPOINTS_MAX = 8
CIPHER_CHACHA20_POLY1305 = 1  # RFC 8439
CIPHER_AES_256_GCM = 2
SERVER_PEER_ID = 1  # What every client calls its server.
PEER_ID_MIN = 2
PEER_ID_MAX = 2**31 - 1

# Datagrams (3).
FLAG_FIXED = 0x40
FLAG_FIXED_MASK = 0xC0
FLAG_RESERVED_MASK = 0x38
FLAG_PHASE = 0x04
FLAG_NUMBER_LENGTH_MASK = 0x03
CONNECTION_ID_BYTES = 8
TAG_BYTES = 16
DATAGRAM_BYTES_BASE = 1_200  # Always usable; binding datagrams have exactly this size.
DATAGRAM_BYTES_MAX = 65_527
RESET_BYTES_MIN = 21
NUMBER_LIMIT = 2**62  # Packet numbers and message ids stay below it (RFC 9000 s. 12.3).

# The replay window (4.1): a ring of 64-bit words, RFC 6479.
REPLAY_WORDS = 32
REPLAY_MASK = REPLAY_WORDS - 1

# Frames (5).
FRAME_PADDING = 0x00
FRAME_PING = 0x01
FRAME_ACK = 0x02
FRAME_MAX_CREDIT = 0x03
FRAME_CREDIT_WANTED = 0x04
FRAME_PATH_CHALLENGE = 0x05
FRAME_PATH_RESPONSE = 0x06
FRAME_CLOSE = 0x07
FRAME_EXTENSION_MIN = 0x40
FRAME_EXTENSION_MAX = 0x5F
FRAME_DATA = 0x80
FRAME_DATA_PIECE = 0x40
FRAME_DATA_CHANNEL_MASK = 0x3F
ACK_BLOCKS_MAX = 33  # The first and at most 32 more.
ACK_DELAY_UNIT_US = 8
UNIT_BYTES = 32  # Pieces of a message begin at multiples of it.

# Channels (6).
KIND_RELIABLE_ORDERED = 0
KIND_UNRELIABLE = 1
KIND_RELIABLE_UNORDERED = 2
KIND_SEQUENCED = 3
OPEN_IDS_MAX = 4_096
MESSAGE_COST_BYTES = 32  # Credit a message costs beyond its size; bounds the count of empty ones.
CHANNELS_MAX = 256

# Recovery (7), RFC 9002 unless a page says otherwise.
PACKET_THRESHOLD = 3
PACKET_THRESHOLD_MAX = 64
GRANULARITY_NS = 1_000_000
INITIAL_RTT_NS = 333_000_000
PTO_MAX_NS = 10_000_000_000  # Before backoff. A peer chooses when it acknowledges, and ends are kept for three of them.

# Paths (9).
PATH_TOKEN_BYTES = 8
CANDIDATES_MAX = 3
AMPLIFICATION_FACTOR = 3  # RFC 9000 s. 8.1
