/* A byte ring between two threads: the events of a handle on their way to the game, or its messages on their way out.
 *
 * Rule 1: one producer and one consumer. Where several threads produce, they take the lock first.
 * Rule 2: a record never wraps. A payload above a quarter of the ring travels by pointer, so that every record fits an
 *         empty ring and none waits for ever; its allocation belongs to the record and is freed with it.
 * Rule 3: `fn_ring_peek` hands out a pointer into the ring. The next peek releases that record.
 * Rule 4: the payload is 8-byte aligned and followed by at least one zero byte that `length` leaves out.
 *
 * Head and tail are free-running counters. All that a side needs stands on one cache line of its own, also where the
 * bytes are: it keeps a copy of the other side's counter, and looks there again only when the copy says "full" or
 * "empty". Publishing is a release store, looking an acquire load.
 */
#ifndef FASTNET_RING_H
#define FASTNET_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    FN_KIND_SEND = 16,      /* Kinds below are event types of fastnet.h. */
    FN_KIND_BROADCAST = 17,
    FN_KIND_BY_POINTER = 128, /* High bit: the payload is a pointer to a malloc'ed copy. */
    FN_CACHE_LINE = 64,
    FN_RING_BYTES_MIN = 4096,
    FN_COPIED_HERE_MAX = 256, /* `fn_ring_copy` calls for more */
};

/* What stands before every payload. size 0: go on at the start of the ring. */
typedef struct fn_record {
    uint32_t size;    /* of header, payload and padding; a multiple of 8 */
    uint32_t length;  /* of the payload */
    uint32_t peer;    /* of a broadcast: the one left out */
    uint8_t kind;
    uint8_t channel;
    uint16_t zero;
    uint64_t time_us; /* of an event: when it was seen; of a broadcast: its number (see bridge.h) */
} fn_record;

_Static_assert(sizeof(fn_record) == 24, "the payload must start 8-byte aligned");

/* In front of the text of CONNECTED, DISCONNECTED and ERROR. */
typedef struct fn_outcome {
    int32_t error;
    uint32_t reason;
    uint32_t by_peer;
    uint32_t zero;
} fn_outcome;

typedef struct fn_ring {
    _Alignas(FN_CACHE_LINE) _Atomic uint64_t head; /* written by the producer, like all up to the tail */
    uint64_t tail_seen;
    uint8_t *bytes;
    uint64_t capacity;             /* a power of two */
    _Atomic uint32_t lock;         /* Of the out ring alone, as the next two: who pushes holds it. */
    _Atomic uint32_t flush_wanted;
    uint64_t broadcasts;           /* how many were accepted; under the lock */
    _Alignas(FN_CACHE_LINE) _Atomic uint64_t tail; /* written by the consumer, like all that follows */
    uint64_t head_seen;
    uint64_t handed_out; /* size of the record that the latest peek returned */
    uint8_t *from;       /* `bytes` again, and `capacity` less 1 */
    uint64_t mask;
} fn_ring;

/* The capacity for a wish in bytes: the power of two at or above it. */
static inline uint64_t fn_ring_capacity(uint32_t wish_bytes) {
    uint64_t capacity = FN_RING_BYTES_MIN;
    while (capacity < wish_bytes)
        capacity *= 2;
    return capacity;
}

/* False when memory is out. On Linux the core sees to its pages (`fn_ring_touch`), elsewhere they are touched here. */
static inline bool fn_ring_init(fn_ring *ring, uint32_t wish_bytes) {
    memset(ring, 0, sizeof *ring);
    ring->capacity = fn_ring_capacity(wish_bytes);
    ring->mask = ring->capacity - 1;
    ring->from = ring->bytes = malloc((size_t)ring->capacity);
#ifndef __linux__
    if (ring->bytes)
        memset(ring->bytes, 0, (size_t)ring->capacity);
#endif
    return ring->bytes != NULL;
}

static inline uint8_t *fn_record_inline(const fn_record *record) {
    return (uint8_t *)(uintptr_t)record + sizeof(fn_record);
}

