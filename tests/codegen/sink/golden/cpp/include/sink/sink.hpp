// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate cpp

// Sink for C++11 and newer: one header over sink.h. Handles end themselves and move; enumerations are
// typed; text and bytes come from whatever holds them. What can fail in the middle of a game returns a Result; making a
// client or server throws Error, or, without exceptions, gives an empty one (then see last_result and last_error).
#ifndef SINK_HPP
#define SINK_HPP

#include "sink.h"

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

namespace sink {

/// "None" or "for ever", where it is offered.
constexpr std::uint32_t disabled = SINK_OFF;

/// Somebody.
using PeerId = SinkPeerId;

/// Somebody in a large crowd.
using BigId = SinkBigId;

/// Numbers of every width.
using Stats = SinkStats;

/// How a call ended.
enum class Result : std::int32_t {
    /// It worked.
    ok = SINK_OK,
    /// An argument is wrong.
    invalid_argument = SINK_ERROR_INVALID_ARGUMENT,
    /// The handle is wrong.
    invalid_handle = SINK_ERROR_INVALID_HANDLE,
    /// It does not run.
    runtime = SINK_ERROR_RUNTIME,
    /// Not now.
    busy = SINK_ERROR_BUSY,
    /// Wrong size.
    struct_size = SINK_ERROR_STRUCT_SIZE,
    /// Too long.
    too_large = SINK_ERROR_TOO_LARGE,
    /// Unknown.
    unsupported = SINK_ERROR_UNSUPPORTED,
    /// Another build.
    abi_mismatch = SINK_ERROR_ABI_MISMATCH,
    /// New in revision 2.
    late = SINK_ERROR_LATE,
};

/// Why it ended.
enum class Reason : std::uint32_t {
    /// Closed.
    closed = SINK_REASON_CLOSED,
    /// Lost.
    lost = SINK_REASON_LOST,
    /// Old.
    gone = SINK_REASON_GONE,
};

/// Hostile <U+202E> summary */ with ]]> and -- and and ? ?/ and a backslash at its end \ .
enum class Channel : std::uint8_t {
    /// """ quotes */ in a member `a|b`
    reliable = SINK_CHANNEL_RELIABLE,
    /// Another name of Channel::reliable.
    sure = SINK_CHANNEL_SURE,
    /// ends with a quote"
    fast = SINK_CHANNEL_FAST,
};

/// What happened.
enum class EventType : std::uint32_t {
    /// Nothing.
    none = SINK_EVENT_NONE,
    /// Data.
    data = SINK_EVENT_DATA,
};

/// A signed number with holes.
enum class State : std::int16_t {
    /// Unknown.
    unknown = SINK_STATE_UNKNOWN,
    /// Negative.
    negative = SINK_STATE_NEGATIVE,
    /// Large.
    large = SINK_STATE_LARGE,
};

/// Switches.
enum class ThingFlags : std::uint32_t {
    /// Loose.
    loose = SINK_THING_LOOSE,
    /// Quick.
    quick = SINK_THING_QUICK,
};

/// Both.
constexpr ThingFlags operator|(ThingFlags left, ThingFlags right)
{
    return static_cast<ThingFlags>(static_cast<std::uint32_t>(left) | static_cast<std::uint32_t>(right));
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

inline void fail(SinkResult result)
{
#if defined(__cpp_exceptions) || defined(__EXCEPTIONS) || defined(_CPPUNWIND)
    throw Error(static_cast<Result>(result), sink_last_error());
#else
    (void)result;
#endif
}

inline bool check(SinkResult result)
{
    if (result != SINK_OK)
        fail(result);
    return result == SINK_OK;
}

template <class Handle>
Handle made(Handle handle)
{
    if (!handle)
        fail(sink_last_result());
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
    return static_cast<Result>(sink_abi_check(SINK_ABI_REVISION, SINK_ABI_HASH));
}

/// The latest failure.
///
/// Returns: Which.
///
/// Any thread, any time.
inline Result last_result()
{
    return static_cast<Result>(sink_last_result());
}

/// Its text.
///
/// Returns: A text.
///
/// Any thread, any time. Lives until the next call of this thread.
inline const char* last_error()
{
    return sink_last_error();
}

/// A text for ever.
///
/// Returns: A text.
///
/// Any thread, any time.
inline const char* version_string()
{
    return sink_version_string();
}

/// A fraction.
///
/// Returns: A half.
///
/// Any thread, any time.
inline double half(double of)
{
    return sink_half(of);
}

/// Stop all.
///
/// Any thread, any time.
inline void stop()
{
    sink_stop();
}

/// What happened.
class Event {
public:
    Event() : raw_() {}
    /// What.
    EventType type() const { return static_cast<EventType>(raw_.type); }
    /// Who.
    PeerId peer_id() const { return raw_.peer_id; }
    /// How.
    Channel channel() const { return static_cast<Channel>(raw_.channel); }
    /// A wide one.
    BigId big() const { return raw_.big; }
    /// What came. Lives until the next poll of the handle, or the end of the handle.
    Bytes data() const { return Bytes(raw_.data, raw_.data_len); }
    /// What was stored.
    void* user_data() const { return raw_.user_data; }
    /// The struct itself, for the C functions.
    SinkEvent* raw() { return &raw_; }
    const SinkEvent* raw() const { return &raw_; }

private:
    SinkEvent raw_;
};

/// What a thing needs.
class Setup {
public:
    Setup() : raw_() { detail::check(sink_thing_setup_init(&raw_, static_cast<std::uint32_t>(sizeof raw_))); }
    /// Switches.
    Setup& flags(ThingFlags value)
    {
        raw_.flags = static_cast<SinkThingFlags>(value);
        return *this;
    }
    /// How.
    Setup& channel(Channel value)
    {
        raw_.channel = static_cast<SinkChannel>(value);
        return *this;
    }
    /// Where.
    Setup& port(uint16_t value)
    {
        raw_.port = value;
        return *this;
    }
    /// How long. 0 means 1,000. `disabled` means none. 10 to 5,000.
    Setup& wait_ms(uint32_t value)
    {
        raw_.wait_ms = value;
        return *this;
    }
    /// A name. 1 to 20 bytes.
    Setup& name(Text value)
    {
        name_ = value.str();
        return *this;
    }
    /// A path. NULL for the default. At most 100 bytes.
    Setup& path(Text value)
    {
        path_ = value.str();
        return *this;
    }
    /// Bytes. NULL if empty. At most 64 bytes.
    Setup& blob(Bytes value)
    {
        blob_.assign(value.begin(), value.end());
        return *this;
    }
    /// Blocks. NULL if empty. At most 4.
    Setup& pins(Bytes value)
    {
        pins_.assign(value.begin(), value.end());
        return *this;
    }
    /// Who watches. NULL for none.
    Setup& watcher(SinkWatcher value)
    {
        raw_.watcher = value;
        return *this;
    }
    /// Another thing. NULL for none.
    Setup& parent(SinkThing value)
    {
        raw_.parent = value;
        return *this;
    }
    /// What is stored.
    Setup& user_data(void* value)
    {
        raw_.user_data = value;
        return *this;
    }
    /// The struct for the C functions; it points into this object.
    SinkSetup raw() const
    {
        SinkSetup raw = raw_;
        raw.name = name_.empty() ? nullptr : name_.c_str();
        raw.path = path_.empty() ? nullptr : path_.c_str();
        raw.blob = blob_.empty() ? nullptr : blob_.data();
        raw.blob_len = static_cast<std::uint32_t>(blob_.size());
        raw.pins = pins_.empty() ? nullptr : pins_.data();
        raw.pin_count = static_cast<std::uint32_t>(pins_.size() / 32);
        return raw;
    }

private:
    SinkSetup raw_;
    std::string name_;
    std::string path_;
    std::vector<std::uint8_t> blob_;
    std::vector<std::uint8_t> pins_;
};

/// A thing.
class Thing {
public:
    /// An empty one.
    Thing() : handle_(nullptr) {}
    /// Takes over a handle of the C functions.
    explicit Thing(SinkThing handle) : handle_(handle) {}
    Thing(Thing&& other) noexcept : handle_(other.release()) {}
    Thing& operator=(Thing&& other) noexcept
    {
        if (this != &other)
            reset(other.release());
        return *this;
    }
    Thing(const Thing&) = delete;
    Thing& operator=(const Thing&) = delete;
    ~Thing() { reset(nullptr); }

    /// Whether there is one.
    explicit operator bool() const { return handle_ != nullptr; }
    /// The handle, for the C functions.
    SinkThing get() const { return handle_; }
    /// The handle, which from now on is the caller's.
    SinkThing release()
    {
        SinkThing handle = handle_;
        handle_ = nullptr;
        return handle;
    }

    /// Make a thing.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::runtime, Result::busy.
    static Thing make(Text name, Text path = Text())
    {
        if (!detail::check(sink_abi_check(SINK_ABI_REVISION, SINK_ABI_HASH)))
            return Thing();
        return Thing(detail::made(sink_thing_make(name.c_str(), path.c_str())));
    }

    /// Make a thing with a setup.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::busy, Result::struct_size,
    /// Result::unsupported.
    static Thing open(const Setup& setup)
    {
        if (!detail::check(sink_abi_check(SINK_ABI_REVISION, SINK_ABI_HASH)))
            return Thing();
        const SinkSetup raw = setup.raw();
        SinkThing made = nullptr;
        if (!detail::check(sink_thing_open(&raw, &made)))
            return Thing();
        return Thing(made);
    }

    /// The next event.
    ///
    /// Returns: Whether there was one.
    ///
    /// One thread at a time per handle. Fails with Result::invalid_argument, Result::invalid_handle, Result::runtime,
    /// Result::busy.
    bool poll(Event& event)
    {
        return sink_thing_poll(handle_, event.raw()) != 0;
    }

    /// Send.
    ///
    /// Returns: Whether.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::runtime,
    /// Result::busy, Result::too_large, Result::unsupported, Result::late.
    Result send(PeerId peer_id, Channel channel, State state, uint32_t code, bool urgent, Bytes data, Bytes keys, Text note = Text())
    {
        return static_cast<Result>(sink_thing_send(handle_, peer_id, static_cast<SinkChannel>(channel),
            static_cast<SinkState>(state), code, urgent ? 1u : 0u, data.data(), data.size32(), keys.data(),
            keys.size32(), note.c_str()));
    }

    /// Watch it.
    ///
    /// Returns: Whether.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::runtime,
    /// Result::busy.
    Result watch(SinkWatcher watcher, void* user_data)
    {
        return static_cast<Result>(sink_thing_watch(handle_, watcher, user_data));
    }

    /// Who is there.
    ///
    /// Returns: How many.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::runtime,
    /// Result::busy.
    std::vector<PeerId> peers() const
    {
        return detail::list<PeerId>([&](PeerId* buffer, std::uint32_t capacity) { return sink_thing_peers(handle_,
            buffer, capacity); });
    }

    /// Its title.
    ///
    /// Returns: How long.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::runtime,
    /// Result::busy.
    std::string title() const
    {
        return detail::text([&](char* buffer, std::uint32_t capacity) { return sink_thing_title(handle_, buffer,
            capacity); });
    }

    /// Its numbers.
    ///
    /// Returns: Whether.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::runtime,
    /// Result::busy, Result::struct_size.
    Result stats(Stats& stats) const
    {
        stats.struct_size = static_cast<std::uint32_t>(sizeof stats);
        return static_cast<Result>(sink_thing_stats(handle_, &stats));
    }

    /// Its state.
    ///
    /// Returns: A number.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::runtime,
    /// Result::busy.
    State state() const
    {
        return static_cast<State>(sink_thing_state(handle_));
    }

    /// What was stored.
    ///
    /// Returns: A pointer.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::runtime,
    /// Result::busy.
    void* user_data() const
    {
        return sink_thing_user_data(handle_);
    }

    /// Its state.
    ///
    /// Returns: A number.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::runtime,
    /// Result::busy. Deprecated, use Thing::state.
    State old_state() const
    {
        return static_cast<State>(sink_thing_old_state(handle_));
    }

    /// A round trip.
    ///
    /// Returns: How long.
    ///
    /// Any thread, any time. Fails with Result::invalid_argument, Result::invalid_handle, Result::runtime,
    /// Result::busy. Since revision 2.
    uint64_t rtt_us() const
    {
        return sink_thing_rtt_us(handle_);
    }

    /// End it.
    void end()
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
    void reset(SinkThing handle)
    {
        if (handle_)
            sink_thing_end(handle_);
        handle_ = handle;
    }

    SinkThing handle_;
};

} // namespace sink

#endif // SINK_HPP
