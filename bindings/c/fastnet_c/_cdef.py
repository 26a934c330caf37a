# Printed by fastnet-codegen from codegen/api.
# Do not edit: change the description, or the template, and print again.
# To renew it: fastnet-codegen generate python_impl
"""The ABI as the core sees it: structs for cffi, numbers, and what 0 means in the fields of a configuration."""

ABI_REVISION = 1
ABI_HASH = 0x86EC0EBC9760D070
OFF = 0xFFFFFFFF
"""None or for ever, in fields that offer it."""

CLIENT_CONFIG_DEFAULTS = {
    "tick_us": 1000,
    "spin_ns": 50000,
    "open_timeout_ms": 15000,
    "idle_timeout_ms": 10000,
    "keepalive_ms": 1000,
    "linger_ms": 500,
    "max_reliable_message": 1048576,
    "max_unreliable_message": 16384,
    "send_queue_bytes": 2097152,
    "ring_bytes": 262144,
}
"""What 0 means in FastNetClientConfig."""

SERVER_CONFIG_DEFAULTS = {
    "tick_us": 1000,
    "spin_ns": 50000,
    "peers_max": 1024,
    "handshake_timeout_ms": 10000,
    "idle_timeout_ms": 10000,
    "keepalive_ms": 1000,
    "linger_ms": 500,
    "max_reliable_message": 1048576,
    "max_unreliable_message": 16384,
    "send_queue_bytes": 2097152,
    "ring_bytes": 4194304,
}
"""What 0 means in FastNetServerConfig."""

FASTNET_CHANNEL_RELIABLE_ORDERED = 0
FASTNET_CHANNEL_UNRELIABLE = 1
FASTNET_CHANNEL_RELIABLE_UNORDERED = 2
FASTNET_CHANNEL_SEQUENCED = 3
FASTNET_OK = 0
FASTNET_ERROR_INVALID_ARGUMENT = -1
FASTNET_ERROR_IO = -2
FASTNET_ERROR_NOT_CONNECTED = -3
FASTNET_ERROR_INVALID_HANDLE = -4
FASTNET_ERROR_STRUCT_SIZE = -5
FASTNET_ERROR_UNSUPPORTED = -6
FASTNET_ERROR_WOULD_BLOCK = -7
FASTNET_ERROR_TOO_LARGE = -8
FASTNET_ERROR_TIMEOUT = -9
FASTNET_ERROR_REFUSED = -10
FASTNET_ERROR_RESOLVE = -11
FASTNET_ERROR_ADDRESS_IN_USE = -12
FASTNET_ERROR_TLS = -13
FASTNET_ERROR_CERTIFICATE = -14
FASTNET_ERROR_PROTOCOL = -15
FASTNET_ERROR_UNKNOWN_PEER = -16
FASTNET_ERROR_BUSY = -17
FASTNET_ERROR_CLOSED = -18
FASTNET_ERROR_OUT_OF_MEMORY = -19
FASTNET_ERROR_RUNTIME = -20
FASTNET_ERROR_ABI_MISMATCH = -21
FASTNET_ERROR_CANCELLED = -22
FASTNET_ERROR_INTERNAL = -23
FASTNET_ERROR_SERVER_FULL = -24
FASTNET_ERROR_UDP_UNREACHABLE = -25
FASTNET_ERROR_VERSION_MISMATCH = -26
FASTNET_ERROR_TCP_UNREACHABLE = -27
FASTNET_ERROR_NO_CHANNEL = -28
FASTNET_REASON_CLOSED = 0
FASTNET_REASON_SHUTTING_DOWN = 1
FASTNET_REASON_IDLE_TIMEOUT = 2
FASTNET_REASON_HANDSHAKE_TIMEOUT = 3
FASTNET_REASON_UDP_UNREACHABLE = 4
FASTNET_REASON_TCP_UNREACHABLE = 5
FASTNET_REASON_TLS_FAILED = 6
FASTNET_REASON_CERTIFICATE_REJECTED = 7
FASTNET_REASON_VERSION_MISMATCH = 8
FASTNET_REASON_APP_MISMATCH = 9
FASTNET_REASON_CHANNELS_MISMATCH = 10
FASTNET_REASON_SERVER_FULL = 11
FASTNET_REASON_TOKEN_REQUIRED = 12
FASTNET_REASON_TOKEN_INVALID = 13
FASTNET_REASON_TOKEN_EXPIRED = 14
FASTNET_REASON_TOKEN_USED = 15
FASTNET_REASON_REFUSED = 16
FASTNET_REASON_KICKED = 17
FASTNET_REASON_REPLACED = 18
FASTNET_REASON_PEER_RESET = 20
FASTNET_REASON_INTERNAL_ERROR = 21
FASTNET_REASON_RESOURCE_LIMIT = 22
FASTNET_REASON_PROTOCOL_VIOLATION = 30
FASTNET_REASON_FRAME_INVALID = 31
FASTNET_REASON_CREDIT_EXCEEDED = 32
FASTNET_REASON_MESSAGE_TOO_LARGE = 33
FASTNET_REASON_CHANNEL_UNKNOWN = 34
FASTNET_REASON_KEY_UPDATE_ERROR = 35
FASTNET_REASON_AEAD_LIMIT = 36
FASTNET_REASON_ACK_INVALID = 37
FASTNET_REASON_NUMBERS_EXHAUSTED = 38
FASTNET_EVENT_NONE = 0
FASTNET_EVENT_CONNECTED = 1
FASTNET_EVENT_DATA = 2
FASTNET_EVENT_DISCONNECTED = 3
FASTNET_EVENT_ERROR = 4
FASTNET_STATE_CLOSED = 0
FASTNET_STATE_CONNECTING = 1
FASTNET_STATE_CONNECTED = 2
FASTNET_STATE_CLOSING = 3
FASTNET_LOG_OFF = 0
FASTNET_LOG_ERROR = 1
FASTNET_LOG_WARN = 2
FASTNET_LOG_INFO = 3
FASTNET_LOG_DEBUG = 4
FASTNET_LOG_TRACE = 5
FASTNET_IO_THREADED = 0
FASTNET_IO_PUMPED = 1
FASTNET_IDLE_SLEEP = 0
FASTNET_IDLE_TICK = 1
FASTNET_IDLE_SPIN = 2
FASTNET_CLIENT_DANGER_ACCEPT_ANY_CERTIFICATE = 1
FASTNET_CLIENT_NO_DEV_CA = 2
FASTNET_CLIENT_MANUAL_FLUSH = 4
FASTNET_SERVER_MANUAL_FLUSH = 4

