/* GameNetworkingSockets: encrypted, reliable or unreliable, without its background thread.
 *
 *   gns unreliable|reliable VERB ..        (bench.h says the rest)
 *
 * c++ -O2 -c gns_link.cpp; cc -O2 gns.c gns_link.o -o gns -lGameNetworkingSockets
 */
#include "bench.h"

#include "gns_link.h"

#define BATCH 128u
#define PENDING_MAX (64l << 10)

static bool reliable, batched;

static void demand(bool done, const char *what)
{
    if (!done) {
        fprintf(stderr, "%s failed\n", what);
        exit(1);
    }
}

static uint16_t peer_listen(void)
{
    demand(gns_start(), "starting the library");
    uint16_t port = gns_listen();
    demand(port != 0, "listening");
    return port;
}

static void peer_connect(uint16_t port)
{
    demand(gns_start(), "starting the library");
    demand(gns_connect(port), "connecting");
}

static void peer_answer(const struct message *message, const void *data, size_t size)
{
    (void)message;
    demand(gns_send(data, size, reliable, false), "sending");
}

static void peer_send(uint32_t client, const void *data, size_t size)
{
    (void)client;
    demand(gns_send(data, size, reliable, batched), "sending");
}

static bool take(struct message *message)
{
    const void *data;
    long size = gns_receive(&data);
    if (size >= 0)
        *message = (struct message){0, data, (size_t)size};
    return size >= 0;
}

static bool peer_receive(struct message *message, uint64_t until_ns)
{
    int timeout_ms = 0;
    if (take(message))
        return true;
    if (!bench.spin) {
        /* Whole milliseconds are what the library knows; less than one is a look without sleep. */
        uint64_t now = bench_now_ns(), left_ms = until_ns > now ? (until_ns - now) / 1000000 : 0;
        timeout_ms = left_ms < 100 ? (int)left_ms : 100;
    }
    gns_turn(timeout_ms);
    return take(message);
}

static void peer_push(void)
{
    gns_turn(0);
}

static uint32_t peer_room(void)
{
    gns_turn(0);
    return gns_pending() < PENDING_MAX ? BATCH : 0;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    reliable = !strcmp(argv[1], "reliable");
    batched = !strcmp(argv[2], "flood");
    return bench_main(argc - 2, argv + 2);
}
