/* Printed by fastnet-codegen from codegen/api. */
/* Do not edit: change the description, or the template, and print again. */
/* To renew it: fastnet-codegen generate c_header */

/**
 * Encrypted real-time networking for games.
 *
 * Events are polled, nothing calls back but the log. Text is UTF-8: in, it ends with a NUL; out, it is copied into the
 * caller's buffer. Nothing returned is to be freed, and no memory of the caller is kept after a call.
 *
 * In a configuration 0 means the default, and `FASTNET_OFF` means "none" where it is offered. All enumerations are
 * open: pass over values you do not know.
 */
#ifndef FASTNET_H
#define FASTNET_H

#include <stdint.h>
#ifndef FASTNET_NO_STDIO
#include <stdio.h> /* For programs that print and include nothing else. */
#endif

/* Where symbols come from: nothing to define for those who link the library dynamically. */
#if defined(_WIN32) || defined(__CYGWIN__)
#define FASTNET_CALL __cdecl
#if defined(FASTNET_BUILD)
#define FASTNET_DECL __declspec(dllexport)
#elif defined(FASTNET_STATIC)
#define FASTNET_DECL
#else
#define FASTNET_DECL __declspec(dllimport)
#endif
#else
#define FASTNET_CALL
#if defined(FASTNET_BUILD) && defined(__GNUC__)
#define FASTNET_DECL __attribute__((visibility("default")))
#else
#define FASTNET_DECL
#endif
#endif

#define FASTNET_VERSION_MAJOR 0
#define FASTNET_VERSION_MINOR 1
#define FASTNET_VERSION_PATCH 0
#define FASTNET_VERSION_STRING "0.1.0"

/** What this header was printed for; give both to `fastnet_abi_check`. */
#define FASTNET_ABI_REVISION 1
#define FASTNET_ABI_HASH UINT64_C(0x86ec0ebc9760d070)

/** "None" or "for ever", in fields and parameters that offer it. */
#define FASTNET_OFF 0xFFFFFFFFu

