/* ENet, reliable or unreliable, one channel: the library's own service call, spinning or sleeping in the kernel.
 *
 *   enet unreliable|reliable VERB ..        (bench.h says the rest)
 *
 * At its best: a message is flushed at once for round trips, and waits for the next turn in floods and among many
 * clients, where a flush looks at every one of them; the throttle that drops unreliable messages on purpose is off;
 * socket buffers as the library sets them (256 KiB).
 *
 * cc -O2 enet.c -o enet -lenet
 */
#include "bench.h"

#include <enet/enet.h>

#define PEERS_MAX 4095u /* The library's own limit. */
#define FLOOD_BATCH 128u
#define IN_FLIGHT_MAX (4u << 20) /* Bytes queued in a flood of big messages. */

static ENetHost *host;
static ENetPeer **peers; /* One per client. */
static ENetPeer *asker;  /* Where the latest message came from, at the server. */
static ENetPacket *held; /* The message the caller reads. */
static enet_uint32 flags;
static bool batches; /* Messages wait for the next turn of the library, and share datagrams where they can. */

static void check(const void *pointer, const char *what)
{
    if (!pointer) {
        fprintf(stderr, "%s failed\n", what);
        exit(1);
    }
}

static uint16_t peer_listen(void)
{
    ENetAddress address = {.host = ENET_HOST_ANY, .port = 0};
    enet_address_set_host_ip(&address, "127.0.0.1");
    host = enet_host_create(&address, bench.clients < PEERS_MAX ? bench.clients + 1 : PEERS_MAX, 1, 0, 0);
    check(host, "enet_host_create");
    ENetAddress bound;
    if (enet_socket_get_address(host->socket, &bound))
        check(NULL, "enet_socket_get_address");
    return bound.port;
}

/* The library sends what is queued, keeps its timers, and hands over at most one event; 1, 0 for none. */
static int service(ENetEvent *event, uint32_t timeout_ms)
{
    int got = enet_host_service(host, event, timeout_ms);
    if (got < 0)
        check(NULL, "enet_host_service");
    return got;
}

static void ready_peer(ENetPeer *peer)
{
    enet_peer_throttle_configure(peer, ENET_PEER_PACKET_THROTTLE_INTERVAL, ENET_PEER_PACKET_THROTTLE_SCALE, 0);
    enet_peer_timeout(peer, 0, 30000, 60000);
}

static void peer_connect(uint16_t port)
{
    ENetAddress address = {.port = port};
    uint32_t connected = 0;
    uint64_t end = bench_now_ns() + 10000000000ull;
    enet_address_set_host_ip(&address, "127.0.0.1");
    host = enet_host_create(NULL, bench.clients, 1, 0, 0);
    check(host, "enet_host_create");
    peers = calloc(bench.clients, sizeof *peers);
    check(peers, "calloc");
    for (uint32_t each = 0; each < bench.clients; each++)
        check(peers[each] = enet_host_connect(host, &address, 1, 0), "enet_host_connect");
    while (connected < bench.clients && bench_now_ns() < end) {
        ENetEvent event;
        if (service(&event, 10) && event.type == ENET_EVENT_TYPE_CONNECT) {
            event.peer->data = (void *)(uintptr_t)connected;
            peers[connected++] = event.peer;
            ready_peer(event.peer);
        }
    }
    check(connected == bench.clients ? host : NULL, "connecting");
}

static void send_to(ENetPeer *peer, const void *data, size_t size)
{
    ENetPacket *packet = enet_packet_create(data, size, flags);
    check(packet, "enet_packet_create");
    if (enet_peer_send(peer, 0, packet) < 0)
        check(NULL, "enet_peer_send");
    if (!batches)
        enet_host_flush(host);
}

static void peer_answer(const struct message *message, const void *data, size_t size)
{
    (void)message;
    send_to(asker, data, size);
}

static void peer_send(uint32_t client, const void *data, size_t size)
{
    send_to(peers[client], data, size);
}

static bool take(struct message *message, const ENetEvent *event)
{
    if (event->type == ENET_EVENT_TYPE_CONNECT)
        ready_peer(event->peer);
    if (event->type != ENET_EVENT_TYPE_RECEIVE)
        return false;
    asker = event->peer;
    held = event->packet;
    *message = (struct message){(uint32_t)(uintptr_t)event->peer->data, held->data, held->dataLength};
    return true;
}

static bool peer_receive(struct message *message, uint64_t until_ns)
{
    ENetEvent event;
    uint32_t timeout_ms = 0;
    if (held)
        enet_packet_destroy(held);
    held = NULL;
    if (!bench.spin) {
        /* Whole milliseconds are what the library knows; less than one is a look without sleep, as it must be to be
         * in time. Its own timers are due within 100 ms. */
        uint64_t now = bench_now_ns(), left_ms = until_ns > now ? (until_ns - now) / 1000000 : 0;
        timeout_ms = left_ms < 100 ? (uint32_t)left_ms : 100;
    }
    return service(&event, timeout_ms) && take(message, &event);
}

static void peer_push(void)
{
    enet_host_flush(host);
}

/* Small ones go in batches, each followed by a turn of the library; big ones while it has not too much to hold. */
static uint32_t peer_room(void)
{
    ENetEvent event;
    if (service(&event, 0) && event.type == ENET_EVENT_TYPE_RECEIVE)
        enet_packet_destroy(event.packet);
    if (!(flags & ENET_PACKET_FLAG_RELIABLE))
        return FLOOD_BATCH;
    size_t unacked = 0;
    for (ENetListIterator at = enet_list_begin(&peers[0]->outgoingCommands);
         at != enet_list_end(&peers[0]->outgoingCommands); at = enet_list_next(at))
        unacked += ((ENetOutgoingCommand *)at)->fragmentLength;
    return unacked + peers[0]->reliableDataInTransit > IN_FLIGHT_MAX ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc < 3 || enet_initialize())
        return 2;
    flags = strcmp(argv[1], "reliable") ? 0 : ENET_PACKET_FLAG_RELIABLE;
    batches = strcmp(argv[2], "client") && (strcmp(argv[2], "serve") || (argc > 4 && atoi(argv[4]) > 1));
    return bench_main(argc - 2, argv + 2);
}
