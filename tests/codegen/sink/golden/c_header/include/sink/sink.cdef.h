/* Printed by fastnet-codegen from codegen/api. */
/* Do not edit: change the description, or the template, and print again. */
/* To renew it: fastnet-codegen generate c_header */

/* The declarations of Sink without preprocessor, for cffi and LuaJIT. Documentation is in the header. */
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
enum {
    SINK_OK                     = 0,
    SINK_ERROR_INVALID_ARGUMENT = -1,
    SINK_ERROR_INVALID_HANDLE   = -2,
    SINK_ERROR_RUNTIME          = -3,
    SINK_ERROR_BUSY             = -4,
    SINK_ERROR_STRUCT_SIZE      = -5,
    SINK_ERROR_TOO_LARGE        = -6,
    SINK_ERROR_UNSUPPORTED      = -7,
    SINK_ERROR_ABI_MISMATCH     = -8,
    SINK_ERROR_LATE             = -9
};
enum {
    SINK_REASON_CLOSED = 0,
    SINK_REASON_LOST   = 2,
    SINK_REASON_GONE   = 3
};
enum {
    SINK_CHANNEL_RELIABLE = 0,
    SINK_CHANNEL_SURE     = 0,
    SINK_CHANNEL_FAST     = 1
};
enum {
    SINK_EVENT_NONE = 0,
    SINK_EVENT_DATA = 2
};
enum {
    SINK_STATE_UNKNOWN  = 0,
    SINK_STATE_NEGATIVE = -5,
    SINK_STATE_LARGE    = 30000
};
enum {
    SINK_THING_LOOSE = 1,
    SINK_THING_QUICK = 4
};
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
SinkResult sink_abi_check(uint32_t revision, uint64_t hash);
SinkResult sink_last_result(void);
const char* sink_last_error(void);
const char* sink_version_string(void);
double sink_half(double of);
void sink_stop(void);
SinkResult sink_thing_setup_init(SinkSetup* setup, uint32_t struct_size);
SinkThing sink_thing_make(const char* name, const char* path);
SinkResult sink_thing_open(const SinkSetup* setup, SinkThing* out_thing);
void sink_thing_end(SinkThing thing);
SinkBool sink_thing_poll(SinkThing thing, SinkEvent* out_event);
SinkResult sink_thing_send(SinkThing thing, SinkPeerId peer_id, SinkChannel channel, SinkState state, uint32_t code,
    SinkBool urgent, const uint8_t* data, uint32_t data_len, const uint8_t* keys, uint32_t keys_count,
    const char* note);
SinkResult sink_thing_watch(SinkThing thing, SinkWatcher watcher, void* user_data);
uint32_t sink_thing_peers(SinkThing thing, SinkPeerId* buffer, uint32_t capacity);
uint32_t sink_thing_title(SinkThing thing, char* buffer, uint32_t capacity);
SinkResult sink_thing_stats(SinkThing thing, SinkStats* stats);
SinkState sink_thing_state(SinkThing thing);
void* sink_thing_user_data(SinkThing thing);
SinkState sink_thing_old_state(SinkThing thing);
uint64_t sink_thing_rtt_us(SinkThing thing);
