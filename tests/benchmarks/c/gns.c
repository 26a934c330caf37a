/* GameNetworkingSockets: encrypted, reliable or unreliable, without its background thread.
 *
 *   gns unreliable|reliable VERB ..        (bench.h says the rest)
 *
 * Debian's build checks all packets in flight, one by one, for each that it sends, and acknowledgements alone come
 * after 50 ms. So a sink sends receipts, with which they travel at once, and a flood never has many messages without.
 *
 * c++ -O2 -c gns_link.cpp; cc -O2 gns.c gns_link.o -o gns -lGameNetworkingSockets
 */
#include "bench.h"

#include "gns_link.h"

#define RECEIPT_EVERY 64u
#define UNSEEN_MAX 512u        /* Messages under way; twice or half as many make no difference. */
#define RECEIPT_NS 20000000ull /* After this a receipt is taken for lost. */

static bool reliable, floods, counts;
static uint32_t unseen;     /* Messages without a receipt: sent by a flood, or taken by a sink. */
static uint64_t receipt_ns; /* When the latest came. */

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
    receipt_ns = bench_now_ns();
}

static void peer_answer(const struct message *message, const void *data, size_t size)
{
    (void)message;
    demand(gns_send(data, size, reliable, false), "sending");
}

static void peer_send(uint32_t client, const void *data, size_t size)
{
    (void)client;
    demand(gns_send(data, size, reliable, floods), "sending");
    unseen += floods;
}

static void note_receipt(void)
{
    unseen = unseen > RECEIPT_EVERY ? unseen - RECEIPT_EVERY : 0;
    receipt_ns = bench_now_ns();
}

static bool take(struct message *message)
{
    const void *data;
    long size = gns_receive(&data);
    if (size < 0)
        return false;
    if (floods && size == 1) {
        note_receipt();
        return false;
    }
    *message = (struct message){0, data, (size_t)size};
    if (counts && ++unseen % RECEIPT_EVERY == 0)
        demand(gns_send("+", 1, false, false), "sending a receipt");
    return true;
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
    struct message message;
    gns_turn(0);
    take(&message);
    if (unseen >= UNSEEN_MAX && bench_now_ns() > receipt_ns + RECEIPT_NS)
        unseen = 0;
    return unseen < UNSEEN_MAX ? RECEIPT_EVERY : 0;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    reliable = !strcmp(argv[1], "reliable");
    floods = !strcmp(argv[2], "flood");
    counts = !strcmp(argv[2], "sink");
    return bench_main(argc - 2, argv + 2);
}
