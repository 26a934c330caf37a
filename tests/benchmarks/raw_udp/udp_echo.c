/* The floor: UDP echo over loopback in plain C, with no protocol, and with the cipher alone when built with -DAEAD.
 *
 *   udp_echo serve MODE                                            prints "ready PORT", echoes until killed
 *   udp_echo client PORT MODE PAYLOAD WARMUP MESSAGES PER_SECOND SERVER_PID
 *                                                                  PER_SECOND 0: the next one after each answer
 *
 * MODE is spin or block. The client writes one u32 of nanoseconds per message to standard output (LOST for those
 * without an answer), and one line of JSON to standard error. Whoever starts it pins it to a core (taskset).
 * With -DAEAD each round trip costs four ChaCha20-Poly1305 calls, as FastNet's does: seal, open, seal, open.
 *
 * cc -O2 udp_echo.c -o udp_echo        cc -O2 -DAEAD udp_echo.c -o udp_echo_aead -lcrypto
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LOST UINT32_MAX
#define PATIENCE_NS 200000000ull /* After that an answer no longer comes. */
#define DATAGRAM_MAX 65536

static uint8_t wire[DATAGRAM_MAX];  /* What goes to and comes from the kernel. */
static uint8_t plain[DATAGRAM_MAX]; /* What the application sees. */

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

#ifdef AEAD
#include <openssl/evp.h>
enum { HEADER = 8, TAG = 16 };
static EVP_CIPHER_CTX *sealer, *opener;

static void cipher_setup(int server)
{
    uint8_t key[2][32] = {{1}, {2}}; /* One per direction. It is a yardstick, not a secret. */
    sealer = EVP_CIPHER_CTX_new();
    opener = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(sealer, EVP_chacha20_poly1305(), NULL, key[server], NULL);
    EVP_DecryptInit_ex(opener, EVP_chacha20_poly1305(), NULL, key[!server], NULL);
}

static size_t seal(const uint8_t *from, size_t size)
{
    static uint64_t number;
    uint8_t nonce[12] = {0};
    int done;
    number++;
    memcpy(wire, &number, HEADER);
    memcpy(nonce + 4, &number, HEADER);
    EVP_EncryptInit_ex(sealer, NULL, NULL, NULL, nonce);
    EVP_EncryptUpdate(sealer, NULL, &done, wire, HEADER);
    EVP_EncryptUpdate(sealer, wire + HEADER, &done, from, (int)size);
    EVP_EncryptFinal_ex(sealer, wire + HEADER + done, &done);
    EVP_CIPHER_CTX_ctrl(sealer, EVP_CTRL_AEAD_GET_TAG, TAG, wire + HEADER + size);
    return HEADER + size + TAG;
}

/* The size of the payload, now in `plain`, or -1. */
static ssize_t open_sealed(ssize_t size)
{
    uint8_t nonce[12] = {0};
    int done, body = (int)size - HEADER - TAG;
    if (body < 0)
        return -1;
    memcpy(nonce + 4, wire, HEADER);
    EVP_DecryptInit_ex(opener, NULL, NULL, NULL, nonce);
    EVP_CIPHER_CTX_ctrl(opener, EVP_CTRL_AEAD_SET_TAG, TAG, wire + HEADER + body);
    EVP_DecryptUpdate(opener, NULL, &done, wire, HEADER);
    EVP_DecryptUpdate(opener, plain, &done, wire + HEADER, body);
    return EVP_DecryptFinal_ex(opener, plain + done, &done) == 1 ? body : -1;
}
#else
static void cipher_setup(int server)
{
    (void)server;
}

static size_t seal(const uint8_t *from, size_t size)
{
    memcpy(wire, from, size);
    return size;
}

static ssize_t open_sealed(ssize_t size)
{
    memcpy(plain, wire, (size_t)size);
    return size;
}
#endif

static int bound_socket(struct sockaddr_in *address)
{
    socklen_t size = sizeof *address;
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (sock < 0 || bind(sock, (struct sockaddr *)address, size) || getsockname(sock, (struct sockaddr *)address, &size))
        die("bind");
    return sock;
}

static void serve(int flags)
{
    struct sockaddr_in from;
    int sock = bound_socket(&from);
    printf("ready %d\n", ntohs(from.sin_port));
    fflush(stdout);
    for (;;) {
        socklen_t size = sizeof from;
        ssize_t got = recvfrom(sock, wire, sizeof wire, flags, (struct sockaddr *)&from, &size);
        if (got >= 0 && (got = open_sealed(got)) >= 0)
            sendto(sock, wire, seal(plain, (size_t)got), 0, (struct sockaddr *)&from, size);
    }
}

struct run {
    int sock, flags;
    size_t payload;
    uint32_t count;
    uint64_t interval_ns; /* 0: closed loop. */
    uint64_t *due_ns;     /* When each message was to be sent. */
    uint32_t *samples;
};

static void send_number(const struct run *run, uint32_t number)
{
    static uint8_t message[DATAGRAM_MAX];
    memcpy(message, &number, sizeof number);
    if (send(run->sock, wire, seal(message, run->payload), 0) < 0)
        die("send");
}

