/* What a frame of frame.c costs without the library, in the least C that does the same: another thread sleeps on an
 * eventfd and a UDP socket, behind which a process echoes; one write a frame wakes it. One line of JSON, times in ns.
 *
 *   yardstick COUNT
 */
#include "frames.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PLACES = 256 };

/* Messages from one thread to another; nobody is ever PLACES behind. */
static struct line {
    _Alignas(64) _Atomic uint32_t written;
    _Alignas(64) _Atomic uint32_t read;
    _Alignas(64) uint8_t messages[PLACES][PAYLOAD_BYTES];
} out, in;
static _Alignas(64) _Atomic uint32_t asleep;
static int wake_fd, udp;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int socket_of(struct sockaddr_in *address) {
    socklen_t size = sizeof *address;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (fd < 0 || bind(fd, (struct sockaddr *)address, size) || getsockname(fd, (struct sockaddr *)address, &size))
        die("socket");
    return fd;
}

static void echo(int fd, const struct sockaddr_in *to) {
    uint8_t message[PAYLOAD_BYTES];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    while (recv(fd, message, sizeof message, 0) > 0)
        sendto(fd, message, sizeof message, 0, (const struct sockaddr *)to, sizeof *to);
    exit(0);
}

static void put(struct line *to, const uint8_t *message) {
    uint32_t at = atomic_load_explicit(&to->written, memory_order_relaxed);
    memcpy(to->messages[at % PLACES], message, PAYLOAD_BYTES);
    atomic_store_explicit(&to->written, at + 1, memory_order_release);
}

static const uint8_t *take(struct line *from) {
    uint32_t at = atomic_load_explicit(&from->read, memory_order_relaxed);
    if (at == atomic_load_explicit(&from->written, memory_order_acquire))
        return NULL;
    atomic_store_explicit(&from->read, at + 1, memory_order_relaxed);
    return from->messages[at % PLACES];
}

static void *network(void *unused) {
    struct pollfd watched[2] = {{.fd = wake_fd, .events = POLLIN}, {.fd = udp, .events = POLLIN}};
    uint8_t message[PAYLOAD_BYTES];
    const uint8_t *next;
    uint64_t drained;
    for (;;) {
        atomic_store(&asleep, 1); /* Then it looks once more: who puts a message in looks for the flag afterwards. */
        if (atomic_load(&out.written) == atomic_load(&out.read))
            ppoll(watched, 2, NULL, NULL);
        atomic_store(&asleep, 0);
        if (watched[0].revents && read(wake_fd, &drained, sizeof drained) < 0)
            die("read");
        while ((next = take(&out)))
            send(udp, next, PAYLOAD_BYTES, 0);
        while (recv(udp, message, sizeof message, MSG_DONTWAIT) > 0)
            put(&in, message);
    }
    return unused;
}

static void begin(void) {
    struct sockaddr_in own, other;
    pthread_t thread;
    udp = socket_of(&own);
    int far = socket_of(&other);
    if (fork() == 0)
        echo(far, &own);
    wake_fd = eventfd(0, EFD_NONBLOCK);
    if (wake_fd < 0 || connect(udp, (struct sockaddr *)&other, sizeof other) ||
        pthread_create(&thread, NULL, network, NULL))
        die("begin");
}

static void send_one(const uint8_t *message) {
    uint64_t one = 1;
    put(&out, message);
    atomic_thread_fence(memory_order_seq_cst);
    if (atomic_load(&asleep) && atomic_exchange(&asleep, 0) && write(wake_fd, &one, sizeof one) < 0)
        die("write");
}

int main(int argc, char **argv) {
    static uint8_t payload[PAYLOAD_BYTES];
    uint32_t count = argc == 2 ? (uint32_t)atoi(argv[1]) : 0, events = 0;
    uint64_t *samples = malloc((count + 1) * sizeof *samples);
    if (!samples || !count)
        return 2;
    begin();
    uint64_t first = now_ns();
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *message;
        rest_until_frame(first, i);
        uint64_t start = now_ns();
        for (; (message = take(&in)); events++)
            payload[0] = message[0];
        for (int n = 0; n < PER_FRAME; n++)
            send_one(payload);
        samples[i] = now_ns() - start;
    }
    printf("{");
    tell("frame", samples, count);
    printf("\"events\": %u}\n", events);
    return 0;
}
