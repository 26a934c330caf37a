/* Printed by fastnet-codegen from codegen/api. */
/* Do not edit: change the description, or the template, and print again. */
/* To renew it: fastnet-codegen generate c_shim */

/* The exported functions: each refuses what the description forbids, enters its handle, calls the body that was written
 * by hand, and leaves. shim.h has the rules. */
#include "bodies.gen.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { SIZED_MAX = 65536 }; /* No struct grows so large; a size above it is a mistake. */

/* A text must be as long as it may, and UTF-8. */
static SinkResult check_text(const char *name, const char *text, uint32_t bytes_min, uint32_t bytes_max,
                                SinkResult too_long)
{
    if (bytes_min > 0 && text[0] == '\0')
        return fn_failf(SINK_ERROR_INVALID_ARGUMENT, "%s is empty", name);
    switch (fn_text_check(text, bytes_max)) {
    case FN_TEXT_OK:
        return SINK_OK;
    case FN_TEXT_TOO_LONG:
        return fn_failf(too_long, "%s is longer than %lu bytes", name, (unsigned long)bytes_max);
    case FN_TEXT_NOT_UTF8:
    default:
        return fn_failf(SINK_ERROR_INVALID_ARGUMENT, "%s is not UTF-8", name);
    }
}

static SinkResult check_setup(const SinkSetup *given)
{
    if ((given->flags & ~0x5u) != 0)
        return fn_fail(SINK_ERROR_UNSUPPORTED, "flags has bits that this library does not know");
    if (given->channel > 1u)
        return fn_fail(SINK_ERROR_UNSUPPORTED, "channel: there is no such channel; known are 0 to 1");
    if (given->port == 0)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "port is 0: it must be given");
    if (given->wait_ms != 0 && given->wait_ms != SINK_OFF && (given->wait_ms < 10u || given->wait_ms > 5000u))
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "wait_ms must be 10 to 5000, 0 for the default, OFF for none");
    if (!given->name)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "name is NULL");
    if (check_text("name", given->name, 1u, 20u, SINK_ERROR_INVALID_ARGUMENT) != SINK_OK)
        return fn_last_result();
    if (given->path && check_text("path", given->path, 0u, 100u, SINK_ERROR_INVALID_ARGUMENT) != SINK_OK)
        return fn_last_result();
    if (!given->blob && given->blob_len > 0)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "blob is NULL, but blob_len is not 0");
    if (given->blob && given->blob_len == 0)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "blob is given, but blob_len is 0");
    if (given->blob_len > 64u)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "blob_len is above the limit of 64 bytes");
    if (!given->pins && given->pin_count > 0)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "pins is NULL, but pin_count is not 0");
    if (given->pins && given->pin_count == 0)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "pins is given, but pin_count is 0");
    if (given->pin_count > 4u)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "pin_count is above the limit of 4 pieces");
    if ((given->path != NULL) + (given->blob != NULL) + ((given->flags & SINK_THING_LOOSE) != 0) > 1)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "at most one of these may be given: path, blob, loose");
    if ((given->pins != NULL) != (given->path != NULL))
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "pins and path belong together: give both or none");
    return SINK_OK;
}