#ifdef __cplusplus
extern "C" {
#endif

/** One connection to a server. */
typedef struct FastNetClient_T* FastNetClient;

/** One listening server. */
typedef struct FastNetServer_T* FastNetServer;

/** 0 or 1. */
typedef uint32_t FastNetBool;

/**
 * One peer of a server, or the server itself.
 *
 * 0 is nobody, 1 the server. A client's number holds a slot in its low 17 bits and then 14 bits of generation, so the
 * number of a peer that left is not soon given to another.
 */
typedef uint32_t FastNetPeerId;

/** What a message is promised. */
typedef uint8_t FastNetChannel;

/** How a call ended, or what class of cause ended a connection. */
typedef int32_t FastNetResult;

/**
 * Why a connection ended.
 *
 * The codes of the protocol, section 10. 1000 to 1999 are the application's for a normal end, 2000 to 2999 for an
 * error.
 */
typedef uint32_t FastNetReason;

/** What an event reports. */
typedef uint32_t FastNetEventType;

/** Where a connection is in its life. */
typedef uint32_t FastNetState;

/** How much the log tells; each level includes those before it. */
typedef uint32_t FastNetLogLevel;

/** Who does the work of the network. */
typedef uint32_t FastNetIoMode;

/** How the network thread waits, by the most eager policy among live handles; a pumped handle waits by its own. */
typedef uint32_t FastNetIdlePolicy;

/** Switches of a client. */
typedef uint32_t FastNetClientFlags;

/** Switches of a server. */
typedef uint32_t FastNetServerFlags;

/**
 * Receives one line of the log, on a thread that is inside a function of this library.
 *
 * Calls that use a handle are refused from here with FASTNET_ERROR_BUSY.
 *
 * @param level How grave it is.
 * @param message The line, without a line end.
 * @param user_data What was given to fastnet_log_set.
 */
typedef void (FASTNET_CALL *FastNetLogCallback)(FastNetLogLevel level, const char* message, void* user_data);

/** Values of FastNetChannel. */
enum {
    /** Every message once, in the order of sending. */
    FASTNET_CHANNEL_RELIABLE_ORDERED     = 0,
    /** May be lost or reordered, never doubled. */
    FASTNET_CHANNEL_UNRELIABLE           = 1,
    /** Every message once, as soon as it arrives. */
    FASTNET_CHANNEL_RELIABLE_UNORDERED   = 2,
    /** Another name of FASTNET_CHANNEL_RELIABLE_UNORDERED. */
    FASTNET_CHANNEL_RELIABLE             = 2,
    /** Only the newest; an older one that comes late is dropped. */
    FASTNET_CHANNEL_SEQUENCED            = 3,
    /** Another name of FASTNET_CHANNEL_SEQUENCED. */
    FASTNET_CHANNEL_UNRELIABLE_SEQUENCED = 3
};

/** Values of FastNetResult. */
enum {
    /** It worked. */
    FASTNET_OK                     = 0,
    /** An argument is NULL, out of range or not UTF-8; the text names it. */
    FASTNET_ERROR_INVALID_ARGUMENT = -1,
    /** The operating system refused. */
    FASTNET_ERROR_IO               = -2,
    /** The connection is not there yet; wait for FASTNET_EVENT_CONNECTED. */
    FASTNET_ERROR_NOT_CONNECTED    = -3,
    /** The handle has ended or is of another kind. */
    FASTNET_ERROR_INVALID_HANDLE   = -4,
    /** The struct's size is below that of revision 1, or its unknown tail is not zero. */
    FASTNET_ERROR_STRUCT_SIZE      = -5,
    /** A flag, mode, level or platform that this library does not know. */
    FASTNET_ERROR_UNSUPPORTED      = -6,
    /** A budget or ring is full; poll or wait, then try again. */
    FASTNET_ERROR_WOULD_BLOCK      = -7,
    /** A message or text is longer than agreed. */
    FASTNET_ERROR_TOO_LARGE        = -8,
    /** Nothing happened in time. */
    FASTNET_ERROR_TIMEOUT          = -9,
    /** The server said no. */
    FASTNET_ERROR_REFUSED          = -10,
    /** No such name. */
    FASTNET_ERROR_RESOLVE          = -11,
    /** Another program has the port. */
    FASTNET_ERROR_ADDRESS_IN_USE   = -12,
    /** The TLS handshake failed. */
    FASTNET_ERROR_TLS              = -13,
    /** A certificate is untrusted, of another name, out of date, or its file is unusable. */
    FASTNET_ERROR_CERTIFICATE      = -14,
    /** The rules were broken, or the peer is at fault. */
    FASTNET_ERROR_PROTOCOL         = -15,
    /** No such peer: it never was, or it is gone. */
    FASTNET_ERROR_UNKNOWN_PEER     = -16,
    /** Another thread is in a call of its class, the log callback called, or it is too late for this setting. */
    FASTNET_ERROR_BUSY             = -17,
    /** The connection or server is closed or closing. */
    FASTNET_ERROR_CLOSED           = -18,
    /** Memory is short, or more than 4,096 handles are open. */
    FASTNET_ERROR_OUT_OF_MEMORY    = -19,
    /** The core is missing, damaged, not started or dead; the text says which and what helps. */
    FASTNET_ERROR_RUNTIME          = -20,
    /** Library and binding are of different builds. */
    FASTNET_ERROR_ABI_MISMATCH     = -21,
    /** A wake function ended the wait. */
    FASTNET_ERROR_CANCELLED        = -22,
    /** A fault of the library; it was logged. */
    FASTNET_ERROR_INTERNAL         = -23,
    /** The server has all the peers it wants. */
    FASTNET_ERROR_SERVER_FULL      = -24,
    /** TLS passed, UDP did not: a firewall is in the way. */
    FASTNET_ERROR_UDP_UNREACHABLE  = -25,
    /** The other side speaks another version of the protocol. */
    FASTNET_ERROR_VERSION_MISMATCH = -26,
    /** Nobody answers at that address and port. */
    FASTNET_ERROR_TCP_UNREACHABLE  = -27,
    /** No such channel; there are four, 0 to 3. */
    FASTNET_ERROR_NO_CHANNEL       = -28
};

/**
 * Values of FastNetReason.
 *
 * 1000 to 1999: A normal end that the application numbers itself.
 *
 * 2000 to 2999: An error that the application numbers itself.
 */
enum {
    /** The application ended it. */
    FASTNET_REASON_CLOSED               = 0,
    /** The server ends. */
    FASTNET_REASON_SHUTTING_DOWN        = 1,
    /** Nothing came for too long. */
    FASTNET_REASON_IDLE_TIMEOUT         = 2,
    /** The handshake took too long. */
    FASTNET_REASON_HANDSHAKE_TIMEOUT    = 3,
    /** TLS passed, UDP did not. */
    FASTNET_REASON_UDP_UNREACHABLE      = 4,
    /** Nobody answers there, or there is no such name (then the result is FASTNET_ERROR_RESOLVE). */
    FASTNET_REASON_TCP_UNREACHABLE      = 5,
    /** The TLS handshake failed. */
    FASTNET_REASON_TLS_FAILED           = 6,
    /** The server's certificate is not to be trusted. */
    FASTNET_REASON_CERTIFICATE_REJECTED = 7,
    /** No version of the protocol in common. */
    FASTNET_REASON_VERSION_MISMATCH     = 8,
    /** The other side is another application. */
    FASTNET_REASON_APP_MISMATCH         = 9,
    /** The channel tables differ. */
    FASTNET_REASON_CHANNELS_MISMATCH    = 10,
    /** The server has all the peers it wants. */
    FASTNET_REASON_SERVER_FULL          = 11,
    /** The server admits holders of tokens only. */
    FASTNET_REASON_TOKEN_REQUIRED       = 12,
    /** The token is not one of the server's. */
    FASTNET_REASON_TOKEN_INVALID        = 13,
    /** The token is too old. */
    FASTNET_REASON_TOKEN_EXPIRED        = 14,
    /** The token was used before. */
    FASTNET_REASON_TOKEN_USED           = 15,
    /** The server said no. */
    FASTNET_REASON_REFUSED              = 16,
    /** The server ended this peer. */
    FASTNET_REASON_KICKED               = 17,
    /** The same user connected again. */
    FASTNET_REASON_REPLACED             = 18,
    /** The other side no longer knows the connection. */
    FASTNET_REASON_PEER_RESET           = 20,
    /** A fault in the other side, or here if the result is FASTNET_ERROR_RUNTIME. */
    FASTNET_REASON_INTERNAL_ERROR       = 21,
    /** A budget of memory was reached. */
    FASTNET_REASON_RESOURCE_LIMIT       = 22,
    /** The rules were broken. */
    FASTNET_REASON_PROTOCOL_VIOLATION   = 30,
    /** A frame could not be read. */
    FASTNET_REASON_FRAME_INVALID        = 31,
    /** More was sent than was allowed. */
    FASTNET_REASON_CREDIT_EXCEEDED      = 32,
    /** A message is longer than agreed. */
    FASTNET_REASON_MESSAGE_TOO_LARGE    = 33,
    /** A message came on a channel that does not exist. */
    FASTNET_REASON_CHANNEL_UNKNOWN      = 34,
    /** The keys were renewed against the rules. */
    FASTNET_REASON_KEY_UPDATE_ERROR     = 35,
    /** Too many forged packets for one key. */
    FASTNET_REASON_AEAD_LIMIT           = 36,
    /** A packet was acknowledged that was never sent. */
    FASTNET_REASON_ACK_INVALID          = 37,
    /** No packet numbers are left. */
    FASTNET_REASON_NUMBERS_EXHAUSTED    = 38
};

/** Values of FastNetEventType. */
enum {
    /** Nothing; a poll that returned 0 leaves this. */
    FASTNET_EVENT_NONE         = 0,
    /** A peer is there. */
    FASTNET_EVENT_CONNECTED    = 1,
    /** A message arrived. */
    FASTNET_EVENT_DATA         = 2,
    /** A peer is gone, or the connection could not be made. */
    FASTNET_EVENT_DISCONNECTED = 3,
    /** The server itself failed; nothing follows. */
    FASTNET_EVENT_ERROR        = 4
};

/** Values of FastNetState. */
enum {
    /** Ended, or never was. */
    FASTNET_STATE_CLOSED     = 0,
    /** The handshake is under way. */
    FASTNET_STATE_CONNECTING = 1,
    /** Messages travel. */
    FASTNET_STATE_CONNECTED  = 2,
    /** The goodbye is under way. */
    FASTNET_STATE_CLOSING    = 3
};

/** Values of FastNetLogLevel. */
enum {
    /** Nothing. */
    FASTNET_LOG_OFF   = 0,
    /** What failed. */
    FASTNET_LOG_ERROR = 1,
    /** What is dangerous or about to fail. */
    FASTNET_LOG_WARN  = 2,
    /** Connections that come and go. */
    FASTNET_LOG_INFO  = 3,
    /** What helps to understand a fault. */
    FASTNET_LOG_DEBUG = 4,
    /** Everything; slow. */
    FASTNET_LOG_TRACE = 5
};

/** Values of FastNetIoMode. */
enum {
    /** One network thread per process; acknowledgements go on while a game loads a level. */
    FASTNET_IO_THREADED = 0,
    /**
     * The caller: poll, send, wait, flush, open, close and the end of the handle do the work, all on one thread at a
     * time.
     */
    FASTNET_IO_PUMPED   = 1
};

/** Values of FastNetIdlePolicy. */
enum {
    /** Sleep in the kernel until something happens. */
    FASTNET_IDLE_SLEEP = 0,
    /** Look every `tick_us`; sending then never pays for a wake-up. */
    FASTNET_IDLE_TICK  = 1,
    /** Stay awake for `spin_ns` after the last activity; the lowest latency for a whole core. */
    FASTNET_IDLE_SPIN  = 2
};

/** Values of FastNetClientFlags. */
enum {
    /** Trust anyone. Whoever sits between can read and change everything; logged at each open. */
    FASTNET_CLIENT_DANGER_ACCEPT_ANY_CERTIFICATE = 1,
    /** Do not trust this machine's development certificates for loopback addresses. */
    FASTNET_CLIENT_NO_DEV_CA                     = 2,
    /** Messages wait for fastnet_client_flush and share datagrams. */
    FASTNET_CLIENT_MANUAL_FLUSH                  = 4
};

/** Values of FastNetServerFlags. */
enum {
    /** Messages wait for fastnet_server_flush and share datagrams. */
    FASTNET_SERVER_MANUAL_FLUSH = 4
};

/** What fastnet_client_poll and fastnet_server_poll report; the library fills all of it. */
typedef struct FastNetEvent {
    /** What happened. */
    FastNetEventType type;
    /** The peer. On a client it is 1, but in CONNECTED the client's own number. */
    FastNetPeerId peer_id;
    /** Length of FastNetEvent.data in bytes, without the zero byte that follows it. */
    uint32_t data_len;
    /** DATA: the channel the message came on. */
    FastNetChannel channel;
    uint8_t reserved0[3];
    /** DISCONNECTED: 0 if orderly, else the class of the cause. ERROR: the cause. */
    FastNetResult error_code;
    /** DISCONNECTED: why it ended. */
    FastNetReason reason;
    /** DISCONNECTED: 1 if the other side ended it. */
    FastNetBool by_peer;
    uint32_t reserved1;
    /** When it was seen, on the clock of fastnet_time_us. */
    uint64_t timestamp_us;
    /**
     * DATA: the message. DISCONNECTED and ERROR: an explanation in UTF-8. 8-byte aligned. Lives until the next poll of
     * the handle, or the end of the handle.
     */
    const uint8_t* data;
    /** The peer's if set, else the handle's. */
    void* user_data;
    void* reserved2[2];
} FastNetEvent;

/**
 * Counters since the connection or server began.
 *
 * May grow at its end: `struct_size` tells what the caller knows.
 */
typedef struct FastNetStats {
    /** Size of this struct in bytes, as the caller knows it. */
    uint32_t struct_size;
    /** Smoothed round trip. */
    uint32_t rtt_us;
    /** Shortest round trip. */
    uint32_t rtt_min_us;
    /** How much round trips vary. */
    uint32_t rtt_var_us;
    /** Accepted and not yet acknowledged or sent. */
    uint32_t send_queue_bytes;
    /** Received and not yet polled. */
    uint32_t recv_queue_bytes;
    /** Time since the connection or server began. */
    uint64_t uptime_us;
    /** Payload of UDP datagrams sent. */
    uint64_t bytes_sent;
    /** Payload of UDP datagrams accepted. */
    uint64_t bytes_received;
    /** Datagrams sent. */
    uint64_t packets_sent;
    /** Datagrams accepted. */
    uint64_t packets_received;
    /** Datagrams sent and taken for lost. */
    uint64_t packets_lost;
    /** Datagrams refused on arrival: forged, replayed, malformed, unknown. */
    uint64_t packets_dropped;
    /** Pieces of reliable messages sent again. */
    uint64_t retransmissions;
    /** Messages sent. */
    uint64_t messages_sent;
    /** Messages received. */
    uint64_t messages_received;
    /** Messages of unreliable kinds given up: superseded, incomplete, or over budget. */
    uint64_t messages_dropped;
} FastNetStats;

/**
 * What fastnet_client_open needs to know.
 *
 * May grow at its end: `struct_size` tells what the caller knows.
 */
typedef struct FastNetClientConfig {
    /** Size of this struct in bytes, as the caller knows it. */
    uint32_t struct_size;
    /** Switches. */
    FastNetClientFlags flags;
    /** Who does the work of the network. */
    FastNetIoMode io_mode;
    /** How the network thread waits. */
    FastNetIdlePolicy idle_policy;
    /** FASTNET_IDLE_TICK: time between two looks. 0 means 1,000. 1 to 1,000,000. */
    uint32_t tick_us;
    /**
     * FASTNET_IDLE_SPIN: how long to stay awake after the last activity; none is for ever. 0 means 50,000.
     * `FASTNET_OFF` means none.
     */
    uint32_t spin_ns;
    /** For name, TCP, TLS and UDP together. 0 means 15,000. 100 to 600,000. */
    uint32_t open_timeout_ms;
    /**
     * Silence that ends the connection; none for debuggers. 0 means 10,000. `FASTNET_OFF` means none. 1,000 to
     * 3,600,000.
     */
    uint32_t idle_timeout_ms;
    /**
     * Silence after which to say that we are there; at most a third of the idle timeout. 0 means 1,000. 100 to 60,000.
     */
    uint32_t keepalive_ms;
    /**
     * How long the end of the handle waits for reliable messages to arrive. 0 means 500. `FASTNET_OFF` means none. At
     * most 30,000.
     */
    uint32_t linger_ms;
    /** Longest message accepted on a reliable channel. 0 means 1,048,576. At most 16,777,216. */
    uint32_t max_reliable_message;
    /** Longest message accepted on the other channels. 0 means 16,384. At most 65,536. */
    uint32_t max_unreliable_message;
    /** Budget of each reliable channel, unacknowledged messages included. 0 means 2,097,152. */
    uint32_t send_queue_bytes;
    /** Room between game and network thread each way. 0 means 262,144. 4,096 to 1,073,741,824. */
    uint32_t ring_bytes;
    /** Length of FastNetClientConfig.ca_pem. */
    uint32_t ca_pem_len;
    /** Number of FastNetClientConfig.pins. */
    uint32_t pin_count;
    /** Length of FastNetClientConfig.token. */
    uint32_t token_len;
    /** The server's TCP port; the handshake tells the UDP port. */
    uint16_t port;
    uint16_t reserved0;
    /** Must equal the server's. */
    uint64_t app_id;
    /** Name or literal address, IPv6 without brackets. 1 to 253 bytes. */
    const char* host;
    /** The name that the certificate must have; the default is the host. NULL for the default. At most 253 bytes. */
    const char* server_name;
    /** A PEM file with the only roots to trust. NULL for the default. At most 4,095 bytes. */
    const char* ca_path;
    /** The same from memory. NULL if empty. At most 1,048,576 bytes. */
    const uint8_t* ca_pem;
    /** SHA-256 of each public key that is accepted, whatever name and dates say. NULL if empty. At most 4,096. */
    const uint8_t* pins;
    /** For the server to decide about. NULL if empty. At most 1,024 bytes. */
    const uint8_t* token;
    /** Stored, never read; comes back in events. */
    void* user_data;
    void* reserved1;
} FastNetClientConfig;

/**
 * What fastnet_server_open needs to know.
 *
 * May grow at its end: `struct_size` tells what the caller knows.
 */
typedef struct FastNetServerConfig {
    /** Size of this struct in bytes, as the caller knows it. */
    uint32_t struct_size;
    /** Switches. */
    FastNetServerFlags flags;
    /** Who does the work of the network. */
    FastNetIoMode io_mode;
    /** How the network thread waits. */
    FastNetIdlePolicy idle_policy;
    /** FASTNET_IDLE_TICK: time between two looks. 0 means 1,000. 1 to 1,000,000. */
    uint32_t tick_us;
    /**
     * FASTNET_IDLE_SPIN: how long to stay awake after the last activity; none is for ever. 0 means 50,000.
     * `FASTNET_OFF` means none.
     */
    uint32_t spin_ns;
    /** Most peers at a time. 0 means 1,024. At most 65,535. */
    uint32_t peers_max;
    /** How long a handshake may take. 0 means 10,000. 100 to 60,000. */
    uint32_t handshake_timeout_ms;
    /**
     * Silence that ends a connection; none for debuggers. 0 means 10,000. `FASTNET_OFF` means none. 1,000 to 3,600,000.
     */
    uint32_t idle_timeout_ms;
    /**
     * Silence after which to say that we are there; at most a third of the idle timeout. 0 means 1,000. 100 to 60,000.
     */
    uint32_t keepalive_ms;
    /**
     * How long the end of the handle waits for reliable messages to arrive. 0 means 500. `FASTNET_OFF` means none. At
     * most 30,000.
     */
    uint32_t linger_ms;
    /** Longest message accepted on a reliable channel. 0 means 1,048,576. At most 16,777,216. */
    uint32_t max_reliable_message;
    /** Longest message accepted on the other channels. 0 means 16,384. At most 65,536. */
    uint32_t max_unreliable_message;
    /** Budget of each reliable channel of each peer, unacknowledged messages included. 0 means 2,097,152. */
    uint32_t send_queue_bytes;
    /**
     * Room between game and network thread each way, for all peers together. 0 means 4,194,304. 4,096 to 1,073,741,824.
     */
    uint32_t ring_bytes;
    /** Length of FastNetServerConfig.cert_pem. */
    uint32_t cert_pem_len;
    /** Length of FastNetServerConfig.key_pem. */
    uint32_t key_pem_len;
    /** Port for messages; 0 is any free one. */
    uint16_t udp_port;
    /** Port for handshakes; 0 is any free one. */
    uint16_t tcp_port;
    /** Must equal the clients'. */
    uint64_t app_id;
    /** A literal address; the default is all interfaces, IPv6 and IPv4. NULL for the default. At most 253 bytes. */
    const char* bind_address;
    /**
     * A PEM file with the certificate and its chain. Without file and memory, this machine's development certificate
     * serves. NULL for the default. At most 4,095 bytes.
     */
    const char* cert_path;
    /** A PEM file with the private key. NULL for the default. At most 4,095 bytes. */
    const char* key_path;
    /** Certificate and chain from memory. NULL if empty. At most 1,048,576 bytes. */
    const uint8_t* cert_pem;
    /** The private key from memory. NULL if empty. At most 1,048,576 bytes. */
    const uint8_t* key_pem;
    /** Stored, never read; comes back in events. */
    void* user_data;
} FastNetServerConfig;

/* Common */

/**
 * The version of the library.
 *
 * @return `major << 16 | minor << 8 | patch`.
 *
 * Any thread, any time.
 */
FASTNET_DECL uint32_t FASTNET_CALL fastnet_version(void);

/**
 * The version of the library as text.
 *
 * @return Such as `0.1.0`. Static.
 *
 * Any thread, any time.
 */
FASTNET_DECL const char* FASTNET_CALL fastnet_version_string(void);

/**
 * Whether the library keeps what a binding was printed for.
 *
 * Bindings call this once, before anything else. fastnet_last_error says which side is old.
 *
 * @param revision `FASTNET_ABI_REVISION` of the binding.
 * @param hash `FASTNET_ABI_HASH` of the binding.
 * @return FASTNET_OK if the two fit.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_ABI_MISMATCH.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_abi_check(uint32_t revision, uint64_t hash);

/**
 * Start the network thread and its core before the first connection needs them.
 *
 * Optional and counted. A plug-in that calls this while it loads connects in milliseconds later.
 *
 * @param wait_ms How long to wait until the core runs; 0 does not wait.
 * @return FASTNET_OK if the core runs, or starts and was not waited for.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_TIMEOUT, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_init(uint32_t wait_ms);

/**
 * Undo one init; the last one ends all handles and the network thread.
 *
 * Goodbyes may take up to 500 ms. A later open or connect starts the thread again.
 *
 * Any thread, any time.
 */
FASTNET_DECL void FASTNET_CALL fastnet_shutdown(void);

/**
 * Where the folder `fastnet_runtime` is, if not beside the library.
 *
 * Only before the first init, open, connect or create of the process.
 *
 * @param path The folder itself. 1 to 4,095 bytes.
 * @return FASTNET_OK once stored; whether the folder is good shows at the start.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_BUSY.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_runtime_folder_set(const char* path);

/**
 * The clock of FastNetEvent.timestamp_us.
 *
 * @return Microseconds since an arbitrary moment; never goes back.
 *
 * Any thread, any time.
 */
FASTNET_DECL uint64_t FASTNET_CALL fastnet_time_us(void);

/**
 * The name of a result code.
 *
 * @param result Any number.
 * @return Such as `FASTNET_ERROR_TIMEOUT`; never NULL. Static.
 *
 * Any thread, any time.
 */
FASTNET_DECL const char* FASTNET_CALL fastnet_result_name(FastNetResult result);

/**
 * The name of the reason for which a connection ended.
 *
 * @param reason Any number.
 * @return Such as `KICKED`; `APPLICATION` for 1000 to 2999; never NULL. Static.
 *
 * Any thread, any time.
 */
FASTNET_DECL const char* FASTNET_CALL fastnet_reason_name(FastNetReason reason);

/**
 * The result of this thread's latest failed call; success leaves it.
 *
 * @return FASTNET_OK if none failed yet.
 *
 * Any thread, any time.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_last_result(void);

/**
 * The text that belongs to fastnet_last_result.
 *
 * @return Never NULL; says what to do where there is something to do.
 *
 * Any thread, any time. Lives until the next call of this thread.
 */
FASTNET_DECL const char* FASTNET_CALL fastnet_last_error(void);

/**
 * Copy the text that belongs to fastnet_last_result.
 *
 * @param buffer Receives the text.
 * @param capacity Room in the buffer; 0 only asks.
 * @return Bytes needed with the NUL; the copy is cut, and still ends with a NUL, if capacity is smaller.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT.
 */
FASTNET_DECL uint32_t FASTNET_CALL fastnet_last_error_copy(char* buffer, uint32_t capacity);

/**
 * Choose what is logged and who receives it.
 *
 * The library itself writes to no stream. Lines that find no room are dropped, and the next line says how many. Hosts
 * that reload their code clear the callback first.
 *
 * @param level The most talkative level that is wanted.
 * @param callback The receiver; NULL for no log. NULL for none.
 * @param user_data Given back to the callback.
 * @return FASTNET_OK once it holds.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_UNSUPPORTED, FASTNET_ERROR_BUSY.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_log_set(FastNetLogLevel level, FastNetLogCallback callback,
    void* user_data);

/* Client */

/**
 * Zero a configuration and set its size.
 *
 * The size is the caller's, so a newer library does not write past an older struct.
 *
 * @param config The configuration.
 * @param struct_size `sizeof` of the struct.
 * @return FASTNET_OK once set.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_STRUCT_SIZE.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_client_config_init(FastNetClientConfig* config, uint32_t struct_size);

/**
 * Connect with default settings, and wait until it is done.
 *
 * Blocks for up to 15 seconds. The event CONNECTED is queued, so the first poll shows it.
 *
 * @param host Name or literal address, IPv6 without brackets. 1 to 253 bytes.
 * @param port The server's TCP port.
 * @return NULL on failure; fastnet_last_result and fastnet_last_error say why.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_IO, FASTNET_ERROR_TIMEOUT,
 * FASTNET_ERROR_REFUSED, FASTNET_ERROR_RESOLVE, FASTNET_ERROR_TLS, FASTNET_ERROR_CERTIFICATE, FASTNET_ERROR_PROTOCOL,
 * FASTNET_ERROR_BUSY, FASTNET_ERROR_OUT_OF_MEMORY, FASTNET_ERROR_RUNTIME, FASTNET_ERROR_SERVER_FULL,
 * FASTNET_ERROR_UDP_UNREACHABLE, FASTNET_ERROR_VERSION_MISMATCH, FASTNET_ERROR_TCP_UNREACHABLE.
 */
FASTNET_DECL FastNetClient FASTNET_CALL fastnet_client_connect(const char* host, uint16_t port);

/**
 * Begin to connect, without waiting.
 *
 * Returns in under a millisecond, even if the core has yet to start. Then comes one CONNECTED, or one DISCONNECTED with
 * reason and text.
 *
 * @param config What to connect to and how.
 * @param out_client The handle; NULL on failure.
 * @return FASTNET_OK once begun.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_STRUCT_SIZE,
 * FASTNET_ERROR_UNSUPPORTED, FASTNET_ERROR_WOULD_BLOCK, FASTNET_ERROR_TOO_LARGE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_OUT_OF_MEMORY, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_client_open(const FastNetClientConfig* config,
    FastNetClient* out_client);

/**
 * Say goodbye; the handle ends.
 *
 * The network thread finishes goodbye and linger behind it, so what was sent last is not lost. Calls in progress on the
 * handle are woken and waited for.
 *
 * @param client The client.
 *
 * No other call on the handle may follow. A NULL handle is fine.
 */
FASTNET_DECL void FASTNET_CALL fastnet_client_disconnect(FastNetClient client);

/**
 * Say goodbye with a code; the handle stays and DISCONNECTED follows.
 *
 * @param client The client.
 * @param close_code 0 or 1000 to 2999, see FastNetReason.
 * @param message A text for the other side. NULL for none. At most 256 bytes.
 * @return FASTNET_OK once begun.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_WOULD_BLOCK, FASTNET_ERROR_TOO_LARGE, FASTNET_ERROR_BUSY, FASTNET_ERROR_CLOSED, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_client_close(FastNetClient client, uint32_t close_code,
    const char* message);

/**
 * Take the next event.
 *
 * Never blocks. What was queued when the drain began is handed out, then 0 comes once, so `while (poll)` ends even
 * under a flood. The event's data lives until the next poll of this handle.
 *
 * @param client The client.
 * @param out_event Receives the event.
 * @return 1 with an event, 0 at the end of the drain.
 *
 * One thread at a time per handle. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetBool FASTNET_CALL fastnet_client_poll(FastNetClient client, FastNetEvent* out_event);

/**
 * Wait until fastnet_client_poll has an event.
 *
 * @param client The client.
 * @param timeout_ms How long at most; none is for ever. `FASTNET_OFF` means none.
 * @return FASTNET_OK with an event to poll.
 *
 * One thread at a time per handle. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_TIMEOUT, FASTNET_ERROR_BUSY, FASTNET_ERROR_CLOSED, FASTNET_ERROR_RUNTIME, FASTNET_ERROR_CANCELLED.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_client_wait(FastNetClient client, uint32_t timeout_ms);

/**
 * End the present or the next wait.
 *
 * @param client The client.
 * @return FASTNET_OK once done.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_client_wake(FastNetClient client);

/**
 * Queue one message for the server.
 *
 * The bytes are copied before the call returns. FastNetChannel says what delivery is promised.
 *
 * @param client The client.
 * @param channel Delivery class.
 * @param data The message. NULL if empty.
 * @param data_len Bytes at `data`.
 * @return FASTNET_OK once queued.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_NOT_CONNECTED,
 * FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_WOULD_BLOCK, FASTNET_ERROR_TOO_LARGE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_CLOSED, FASTNET_ERROR_RUNTIME, FASTNET_ERROR_NO_CHANNEL.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_client_send(FastNetClient client, FastNetChannel channel,
    const uint8_t* data, uint32_t data_len);

/**
 * Send now what waits.
 *
 * Needed under FASTNET_CLIENT_MANUAL_FLUSH, and useful under FASTNET_IDLE_TICK.
 *
 * @param client The client.
 * @return FASTNET_OK once asked for.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_client_flush(FastNetClient client);

/**
 * Where the connection is in its life.
 *
 * @param client The client.
 * @return FASTNET_STATE_CLOSED for a bad handle.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetState FASTNET_CALL fastnet_client_state(FastNetClient client);

/**
 * The number that the server gave to this client.
 *
 * @param client The client.
 * @return 0 before CONNECTED.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetPeerId FASTNET_CALL fastnet_client_peer_id(FastNetClient client);

/**
 * The smoothed round trip.
 *
 * @param client The client.
 * @return 0 before the first sample.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL uint64_t FASTNET_CALL fastnet_client_rtt_us(FastNetClient client);

/**
 * The longest message that a channel takes, as agreed with the server.
 *
 * @param client The client.
 * @param channel The channel.
 * @return 0 before CONNECTED.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_RUNTIME, FASTNET_ERROR_NO_CHANNEL.
 */
FASTNET_DECL uint32_t FASTNET_CALL fastnet_client_max_message(FastNetClient client, FastNetChannel channel);

/**
 * The counters of the connection, at most one turn old.
 *
 * @param client The client.
 * @param stats Receives the counters; `struct_size` is set by the caller.
 * @return FASTNET_OK once written.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_STRUCT_SIZE, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_client_stats(FastNetClient client, FastNetStats* stats);

/* Server */

/**
 * Zero a configuration and set its size.
 *
 * The size is the caller's, so a newer library does not write past an older struct.
 *
 * @param config The configuration.
 * @param struct_size `sizeof` of the struct.
 * @return FASTNET_OK once set.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_STRUCT_SIZE.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_server_config_init(FastNetServerConfig* config, uint32_t struct_size);

/**
 * Listen with default settings.
 *
 * @param udp_port Port for messages; 0 is any free one.
 * @param tcp_port Port for handshakes; 0 is any free one.
 * @param cert_path A PEM file with the certificate and its chain; NULL with the key NULL too: this machine's
 *     development certificate. NULL for the default. At most 4,095 bytes.
 * @param key_path A PEM file with the private key. NULL for the default. At most 4,095 bytes.
 * @return NULL on failure; fastnet_last_result and fastnet_last_error say why.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_IO, FASTNET_ERROR_WOULD_BLOCK,
 * FASTNET_ERROR_TIMEOUT, FASTNET_ERROR_ADDRESS_IN_USE, FASTNET_ERROR_CERTIFICATE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_OUT_OF_MEMORY, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetServer FASTNET_CALL fastnet_server_create(uint16_t udp_port, uint16_t tcp_port,
    const char* cert_path, const char* key_path);

/**
 * Listen.
 *
 * @param config Where to listen and how.
 * @param out_server The handle; NULL on failure.
 * @return FASTNET_OK once bound and listening.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_IO, FASTNET_ERROR_STRUCT_SIZE,
 * FASTNET_ERROR_UNSUPPORTED, FASTNET_ERROR_WOULD_BLOCK, FASTNET_ERROR_TOO_LARGE, FASTNET_ERROR_TIMEOUT,
 * FASTNET_ERROR_ADDRESS_IN_USE, FASTNET_ERROR_CERTIFICATE, FASTNET_ERROR_BUSY, FASTNET_ERROR_OUT_OF_MEMORY,
 * FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_server_open(const FastNetServerConfig* config,
    FastNetServer* out_server);

/**
 * Stop; peers see FASTNET_REASON_SHUTTING_DOWN, and the handle ends.
 *
 * The network thread finishes goodbye and linger behind it, so what was sent last is not lost. Calls in progress on the
 * handle are woken and waited for.
 *
 * @param server The server.
 *
 * No other call on the handle may follow. A NULL handle is fine.
 */
FASTNET_DECL void FASTNET_CALL fastnet_server_destroy(FastNetServer server);

/**
 * Take the next event.
 *
 * Never blocks. What was queued when the drain began is handed out, then 0 comes once, so `while (poll)` ends even
 * under a flood. The event's data lives until the next poll of this handle. Per peer come CONNECTED, any number of
 * DATA, and DISCONNECTED; the peer's getters answer until the latter is released.
 *
 * @param server The server.
 * @param out_event Receives the event.
 * @return 1 with an event, 0 at the end of the drain.
 *
 * One thread at a time per handle. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetBool FASTNET_CALL fastnet_server_poll(FastNetServer server, FastNetEvent* out_event);

/**
 * Wait until fastnet_server_poll has an event.
 *
 * @param server The server.
 * @param timeout_ms How long at most; none is for ever. `FASTNET_OFF` means none.
 * @return FASTNET_OK with an event to poll.
 *
 * One thread at a time per handle. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_TIMEOUT, FASTNET_ERROR_BUSY, FASTNET_ERROR_CLOSED, FASTNET_ERROR_RUNTIME, FASTNET_ERROR_CANCELLED.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_server_wait(FastNetServer server, uint32_t timeout_ms);

/**
 * End the present or the next wait.
 *
 * @param server The server.
 * @return FASTNET_OK once done.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_server_wake(FastNetServer server);

/**
 * Send now what waits.
 *
 * Needed under FASTNET_SERVER_MANUAL_FLUSH, and useful under FASTNET_IDLE_TICK.
 *
 * @param server The server.
 * @return FASTNET_OK once asked for.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_server_flush(FastNetServer server);

/**
 * Queue one message for a peer.
 *
 * The bytes are copied before the call returns. FastNetChannel says what delivery is promised.
 *
 * @param server The server.
 * @param peer_id The peer.
 * @param channel Delivery class.
 * @param data The message. NULL if empty.
 * @param data_len Bytes at `data`.
 * @return FASTNET_OK once queued.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_NOT_CONNECTED,
 * FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_WOULD_BLOCK, FASTNET_ERROR_TOO_LARGE, FASTNET_ERROR_UNKNOWN_PEER,
 * FASTNET_ERROR_BUSY, FASTNET_ERROR_CLOSED, FASTNET_ERROR_RUNTIME, FASTNET_ERROR_NO_CHANNEL.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_server_send(FastNetServer server, FastNetPeerId peer_id,
    FastNetChannel channel, const uint8_t* data, uint32_t data_len);

/**
 * Queue one message for all peers.
 *
 * On a reliable channel either all peers get it or none, and then the result is FASTNET_ERROR_WOULD_BLOCK.
 *
 * @param server The server.
 * @param except A peer to leave out; 0 is nobody.
 * @param channel Delivery class.
 * @param data The message. NULL if empty.
 * @param data_len Bytes at `data`.
 * @return FASTNET_OK once queued.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_WOULD_BLOCK, FASTNET_ERROR_TOO_LARGE, FASTNET_ERROR_BUSY, FASTNET_ERROR_CLOSED, FASTNET_ERROR_RUNTIME,
 * FASTNET_ERROR_NO_CHANNEL.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_server_broadcast(FastNetServer server, FastNetPeerId except,
    FastNetChannel channel, const uint8_t* data, uint32_t data_len);

/**
 * End one peer, without linger.
 *
 * @param server The server.
 * @param peer_id The peer.
 * @param close_code 0 is FASTNET_REASON_KICKED; else 1000 to 2999, see FastNetReason.
 * @param message A text for the peer. NULL for none. At most 256 bytes.
 * @return FASTNET_OK once begun.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_WOULD_BLOCK, FASTNET_ERROR_TOO_LARGE, FASTNET_ERROR_UNKNOWN_PEER, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_CLOSED, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_server_disconnect_peer(FastNetServer server, FastNetPeerId peer_id,
    uint32_t close_code, const char* message);

/**
 * How many peers are connected now.
 *
 * @param server The server.
 * @return 0 for a bad handle.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL uint32_t FASTNET_CALL fastnet_server_peer_count(FastNetServer server);

/**
 * The peers that are connected now, in ascending order.
 *
 * @param server The server.
 * @param buffer Receives the numbers.
 * @param capacity Room in the buffer; 0 only asks.
 * @return The count, which may be above capacity; only capacity numbers are written.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL uint32_t FASTNET_CALL fastnet_server_peers(FastNetServer server, FastNetPeerId* buffer, uint32_t capacity);

/**
 * Where a peer is in its life.
 *
 * @param server The server.
 * @param peer_id The peer.
 * @return FASTNET_STATE_CLOSED if unknown.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_UNKNOWN_PEER, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetState FASTNET_CALL fastnet_server_peer_state(FastNetServer server, FastNetPeerId peer_id);

/**
 * Where a peer sends from.
 *
 * @param server The server.
 * @param peer_id The peer.
 * @param buffer Receives the text, such as `[::1]:50000`.
 * @param capacity Room in the buffer; 0 only asks.
 * @return Bytes needed with the NUL, 0 if unknown; the copy is cut, and still ends with a NUL, if capacity is
 *     smaller.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_UNKNOWN_PEER, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL uint32_t FASTNET_CALL fastnet_server_peer_address(FastNetServer server, FastNetPeerId peer_id,
    char* buffer, uint32_t capacity);

/**
 * The smoothed round trip to a peer.
 *
 * @param server The server.
 * @param peer_id The peer.
 * @return 0 before the first sample, or if unknown.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_UNKNOWN_PEER, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL uint64_t FASTNET_CALL fastnet_server_peer_rtt_us(FastNetServer server, FastNetPeerId peer_id);

/**
 * The counters of one peer, at most one turn old.
 *
 * @param server The server.
 * @param peer_id The peer.
 * @param stats Receives the counters; `struct_size` is set by the caller.
 * @return FASTNET_OK once written.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_STRUCT_SIZE, FASTNET_ERROR_UNKNOWN_PEER, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_server_peer_stats(FastNetServer server, FastNetPeerId peer_id,
    FastNetStats* stats);

/**
 * Store a pointer that comes back in the events of a peer.
 *
 * @param server The server.
 * @param peer_id The peer.
 * @param user_data Stored, never read.
 * @return FASTNET_OK once stored.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_UNKNOWN_PEER, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_server_peer_set_user_data(FastNetServer server, FastNetPeerId peer_id,
    void* user_data);

/**
 * The pointer stored for a peer.
 *
 * @param server The server.
 * @param peer_id The peer.
 * @return NULL if none was stored, or if unknown.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_UNKNOWN_PEER, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL void* FASTNET_CALL fastnet_server_peer_user_data(FastNetServer server, FastNetPeerId peer_id);

/**
 * The longest message that a channel takes, as agreed with a peer.
 *
 * @param server The server.
 * @param peer_id The peer; 0 asks for the server's own limit.
 * @param channel The channel.
 * @return 0 if unknown.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_UNKNOWN_PEER, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME, FASTNET_ERROR_NO_CHANNEL.
 */
FASTNET_DECL uint32_t FASTNET_CALL fastnet_server_max_message(FastNetServer server, FastNetPeerId peer_id,
    FastNetChannel channel);

/**
 * The sums over all peers; the round trip fields are 0.
 *
 * @param server The server.
 * @param stats Receives the counters; `struct_size` is set by the caller.
 * @return FASTNET_OK once written.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE,
 * FASTNET_ERROR_STRUCT_SIZE, FASTNET_ERROR_BUSY, FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL FastNetResult FASTNET_CALL fastnet_server_stats(FastNetServer server, FastNetStats* stats);

/**
 * The port for messages, the real one after asking for port 0.
 *
 * @param server The server.
 * @return 0 for a bad handle.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL uint16_t FASTNET_CALL fastnet_server_udp_port(FastNetServer server);

/**
 * The port for handshakes, the real one after asking for port 0.
 *
 * @param server The server.
 * @return 0 for a bad handle.
 *
 * Any thread, any time. Fails with FASTNET_ERROR_INVALID_ARGUMENT, FASTNET_ERROR_INVALID_HANDLE, FASTNET_ERROR_BUSY,
 * FASTNET_ERROR_RUNTIME.
 */
FASTNET_DECL uint16_t FASTNET_CALL fastnet_server_tcp_port(FastNetServer server);

#ifdef __cplusplus
}
#endif

#endif /* FASTNET_H */
