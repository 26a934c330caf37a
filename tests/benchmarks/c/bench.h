/* The benchmark's contract (core/fastnet/tools/benchmark/peer.py) for peers in C: arguments, loops, clock and results.
 *
 * A peer's program includes this file once, defines the functions of the section "the peer's side" and calls
 * bench_main. They are static and known to the compiler, so calling them costs nothing.
 *
 *   PROGRAM serve|sink MODE CLIENTS PROXY_PORT
 *   PROGRAM client|flood|burst READY MODE PAYLOAD WARMUP MESSAGES PER_SECOND SERVER_PID CLIENTS PATIENCE_MS PROXY_PORT
 */
#ifndef FASTNET_BENCH_H
#define FASTNET_BENCH_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LOST UINT32_MAX
#define CLEAR (UINT32_MAX - 1)
#define REPORT UINT32_MAX
#define BURST 50u
#define MESSAGE_MAX (1u << 21)
#define ASK_NS 50000000ull /* CLEAR and REPORT are asked again after this. */
#define FOREVER UINT64_MAX

struct bench {
    bool spin;
    const char *ready; /* What the server said. */
    size_t payload;
    uint32_t warmup, messages, clients; /* A server is told how many will come. */
    uint64_t interval_ns; /* 0: closed loop. */
    uint64_t patience_ns;
    pid_t server_pid;
    uint16_t proxy_port; /* 0: call the server's own port. */
};

struct message {
    uint32_t client; /* Which connection it came on. */
    const void *data;
    size_t size;
};

static struct bench bench;

/* The peer's side. */

/* Listen, and return the port; then answer on the connection a message came on. */
static uint16_t peer_listen(void);
static void peer_answer(const struct message *message, const void *data, size_t size);
/* Open bench.clients connections to `port`, and return when all are there. */
static void peer_connect(uint16_t port);
static void peer_send(uint32_t client, const void *data, size_t size);
/* Let go what peer_send may have kept to share datagrams. */
static void peer_push(void);
/* One message if there is one. Otherwise, when spinning, return false at once; when blocking, sleep until there is one
 * or the time is until_ns. The data stays valid until the next call. */
static bool peer_receive(struct message *message, uint64_t until_ns);
/* In a flood: how many messages may be sent now without losing much, at least; 0 means receive first. */
static uint32_t peer_room(void);

/* What they may use. */

static void bench_die(const char *what)
{
    perror(what);
    exit(1);
}

static uint64_t bench_now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Of both processes, so that a slow server cannot hide behind a quick client; or of the server alone. */
static uint64_t bench_cpu_ns(bool both)
{
    struct timespec own = {0, 0}, server;
    clockid_t server_clock;
    if (clock_getcpuclockid(bench.server_pid, &server_clock) || clock_gettime(server_clock, &server))
        bench_die("clock_gettime");
    if (both && clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own))
        bench_die("clock_gettime");
    return (uint64_t)(own.tv_sec + server.tv_sec) * 1000000000u + (uint64_t)(own.tv_nsec + server.tv_nsec);
}

/* The server. */

struct tally {
    uint64_t count, first_ns, last_ns;
};

static uint32_t bench_number(const struct message *message)
{
    uint32_t number = 0;
    if (message->size >= sizeof number)
        memcpy(&number, message->data, sizeof number);
    return number;
}

static void bench_count(struct tally *tally, const struct message *message)
{
    uint32_t number = bench_number(message);
    uint8_t answer[sizeof number + sizeof *tally];
    if (number != CLEAR && number != REPORT) {
        tally->last_ns = bench_now_ns();
        if (!tally->count++)
            tally->first_ns = tally->last_ns;
        return;
    }
    if (number == CLEAR)
        memset(tally, 0, sizeof *tally);
    memcpy(answer, &number, sizeof number);
    memcpy(answer + sizeof number, tally, sizeof *tally);
    peer_answer(message, answer, sizeof answer);
}

static void bench_serve(bool counts)
{
    struct message message;
    struct tally tally = {0, 0, 0};
    printf("ready %d\n", peer_listen());
    fflush(stdout);
    for (;;) {
        if (!peer_receive(&message, FOREVER))
            continue;
        if (counts)
            bench_count(&tally, &message);
        else
            peer_answer(&message, message.data, message.size);
    }
}

