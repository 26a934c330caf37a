/* Printed by fastnet-codegen from codegen/api. */
/* Do not edit: change the description, or the template, and print again. */
/* To renew it: fastnet-codegen generate c_header */

/**
 * Everything * / at / * once --> ]]> -- ? ? """ & <b> {{ x }} {% y %} \
 *
 * A paragraph with `code * /`, a reference to sink_thing_send and **markup** that is none.
 *
 * - one item with SinkEvent.data
 * - another on two lines
 *
 *     int x = 0; / * a block of code * /
 */
#ifndef SINK_H
#define SINK_H

#include <stdint.h>
#ifndef SINK_NO_STDIO
#include <stdio.h> /* For programs that print and include nothing else. */
#endif

/* Where symbols come from: nothing to define for those who link the library dynamically. */
#if defined(_WIN32) || defined(__CYGWIN__)
#define SINK_CALL __cdecl
#if defined(SINK_BUILD)
#define SINK_DECL __declspec(dllexport)
#elif defined(SINK_STATIC)
#define SINK_DECL
#else
#define SINK_DECL __declspec(dllimport)
#endif
#else
#define SINK_CALL
#if defined(SINK_BUILD) && defined(__GNUC__)
#define SINK_DECL __attribute__((visibility("default")))
#else
#define SINK_DECL
#endif
#endif

#define SINK_VERSION_MAJOR 1
#define SINK_VERSION_MINOR 2
#define SINK_VERSION_PATCH 3
#define SINK_VERSION_STRING "1.2.3"

/** What this header was printed for; give both to `sink_abi_check`. */
#define SINK_ABI_REVISION 2
#define SINK_ABI_HASH UINT64_C(0x5ca07cb3325c8064)

/** "None" or "for ever", in fields and parameters that offer it. */
#define SINK_OFF 0xFFFFFFFFu