static inline const uint8_t *fn_record_payload(const fn_record *record) {
    if (!(record->kind & FN_KIND_BY_POINTER))
        return fn_record_inline(record);
    uint8_t *copy;
    memcpy(&copy, fn_record_inline(record), sizeof copy);
    return copy;
}

static inline uint8_t fn_record_kind(const fn_record *record) {
    return record->kind & (uint8_t)~FN_KIND_BY_POINTER;
}

static inline void fn_record_drop_copy(const fn_record *record) {
    if (record->kind & FN_KIND_BY_POINTER)
        free((void *)(uintptr_t)fn_record_payload(record));
}

/* Producer: a place for a record with `room` payload bytes (zero byte included), or NULL when the ring is full now. */
static inline fn_record *fn_ring_place(fn_ring *ring, uint64_t room) {
    uint64_t need = (sizeof(fn_record) + room + 7) & ~(uint64_t)7;
    uint64_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
    uint64_t offset = head & (ring->capacity - 1);
    uint64_t skip = offset + need > ring->capacity ? ring->capacity - offset : 0;
    if (head + skip + need - ring->tail_seen > ring->capacity) {
        ring->tail_seen = atomic_load_explicit(&ring->tail, memory_order_acquire);
        if (head + skip + need - ring->tail_seen > ring->capacity)
            return NULL;
    }
    if (skip) {
        memset(ring->bytes + offset, 0, sizeof(uint32_t));
        atomic_store_explicit(&ring->head, head + skip, memory_order_release);
        offset = 0;
    }
    fn_record *record = (fn_record *)(void *)(ring->bytes + offset);
    record->size = (uint32_t)need;
    record->zero = 0;
    return record;
}

/* Producer: the record that `fn_ring_place` gave is complete. */
static inline void fn_ring_publish(fn_ring *ring, const fn_record *record) {
    uint64_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
    atomic_store_explicit(&ring->head, head + record->size, memory_order_release);
}

/* Fetch a line that will be written, so from whoever has it; the compiler's own hint asks for a copy. Processors that
 * do not know the instruction (Intel before 2014) pass over it. */
static inline void fn_fetch_to_write(const void *line) {
#if defined(__GNUC__) && defined(__x86_64__)
    __asm__ volatile("prefetchw %0" : : "m"(*(const uint8_t *)line));
#elif defined(__GNUC__)
    __builtin_prefetch(line, 1);
#else
    (void)line;
#endif
}

/* Producer: fetch what the next small record is written over. The other side read it last, a whole ring ago. */
static inline void fn_ring_fetch(const fn_ring *ring) {
    uint64_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
    fn_fetch_to_write(ring->bytes + ((head + FN_CACHE_LINE) & (ring->capacity - 1)));
    fn_fetch_to_write(ring->bytes + ((head + 2 * FN_CACHE_LINE) & (ring->capacity - 1)));
}

/* Producer: whether a payload of `length` bytes travels by pointer. */
static inline bool fn_ring_by_pointer(const fn_ring *ring, uint64_t length) {
    return length > ring->capacity / 4;
}

typedef enum fn_pushed { FN_PUSHED = 0, FN_PUSH_FULL = 1, FN_PUSH_NO_MEMORY = 2 } fn_pushed;

/* As `memcpy`, but most messages without a call: after a frame's rest libc's code is in no cache. First and last bytes
 * may overlap. The empty statement keeps the compiler from making a call of the loop. */
static inline void fn_ring_copy(uint8_t *to, const uint8_t *from, size_t bytes) {
#if defined(__GNUC__)
    if (bytes >= 16 && bytes <= FN_COPIED_HERE_MAX) {
        size_t last = bytes - 16;
        for (size_t at = 0; at < last; at += 16) {
            memcpy(to + at, from + at, 16);
            __asm__ volatile("" ::: "memory");
        }
        memcpy(to + last, from + last, 16);
        return;
    }
    if (bytes >= 8 && bytes < 16) {
        memcpy(to, from, 8);
        memcpy(to + bytes - 8, from + bytes - 8, 8);
        return;
    }
#endif
    memcpy(to, from, bytes);
}