/* The client. */

static uint8_t bench_message[MESSAGE_MAX];
static uint32_t *bench_samples;
static uint64_t *bench_due_ns; /* When each message left, or was to leave. */

static void bench_send(uint32_t client, uint32_t number)
{
    memcpy(bench_message, &number, sizeof number);
    peer_send(client, bench_message, bench.payload);
}

/* Take one answer; true if it is one that was not had yet. */
static bool bench_take(uint32_t count, uint64_t until_ns)
{
    struct message message;
    if (!peer_receive(&message, until_ns))
        return false;
    uint64_t now = bench_now_ns();
    uint32_t number = bench_number(&message);
    if (number >= count || message.size < sizeof number || bench_samples[number] != LOST)
        return false;
    bench_samples[number] = (uint32_t)(now - bench_due_ns[number]);
    return true;
}

static void bench_closed_loop(uint32_t count)
{
    for (uint32_t number = 0; number < count; number++) {
        uint64_t end = (bench_due_ns[number] = bench_now_ns()) + bench.patience_ns;
        bench_send(0, number);
        while (bench_samples[number] == LOST && !bench_take(count, end) && bench_now_ns() < end)
            ;
    }
}

static void bench_paced(uint32_t count)
{
    uint64_t first = bench_now_ns() + bench.interval_ns, now;
    uint64_t end = first + count * bench.interval_ns + bench.patience_ns;
    uint32_t sent = 0, answered = 0;
    while (answered < count && (now = bench_now_ns()) < end) {
        uint64_t due = first + sent * bench.interval_ns;
        if (sent < count && now >= due) {
            bench_due_ns[sent] = due;
            bench_send(0, sent++);
        } else {
            answered += bench_take(count, sent < count ? due : end);
        }
    }
}

/* The server stands still while a burst is sent: it then finds the same queue, however quick its client is. */
static void bench_bursts(uint32_t count)
{
    for (uint32_t sent = 0; sent < count;) {
        uint32_t answered = 0, size = count - sent < BURST ? count - sent : BURST;
        kill(bench.server_pid, SIGSTOP);
        for (uint32_t each = 0; each < size; each++, sent++) {
            bench_due_ns[sent] = bench_now_ns();
            bench_send(sent % bench.clients, sent);
        }
        peer_push();
        kill(bench.server_pid, SIGCONT);
        uint64_t end = bench_now_ns() + bench.patience_ns;
        while (answered < size && bench_now_ns() < end)
            answered += bench_take(count, end);
    }
}

/* Send CLEAR or REPORT until the sink answers; it has then counted all that came before. */
static struct tally bench_ask(uint32_t what)
{
    struct message message;
    struct tally tally = {0, 0, 0};
    uint64_t next = 0, end = bench_now_ns() + 100 * ASK_NS;
    for (uint64_t now; (now = bench_now_ns()) < end;) {
        if (now >= next) {
            memcpy(bench_message, &what, sizeof what);
            peer_send(0, bench_message, 64);
            next = now + ASK_NS;
        }
        if (peer_receive(&message, next) && bench_number(&message) == what && message.size >= 4 + sizeof tally) {
            memcpy(&tally, (const uint8_t *)message.data + 4, sizeof tally);
            return tally;
        }
    }
    fprintf(stderr, "the sink does not answer\n");
    exit(1);
}

static void bench_flood(uint32_t count)
{
    struct message message;
    for (uint32_t sent = 0; sent < count;) {
        uint32_t room = peer_room();
        if (!room)
            peer_receive(&message, bench_now_ns() + ASK_NS);
        for (; room && sent < count; room--)
            bench_send(0, sent++);
    }
}

