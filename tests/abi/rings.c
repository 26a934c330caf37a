/* The byte ring between two threads: random records at, below and above the quarter, full both ways. Seeded. */
#include "check.h"
#include "ring.h"

#include <sched.h>

#if defined(RECORDS_WANTED)
enum { RECORDS = RECORDS_WANTED };
#elif defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
enum { RECORDS = 300000 };
#else
enum { RECORDS = 5000000 };
#endif
enum { RING_BYTES = 8192, QUARTER = RING_BYTES / 4, BIGGEST = QUARTER + 300 };

static fn_ring ring;
static uint8_t source[BIGGEST + 256];

static uint32_t next(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* Mostly small, often right at the limits. */
static uint32_t length_of(uint64_t *state) {
    uint32_t dice = next(state) % 16;
    if (dice == 0)
        return QUARTER - 2 + next(state) % 5;
    if (dice == 1)
        return next(state) % BIGGEST;
    return next(state) % 200;
}

static void *produce(void *unused) {
    (void)unused;
    uint64_t state = 7;
    for (uint32_t i = 0; i < RECORDS; i++) {
        uint32_t length = length_of(&state);
        fn_record header = {
            .length = length, .peer = i, .kind = FN_KIND_SEND, .channel = (uint8_t)(i & 3), .time_us = i};
        fn_pushed pushed;
        while ((pushed = fn_ring_push(&ring, &header, NULL, source + i % 251)) == FN_PUSH_FULL)
            sched_yield();
        CHECK(pushed == FN_PUSHED);
    }
    return NULL;
}

TEST(random_records_arrive_whole_and_in_order) {
    for (size_t i = 0; i < sizeof source; i++)
        source[i] = (uint8_t)(i * 31 % 251);
    CHECK(fn_ring_init(&ring, RING_BYTES));
    pthread_t producer;
    CHECK(pthread_create(&producer, NULL, produce, NULL) == 0);
    uint64_t state = 7;
    for (uint32_t i = 0; i < RECORDS; i++) {
        const fn_record *record;
        while (!(record = fn_ring_peek(&ring)))
            sched_yield();
        uint32_t length = length_of(&state);
        const uint8_t *payload = fn_record_payload(record);
        CHECK(record->length == length && record->peer == i && record->channel == (i & 3) && record->time_us == i);
        CHECK(memcmp(payload, source + i % 251, length) == 0 && payload[length] == 0);
        CHECK(((uintptr_t)payload & 7) == 0);
        CHECK(((record->kind & FN_KIND_BY_POINTER) != 0) == (length > QUARTER));
    }
    pthread_join(producer, NULL);
    CHECK(!fn_ring_peek(&ring));
    fn_ring_free(&ring);
}

static uint32_t fill(fn_ring *full, uint32_t length) {
    fn_record header = {.length = length, .kind = FN_KIND_SEND};
    uint32_t count = 0;
    while (fn_ring_push(full, &header, NULL, source) == FN_PUSHED)
        count++;
    return count;
}

TEST(a_full_ring_takes_as_much_again_once_it_is_emptied) {
    for (uint32_t length = 0; length <= BIGGEST; length += 37) {
        fn_ring full;
        CHECK(fn_ring_init(&full, RING_BYTES));
        uint32_t first = fill(&full, length), out = 0;
        CHECK(first > 0);
        while (fn_ring_peek(&full))
            out++;
        CHECK(out == first);
        uint32_t second = fill(&full, length);
        CHECK(second + 1 >= first); /* At most one place is lost to the ring's end. */
        fn_ring_free(&full);
    }
}

TEST(any_record_fits_an_empty_ring_wherever_it_stands) {
    for (uint32_t offset = 0; offset < RING_BYTES; offset += 8 * 13) {
        fn_ring empty;
        CHECK(fn_ring_init(&empty, RING_BYTES));
        atomic_store(&empty.head, offset);
        atomic_store(&empty.tail, offset);
        empty.head_seen = empty.tail_seen = offset;
        fn_record header = {.length = QUARTER, .kind = FN_KIND_SEND};
        CHECK(fn_ring_push(&empty, &header, NULL, source) == FN_PUSHED);
        CHECK(!fn_ring_is_empty(&empty) && fn_ring_peek(&empty) && fn_ring_is_empty(&empty));
        fn_ring_free(&empty);
    }
}

TEST(a_mark_at_the_end_is_no_record) {
    fn_ring marked;
    CHECK(fn_ring_init(&marked, RING_BYTES));
    uint64_t near_end = RING_BYTES - 64;
    atomic_store(&marked.head, near_end);
    atomic_store(&marked.tail, near_end);
    marked.head_seen = marked.tail_seen = near_end;
    CHECK(fn_ring_place(&marked, 1000)); /* Marks the end, and then is not published. */
    CHECK(fn_ring_is_empty(&marked));
    CHECK(!fn_ring_peek(&marked));
    fn_ring_free(&marked);
}

/* As the one thread of a pumped handle uses it: bursts, some taken in part, rewound wherever that is allowed. */
TEST(a_ring_of_one_thread_begins_anew_when_it_is_empty_and_only_then) {
    fn_ring one;
    CHECK(fn_ring_init(&one, RING_BYTES));
    uint64_t state = 3, before = 0;
    uint32_t pushed = 0, taken = 0;
    for (int round = 0; round < 5000; round++) {
        for (uint32_t burst = (uint32_t)(length_of(&state) % 5); burst; burst--) {
            fn_record header = {.length = length_of(&state) % QUARTER, .peer = pushed, .kind = FN_KIND_SEND};
            pushed += fn_ring_push(&one, &header, NULL, source) == FN_PUSHED;
        }
        for (uint32_t take = (uint32_t)(length_of(&state) % 6); take; take--) {
            const fn_record *record = fn_ring_peek(&one);
            CHECK(!record || record->peer == taken++);
        }
        bool was_empty = fn_ring_is_empty(&one) && !one.handed_out;
        fn_ring_rewind(&one);
        CHECK(atomic_load(&one.tail) >= before); /* Counters only grow: others remember them. */
        before = atomic_load(&one.tail);
        CHECK(!was_empty || pushed != taken || (atomic_load(&one.head) & one.mask) == 0);
        CHECK(fn_ring_is_empty(&one) == (pushed == taken));
    }
    while (fn_ring_peek(&one))
        taken++;
    CHECK(pushed == taken && pushed > 5000);
    fn_ring_free(&one);
}

TEST(what_was_not_taken_is_freed_with_the_ring) {
    fn_ring left;
    CHECK(fn_ring_init(&left, RING_BYTES));
    CHECK(fill(&left, BIGGEST) > 10); /* By pointer: LeakSanitizer would find them. */
    CHECK(fn_ring_peek(&left) && fn_ring_peek(&left));
    fn_ring_free(&left);
}