/* Producer: copy one record in. `front` (may be NULL) goes before `data`, as lifecycle events need it. */
static inline fn_pushed fn_ring_push(fn_ring *ring, const fn_record *header, const fn_outcome *front,
                                     const uint8_t *data) {
    uint64_t lead = front ? sizeof *front : 0;
    uint64_t length = lead + header->length;
    bool by_pointer = fn_ring_by_pointer(ring, length);
    fn_record *record = fn_ring_place(ring, by_pointer ? sizeof(uint8_t *) : length + 1);
    if (!record)
        return FN_PUSH_FULL;
    uint8_t *to = fn_record_inline(record);
    uint8_t *copy = to;
    if (by_pointer && !(copy = malloc((size_t)length + 1)))
        return FN_PUSH_NO_MEMORY;
    if (front)
        memcpy(copy, front, (size_t)lead);
    if (header->length)
        fn_ring_copy(copy + lead, data, header->length);
    copy[length] = 0;
    if (by_pointer)
        memcpy(to, &copy, sizeof copy);
    record->length = (uint32_t)length;
    record->peer = header->peer;
    record->kind = header->kind | (uint8_t)(by_pointer ? FN_KIND_BY_POINTER : 0);
    record->channel = header->channel;
    record->time_us = header->time_us;
    fn_ring_publish(ring, record);
    return FN_PUSHED;
}

/* Consumer: give back the record that the latest peek returned. */
static inline void fn_ring_release(fn_ring *ring) {
    if (!ring->handed_out)
        return;
    uint64_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
    fn_record_drop_copy((const fn_record *)(void *)(ring->from + (tail & ring->mask)));
    atomic_store_explicit(&ring->tail, tail + ring->handed_out, memory_order_release);
    ring->handed_out = 0;
}

/* Consumer: the next record or NULL; releases the one before. */
static inline const fn_record *fn_ring_peek(fn_ring *ring) {
    fn_ring_release(ring);
    uint64_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
    for (;;) {
        if (tail == ring->head_seen) {
            ring->head_seen = atomic_load_explicit(&ring->head, memory_order_acquire);
            if (tail == ring->head_seen)
                return NULL;
        }
        const fn_record *record = (const fn_record *)(void *)(ring->from + (tail & ring->mask));
        if (record->size) {
            ring->handed_out = record->size;
            return record;
        }
        tail = (tail | ring->mask) + 1;
        atomic_store_explicit(&ring->tail, tail, memory_order_release);
    }
}

/* Consumer: whether there is no record beyond the one handed out. A mark that says "go on at the start" is none. */
static inline bool fn_ring_is_empty(fn_ring *ring) {
    uint64_t head = atomic_load_explicit(&ring->head, memory_order_acquire);
    uint64_t at = atomic_load_explicit(&ring->tail, memory_order_relaxed) + ring->handed_out;
    if (head == at)
        return true;
    const fn_record *record = (const fn_record *)(void *)(ring->from + (at & ring->mask));
    return record->size == 0 && head == (at | ring->mask) + 1;
}

/* When one thread is both sides: an empty ring goes on at its start, whose lines that thread has just used. */
static inline void fn_ring_rewind(fn_ring *ring) {
    uint64_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
    bool is_empty = !ring->handed_out && head == atomic_load_explicit(&ring->tail, memory_order_relaxed);
    if (!is_empty || !(head & ring->mask))
        return;
    head = (head | ring->mask) + 1;
    atomic_store_explicit(&ring->head, head, memory_order_relaxed);
    atomic_store_explicit(&ring->tail, head, memory_order_relaxed);
    ring->head_seen = ring->tail_seen = head;
}

/* With both sides gone: free all that is inside, and the ring. */
static inline void fn_ring_free(fn_ring *ring) {
    if (ring->bytes)
        while (fn_ring_peek(ring)) {
        }
    free(ring->bytes);
    ring->from = ring->bytes = NULL;
}

#endif