static uint64_t bench_server_bytes(void)
{
    char path[64];
    unsigned long pages = 0, resident = 0;
    snprintf(path, sizeof path, "/proc/%d/statm", (int)bench.server_pid);
    FILE *file = fopen(path, "r");
    if (!file || fscanf(file, "%lu %lu", &pages, &resident) != 2)
        bench_die(path);
    fclose(file);
    return (uint64_t)resident * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void bench_round_trips(void (*loop)(uint32_t), bool both, double peer_bytes)
{
    uint64_t cpu = bench_cpu_ns(both), start = bench_now_ns();
    loop(bench.messages);
    uint64_t elapsed = bench_now_ns() - start;
    cpu = bench_cpu_ns(both) - cpu;
    if (fwrite(bench_samples, sizeof *bench_samples, bench.messages, stdout) != bench.messages)
        bench_die("write");
    fprintf(stderr, "{\"cpu_us\": %llu, \"elapsed_us\": %llu", (unsigned long long)(cpu / 1000),
            (unsigned long long)(elapsed / 1000));
    fprintf(stderr, peer_bytes > 0 ? ", \"peer_bytes\": %.0f}\n" : "}\n", peer_bytes);
}

static void bench_one_way(void)
{
    bench_ask(CLEAR);
    uint64_t cpu = bench_cpu_ns(true);
    bench_flood(bench.messages);
    struct tally tally = bench_ask(REPORT);
    cpu = bench_cpu_ns(true) - cpu;
    fprintf(stderr, "{\"cpu_us\": %llu, \"elapsed_us\": %llu, \"delivered\": %llu}\n",
            (unsigned long long)(cpu / 1000), (unsigned long long)((tally.last_ns - tally.first_ns) / 1000),
            (unsigned long long)tally.count);
}

static void bench_forget(void)
{
    memset(bench_samples, 0xff, (bench.messages + bench.warmup) * sizeof *bench_samples);
}

static void bench_call(const char *verb)
{
    size_t most = (size_t)bench.warmup + bench.messages + 1;
    bench_samples = malloc(most * sizeof *bench_samples);
    bench_due_ns = malloc(most * sizeof *bench_due_ns);
    if (!bench_samples || !bench_due_ns)
        bench_die("malloc");
    bench_forget();
    uint64_t before = bench_server_bytes();
    peer_connect(bench.proxy_port ? bench.proxy_port : (uint16_t)atoi(bench.ready));
    double peer_bytes = ((double)bench_server_bytes() - (double)before) / bench.clients;
    bool bursts = !strcmp(verb, "burst"), floods = !strcmp(verb, "flood");
    (floods ? bench_flood : bursts ? bench_bursts : bench_closed_loop)(bench.warmup);
    bench_forget();
    if (floods)
        bench_one_way();
    else
        bench_round_trips(bursts ? bench_bursts : bench.interval_ns ? bench_paced : bench_closed_loop, !bursts,
                          bursts ? peer_bytes : 0);
}

static uint32_t bench_u32(const char *text)
{
    return (uint32_t)strtoul(text, NULL, 10);
}

/* `argument` are those of the contract, from the verb on. */
static int bench_main(int count, char **argument)
{
    bool serves = count == 4 && (!strcmp(argument[0], "serve") || !strcmp(argument[0], "sink"));
    if (!serves && count != 11) {
        fprintf(stderr, "usage: see the head of bench.h\n");
        return 2;
    }
    bench.spin = !strcmp(argument[serves ? 1 : 2], "spin");
    bench.clients = bench_u32(argument[serves ? 2 : 8]);
    if (serves)
        bench_serve(!strcmp(argument[0], "sink"));
    bench.ready = argument[1];
    bench.payload = bench_u32(argument[3]);
    bench.warmup = bench_u32(argument[4]);
    bench.messages = bench_u32(argument[5]);
    bench.interval_ns = bench_u32(argument[6]) ? 1000000000u / bench_u32(argument[6]) : 0;
    bench.server_pid = (pid_t)atoi(argument[7]);
    bench.patience_ns = bench_u32(argument[9]) * 1000000ull;
    bench.proxy_port = (uint16_t)bench_u32(argument[10]);
    if (bench.payload < 4 || bench.payload > MESSAGE_MAX || !bench.clients) {
        fprintf(stderr, "a payload has 4 to %u bytes\n", MESSAGE_MAX);
        return 2;
    }
    bench_call(argument[0]);
    return 0;
}

#endif
