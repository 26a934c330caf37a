/* What frame.c and yardstick.c have in common: the frame of a game at 60 Hz, and how times are told, in ns. */
#ifndef FASTNET_FRAMES_H
#define FASTNET_FRAMES_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PER_FRAME = 4, PAYLOAD_BYTES = 64, FRAME_NS = 16666667 };

static uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Until frame `number` of those that began at `first_ns`. */
static void rest_until_frame(uint64_t first_ns, uint32_t number) {
    uint64_t due = first_ns + (number + 1) * (uint64_t)FRAME_NS, now = now_ns();
    struct timespec rest = {0, due > now ? (long)(due - now) : 0};
    nanosleep(&rest, NULL);
}

static int compare_times(const void *a, const void *b) {
    uint64_t left, right;
    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    return (left > right) - (left < right);
}

/* Sorts `samples`, and prints what half of them, and all but one in a hundred, do not exceed. */
static void tell(const char *name, uint64_t *samples, uint32_t count) {
    qsort(samples, count, sizeof *samples, compare_times);
    printf("\"%s_p50_ns\": %llu, \"%s_p99_ns\": %llu, ", name, (unsigned long long)samples[count / 2], name,
           (unsigned long long)samples[count - 1 - count / 100]);
}

#endif