/* Take what waits; in blocking mode sleep for it until `until_ns`. The number of the message answered, or -1. */
static int64_t receive_number(const struct run *run, uint64_t until_ns)
{
    uint32_t number;
    ssize_t got = recv(run->sock, wire, sizeof wire, MSG_DONTWAIT);
    if (got < 0 && !run->flags) {
        uint64_t now = now_ns(), left = until_ns > now ? until_ns - now : 0;
        struct timespec limit = {(time_t)(left / 1000000000u), (long)(left % 1000000000u)};
        struct pollfd watched = {run->sock, POLLIN, 0};
        if (left && ppoll(&watched, 1, &limit, NULL) > 0)
            got = recv(run->sock, wire, sizeof wire, MSG_DONTWAIT);
    }
    if (got < 0 || (got = open_sealed(got)) < (ssize_t)sizeof number)
        return -1;
    memcpy(&number, plain, sizeof number);
    return number < run->count ? (int64_t)number : -1;
}

static void note(const struct run *run, int64_t number, uint64_t now)
{
    if (number >= 0 && run->samples[number] == LOST)
        run->samples[number] = (uint32_t)(now - run->due_ns[number]);
}

/* Blocking closed loop is a plain blocking recv, the cheapest way there is; the rest polls. */
static void closed_loop(const struct run *run)
{
    struct timeval patience = {0, PATIENCE_NS / 1000};
    uint32_t answered;
    setsockopt(run->sock, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    for (uint32_t number = 0; number < run->count; number++) {
        uint64_t start = now_ns(), now;
        send_number(run, number);
        do {
            ssize_t got = recv(run->sock, wire, sizeof wire, run->flags);
            now = now_ns();
            answered = LOST;
            if (got >= 0 && (got = open_sealed(got)) >= (ssize_t)sizeof answered)
                memcpy(&answered, plain, sizeof answered);
        } while (answered != number && now - start < PATIENCE_NS);
        if (answered == number)
            run->samples[number] = (uint32_t)(now_ns() - start);
    }
}

static void paced(const struct run *run)
{
    uint64_t next = now_ns() + run->interval_ns, last = 0;
    uint32_t sent = 0, answered = 0;
    while (sent < run->count || (answered < run->count && now_ns() < last + PATIENCE_NS)) {
        uint64_t now = now_ns();
        if (sent < run->count && now >= next) {
            run->due_ns[sent] = next;
            send_number(run, sent++);
            last = next;
            next += run->interval_ns;
            continue;
        }
        int64_t number = receive_number(run, sent < run->count ? next : last + PATIENCE_NS);
        if (number >= 0) {
            note(run, number, now_ns());
            answered++;
        }
    }
}

/* Of both processes, so that a slow server cannot hide behind a quick client. */
static uint64_t cpu_ns(clockid_t server_clock)
{
    struct timespec own, server;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own) || clock_gettime(server_clock, &server))
        die("clock_gettime");
    return (uint64_t)(own.tv_sec + server.tv_sec) * 1000000000u + (uint64_t)(own.tv_nsec + server.tv_nsec);
}

static void client(char **argument, int flags)
{
    struct sockaddr_in own, server = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct run run = {.flags = flags, .payload = strtoul(argument[2], NULL, 10)};
    uint32_t warmup = (uint32_t)strtoul(argument[3], NULL, 10), messages = (uint32_t)strtoul(argument[4], NULL, 10);
    double per_second = strtod(argument[5], NULL);
    clockid_t server_clock;
    if (clock_getcpuclockid(atoi(argument[6]), &server_clock))
        die("clock_getcpuclockid");
    server.sin_port = htons((uint16_t)atoi(argument[0]));
    if (run.payload < 4 || run.payload > 65000)
        run.payload = 4;
    run.sock = bound_socket(&own);
    if (connect(run.sock, (struct sockaddr *)&server, sizeof server))
        die("connect");
    run.count = warmup > messages ? warmup : messages;
    run.samples = malloc(run.count * sizeof *run.samples);
    run.due_ns = malloc(run.count * sizeof *run.due_ns);
    if (!run.samples || !run.due_ns)
        die("malloc");
    run.count = warmup;
    closed_loop(&run);
    run.count = messages;
    memset(run.samples, 0xff, messages * sizeof *run.samples);
    run.interval_ns = per_second > 0 ? (uint64_t)(1e9 / per_second) : 0;
    uint64_t cpu_before = cpu_ns(server_clock), start = now_ns();
    if (run.interval_ns)
        paced(&run);
    else
        closed_loop(&run);
    uint64_t elapsed = now_ns() - start, cpu = cpu_ns(server_clock) - cpu_before;
    if (fwrite(run.samples, sizeof *run.samples, messages, stdout) != messages)
        die("write");
    fprintf(stderr, "{\"cpu_us\": %llu, \"elapsed_us\": %llu}\n", (unsigned long long)(cpu / 1000),
            (unsigned long long)(elapsed / 1000));
}

int main(int argc, char **argv)
{
    int serving = argc == 3 && !strcmp(argv[1], "serve");
    int calling = argc == 9 && !strcmp(argv[1], "client");
    const char *mode = serving ? argv[2] : calling ? argv[3] : "";
    if (strcmp(mode, "spin") && strcmp(mode, "block")) {
        fprintf(stderr, "usage: udp_echo serve spin|block\n"
                        "       udp_echo client PORT spin|block PAYLOAD WARMUP MESSAGES PER_SECOND SERVER_PID\n");
        return 2;
    }
    cipher_setup(serving);
    if (serving)
        serve(strcmp(mode, "spin") ? 0 : MSG_DONTWAIT);
    client(argv + 2, strcmp(mode, "spin") ? 0 : MSG_DONTWAIT);
    return 0;
}
