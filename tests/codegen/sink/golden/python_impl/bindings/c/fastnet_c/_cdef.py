# Printed by fastnet-codegen from codegen/api.
# Do not edit: change the description, or the template, and print again.
# To renew it: fastnet-codegen generate python_impl
"""The ABI as the core sees it: structs for cffi, numbers, and what 0 means in the fields of a configuration."""

ABI_REVISION = 2
ABI_HASH = 0x5CA07CB3325C8064
OFF = 0xFFFFFFFF
"""None or for ever, in fields that offer it."""

SETUP_DEFAULTS = {
    "wait_ms": 1000,
}
"""What 0 means in SinkSetup."""

SINK_OK = 0
SINK_ERROR_INVALID_ARGUMENT = -1
SINK_ERROR_INVALID_HANDLE = -2
SINK_ERROR_RUNTIME = -3
SINK_ERROR_BUSY = -4
SINK_ERROR_STRUCT_SIZE = -5
SINK_ERROR_TOO_LARGE = -6
SINK_ERROR_UNSUPPORTED = -7
SINK_ERROR_ABI_MISMATCH = -8
SINK_ERROR_LATE = -9
SINK_REASON_CLOSED = 0
SINK_REASON_LOST = 2
SINK_REASON_GONE = 3
SINK_CHANNEL_RELIABLE = 0
SINK_CHANNEL_FAST = 1
SINK_EVENT_NONE = 0
SINK_EVENT_DATA = 2
SINK_STATE_UNKNOWN = 0
SINK_STATE_NEGATIVE = -5
SINK_STATE_LARGE = 30000
SINK_THING_LOOSE = 1
SINK_THING_QUICK = 4

CDEF = """
typedef struct SinkThing_T* SinkThing;
typedef uint32_t SinkBool;
typedef uint32_t SinkPeerId;
typedef uint64_t SinkBigId;
typedef int32_t SinkResult;
typedef uint32_t SinkReason;
typedef uint8_t SinkChannel;
typedef uint32_t SinkEventType;
typedef int16_t SinkState;
typedef uint32_t SinkThingFlags;
typedef void (*SinkWatcher)(SinkChannel channel, const char* text, void* user_data);
typedef struct SinkEvent {
    SinkEventType type;
    SinkPeerId peer_id;
    uint32_t data_len;
    SinkChannel channel;
    uint8_t reserved0[3];
    SinkBigId big;
    const uint8_t* data;
    void* user_data;
} SinkEvent;
typedef struct SinkStats {
    uint32_t struct_size;
    float ratio;
    double average;
    int64_t balance;
    int8_t small;
    uint8_t reserved0;
    uint16_t medium;
    SinkBool good;
    uint64_t since_two;
} SinkStats;
typedef struct SinkSetup {
    uint32_t struct_size;
    SinkThingFlags flags;
    SinkChannel channel;
    uint8_t reserved0;
    uint16_t port;
    uint32_t wait_ms;
    uint32_t blob_len;
    uint32_t pin_count;
    const char* name;
    const char* path;
    const uint8_t* blob;
    const uint8_t* pins;
    SinkWatcher watcher;
    SinkThing parent;
    void* user_data;
} SinkSetup;
"""
"""Types and structs, for cffi."""
