/* The floor: UDP over loopback in plain C, with no protocol, and with the cipher alone when built with -DAEAD.
 *
 * bench.h says how it is called; with -DAEAD the name of a cipher comes first, and each round trip costs four calls
 * of it by libsodium, as FastNet's does: seal, open, seal, open, each with a key that was prepared once.
 * A flood is not paced at all: what the receiver's socket cannot hold is lost, and counted.
 *
 * cc -O2 raw_udp.c -o raw-udp        cc -O2 -DAEAD raw_udp.c -o raw-udp+aead -lsodium
 */
#include "bench.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>

#define DATAGRAM_MAX 65536
#define ROOM 1024u

static uint8_t wire[DATAGRAM_MAX];  /* What goes to and comes from the kernel. */
static uint8_t plain[DATAGRAM_MAX]; /* What the application sees. */
static int *sockets;                /* One per client; the server has one. */
static int watch = -1;              /* Of several sockets. */
static struct sockaddr_in from;     /* Where the latest message came from, at the server. */

#ifdef AEAD
#include <sodium.h>
enum { HEADER = 8, TAG = 16 };
static bool aes;                                    /* Else ChaCha20-Poly1305. */
static uint8_t keys[2][32] = {{1}, {2}};            /* One per direction. It is a yardstick, not a secret. */
static const uint8_t *sealer, *opener;              /* Those for ChaCha20-Poly1305, */
static crypto_aead_aes256gcm_state sealing, opening; /* and what AES computes from them once. */

static void cipher_setup(bool server)
{
    sealer = keys[server];
    opener = keys[!server];
    if (aes) {
        crypto_aead_aes256gcm_beforenm(&sealing, sealer);
        crypto_aead_aes256gcm_beforenm(&opening, opener);
    }
}

static size_t seal(const uint8_t *data, size_t size)
{
    static uint64_t number;
    uint8_t nonce[12] = {0};
    uint8_t *body = wire + HEADER, *tag = body + size;
    number++;
    memcpy(wire, &number, HEADER);
    memcpy(nonce + 4, &number, HEADER);
    if (aes)
        crypto_aead_aes256gcm_encrypt_detached_afternm(body, tag, NULL, data, size, wire, HEADER, NULL, nonce,
                                                       &sealing);
    else
        crypto_aead_chacha20poly1305_ietf_encrypt_detached(body, tag, NULL, data, size, wire, HEADER, NULL, nonce,
                                                           sealer);
    return HEADER + size + TAG;
}

/* The size of the payload, now in `plain`, or -1. */
static ssize_t open_sealed(ssize_t size)
{
    uint8_t nonce[12] = {0};
    const uint8_t *body = wire + HEADER;
    ssize_t count = size - HEADER - TAG;
    if (count < 0)
        return -1;
    memcpy(nonce + 4, wire, HEADER);
    const uint8_t *tag = body + count;
    int failed = aes ? crypto_aead_aes256gcm_decrypt_detached_afternm(plain, NULL, body, (size_t)count, tag, wire,
                                                                      HEADER, nonce, &opening)
                     : crypto_aead_chacha20poly1305_ietf_decrypt_detached(plain, NULL, body, (size_t)count, tag, wire,
                                                                          HEADER, nonce, opener);
    return failed ? -1 : count;
}
#else
static void cipher_setup(bool server)
{
    (void)server;
}

static size_t seal(const uint8_t *data, size_t size)
{
    memcpy(wire, data, size);
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
    if (sock < 0 || bind(sock, (struct sockaddr *)address, size))
        bench_die("bind");
    if (getsockname(sock, (struct sockaddr *)address, &size))
        bench_die("getsockname");
    return sock;
}

static uint16_t peer_listen(void)
{
    static int server;
    struct sockaddr_in own;
    server = bound_socket(&own);
    sockets = &server;
    cipher_setup(true);
    return ntohs(own.sin_port);
}