static size_t text_bytes(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

/* Puts a copy at `*at`, which moves on; NULL for nothing. */
static void *place(unsigned char **at, const void *from, size_t size)
{
    if (!from)
        return NULL;
    void *const copy = memcpy(*at, from, size);
    *at += size;
    return copy;
}

SinkSetup *fn_setup_copy(const SinkSetup *full)
{
    size_t size = sizeof *full;
    size += full->name ? text_bytes(full->name) : 0;
    size += full->path ? text_bytes(full->path) : 0;
    size += full->blob ? full->blob_len : 0;
    size += full->pins ? (size_t)full->pin_count * 32u : 0;
    SinkSetup *const copy = calloc(1, size);
    if (!copy)
        return NULL;
    unsigned char *at = (unsigned char *)(copy + 1);
    *copy = *full;
    copy->name = place(&at, full->name, text_bytes(full->name));
    copy->path = place(&at, full->path, text_bytes(full->path));
    copy->blob = place(&at, full->blob, full->blob_len);
    copy->pins = place(&at, full->pins, (size_t)full->pin_count * 32u);
    return copy;
}

const char *fn_name_of_result(SinkResult result)
{
    switch (result) {
    case SINK_OK:
        return "SINK_OK";
    case SINK_ERROR_INVALID_ARGUMENT:
        return "SINK_ERROR_INVALID_ARGUMENT";
    case SINK_ERROR_INVALID_HANDLE:
        return "SINK_ERROR_INVALID_HANDLE";
    case SINK_ERROR_RUNTIME:
        return "SINK_ERROR_RUNTIME";
    case SINK_ERROR_BUSY:
        return "SINK_ERROR_BUSY";
    case SINK_ERROR_STRUCT_SIZE:
        return "SINK_ERROR_STRUCT_SIZE";
    case SINK_ERROR_TOO_LARGE:
        return "SINK_ERROR_TOO_LARGE";
    case SINK_ERROR_UNSUPPORTED:
        return "SINK_ERROR_UNSUPPORTED";
    case SINK_ERROR_ABI_MISMATCH:
        return "SINK_ERROR_ABI_MISMATCH";
    case SINK_ERROR_LATE:
        return "SINK_ERROR_LATE";
    default:
        return "SINK_ERROR_UNKNOWN";
    }
}

const char *fn_name_of_reason(SinkReason reason)
{
    switch (reason) {
    case SINK_REASON_CLOSED:
        return "CLOSED";
    case SINK_REASON_LOST:
        return "LOST";
    case SINK_REASON_GONE:
        return "GONE";
    default:
        break;
    }
    if (reason >= 1000u && reason <= 1999u)
        return "APPLICATION";
    return "UNKNOWN";
}

SinkResult fn_result_of_reason(SinkReason reason)
{
    switch (reason) {
    case SINK_REASON_CLOSED:
        return SINK_OK;
    default:
        break;
    }
    if (reason >= 1000u && reason <= 1999u)
        return SINK_OK;
    return SINK_ERROR_RUNTIME;
}

uint64_t fn_abi_hash(uint32_t revision)
{
    static const uint64_t hashes[] = {
        UINT64_C(0x9ab803f704d90091),
        UINT64_C(0x5ca07cb3325c8064),
    };
    return revision >= 1 && revision <= sizeof hashes / sizeof hashes[0] ? hashes[revision - 1] : 0;
}

SinkResult SINK_CALL sink_abi_check(uint32_t revision, uint64_t hash)
{
    return fn_abi_check(revision, hash);
}

SinkResult SINK_CALL sink_last_result(void)
{
    return fn_last_result();
}

const char* SINK_CALL sink_last_error(void)
{
    return fn_last_error();
}

const char* SINK_CALL sink_version_string(void)
{
    return fn_version_string();
}

double SINK_CALL sink_half(double of)
{
    return fn_half(of);
}

void SINK_CALL sink_stop(void)
{
    if (fn_in_callback())
        return;
    fn_stop();
}

SinkResult SINK_CALL sink_thing_setup_init(SinkSetup* setup, uint32_t struct_size)
{
    if (!setup)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "setup is NULL");
    if (struct_size < (uint32_t)sizeof(SinkSetup) || struct_size > SIZED_MAX)
        return fn_fail(SINK_ERROR_STRUCT_SIZE, "struct_size is not the size of SinkSetup: give sizeof *setup");
    return fn_thing_setup_init(setup, struct_size);
}

SinkThing SINK_CALL sink_thing_make(const char* name, const char* path)
{
    if (fn_in_callback())
        return NULL;
    if (!name) {
        (void)fn_fail(SINK_ERROR_INVALID_ARGUMENT, "name is NULL");
        return NULL;
    }
    if (check_text("name", name, 1u, 20u, SINK_ERROR_INVALID_ARGUMENT) != SINK_OK)
        return NULL;
    if (path && check_text("path", path, 0u, 100u, SINK_ERROR_INVALID_ARGUMENT) != SINK_OK)
        return NULL;
    return fn_thing_make(name, path);
}

SinkResult SINK_CALL sink_thing_open(const SinkSetup* setup, SinkThing* out_thing)
{
    SinkSetup setup_full;
    if (fn_in_callback()) {
        if (out_thing)
            *out_thing = NULL;
        return SINK_ERROR_BUSY;
    }
    if (!setup) {
        if (out_thing)
            *out_thing = NULL;
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "setup is NULL");
    }
    if (fn_sized_in(setup, &setup_full, (uint32_t)sizeof setup_full, (uint32_t)sizeof(SinkSetup)) != SINK_OK) {
        if (out_thing)
            *out_thing = NULL;
        return fn_last_result();
    }
    if (check_setup(&setup_full) != SINK_OK) {
        if (out_thing)
            *out_thing = NULL;
        return fn_last_result();
    }
    if (!out_thing)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "out_thing is NULL: give the address of a variable");
    return fn_thing_open(&setup_full, out_thing);
}

void SINK_CALL sink_thing_end(SinkThing thing)
{
    if (fn_in_callback())
        return;
    fn_session *const session = fn_end(thing, FN_THING);
    if (!session)
        return;
    fn_thing_end(session);
}

SinkBool SINK_CALL sink_thing_poll(SinkThing thing, SinkEvent* out_event)
{
    if (fn_in_callback()) {
        if (out_event)
            *out_event = (SinkEvent){0};
        return 0;
    }
    if (!out_event) {
        (void)fn_fail(SINK_ERROR_INVALID_ARGUMENT, "out_event is NULL: give the address of a variable");
        return 0;
    }
    fn_session *const session = fn_enter_one(thing, FN_THING);
    if (!session) {
        if (out_event)
            *out_event = (SinkEvent){0};
        return 0;
    }
    SinkBool const returned = fn_thing_poll(session, out_event);
    fn_leave_one(session);
    return returned;
}