CDEF = """
typedef struct FastNetClient_T* FastNetClient;
typedef struct FastNetServer_T* FastNetServer;
typedef uint32_t FastNetBool;
typedef uint32_t FastNetPeerId;
typedef uint8_t FastNetChannel;
typedef int32_t FastNetResult;
typedef uint32_t FastNetReason;
typedef uint32_t FastNetEventType;
typedef uint32_t FastNetState;
typedef uint32_t FastNetLogLevel;
typedef uint32_t FastNetIoMode;
typedef uint32_t FastNetIdlePolicy;
typedef uint32_t FastNetClientFlags;
typedef uint32_t FastNetServerFlags;
typedef void (*FastNetLogCallback)(FastNetLogLevel level, const char* message, void* user_data);
typedef struct FastNetEvent {
    FastNetEventType type;
    FastNetPeerId peer_id;
    uint32_t data_len;
    FastNetChannel channel;
    uint8_t reserved0[3];
    FastNetResult error_code;
    FastNetReason reason;
    FastNetBool by_peer;
    uint32_t reserved1;
    uint64_t timestamp_us;
    const uint8_t* data;
    void* user_data;
    void* reserved2[2];
} FastNetEvent;
typedef struct FastNetStats {
    uint32_t struct_size;
    uint32_t rtt_us;
    uint32_t rtt_min_us;
    uint32_t rtt_var_us;
    uint32_t send_queue_bytes;
    uint32_t recv_queue_bytes;
    uint64_t uptime_us;
    uint64_t bytes_sent;
    uint64_t bytes_received;
    uint64_t packets_sent;
    uint64_t packets_received;
    uint64_t packets_lost;
    uint64_t packets_dropped;
    uint64_t retransmissions;
    uint64_t messages_sent;
    uint64_t messages_received;
    uint64_t messages_dropped;
} FastNetStats;
typedef struct FastNetClientConfig {
    uint32_t struct_size;
    FastNetClientFlags flags;
    FastNetIoMode io_mode;
    FastNetIdlePolicy idle_policy;
    uint32_t tick_us;
    uint32_t spin_ns;
    uint32_t open_timeout_ms;
    uint32_t idle_timeout_ms;
    uint32_t keepalive_ms;
    uint32_t linger_ms;
    uint32_t max_reliable_message;
    uint32_t max_unreliable_message;
    uint32_t send_queue_bytes;
    uint32_t ring_bytes;
    uint32_t ca_pem_len;
    uint32_t pin_count;
    uint32_t token_len;
    uint16_t port;
    uint16_t reserved0;
    uint64_t app_id;
    const char* host;
    const char* server_name;
    const char* ca_path;
    const uint8_t* ca_pem;
    const uint8_t* pins;
    const uint8_t* token;
    void* user_data;
    void* reserved1;
} FastNetClientConfig;
typedef struct FastNetServerConfig {
    uint32_t struct_size;
    FastNetServerFlags flags;
    FastNetIoMode io_mode;
    FastNetIdlePolicy idle_policy;
    uint32_t tick_us;
    uint32_t spin_ns;
    uint32_t peers_max;
    uint32_t handshake_timeout_ms;
    uint32_t idle_timeout_ms;
    uint32_t keepalive_ms;
    uint32_t linger_ms;
    uint32_t max_reliable_message;
    uint32_t max_unreliable_message;
    uint32_t send_queue_bytes;
    uint32_t ring_bytes;
    uint32_t cert_pem_len;
    uint32_t key_pem_len;
    uint16_t udp_port;
    uint16_t tcp_port;
    uint64_t app_id;
    const char* bind_address;
    const char* cert_path;
    const char* key_path;
    const uint8_t* cert_pem;
    const uint8_t* key_pem;
    void* user_data;
} FastNetServerConfig;
"""
"""Types and structs, for cffi."""
