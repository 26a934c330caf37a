// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate cpp

// FastNet for C++11 and newer: one header over fastnet.h. Handles end themselves and move; enumerations are
// typed; text and bytes come from whatever holds them. What can fail in the middle of a game returns a Result; making a
// client or server throws Error, or, without exceptions, gives an empty one (then see last_result and last_error).
#ifndef FASTNET_HPP
#define FASTNET_HPP

#include "fastnet.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#if defined(__has_include)
#if __has_include(<version>)
#include <version>
#endif
#endif
#if defined(__cpp_lib_span)
#include <span>
#endif

namespace fastnet {

/// "None" or "for ever", where it is offered.
constexpr std::uint32_t disabled = FASTNET_OFF;

/// One peer of a server, or the server itself.
///
/// 0 is nobody, 1 the server. A client's number holds a slot in its low 17 bits and then 14 bits of generation, so the
/// number of a peer that left is not soon given to another.
using PeerId = FastNetPeerId;

/// Counters since the connection or server began.
using Stats = FastNetStats;

/// What a message is promised.
enum class Channel : std::uint8_t {
    /// Every message once, in the order of sending.
    reliable_ordered = FASTNET_CHANNEL_RELIABLE_ORDERED,
    /// May be lost or reordered, never doubled.
    unreliable = FASTNET_CHANNEL_UNRELIABLE,
    /// Every message once, as soon as it arrives.
    reliable_unordered = FASTNET_CHANNEL_RELIABLE_UNORDERED,
    /// Another name of Channel::reliable_unordered.
    reliable = FASTNET_CHANNEL_RELIABLE,
    /// Only the newest; an older one that comes late is dropped.
    sequenced = FASTNET_CHANNEL_SEQUENCED,
    /// Another name of Channel::sequenced.
    unreliable_sequenced = FASTNET_CHANNEL_UNRELIABLE_SEQUENCED,
};

/// How a call ended, or what class of cause ended a connection.
enum class Result : std::int32_t {
    /// It worked.
    ok = FASTNET_OK,
    /// An argument is NULL, out of range or not UTF-8; the text names it.
    invalid_argument = FASTNET_ERROR_INVALID_ARGUMENT,
    /// The operating system refused.
    io = FASTNET_ERROR_IO,
    /// The connection is not there yet; wait for EventType::connected.
    not_connected = FASTNET_ERROR_NOT_CONNECTED,
    /// The handle has ended or is of another kind.
    invalid_handle = FASTNET_ERROR_INVALID_HANDLE,
    /// The struct's size is below that of revision 1, or its unknown tail is not zero.
    struct_size = FASTNET_ERROR_STRUCT_SIZE,
    /// A flag, mode, level or platform that this library does not know.
    unsupported = FASTNET_ERROR_UNSUPPORTED,
    /// A budget or ring is full; poll or wait, then try again.
    would_block = FASTNET_ERROR_WOULD_BLOCK,
    /// A message or text is longer than agreed.
    too_large = FASTNET_ERROR_TOO_LARGE,
    /// Nothing happened in time.
    timeout = FASTNET_ERROR_TIMEOUT,
    /// The server said no.
    refused = FASTNET_ERROR_REFUSED,
    /// No such name.
    resolve = FASTNET_ERROR_RESOLVE,
    /// Another program has the port.
    address_in_use = FASTNET_ERROR_ADDRESS_IN_USE,
    /// The TLS handshake failed.
    tls = FASTNET_ERROR_TLS,
    /// A certificate is untrusted, of another name, out of date, or its file is unusable.
    certificate = FASTNET_ERROR_CERTIFICATE,
    /// The rules were broken, or the peer is at fault.
    protocol = FASTNET_ERROR_PROTOCOL,
    /// No such peer: it never was, or it is gone.
    unknown_peer = FASTNET_ERROR_UNKNOWN_PEER,
    /// Another thread is in a call of its class, the log callback called, or it is too late for this setting.
    busy = FASTNET_ERROR_BUSY,
    /// The connection or server is closed or closing.
    closed = FASTNET_ERROR_CLOSED,
    /// Memory is short, or more than 4,096 handles are open.
    out_of_memory = FASTNET_ERROR_OUT_OF_MEMORY,
    /// The core is missing, damaged, not started or dead; the text says which and what helps.
    runtime = FASTNET_ERROR_RUNTIME,
    /// Library and binding are of different builds.
    abi_mismatch = FASTNET_ERROR_ABI_MISMATCH,
    /// A wake function ended the wait.
    cancelled = FASTNET_ERROR_CANCELLED,
    /// A fault of the library; it was logged.
    internal = FASTNET_ERROR_INTERNAL,
    /// The server has all the peers it wants.
    server_full = FASTNET_ERROR_SERVER_FULL,
    /// TLS passed, UDP did not: a firewall is in the way.
    udp_unreachable = FASTNET_ERROR_UDP_UNREACHABLE,
    /// The other side speaks another version of the protocol.
    version_mismatch = FASTNET_ERROR_VERSION_MISMATCH,
    /// Nobody answers at that address and port.
    tcp_unreachable = FASTNET_ERROR_TCP_UNREACHABLE,
    /// No such channel; there are four, 0 to 3.
    no_channel = FASTNET_ERROR_NO_CHANNEL,
};

/// Why a connection ended.
///
/// The codes of the protocol, section 10. 1000 to 1999 are the application's for a normal end, 2000 to 2999 for an
/// error.
enum class Reason : std::uint32_t {
    /// The application ended it.
    closed = FASTNET_REASON_CLOSED,
    /// The server ends.
    shutting_down = FASTNET_REASON_SHUTTING_DOWN,
    /// Nothing came for too long.
    idle_timeout = FASTNET_REASON_IDLE_TIMEOUT,
    /// The handshake took too long.
    handshake_timeout = FASTNET_REASON_HANDSHAKE_TIMEOUT,
    /// TLS passed, UDP did not.
    udp_unreachable = FASTNET_REASON_UDP_UNREACHABLE,
    /// Nobody answers there, or there is no such name (then the result is Result::resolve).
    tcp_unreachable = FASTNET_REASON_TCP_UNREACHABLE,
    /// The TLS handshake failed.
    tls_failed = FASTNET_REASON_TLS_FAILED,
    /// The server's certificate is not to be trusted.
    certificate_rejected = FASTNET_REASON_CERTIFICATE_REJECTED,
    /// No version of the protocol in common.
    version_mismatch = FASTNET_REASON_VERSION_MISMATCH,
    /// The other side is another application.
    app_mismatch = FASTNET_REASON_APP_MISMATCH,
    /// The channel tables differ.
    channels_mismatch = FASTNET_REASON_CHANNELS_MISMATCH,
    /// The server has all the peers it wants.
    server_full = FASTNET_REASON_SERVER_FULL,
    /// The server admits holders of tokens only.
    token_required = FASTNET_REASON_TOKEN_REQUIRED,
    /// The token is not one of the server's.
    token_invalid = FASTNET_REASON_TOKEN_INVALID,
    /// The token is too old.
    token_expired = FASTNET_REASON_TOKEN_EXPIRED,
    /// The token was used before.
    token_used = FASTNET_REASON_TOKEN_USED,
    /// The server said no.
    refused = FASTNET_REASON_REFUSED,
    /// The server ended this peer.
    kicked = FASTNET_REASON_KICKED,
    /// The same user connected again.
    replaced = FASTNET_REASON_REPLACED,
    /// The other side no longer knows the connection.
    peer_reset = FASTNET_REASON_PEER_RESET,
    /// A fault in the other side, or here if the result is Result::runtime.
    internal_error = FASTNET_REASON_INTERNAL_ERROR,
    /// A budget of memory was reached.
    resource_limit = FASTNET_REASON_RESOURCE_LIMIT,
    /// The rules were broken.
    protocol_violation = FASTNET_REASON_PROTOCOL_VIOLATION,
    /// A frame could not be read.
    frame_invalid = FASTNET_REASON_FRAME_INVALID,
    /// More was sent than was allowed.
    credit_exceeded = FASTNET_REASON_CREDIT_EXCEEDED,
    /// A message is longer than agreed.
    message_too_large = FASTNET_REASON_MESSAGE_TOO_LARGE,
    /// A message came on a channel that does not exist.
    channel_unknown = FASTNET_REASON_CHANNEL_UNKNOWN,
    /// The keys were renewed against the rules.
    key_update_error = FASTNET_REASON_KEY_UPDATE_ERROR,
    /// Too many forged packets for one key.
    aead_limit = FASTNET_REASON_AEAD_LIMIT,
    /// A packet was acknowledged that was never sent.
    ack_invalid = FASTNET_REASON_ACK_INVALID,
    /// No packet numbers are left.
    numbers_exhausted = FASTNET_REASON_NUMBERS_EXHAUSTED,
};

/// What an event reports.
enum class EventType : std::uint32_t {
    /// Nothing; a poll that returned 0 leaves this.
    none = FASTNET_EVENT_NONE,
    /// A peer is there.
    connected = FASTNET_EVENT_CONNECTED,
    /// A message arrived.
    data = FASTNET_EVENT_DATA,
    /// A peer is gone, or the connection could not be made.
    disconnected = FASTNET_EVENT_DISCONNECTED,
    /// The server itself failed; nothing follows.
    error = FASTNET_EVENT_ERROR,
};

/// Where a connection is in its life.
enum class State : std::uint32_t {
    /// Ended, or never was.
    closed = FASTNET_STATE_CLOSED,
    /// The handshake is under way.
    connecting = FASTNET_STATE_CONNECTING,
    /// Messages travel.
    connected = FASTNET_STATE_CONNECTED,
    /// The goodbye is under way.
    closing = FASTNET_STATE_CLOSING,
};

/// How much the log tells; each level includes those before it.
enum class LogLevel : std::uint32_t {
    /// Nothing.
    off = FASTNET_LOG_OFF,
    /// What failed.
    error = FASTNET_LOG_ERROR,
    /// What is dangerous or about to fail.
    warn = FASTNET_LOG_WARN,
    /// Connections that come and go.
    info = FASTNET_LOG_INFO,
    /// What helps to understand a fault.
    debug = FASTNET_LOG_DEBUG,
    /// Everything; slow.
    trace = FASTNET_LOG_TRACE,
};

/// Who does the work of the network.
enum class IoMode : std::uint32_t {
    /// One network thread per process; acknowledgements go on while a game loads a level.
    threaded = FASTNET_IO_THREADED,
    /// The caller: poll, send, wait, flush, open, close and the end of the handle do the work, all on one thread at a
    /// time.
    pumped = FASTNET_IO_PUMPED,
};

/// How the network thread waits, by the most eager policy among live handles; a pumped handle waits by its own.
enum class IdlePolicy : std::uint32_t {
    /// Sleep in the kernel until something happens.
    sleep = FASTNET_IDLE_SLEEP,
    /// Look every `tick_us`; sending then never pays for a wake-up.
    tick = FASTNET_IDLE_TICK,
    /// Stay awake for `spin_ns` after the last activity; the lowest latency for a whole core.
    spin = FASTNET_IDLE_SPIN,
};

/// Switches of a client.
enum class ClientFlags : std::uint32_t {
    /// Trust anyone. Whoever sits between can read and change everything; logged at each open.
    danger_accept_any_certificate = FASTNET_CLIENT_DANGER_ACCEPT_ANY_CERTIFICATE,
    /// Do not trust this machine's development certificates for loopback addresses.
    no_dev_ca = FASTNET_CLIENT_NO_DEV_CA,
    /// Messages wait for Client::flush and share datagrams.
    manual_flush = FASTNET_CLIENT_MANUAL_FLUSH,
};

/// Both.
constexpr ClientFlags operator|(ClientFlags left, ClientFlags right)
{
    return static_cast<ClientFlags>(static_cast<std::uint32_t>(left) | static_cast<std::uint32_t>(right));
}

/// Switches of a server.
enum class ServerFlags : std::uint32_t {
    /// Messages wait for Server::flush and share datagrams.
    manual_flush = FASTNET_SERVER_MANUAL_FLUSH,
};

/// Both.
constexpr ServerFlags operator|(ServerFlags left, ServerFlags right)
{
    return static_cast<ServerFlags>(static_cast<std::uint32_t>(left) | static_cast<std::uint32_t>(right));
}

/// Text for a call: from a string, from a literal, or none. Points at it, so it must outlive the call.
class Text {
public:
    Text() : text_(nullptr) {}
    Text(std::nullptr_t) : text_(nullptr) {}
    Text(const char* text) : text_(text) {}
    Text(const std::string& text) : text_(text.c_str()) {}
    const char* c_str() const { return text_; }
    std::string str() const { return text_ ? std::string(text_) : std::string(); }

private:
    const char* text_;
};

/// Bytes that someone else holds.
class Bytes {
public:
    Bytes() : data_(nullptr), size_(0) {}
    Bytes(const void* data, std::size_t size) : data_(static_cast<const std::uint8_t*>(data)), size_(size) {}
    Bytes(const std::string& text) : Bytes(text.data(), text.size()) {}
    Bytes(const std::vector<std::uint8_t>& bytes) : Bytes(bytes.data(), bytes.size()) {}
    template <std::size_t N>
    Bytes(const std::uint8_t (&bytes)[N]) : Bytes(bytes, N) {}
#if defined(__cpp_lib_span)
    Bytes(std::span<const std::uint8_t> bytes) : Bytes(bytes.data(), bytes.size()) {}
    operator std::span<const std::uint8_t>() const { return {data_, size_}; }
#endif
    const std::uint8_t* data() const { return data_; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    const std::uint8_t* begin() const { return data_; }
    const std::uint8_t* end() const { return data_ + size_; }
    std::vector<std::uint8_t> copy() const { return std::vector<std::uint8_t>(begin(), end()); }
    std::string text() const { return std::string(reinterpret_cast<const char*>(data_), size_); }
    /// As the C functions count; what is longer is refused there as too large.
    std::uint32_t size32() const { return size_ > 0xFFFFFFFFu ? 0xFFFFFFFFu : static_cast<std::uint32_t>(size_); }

private:
    const std::uint8_t* data_;
    std::size_t size_;
};

/// Why a client or server could not be made.
class Error : public std::runtime_error {
public:
    Error(Result result, const char* text) : std::runtime_error(text), result_(result) {}
    Result result() const { return result_; }

private:
    Result result_;
};

namespace detail {

inline void fail(FastNetResult result)
{
#if defined(__cpp_exceptions) || defined(__EXCEPTIONS) || defined(_CPPUNWIND)
    throw Error(static_cast<Result>(result), fastnet_last_error());
#else
    (void)result;
#endif
}

inline bool check(FastNetResult result)
{
    if (result != FASTNET_OK)
        fail(result);
    return result == FASTNET_OK;
}

template <class Handle>
Handle made(Handle handle)
{
    if (!handle)
        fail(fastnet_last_result());
    return handle;
}

template <class Copy>
std::string text(Copy copy)
{
    char buffer[256];
    std::uint32_t needed = copy(buffer, static_cast<std::uint32_t>(sizeof buffer));
    if (needed <= sizeof buffer)
        return needed > 0 ? std::string(buffer) : std::string();
    std::string found;
    do {
        found.resize(needed);
        needed = copy(&found[0], static_cast<std::uint32_t>(found.size()));
    } while (needed > found.size());
    found.resize(needed > 0 ? std::strlen(found.c_str()) : 0);
    return found;
}

template <class Item, class Copy>
std::vector<Item> list(Copy copy)
{
    std::vector<Item> found;
    std::uint32_t count = copy(nullptr, 0);
    do {
        found.resize(count);
        count = copy(found.data(), static_cast<std::uint32_t>(found.size()));
    } while (count > found.size());
    found.resize(count);
    return found;
}

} // namespace detail

/// Whether the library keeps what this header was printed for. Making a client or server asks by itself.
inline Result abi_check()
{
    return static_cast<Result>(fastnet_abi_check(FASTNET_ABI_REVISION, FASTNET_ABI_HASH));
}

/// The version of the library.
///
/// Returns: `major << 16 | minor << 8 | patch`.
///
/// Any thread, any time.
inline uint32_t version()
{
    return fastnet_version();
}

/// The version of the library as text.
///
/// Returns: Such as `0.1.0`.
///
/// Any thread, any time.
inline const char* version_string()
{
    return fastnet_version_string();
}

/// Start the network thread and its core before the first connection needs them.
///
/// Optional and counted. A plug-in that calls this while it loads connects in milliseconds later.
///
/// Returns: Result::ok if the core runs, or starts and was not waited for.
///
/// Any thread, any time. Fails with Result::timeout, Result::busy, Result::runtime.
inline Result init(uint32_t wait_ms)
{
    return static_cast<Result>(fastnet_init(wait_ms));
}

/// Undo one init; the last one ends all handles and the network thread.
///
/// Goodbyes may take up to 500 ms. A later open or connect starts the thread again.
///
/// Any thread, any time.
inline void shutdown()
{
    fastnet_shutdown();
}

/// Where the folder `fastnet_runtime` is, if not beside the library.
///
/// Only before the first init, open, connect or create of the process.
///
/// Returns: Result::ok once stored; whether the folder is good shows at the start.
///
/// Any thread, any time. Fails with Result::invalid_argument, Result::busy.
inline Result runtime_folder_set(Text path)
{
    return static_cast<Result>(fastnet_runtime_folder_set(path.c_str()));
}

/// The clock of Event::timestamp_us.
///
/// Returns: Microseconds since an arbitrary moment; never goes back.
///
/// Any thread, any time.
inline uint64_t time_us()
{
    return fastnet_time_us();
}

/// The name of a result code.
///
/// Returns: Such as `FASTNET_ERROR_TIMEOUT`; never NULL.
///
/// Any thread, any time.
inline const char* result_name(Result result)
{
    return fastnet_result_name(static_cast<FastNetResult>(result));
}

/// The name of the reason for which a connection ended.
///
/// Returns: Such as `KICKED`; `APPLICATION` for 1000 to 2999; never NULL.
///
/// Any thread, any time.
inline const char* reason_name(Reason reason)
{
    return fastnet_reason_name(static_cast<FastNetReason>(reason));
}

/// The result of this thread's latest failed call; success leaves it.
///
/// Returns: Result::ok if none failed yet.
///
/// Any thread, any time.
inline Result last_result()
{
    return static_cast<Result>(fastnet_last_result());
}

/// The text that belongs to last_result.
///
/// Returns: Never NULL; says what to do where there is something to do.
///
/// Any thread, any time. Lives until the next call of this thread.
inline const char* last_error()
{
    return fastnet_last_error();
}

/// Copy the text that belongs to last_result.
///
/// Returns: Bytes needed with the NUL; the copy is cut, and still ends with a NUL, if capacity is smaller.
///
/// Any thread, any time. Fails with Result::invalid_argument.
inline std::string last_error_copy()
{
    return detail::text([&](char* buffer, std::uint32_t capacity) { return fastnet_last_error_copy(buffer,
        capacity); });
}

/// Choose what is logged and who receives it.
///
/// The library itself writes to no stream. Lines that find no room are dropped, and the next line says how many. Hosts
/// that reload their code clear the callback first.
///
/// Returns: Result::ok once it holds.
///
/// Any thread, any time. Fails with Result::unsupported, Result::busy.
inline Result log_set(LogLevel level, FastNetLogCallback callback, void* user_data)
{
    return static_cast<Result>(fastnet_log_set(static_cast<FastNetLogLevel>(level), callback, user_data));
}

/// What Client::poll and Server::poll report; the library fills all of it.
class Event {
public:
    Event() : raw_() {}
    /// What happened.
    EventType type() const { return static_cast<EventType>(raw_.type); }
    /// The peer. On a client it is 1, but in CONNECTED the client's own number.
    PeerId peer_id() const { return raw_.peer_id; }
    /// DATA: the channel the message came on.
    Channel channel() const { return static_cast<Channel>(raw_.channel); }
    /// DISCONNECTED: 0 if orderly, else the class of the cause. ERROR: the cause.
    Result error_code() const { return static_cast<Result>(raw_.error_code); }
    /// DISCONNECTED: why it ended.
    Reason reason() const { return static_cast<Reason>(raw_.reason); }
    /// DISCONNECTED: 1 if the other side ended it.
    bool by_peer() const { return raw_.by_peer != 0; }
    /// When it was seen, on the clock of time_us.
    uint64_t timestamp_us() const { return raw_.timestamp_us; }
    /// DATA: the message. DISCONNECTED and ERROR: an explanation in UTF-8. 8-byte aligned. Lives until the next poll of
    /// the handle, or the end of the handle.
    Bytes data() const { return Bytes(raw_.data, raw_.data_len); }
    /// The peer's if set, else the handle's.
    void* user_data() const { return raw_.user_data; }
    /// The struct itself, for the C functions.
    FastNetEvent* raw() { return &raw_; }
    const FastNetEvent* raw() const { return &raw_; }

private:
    FastNetEvent raw_;
};

/// What Client::open needs to know.
class ClientConfig {
public:
    ClientConfig() : raw_() { detail::check(fastnet_client_config_init(&raw_, static_cast<std::uint32_t>(sizeof raw_))); }
    /// Switches.
    ClientConfig& flags(ClientFlags value)
    {
        raw_.flags = static_cast<FastNetClientFlags>(value);
        return *this;
    }
    /// Who does the work of the network.
    ClientConfig& io_mode(IoMode value)
    {
        raw_.io_mode = static_cast<FastNetIoMode>(value);
        return *this;
    }
    /// How the network thread waits.
    ClientConfig& idle_policy(IdlePolicy value)
    {
        raw_.idle_policy = static_cast<FastNetIdlePolicy>(value);
        return *this;
    }
    /// IdlePolicy::tick: time between two looks. 0 means 1,000. 1 to 1,000,000.
    ClientConfig& tick_us(uint32_t value)
    {
        raw_.tick_us = value;
        return *this;
    }
    /// IdlePolicy::spin: how long to stay awake after the last activity; none is for ever. 0 means 50,000. `disabled`
    /// means none.
    ClientConfig& spin_ns(uint32_t value)
    {
        raw_.spin_ns = value;
        return *this;
    }
    /// For name, TCP, TLS and UDP together. 0 means 15,000. 100 to 600,000.
    ClientConfig& open_timeout_ms(uint32_t value)
    {
        raw_.open_timeout_ms = value;
        return *this;
    }
    /// Silence that ends the connection; none for debuggers. 0 means 10,000. `disabled` means none. 1,000 to 3,600,000.
    ClientConfig& idle_timeout_ms(uint32_t value)
    {
        raw_.idle_timeout_ms = value;
        return *this;
    }
    /// Silence after which to say that we are there; at most a third of the idle timeout. 0 means 1,000. 100 to 60,000.
    ClientConfig& keepalive_ms(uint32_t value)
    {
        raw_.keepalive_ms = value;
        return *this;
    }
    /// How long the end of the handle waits for reliable messages to arrive. 0 means 500. `disabled` means none. At
    /// most 30,000.
    ClientConfig& linger_ms(uint32_t value)
    {
        raw_.linger_ms = value;
        return *this;
    }
    /// Longest message accepted on a reliable channel. 0 means 1,048,576. At most 16,777,216.
    ClientConfig& max_reliable_message(uint32_t value)
    {
        raw_.max_reliable_message = value;
        return *this;
    }
    /// Longest message accepted on the other channels. 0 means 16,384. At most 65,536.
    ClientConfig& max_unreliable_message(uint32_t value)
    {
        raw_.max_unreliable_message = value;
        return *this;
    }
    /// Budget of each reliable channel, unacknowledged messages included. 0 means 2,097,152.
    ClientConfig& send_queue_bytes(uint32_t value)
    {
        raw_.send_queue_bytes = value;
        return *this;
    }
    /// Room between game and network thread each way. 0 means 262,144. 4,096 to 1,073,741,824.
    ClientConfig& ring_bytes(uint32_t value)
    {
        raw_.ring_bytes = value;
        return *this;
    }
    /// The server's TCP port; the handshake tells the UDP port.
    ClientConfig& port(uint16_t value)
    {
        raw_.port = value;
        return *this;
    }
    /// Must equal the server's.
    ClientConfig& app_id(uint64_t value)
    {
        raw_.app_id = value;
        return *this;
    }
    /// Name or literal address, IPv6 without brackets. 1 to 253 bytes.
    ClientConfig& host(Text value)
    {
        host_ = value.str();
        return *this;
    }
    /// The name that the certificate must have; the default is the host. NULL for the default. At most 253 bytes.
    ClientConfig& server_name(Text value)
    {
        server_name_ = value.str();
        return *this;
    }
    /// A PEM file with the only roots to trust. NULL for the default. At most 4,095 bytes.
    ClientConfig& ca_path(Text value)
    {
        ca_path_ = value.str();
        return *this;
    }
    /// The same from memory. NULL if empty. At most 1,048,576 bytes.
    ClientConfig& ca_pem(Bytes value)
    {
        ca_pem_.assign(value.begin(), value.end());
        return *this;
    }
    /// SHA-256 of each public key that is accepted, whatever name and dates say. NULL if empty. At most 4,096.
    ClientConfig& pins(Bytes value)
    {
        pins_.assign(value.begin(), value.end());
        return *this;
    }
    /// For the server to decide about. NULL if empty. At most 1,024 bytes.
    ClientConfig& token(Bytes value)
    {
        token_.assign(value.begin(), value.end());
        return *this;
    }
    /// Stored, never read; comes back in events.
    ClientConfig& user_data(void* value)
    {
        raw_.user_data = value;
        return *this;
    }
    /// The struct for the C functions; it points into this object.
    FastNetClientConfig raw() const
    {
        FastNetClientConfig raw = raw_;
        raw.host = host_.empty() ? nullptr : host_.c_str();
        raw.server_name = server_name_.empty() ? nullptr : server_name_.c_str();
        raw.ca_path = ca_path_.empty() ? nullptr : ca_path_.c_str();
        raw.ca_pem = ca_pem_.empty() ? nullptr : ca_pem_.data();
        raw.ca_pem_len = static_cast<std::uint32_t>(ca_pem_.size());
        raw.pins = pins_.empty() ? nullptr : pins_.data();
        raw.pin_count = static_cast<std::uint32_t>(pins_.size() / 32);
        raw.token = token_.empty() ? nullptr : token_.data();
        raw.token_len = static_cast<std::uint32_t>(token_.size());
        return raw;
    }

private:
    FastNetClientConfig raw_;
    std::string host_;
    std::string server_name_;
    std::string ca_path_;
    std::vector<std::uint8_t> ca_pem_;
    std::vector<std::uint8_t> pins_;
    std::vector<std::uint8_t> token_;
};

/// What Server::open needs to know.
class ServerConfig {
public:
    ServerConfig() : raw_() { detail::check(fastnet_server_config_init(&raw_, static_cast<std::uint32_t>(sizeof raw_))); }
    /// Switches.
    ServerConfig& flags(ServerFlags value)
    {
        raw_.flags = static_cast<FastNetServerFlags>(value);
        return *this;
    }
    /// Who does the work of the network.
    ServerConfig& io_mode(IoMode value)
    {
        raw_.io_mode = static_cast<FastNetIoMode>(value);
        return *this;
    }
    /// How the network thread waits.
    ServerConfig& idle_policy(IdlePolicy value)
    {
        raw_.idle_policy = static_cast<FastNetIdlePolicy>(value);
        return *this;
    }
    /// IdlePolicy::tick: time between two looks. 0 means 1,000. 1 to 1,000,000.
    ServerConfig& tick_us(uint32_t value)
    {
        raw_.tick_us = value;
        return *this;
    }
    /// IdlePolicy::spin: how long to stay awake after the last activity; none is for ever. 0 means 50,000. `disabled`
    /// means none.
    ServerConfig& spin_ns(uint32_t value)
    {
        raw_.spin_ns = value;
        return *this;
    }
    /// Most peers at a time. 0 means 1,024. At most 65,535.
    ServerConfig& peers_max(uint32_t value)
    {
        raw_.peers_max = value;
        return *this;
    }
    /// How long a handshake may take. 0 means 10,000. 100 to 60,000.
    ServerConfig& handshake_timeout_ms(uint32_t value)
    {
        raw_.handshake_timeout_ms = value;
        return *this;
    }
    /// Silence that ends a connection; none for debuggers. 0 means 10,000. `disabled` means none. 1,000 to 3,600,000.
    ServerConfig& idle_timeout_ms(uint32_t value)
    {
        raw_.idle_timeout_ms = value;
        return *this;
    }
    /// Silence after which to say that we are there; at most a third of the idle timeout. 0 means 1,000. 100 to 60,000.
    ServerConfig& keepalive_ms(uint32_t value)
    {
        raw_.keepalive_ms = value;
        return *this;
    }
    /// How long the end of the handle waits for reliable messages to arrive. 0 means 500. `disabled` means none. At
    /// most 30,000.
    ServerConfig& linger_ms(uint32_t value)
    {
        raw_.linger_ms = value;
        return *this;
    }
    /// Longest message accepted on a reliable channel. 0 means 1,048,576. At most 16,777,216.
    ServerConfig& max_reliable_message(uint32_t value)
    {
        raw_.max_reliable_message = value;
        return *this;
    }
    /// Longest message accepted on the other channels. 0 means 16,384. At most 65,536.
    ServerConfig& max_unreliable_message(uint32_t value)
    {
        raw_.max_unreliable_message = value;
        return *this;
    }
    /// Budget of each reliable channel of each peer, unacknowledged messages included. 0 means 2,097,152.
    ServerConfig& send_queue_bytes(uint32_t value)
    {
        raw_.send_queue_bytes = value;
        return *this;
    }
    /// Room between game and network thread each way, for all peers together. 0 means 4,194,304. 4,096 to
    /// 1,073,741,824.
    ServerConfig& ring_bytes(uint32_t value)
    {
        raw_.ring_bytes = value;
        return *this;
    }
    /// Port for messages; 0 is any free one.
    ServerConfig& udp_port(uint16_t value)
    {
        raw_.udp_port = value;
        return *this;
    }
    /// Port for handshakes; 0 is any free one.
    ServerConfig& tcp_port(uint16_t value)
    {
        raw_.tcp_port = value;
        return *this;
    }
    /// Must equal the clients'.
    ServerConfig& app_id(uint64_t value)
    {
        raw_.app_id = value;
        return *this;
    }
    /// A literal address; the default is all interfaces, IPv6 and IPv4. NULL for the default. At most 253 bytes.
    ServerConfig& bind_address(Text value)
    {
        bind_address_ = value.str();
        return *this;
    }
    /// A PEM file with the certificate and its chain. Without file and memory, this machine's development certificate
    /// serves. NULL for the default. At most 4,095 bytes.
    ServerConfig& cert_path(Text value)
    {
        cert_path_ = value.str();
        return *this;
    }
    /// A PEM file with the private key. NULL for the default. At most 4,095 bytes.
    ServerConfig& key_path(Text value)
    {
        key_path_ = value.str();
        return *this;
    }
    /// Certificate and chain from memory. NULL if empty. At most 1,048,576 bytes.
    ServerConfig& cert_pem(Bytes value)
    {
        cert_pem_.assign(value.begin(), value.end());
        return *this;
    }
    /// The private key from memory. NULL if empty. At most 1,048,576 bytes.
    ServerConfig& key_pem(Bytes value)
    {
        key_pem_.assign(value.begin(), value.end());
        return *this;
    }
    /// Stored, never read; comes back in events.
    ServerConfig& user_data(void* value)
    {
        raw_.user_data = value;
        return *this;
    }
    /// The struct for the C functions; it points into this object.
    FastNetServerConfig raw() const
    {
        FastNetServerConfig raw = raw_;
        raw.bind_address = bind_address_.empty() ? nullptr : bind_address_.c_str();
        raw.cert_path = cert_path_.empty() ? nullptr : cert_path_.c_str();
        raw.key_path = key_path_.empty() ? nullptr : key_path_.c_str();
        raw.cert_pem = cert_pem_.empty() ? nullptr : cert_pem_.data();
        raw.cert_pem_len = static_cast<std::uint32_t>(cert_pem_.size());
        raw.key_pem = key_pem_.empty() ? nullptr : key_pem_.data();
        raw.key_pem_len = static_cast<std::uint32_t>(key_pem_.size());
        return raw;
    }

private:
    FastNetServerConfig raw_;
    std::string bind_address_;
    std::string cert_path_;
    std::string key_path_;
    std::vector<std::uint8_t> cert_pem_;
    std::vector<std::uint8_t> key_pem_;
};

/// One connection to a server.
class Client {
public:
    /// An empty one.
    Client() : handle_(nullptr) {}
    /// Takes over a handle of the C functions.
    explicit Client(FastNetClient handle) : handle_(handle) {}
    Client(Client&& other) noexcept : handle_(other.release()) {}
    Client& operator=(Client&& other) noexcept
    {
        if (this != &other)
            reset(other.release());
        return *this;
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client() { reset(nullptr); }

    /// Whether there is one.
    explicit operator bool() const { return handle_ != nullptr; }
    /// The handle, for the C functions.
    FastNetClient get() const { return handle_; }
    /// The handle, which from now on is the caller's.
    FastNetClient release()
    {
        FastNetClient handle = handle_;
        handle_ = nullptr;
        return handle;
    }

    /// Connect with default settings, and wait until it is done.
    ///
    /// Blocks for up to 15 seconds. The event CONNECTED is queued, so the first poll shows it.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::io, Result::timeout, Result::refused,
    /// Result::resolve, Result::tls, Result::certificate, Result::protocol, Result::busy, Result::out_of_memory,
    /// Result::runtime, Result::server_full, Result::udp_unreachable, Result::version_mismatch,
    /// Result::tcp_unreachable.
    static Client connect(Text host, uint16_t port)
    {
        if (!detail::check(fastnet_abi_check(FASTNET_ABI_REVISION, FASTNET_ABI_HASH)))
            return Client();
        return Client(detail::made(fastnet_client_connect(host.c_str(), port)));
    }

    /// Begin to connect, without waiting.
    ///
    /// Returns in under a millisecond, even if the core has yet to start. Then comes one CONNECTED, or one DISCONNECTED
    /// with reason and text.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::struct_size, Result::unsupported,
    /// Result::would_block, Result::too_large, Result::busy, Result::out_of_memory, Result::runtime.
    static Client open(const ClientConfig& config)
    {
        if (!detail::check(fastnet_abi_check(FASTNET_ABI_REVISION, FASTNET_ABI_HASH)))
            return Client();
        const FastNetClientConfig raw = config.raw();
        FastNetClient made = nullptr;
        if (!detail::check(fastnet_client_open(&raw, &made)))
            return Client();
        return Client(made);
    }

    /// Say goodbye with a code; the handle stays and DISCONNECTED follows.
    ///
    /// Returns: Result::ok once begun.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::would_block,
    /// Result::too_large, Result::busy, Result::closed, Result::runtime.
    Result close(uint32_t close_code, Text message = Text())
    {
        return static_cast<Result>(fastnet_client_close(handle_, close_code, message.c_str()));
    }

    /// Take the next event.
    ///
    /// Never blocks. What was queued when the drain began is handed out, then 0 comes once, so `while (poll)` ends even
    /// under a flood. The event's data lives until the next poll of this handle.
    ///
    /// Returns: 1 with an event, 0 at the end of the drain.
    ///
    /// One thread at a time per handle. Fails with Result::invalid_argument, Result::invalid_handle, Result::busy,
    /// Result::runtime.
    bool poll(Event& event)
    {
        return fastnet_client_poll(handle_, event.raw()) != 0;
    }

    /// Wait until Client::poll has an event.
    ///
    /// Returns: Result::ok with an event to poll.
    ///
    /// One thread at a time per handle. Fails with Result::invalid_argument, Result::invalid_handle, Result::timeout,
    /// Result::busy, Result::closed, Result::runtime, Result::cancelled.
    Result wait(uint32_t timeout_ms)
    {
        return static_cast<Result>(fastnet_client_wait(handle_, timeout_ms));
    }

    /// End the present or the next wait.
    ///
    /// Returns: Result::ok once done.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::busy,
    /// Result::runtime.
    Result wake()
    {
        return static_cast<Result>(fastnet_client_wake(handle_));
    }

    /// Queue one message for the server.
    ///
    /// The bytes are copied before the call returns. Channel says what delivery is promised.
    ///
    /// Returns: Result::ok once queued.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::not_connected, Result::invalid_handle,
    /// Result::would_block, Result::too_large, Result::busy, Result::closed, Result::runtime, Result::no_channel.
    Result send(Channel channel, Bytes data)
    {
        return static_cast<Result>(fastnet_client_send(handle_, static_cast<FastNetChannel>(channel), data.data(),
            data.size32()));
    }

    /// Send now what waits.
    ///
    /// Needed under ClientFlags::manual_flush, and useful under IdlePolicy::tick.
    ///
    /// Returns: Result::ok once asked for.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::busy,
    /// Result::runtime.
    Result flush()
    {
        return static_cast<Result>(fastnet_client_flush(handle_));
    }

    /// Where the connection is in its life.
    ///
    /// Returns: State::closed for a bad handle.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::busy,
    /// Result::runtime.
    State state() const
    {
        return static_cast<State>(fastnet_client_state(handle_));
    }

    /// The number that the server gave to this client.
    ///
    /// Returns: 0 before CONNECTED.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::busy,
    /// Result::runtime.
    PeerId peer_id() const
    {
        return fastnet_client_peer_id(handle_);
    }

    /// The smoothed round trip.
    ///
    /// Returns: 0 before the first sample.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::busy,
    /// Result::runtime.
    uint64_t rtt_us() const
    {
        return fastnet_client_rtt_us(handle_);
    }

    /// The longest message that a channel takes, as agreed with the server.
    ///
    /// Returns: 0 before CONNECTED.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::busy,
    /// Result::runtime, Result::no_channel.
    uint32_t max_message(Channel channel) const
    {
        return fastnet_client_max_message(handle_, static_cast<FastNetChannel>(channel));
    }

    /// The counters of the connection, at most one turn old.
    ///
    /// Returns: Result::ok once written.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::struct_size,
    /// Result::busy, Result::runtime.
    Result stats(Stats& stats) const
    {
        stats.struct_size = static_cast<std::uint32_t>(sizeof stats);
        return static_cast<Result>(fastnet_client_stats(handle_, &stats));
    }

    /// Say goodbye; the handle ends.
    ///
    /// The network thread finishes goodbye and linger behind it, so what was sent last is not lost. Calls in progress
    /// on the handle are woken and waited for.
    void disconnect()
    {
        reset(nullptr);
    }

    /// Give every event that is there to `take(const Event&)`; returns how many there were.
    template <class Take>
    std::size_t drain(Take take)
    {
        Event event;
        std::size_t count = 0;
        for (; poll(event); ++count)
            take(static_cast<const Event&>(event));
        return count;
    }

private:
    void reset(FastNetClient handle)
    {
        if (handle_)
            fastnet_client_disconnect(handle_);
        handle_ = handle;
    }

    FastNetClient handle_;
};

/// One listening server.
class Server {
public:
    /// An empty one.
    Server() : handle_(nullptr) {}
    /// Takes over a handle of the C functions.
    explicit Server(FastNetServer handle) : handle_(handle) {}
    Server(Server&& other) noexcept : handle_(other.release()) {}
    Server& operator=(Server&& other) noexcept
    {
        if (this != &other)
            reset(other.release());
        return *this;
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server() { reset(nullptr); }

    /// Whether there is one.
    explicit operator bool() const { return handle_ != nullptr; }
    /// The handle, for the C functions.
    FastNetServer get() const { return handle_; }
    /// The handle, which from now on is the caller's.
    FastNetServer release()
    {
        FastNetServer handle = handle_;
        handle_ = nullptr;
        return handle;
    }

    /// Listen with default settings.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::io, Result::would_block, Result::timeout,
    /// Result::address_in_use, Result::certificate, Result::busy, Result::out_of_memory, Result::runtime.
    static Server create(uint16_t udp_port, uint16_t tcp_port, Text cert_path = Text(), Text key_path = Text())
    {
        if (!detail::check(fastnet_abi_check(FASTNET_ABI_REVISION, FASTNET_ABI_HASH)))
            return Server();
        return Server(detail::made(fastnet_server_create(udp_port, tcp_port, cert_path.c_str(), key_path.c_str())));
    }

    /// Listen.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::io, Result::struct_size, Result::unsupported,
    /// Result::would_block, Result::too_large, Result::timeout, Result::address_in_use, Result::certificate,
    /// Result::busy, Result::out_of_memory, Result::runtime.
    static Server open(const ServerConfig& config)
    {
        if (!detail::check(fastnet_abi_check(FASTNET_ABI_REVISION, FASTNET_ABI_HASH)))
            return Server();
        const FastNetServerConfig raw = config.raw();
        FastNetServer made = nullptr;
        if (!detail::check(fastnet_server_open(&raw, &made)))
            return Server();
        return Server(made);
    }

    /// Take the next event.
    ///
    /// Never blocks. What was queued when the drain began is handed out, then 0 comes once, so `while (poll)` ends even
    /// under a flood. The event's data lives until the next poll of this handle. Per peer come CONNECTED, any number of
    /// DATA, and DISCONNECTED; the peer's getters answer until the latter is released.
    ///
    /// Returns: 1 with an event, 0 at the end of the drain.
    ///
    /// One thread at a time per handle. Fails with Result::invalid_argument, Result::invalid_handle, Result::busy,
    /// Result::runtime.
    bool poll(Event& event)
    {
        return fastnet_server_poll(handle_, event.raw()) != 0;
    }

    /// Wait until Server::poll has an event.
    ///
    /// Returns: Result::ok with an event to poll.
    ///
    /// One thread at a time per handle. Fails with Result::invalid_argument, Result::invalid_handle, Result::timeout,
    /// Result::busy, Result::closed, Result::runtime, Result::cancelled.
    Result wait(uint32_t timeout_ms)
    {
        return static_cast<Result>(fastnet_server_wait(handle_, timeout_ms));
    }

    /// End the present or the next wait.
    ///
    /// Returns: Result::ok once done.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::busy,
    /// Result::runtime.
    Result wake()
    {
        return static_cast<Result>(fastnet_server_wake(handle_));
    }

    /// Send now what waits.
    ///
    /// Needed under ServerFlags::manual_flush, and useful under IdlePolicy::tick.
    ///
    /// Returns: Result::ok once asked for.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::busy,
    /// Result::runtime.
    Result flush()
    {
        return static_cast<Result>(fastnet_server_flush(handle_));
    }

    /// Queue one message for a peer.
    ///
    /// The bytes are copied before the call returns. Channel says what delivery is promised.
    ///
    /// Returns: Result::ok once queued.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::not_connected, Result::invalid_handle,
    /// Result::would_block, Result::too_large, Result::unknown_peer, Result::busy, Result::closed, Result::runtime,
    /// Result::no_channel.
    Result send(PeerId peer_id, Channel channel, Bytes data)
    {
        return static_cast<Result>(fastnet_server_send(handle_, peer_id, static_cast<FastNetChannel>(channel),
            data.data(), data.size32()));
    }

    /// Queue one message for all peers.
    ///
    /// On a reliable channel either all peers get it or none, and then the result is Result::would_block.
    ///
    /// Returns: Result::ok once queued.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::would_block,
    /// Result::too_large, Result::busy, Result::closed, Result::runtime, Result::no_channel.
    Result broadcast(PeerId except, Channel channel, Bytes data)
    {
        return static_cast<Result>(fastnet_server_broadcast(handle_, except, static_cast<FastNetChannel>(channel),
            data.data(), data.size32()));
    }

    /// End one peer, without linger.
    ///
    /// Returns: Result::ok once begun.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::would_block,
    /// Result::too_large, Result::unknown_peer, Result::busy, Result::closed, Result::runtime.
    Result disconnect_peer(PeerId peer_id, uint32_t close_code, Text message = Text())
    {
        return static_cast<Result>(fastnet_server_disconnect_peer(handle_, peer_id, close_code, message.c_str()));
    }

    /// How many peers are connected now.
    ///
    /// Returns: 0 for a bad handle.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::busy,
    /// Result::runtime.
    uint32_t peer_count() const
    {
        return fastnet_server_peer_count(handle_);
    }

    /// The peers that are connected now, in ascending order.
    ///
    /// Returns: The count, which may be above capacity; only capacity numbers are written.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::busy,
    /// Result::runtime.
    std::vector<PeerId> peers() const
    {
        return detail::list<PeerId>([&](PeerId* buffer, std::uint32_t capacity) { return fastnet_server_peers(handle_,
            buffer, capacity); });
    }

    /// Where a peer is in its life.
    ///
    /// Returns: State::closed if unknown.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::unknown_peer,
    /// Result::busy, Result::runtime.
    State peer_state(PeerId peer_id) const
    {
        return static_cast<State>(fastnet_server_peer_state(handle_, peer_id));
    }

    /// Where a peer sends from.
    ///
    /// Returns: Bytes needed with the NUL, 0 if unknown; the copy is cut, and still ends with a NUL, if capacity is
    /// smaller.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::unknown_peer,
    /// Result::busy, Result::runtime.
    std::string peer_address(PeerId peer_id) const
    {
        return detail::text([&](char* buffer, std::uint32_t capacity) { return fastnet_server_peer_address(handle_,
            peer_id, buffer, capacity); });
    }

    /// The smoothed round trip to a peer.
    ///
    /// Returns: 0 before the first sample, or if unknown.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::unknown_peer,
    /// Result::busy, Result::runtime.
    uint64_t peer_rtt_us(PeerId peer_id) const
    {
        return fastnet_server_peer_rtt_us(handle_, peer_id);
    }

    /// The counters of one peer, at most one turn old.
    ///
    /// Returns: Result::ok once written.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::struct_size,
    /// Result::unknown_peer, Result::busy, Result::runtime.
    Result peer_stats(PeerId peer_id, Stats& stats) const
    {
        stats.struct_size = static_cast<std::uint32_t>(sizeof stats);
        return static_cast<Result>(fastnet_server_peer_stats(handle_, peer_id, &stats));
    }

    /// Store a pointer that comes back in the events of a peer.
    ///
    /// Returns: Result::ok once stored.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::unknown_peer,
    /// Result::busy, Result::runtime.
    Result peer_set_user_data(PeerId peer_id, void* user_data)
    {
        return static_cast<Result>(fastnet_server_peer_set_user_data(handle_, peer_id, user_data));
    }

    /// The pointer stored for a peer.
    ///
    /// Returns: NULL if none was stored, or if unknown.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::unknown_peer,
    /// Result::busy, Result::runtime.
    void* peer_user_data(PeerId peer_id) const
    {
        return fastnet_server_peer_user_data(handle_, peer_id);
    }

    /// The longest message that a channel takes, as agreed with a peer.
    ///
    /// Returns: 0 if unknown.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::unknown_peer,
    /// Result::busy, Result::runtime, Result::no_channel.
    uint32_t max_message(PeerId peer_id, Channel channel) const
    {
        return fastnet_server_max_message(handle_, peer_id, static_cast<FastNetChannel>(channel));
    }

    /// The sums over all peers; the round trip fields are 0.
    ///
    /// Returns: Result::ok once written.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::struct_size,
    /// Result::busy, Result::runtime.
    Result stats(Stats& stats) const
    {
        stats.struct_size = static_cast<std::uint32_t>(sizeof stats);
        return static_cast<Result>(fastnet_server_stats(handle_, &stats));
    }

    /// The port for messages, the real one after asking for port 0.
    ///
    /// Returns: 0 for a bad handle.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::busy,
    /// Result::runtime.
    uint16_t udp_port() const
    {
        return fastnet_server_udp_port(handle_);
    }

    /// The port for handshakes, the real one after asking for port 0.
    ///
    /// Returns: 0 for a bad handle.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::busy,
    /// Result::runtime.
    uint16_t tcp_port() const
    {
        return fastnet_server_tcp_port(handle_);
    }

    /// Stop; peers see Reason::shutting_down, and the handle ends.
    ///
    /// The network thread finishes goodbye and linger behind it, so what was sent last is not lost. Calls in progress
    /// on the handle are woken and waited for.
    void destroy()
    {
        reset(nullptr);
    }

    /// Give every event that is there to `take(const Event&)`; returns how many there were.
    template <class Take>
    std::size_t drain(Take take)
    {
        Event event;
        std::size_t count = 0;
        for (; poll(event); ++count)
            take(static_cast<const Event&>(event));
        return count;
    }

private:
    void reset(FastNetServer handle)
    {
        if (handle_)
            fastnet_server_destroy(handle_);
        handle_ = handle;
    }

    FastNetServer handle_;
};

} // namespace fastnet

#endif // FASTNET_HPP