SinkResult SINK_CALL sink_thing_send(SinkThing thing, SinkPeerId peer_id, SinkChannel channel, SinkState state,
    uint32_t code, SinkBool urgent, const uint8_t* data, uint32_t data_len, const uint8_t* keys, uint32_t keys_count,
    const char* note)
{
    if (fn_in_callback())
        return SINK_ERROR_BUSY;
    if (channel > 1u)
        return fn_fail(SINK_ERROR_UNSUPPORTED, "channel: there is no such channel; known are 0 to 1");
    if (state != -5 && state != 0 && state != 30000)
        return fn_fail(SINK_ERROR_UNSUPPORTED, "state: there is no such state");
    if (code != 0u && (code < 1000u || code > 1999u))
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "code must be 0 or 1000 to 1999");
    if (!data && data_len > 0)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "data is NULL, but data_len is not 0");
    if (!keys && keys_count > 0)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "keys is NULL, but keys_count is not 0");
    if (note && check_text("note", note, 0u, 8u, SINK_ERROR_TOO_LARGE) != SINK_OK)
        return fn_last_result();
    fn_session *const session = fn_enter(thing, FN_THING);
    if (!session)
        return fn_last_result();
    SinkResult const returned = fn_thing_send(session, peer_id, channel, state, code, urgent, data, data_len,
        keys, keys_count, note);
    fn_leave(session);
    return returned;
}

SinkResult SINK_CALL sink_thing_watch(SinkThing thing, SinkWatcher watcher, void* user_data)
{
    if (fn_in_callback())
        return SINK_ERROR_BUSY;
    if (!watcher)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "watcher is NULL");
    fn_session *const session = fn_enter_wake(thing, FN_THING);
    if (!session)
        return fn_last_result();
    SinkResult const returned = fn_thing_watch(session, watcher, user_data);
    fn_leave_wake(session);
    return returned;
}

uint32_t SINK_CALL sink_thing_peers(SinkThing thing, SinkPeerId* buffer, uint32_t capacity)
{
    if (fn_in_callback())
        return 0;
    if (!buffer && capacity > 0) {
        (void)fn_fail(SINK_ERROR_INVALID_ARGUMENT, "buffer is NULL, but capacity is not 0");
        return 0;
    }
    fn_session *const session = fn_enter(thing, FN_THING);
    if (!session)
        return 0;
    uint32_t const returned = fn_thing_peers(session, buffer, capacity);
    fn_leave(session);
    return returned;
}

uint32_t SINK_CALL sink_thing_title(SinkThing thing, char* buffer, uint32_t capacity)
{
    if (fn_in_callback())
        return 0;
    if (!buffer && capacity > 0) {
        (void)fn_fail(SINK_ERROR_INVALID_ARGUMENT, "buffer is NULL, but capacity is not 0");
        return 0;
    }
    fn_session *const session = fn_enter(thing, FN_THING);
    if (!session)
        return 0;
    uint32_t const returned = fn_thing_title(session, buffer, capacity);
    fn_leave(session);
    return returned;
}

SinkResult SINK_CALL sink_thing_stats(SinkThing thing, SinkStats* stats)
{
    SinkStats stats_full = {0};
    if (fn_in_callback())
        return SINK_ERROR_BUSY;
    if (!stats)
        return fn_fail(SINK_ERROR_INVALID_ARGUMENT, "stats is NULL");
    if (fn_sized_out_check(stats, (uint32_t)offsetof(SinkStats, since_two)) != SINK_OK)
        return fn_last_result();
    fn_session *const session = fn_enter(thing, FN_THING);
    if (!session)
        return fn_last_result();
    SinkResult const returned = fn_thing_stats(session, &stats_full);
    fn_leave(session);
    if (returned == SINK_OK)
        fn_sized_out(stats, &stats_full, (uint32_t)sizeof stats_full);
    return returned;
}

SinkState SINK_CALL sink_thing_state(SinkThing thing)
{
    if (fn_in_callback())
        return SINK_STATE_UNKNOWN;
    fn_session *const session = fn_enter(thing, FN_THING);
    if (!session)
        return SINK_STATE_UNKNOWN;
    SinkState const returned = fn_thing_state(session);
    fn_leave(session);
    return returned;
}

void* SINK_CALL sink_thing_user_data(SinkThing thing)
{
    if (fn_in_callback())
        return NULL;
    fn_session *const session = fn_enter(thing, FN_THING);
    if (!session)
        return NULL;
    void* const returned = fn_thing_user_data(session);
    fn_leave(session);
    return returned;
}

SinkState SINK_CALL sink_thing_old_state(SinkThing thing)
{
    if (fn_in_callback())
        return SINK_STATE_UNKNOWN;
    fn_session *const session = fn_enter(thing, FN_THING);
    if (!session)
        return SINK_STATE_UNKNOWN;
    SinkState const returned = fn_thing_old_state(session);
    fn_leave(session);
    return returned;
}

uint64_t SINK_CALL sink_thing_rtt_us(SinkThing thing)
{
    if (fn_in_callback())
        return 0;
    fn_session *const session = fn_enter(thing, FN_THING);
    if (!session)
        return 0;
    uint64_t const returned = fn_thing_rtt_us(session);
    fn_leave(session);
    return returned;
}
