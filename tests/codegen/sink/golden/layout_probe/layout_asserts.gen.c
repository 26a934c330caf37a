/* Printed by fastnet-codegen from codegen/api. */
/* Do not edit: change the description, or the template, and print again. */
/* To renew it: fastnet-codegen generate layout_probe */

/* Compiles where structs lie as the lock says: 64 bits, 32 bits, and 32 bits with u64 aligned to 4 (i386 Linux). */
#include "sink/sink.h"

#include <stddef.h>

struct probe_u64 {
    char first;
    uint64_t second;
};
#define PICK(lp64, ilp32, ilp32_4) \
    (sizeof(void *) == 8 ? (lp64) : offsetof(struct probe_u64, second) == 8 ? (ilp32) : (ilp32_4))
#ifdef __cplusplus
#define ASSERT(condition, text) static_assert(condition, text)
#else
#define ASSERT(condition, text) _Static_assert(condition, text)
#endif

ASSERT(sizeof(SinkEvent) == PICK(40, 32, 32), "size of SinkEvent");
ASSERT(offsetof(SinkEvent, type) == PICK(0, 0, 0), "SinkEvent.type");
ASSERT(offsetof(SinkEvent, peer_id) == PICK(4, 4, 4), "SinkEvent.peer_id");
ASSERT(offsetof(SinkEvent, data_len) == PICK(8, 8, 8), "SinkEvent.data_len");
ASSERT(offsetof(SinkEvent, channel) == PICK(12, 12, 12), "SinkEvent.channel");
ASSERT(offsetof(SinkEvent, reserved0) == PICK(13, 13, 13), "SinkEvent.reserved0");
ASSERT(offsetof(SinkEvent, big) == PICK(16, 16, 16), "SinkEvent.big");
ASSERT(offsetof(SinkEvent, data) == PICK(24, 24, 24), "SinkEvent.data");
ASSERT(offsetof(SinkEvent, user_data) == PICK(32, 28, 28), "SinkEvent.user_data");

ASSERT(sizeof(SinkStats) == PICK(40, 40, 40), "size of SinkStats");
ASSERT(offsetof(SinkStats, struct_size) == PICK(0, 0, 0), "SinkStats.struct_size");
ASSERT(offsetof(SinkStats, ratio) == PICK(4, 4, 4), "SinkStats.ratio");
ASSERT(offsetof(SinkStats, average) == PICK(8, 8, 8), "SinkStats.average");
ASSERT(offsetof(SinkStats, balance) == PICK(16, 16, 16), "SinkStats.balance");
ASSERT(offsetof(SinkStats, small) == PICK(24, 24, 24), "SinkStats.small");
ASSERT(offsetof(SinkStats, reserved0) == PICK(25, 25, 25), "SinkStats.reserved0");
ASSERT(offsetof(SinkStats, medium) == PICK(26, 26, 26), "SinkStats.medium");
ASSERT(offsetof(SinkStats, good) == PICK(28, 28, 28), "SinkStats.good");
ASSERT(offsetof(SinkStats, since_two) == PICK(32, 32, 32), "SinkStats.since_two");

ASSERT(sizeof(SinkSetup) == PICK(80, 52, 52), "size of SinkSetup");
ASSERT(offsetof(SinkSetup, struct_size) == PICK(0, 0, 0), "SinkSetup.struct_size");
ASSERT(offsetof(SinkSetup, flags) == PICK(4, 4, 4), "SinkSetup.flags");
ASSERT(offsetof(SinkSetup, channel) == PICK(8, 8, 8), "SinkSetup.channel");
ASSERT(offsetof(SinkSetup, reserved0) == PICK(9, 9, 9), "SinkSetup.reserved0");
ASSERT(offsetof(SinkSetup, port) == PICK(10, 10, 10), "SinkSetup.port");
ASSERT(offsetof(SinkSetup, wait_ms) == PICK(12, 12, 12), "SinkSetup.wait_ms");
ASSERT(offsetof(SinkSetup, blob_len) == PICK(16, 16, 16), "SinkSetup.blob_len");
ASSERT(offsetof(SinkSetup, pin_count) == PICK(20, 20, 20), "SinkSetup.pin_count");
ASSERT(offsetof(SinkSetup, name) == PICK(24, 24, 24), "SinkSetup.name");
ASSERT(offsetof(SinkSetup, path) == PICK(32, 28, 28), "SinkSetup.path");
ASSERT(offsetof(SinkSetup, blob) == PICK(40, 32, 32), "SinkSetup.blob");
ASSERT(offsetof(SinkSetup, pins) == PICK(48, 36, 36), "SinkSetup.pins");
ASSERT(offsetof(SinkSetup, watcher) == PICK(56, 40, 40), "SinkSetup.watcher");
ASSERT(offsetof(SinkSetup, parent) == PICK(64, 44, 44), "SinkSetup.parent");
ASSERT(offsetof(SinkSetup, user_data) == PICK(72, 48, 48), "SinkSetup.user_data");