static void peer_answer(const struct message *message, const void *data, size_t size)
{
    (void)message;
    sendto(sockets[0], wire, seal(data, size), 0, (struct sockaddr *)&from, sizeof from);
}

/* A plain blocking recv is the cheapest way to wait; it gives up after the patience. */
static void connect_one(uint32_t client, uint16_t port)
{
    struct sockaddr_in own, server = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    long part_us = (long)(bench.patience_ns % 1000000000u / 1000);
    struct timeval patience = {(time_t)(bench.patience_ns / 1000000000u), part_us};
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = client};
    server.sin_port = htons(port);
    sockets[client] = bound_socket(&own);
    if (connect(sockets[client], (struct sockaddr *)&server, sizeof server))
        bench_die("connect");
    setsockopt(sockets[client], SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (watch >= 0 && epoll_ctl(watch, EPOLL_CTL_ADD, sockets[client], &event))
        bench_die("epoll_ctl");
}

static void peer_connect(uint16_t port)
{
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    sockets = calloc(bench.clients, sizeof *sockets);
    if (!sockets)
        bench_die("calloc");
    if (bench.clients > 1 && (watch = epoll_create1(0)) < 0)
        bench_die("epoll_create1");
    cipher_setup(false);
    for (uint32_t client = 0; client < bench.clients; client++)
        connect_one(client, port);
}

static void peer_send(uint32_t client, const void *data, size_t size)
{
    if (send(sockets[client], wire, seal(data, size), 0) < 0)
        bench_die("send");
}

static bool wait_readable(int sock, uint64_t until_ns)
{
    uint64_t now = bench_now_ns(), left = until_ns > now ? until_ns - now : 0;
    struct timespec limit = {(time_t)(left / 1000000000u), (long)(left % 1000000000u)};
    struct pollfd watched = {sock, POLLIN, 0};
    return left && ppoll(&watched, 1, &limit, NULL) > 0;
}

/* Which client has something; -1 for none. With a single socket it is that one, without asking. */
static int readable_client(uint64_t until_ns)
{
    struct epoll_event event;
    if (watch < 0)
        return 0;
    if (epoll_wait(watch, &event, 1, 0) == 1)
        return (int)event.data.u32;
    if (bench.spin || !wait_readable(watch, until_ns) || epoll_wait(watch, &event, 1, 0) != 1)
        return -1;
    return (int)event.data.u32;
}

static ssize_t receive(int sock, int how)
{
    socklen_t size = sizeof from;
    return recvfrom(sock, wire, sizeof wire, how, (struct sockaddr *)&from, &size);
}

static bool peer_receive(struct message *message, uint64_t until_ns)
{
    int client = readable_client(until_ns);
    if (client < 0)
        return false;
    /* A wait as long as the patience is a plain blocking recv. */
    bool sleeps = !bench.spin && (until_ns == FOREVER || (watch < 0 && !bench.interval_ns));
    ssize_t got = receive(sockets[client], sleeps ? 0 : MSG_DONTWAIT);
    if (got < 0 && !bench.spin && !sleeps && wait_readable(sockets[client], until_ns))
        got = receive(sockets[client], MSG_DONTWAIT);
    if (got < 0 || (got = open_sealed(got)) < 0)
        return false;
    *message = (struct message){(uint32_t)client, plain, (size_t)got};
    return true;
}

static void peer_push(void)
{
}

static uint32_t peer_room(void)
{
    return ROOM;
}

int main(int argc, char **argv)
{
    int own = 1;
#ifdef AEAD
    aes = argc > 1 && strcmp(argv[own], "AES-256-GCM") == 0;
    if (argc < 2 || !(aes || strcmp(argv[own], "ChaCha20-Poly1305") == 0) || sodium_init() < 0 ||
        (aes && !crypto_aead_aes256gcm_is_available())) {
        fprintf(stderr, "the first word is ChaCha20-Poly1305 or, where the processor has AES, AES-256-GCM\n");
        return 2;
    }
    own++;
#endif
    return bench_main(argc - own, argv + own);
}