#ifdef __cplusplus
extern "C" {
#endif

/** A thing. */
typedef struct SinkThing_T* SinkThing;

/** 0 or 1. */
typedef uint32_t SinkBool;

/** Somebody. */
typedef uint32_t SinkPeerId;

/** Somebody in a large crowd. */
typedef uint64_t SinkBigId;

/** How a call ended. */
typedef int32_t SinkResult;

/** Why it ended. */
typedef uint32_t SinkReason;

/** Hostile <U+202E> summary * / with ]]> and -- and and ? ?/ and a backslash at its end \ */
typedef uint8_t SinkChannel;

/** What happened. */
typedef uint32_t SinkEventType;

/** A signed number with holes. */
typedef int16_t SinkState;

/** Switches. */
typedef uint32_t SinkThingFlags;

/**
 * Called with "quotes" and * /.
 *
 * @param channel A number.
 * @param text A text.
 * @param user_data What was stored.
 */
typedef void (SINK_CALL *SinkWatcher)(SinkChannel channel, const char* text, void* user_data);

/** Values of SinkResult. */
enum {
    /** It worked. */
    SINK_OK                     = 0,
    /** An argument is wrong. */
    SINK_ERROR_INVALID_ARGUMENT = -1,
    /** The handle is wrong. */
    SINK_ERROR_INVALID_HANDLE   = -2,
    /** It does not run. */
    SINK_ERROR_RUNTIME          = -3,
    /** Not now. */
    SINK_ERROR_BUSY             = -4,
    /** Wrong size. */
    SINK_ERROR_STRUCT_SIZE      = -5,
    /** Too long. */
    SINK_ERROR_TOO_LARGE        = -6,
    /** Unknown. */
    SINK_ERROR_UNSUPPORTED      = -7,
    /** Another build. */
    SINK_ERROR_ABI_MISMATCH     = -8,
    /** New in revision 2. Since revision 2. */
    SINK_ERROR_LATE             = -9
};

/**
 * Values of SinkReason.
 *
 * 1000 to 1999: The application's.
 */
enum {
    /** Closed. */
    SINK_REASON_CLOSED = 0,
    /** Lost. */
    SINK_REASON_LOST   = 2,
    /** Old. */
    SINK_REASON_GONE   = 3
};

/** Values of SinkChannel. */
enum {
    /** """ quotes * / in a member `a|b` */
    SINK_CHANNEL_RELIABLE = 0,
    /** Another name of SINK_CHANNEL_RELIABLE. */
    SINK_CHANNEL_SURE     = 0,
    /** ends with a quote" */
    SINK_CHANNEL_FAST     = 1
};

/** Values of SinkEventType. */
enum {
    /** Nothing. */
    SINK_EVENT_NONE = 0,
    /** Data. */
    SINK_EVENT_DATA = 2
};

/** Values of SinkState. */
enum {
    /** Unknown. */
    SINK_STATE_UNKNOWN  = 0,
    /** Negative. */
    SINK_STATE_NEGATIVE = -5,
    /** Large. */
    SINK_STATE_LARGE    = 30000
};

/** Values of SinkThingFlags. */
enum {
    /** Loose. */
    SINK_THING_LOOSE = 1,
    /** Quick. */
    SINK_THING_QUICK = 4
};

/** What happened. */
typedef struct SinkEvent {
    /** What. */
    SinkEventType type;
    /** Who. */
    SinkPeerId peer_id;
    /** How much. */
    uint32_t data_len;
    /** How. */
    SinkChannel channel;
    uint8_t reserved0[3];
    /** A wide one. */
    SinkBigId big;
    /** What came. Lives until the next poll of the handle, or the end of the handle. */
    const uint8_t* data;
    /** What was stored. */
    void* user_data;
} SinkEvent;

/**
 * Numbers of every width.
 *
 * May grow at its end: `struct_size` tells what the caller knows.
 */
typedef struct SinkStats {
    /** Size of this struct in bytes, as the caller knows it. */
    uint32_t struct_size;
    /** A short fraction. */
    float ratio;
    /** A long fraction. */
    double average;
    /** A signed one. */
    int64_t balance;
    /** A small one. */
    int8_t small;
    uint8_t reserved0;
    /** A medium one. */
    uint16_t medium;
    /** Yes or no. */
    SinkBool good;
    /** New in revision 2. */
    uint64_t since_two;
} SinkStats;

/**
 * What a thing needs.
 *
 * May grow at its end: `struct_size` tells what the caller knows.
 */
typedef struct SinkSetup {
    /** Size of this struct in bytes, as the caller knows it. */
    uint32_t struct_size;
    /** Switches. */
    SinkThingFlags flags;
    /** How. */
    SinkChannel channel;
    uint8_t reserved0;
    /** Where. */
    uint16_t port;
    /** How long. 0 means 1,000. `SINK_OFF` means none. 10 to 5,000. */
    uint32_t wait_ms;
    /** How much. */
    uint32_t blob_len;
    /** How many. */
    uint32_t pin_count;
    /** A name. 1 to 20 bytes. */
    const char* name;
    /** A path. NULL for the default. At most 100 bytes. */
    const char* path;
    /** Bytes. NULL if empty. At most 64 bytes. */
    const uint8_t* blob;
    /** Blocks. NULL if empty. At most 4. */
    const uint8_t* pins;
    /** Who watches. NULL for none. */
    SinkWatcher watcher;
    /** Another thing. NULL for none. */
    SinkThing parent;
    /** What is stored. */
    void* user_data;
} SinkSetup;

/* Common */

/**
 * Whether builds fit.
 *
 * @param revision Which.
 * @param hash Which.
 * @return Whether.
 *
 * Any thread, any time. Fails with SINK_ERROR_ABI_MISMATCH.
 */
SINK_DECL SinkResult SINK_CALL sink_abi_check(uint32_t revision, uint64_t hash);

/**
 * The latest failure.
 *
 * @return Which.
 *
 * Any thread, any time.
 */
SINK_DECL SinkResult SINK_CALL sink_last_result(void);

/**
 * Its text.
 *
 * @return A text.
 *
 * Any thread, any time. Lives until the next call of this thread.
 */
SINK_DECL const char* SINK_CALL sink_last_error(void);

/**
 * A text for ever.
 *
 * @return A text. Static.
 *
 * Any thread, any time.
 */
SINK_DECL const char* SINK_CALL sink_version_string(void);

/**
 * A fraction.
 *
 * @param of Of what.
 * @return A half.
 *
 * Any thread, any time.
 */
SINK_DECL double SINK_CALL sink_half(double of);

/**
 * Stop all.
 *
 * Any thread, any time.
 */
SINK_DECL void SINK_CALL sink_stop(void);

/* Thing */

/**
 * Prepare a setup.
 *
 * @param setup The setup.
 * @param struct_size `sizeof` of the struct.
 * @return Whether.
 *
 * Any thread, any time. Fails with SINK_ERROR_INVALID_ARGUMENT, SINK_ERROR_STRUCT_SIZE.
 */
SINK_DECL SinkResult SINK_CALL sink_thing_setup_init(SinkSetup* setup, uint32_t struct_size);

/**
 * Make a thing.
 *
 * @param name Its name. 1 to 20 bytes.
 * @param path Its path. NULL for the default. At most 100 bytes.
 * @return NULL on failure.
 *
 * Any thread, any time. Fails with SINK_ERROR_INVALID_ARGUMENT, SINK_ERROR_RUNTIME, SINK_ERROR_BUSY.
 */
SINK_DECL SinkThing SINK_CALL sink_thing_make(const char* name, const char* path);

/**
 * Make a thing with a setup.
 *
 * @param setup The setup.
 * @param out_thing The thing.
 * @return Whether.
 *
 * Any thread, any time. Fails with SINK_ERROR_INVALID_ARGUMENT, SINK_ERROR_BUSY, SINK_ERROR_STRUCT_SIZE,
 * SINK_ERROR_UNSUPPORTED.
 */
SINK_DECL SinkResult SINK_CALL sink_thing_open(const SinkSetup* setup, SinkThing* out_thing);

/**
 * End it.
 *
 * @param thing The thing.
 *
 * No other call on the handle may follow. A NULL handle is fine.
 */
SINK_DECL void SINK_CALL sink_thing_end(SinkThing thing);

/**
 * The next event.
 *
 * @param thing The thing.
 * @param out_event The event.
 * @return Whether there was one.
 *
 * One thread at a time per handle. Fails with SINK_ERROR_INVALID_ARGUMENT, SINK_ERROR_INVALID_HANDLE,
 * SINK_ERROR_RUNTIME, SINK_ERROR_BUSY.
 */
SINK_DECL SinkBool SINK_CALL sink_thing_poll(SinkThing thing, SinkEvent* out_event);

/**
 * Send.
 *
 * @param thing The thing.
 * @param peer_id To whom.
 * @param channel How.
 * @param state A number with holes.
 * @param code A code.
 * @param urgent Whether at once.
 * @param data What. NULL if empty.
 * @param data_len Bytes at `data`.
 * @param keys Blocks. NULL if empty.
 * @param keys_count Bytes at `keys_count`.
 * @param note A note. NULL for none. At most 8 bytes.
 * @return Whether.
 *
 * Any thread, any time. Fails with SINK_ERROR_INVALID_ARGUMENT, SINK_ERROR_INVALID_HANDLE, SINK_ERROR_RUNTIME,
 * SINK_ERROR_BUSY, SINK_ERROR_TOO_LARGE, SINK_ERROR_UNSUPPORTED, SINK_ERROR_LATE.
 */
SINK_DECL SinkResult SINK_CALL sink_thing_send(SinkThing thing, SinkPeerId peer_id, SinkChannel channel,
    SinkState state, uint32_t code, SinkBool urgent, const uint8_t* data, uint32_t data_len, const uint8_t* keys,
    uint32_t keys_count, const char* note);

/**
 * Watch it.
 *
 * @param thing The thing.
 * @param watcher Who.
 * @param user_data What.
 * @return Whether.
 *
 * Any thread, any time. Fails with SINK_ERROR_INVALID_ARGUMENT, SINK_ERROR_INVALID_HANDLE, SINK_ERROR_RUNTIME,
 * SINK_ERROR_BUSY.
 */
SINK_DECL SinkResult SINK_CALL sink_thing_watch(SinkThing thing, SinkWatcher watcher, void* user_data);

/**
 * Who is there.
 *
 * @param thing The thing.
 * @param buffer The numbers.
 * @param capacity Room in the buffer; 0 only asks.
 * @return How many.
 *
 * Any thread, any time. Fails with SINK_ERROR_INVALID_ARGUMENT, SINK_ERROR_INVALID_HANDLE, SINK_ERROR_RUNTIME,
 * SINK_ERROR_BUSY.
 */
SINK_DECL uint32_t SINK_CALL sink_thing_peers(SinkThing thing, SinkPeerId* buffer, uint32_t capacity);

/**
 * Its title.
 *
 * @param thing The thing.
 * @param buffer The text.
 * @param capacity Room in the buffer; 0 only asks.
 * @return How long.
 *
 * Any thread, any time. Fails with SINK_ERROR_INVALID_ARGUMENT, SINK_ERROR_INVALID_HANDLE, SINK_ERROR_RUNTIME,
 * SINK_ERROR_BUSY.
 */
SINK_DECL uint32_t SINK_CALL sink_thing_title(SinkThing thing, char* buffer, uint32_t capacity);

/**
 * Its numbers.
 *
 * @param thing The thing.
 * @param stats The numbers.
 * @return Whether.
 *
 * Any thread, any time. Fails with SINK_ERROR_INVALID_ARGUMENT, SINK_ERROR_INVALID_HANDLE, SINK_ERROR_RUNTIME,
 * SINK_ERROR_BUSY, SINK_ERROR_STRUCT_SIZE.
 */
SINK_DECL SinkResult SINK_CALL sink_thing_stats(SinkThing thing, SinkStats* stats);

/**
 * Its state.
 *
 * @param thing The thing.
 * @return A number.
 *
 * Any thread, any time. Fails with SINK_ERROR_INVALID_ARGUMENT, SINK_ERROR_INVALID_HANDLE, SINK_ERROR_RUNTIME,
 * SINK_ERROR_BUSY.
 */
SINK_DECL SinkState SINK_CALL sink_thing_state(SinkThing thing);

/**
 * What was stored.
 *
 * @param thing The thing.
 * @return A pointer.
 *
 * Any thread, any time. Fails with SINK_ERROR_INVALID_ARGUMENT, SINK_ERROR_INVALID_HANDLE, SINK_ERROR_RUNTIME,
 * SINK_ERROR_BUSY.
 */
SINK_DECL void* SINK_CALL sink_thing_user_data(SinkThing thing);

/**
 * Its state.
 *
 * @param thing The thing.
 * @return A number.
 *
 * Any thread, any time. Fails with SINK_ERROR_INVALID_ARGUMENT, SINK_ERROR_INVALID_HANDLE, SINK_ERROR_RUNTIME,
 * SINK_ERROR_BUSY. Deprecated, use sink_thing_state.
 */
SINK_DECL SinkState SINK_CALL sink_thing_old_state(SinkThing thing);

/**
 * A round trip.
 *
 * @param thing The thing.
 * @return How long.
 *
 * Any thread, any time. Fails with SINK_ERROR_INVALID_ARGUMENT, SINK_ERROR_INVALID_HANDLE, SINK_ERROR_RUNTIME,
 * SINK_ERROR_BUSY. Since revision 2.
 */
SINK_DECL uint64_t SINK_CALL sink_thing_rtt_us(SinkThing thing);

#ifdef __cplusplus
}
#endif

#endif /* SINK_H */
