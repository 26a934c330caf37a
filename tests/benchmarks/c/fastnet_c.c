/* FastNet through its C library; bench.h says how it is called, after three words of our own:
 *
 *   fastnet-c unreliable|reliable pumped|threaded FOLDER VERB ..
 *
 * pumped: the library has no thread, polls and sends do the work on this one. threaded: its network thread does, and
 * this one reads rings; FOLDER holds chain.pem and key.pem. Scale: every connection is a client handle of its own.
 * Flood: manual flush, so small messages share datagrams; what the library would have to drop or refuse is waited for.
 *
 * cc -O2 fastnet_c.c -o fastnet-c -I include -lfastnet
 */
#include "bench.h"

#include <sched.h>

#include "fastnet/fastnet.h"

enum { PORT_FIRST = 20000, PORT_LAST = 60000, WAIT_MS = 5000 };
enum { FLOOD_BATCH = 128, FLOOD_QUEUE_BYTES = 1 << 24, FLOOD_MESSAGE_MAX = FLOOD_QUEUE_BYTES / 2, FULL_WAIT_MS = 10 };

static FastNetServer server;
static FastNetClient *clients;
static FastNetChannel channel;
static uint32_t io_mode, next_client;
static char chain[512], key[512];
static bool floods, unflushed;
static FastNetPeerId from;

static void die(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, fastnet_last_error());
    exit(1);
}

static uint32_t idle_policy(void)
{
    return bench.spin ? FASTNET_IDLE_SPIN : FASTNET_IDLE_SLEEP;
}

/* One number for both ports, for that is all that `ready` can say. */
static uint16_t peer_listen(void)
{
    FastNetServerConfig config;
    fastnet_server_config_init(&config, sizeof config);
    config.bind_address = "127.0.0.1";
    config.cert_path = chain;
    config.key_path = key;
    config.io_mode = io_mode;
    config.idle_policy = idle_policy();
    config.spin_ns = FASTNET_OFF;
    config.peers_max = bench.clients > 1024 ? bench.clients : 1024;
    if (floods)
        config.max_reliable_message = FLOOD_MESSAGE_MAX; /* A channel's window is twice that. */
    uint32_t port = PORT_FIRST + (uint32_t)getpid() % (PORT_LAST - PORT_FIRST);
    for (int tries = 0; tries < 100; tries++, port++) {
        config.udp_port = config.tcp_port = (uint16_t)port;
        FastNetResult result = fastnet_server_open(&config, &server);
        if (result == FASTNET_OK)
            return (uint16_t)port;
        if (result != FASTNET_ERROR_ADDRESS_IN_USE)
            break;
    }
    die("listen");
    return 0;
}

static void peer_answer(const struct message *message, const void *data, size_t size)
{
    (void)message;
    FastNetResult result = fastnet_server_send(server, from, channel, data, (uint32_t)size);
    bool left = result == FASTNET_ERROR_UNKNOWN_PEER || result == FASTNET_ERROR_CLOSED;
    if (result != FASTNET_OK && result != FASTNET_ERROR_WOULD_BLOCK && !left)
        die("answer");
}

static void await_connected(FastNetClient client)
{
    FastNetEvent event;
    while (fastnet_client_wait(client, WAIT_MS) == FASTNET_OK)
        while (fastnet_client_poll(client, &event)) {
            if (event.type == FASTNET_EVENT_CONNECTED)
                return;
            fprintf(stderr, "%s\n", (const char *)event.data);
            exit(1);
        }
    die("connect");
}

static void peer_connect(uint16_t port)
{
    FastNetClientConfig config;
    fastnet_client_config_init(&config, sizeof config);
    config.host = "127.0.0.1";
    config.port = port;
    config.ca_path = chain;
    config.io_mode = io_mode;
    config.idle_policy = idle_policy();
    config.spin_ns = FASTNET_OFF;
    if (floods) {
        config.flags = FASTNET_CLIENT_MANUAL_FLUSH;
        config.send_queue_bytes = FLOOD_QUEUE_BYTES;
        config.max_reliable_message = FLOOD_MESSAGE_MAX;
    }
    clients = calloc(bench.clients, sizeof *clients);
    for (uint32_t index = 0; index < bench.clients; index++) {
        if (fastnet_client_open(&config, &clients[index]) != FASTNET_OK)
            die("open");
        await_connected(clients[index]);
    }
}

static void flush(void)
{
    if (unflushed && fastnet_client_flush(clients[0]) != FASTNET_OK)
        die("flush");
    unflushed = false;
}

/* One turn of a flood's client: acknowledgements come in. Its server says nothing that would be missed. `is_full`:
 * there is nothing to do before they do. */
static void turn(bool is_full)
{
    FastNetEvent event;
    flush();
    if (is_full && !bench.spin)
        fastnet_client_wait(clients[0], FULL_WAIT_MS);
    while (fastnet_client_poll(clients[0], &event))
        if (event.type == FASTNET_EVENT_DISCONNECTED)
            die("flood");
}

static void peer_send(uint32_t client, const void *data, size_t size)
{
    FastNetResult result;
    while ((result = fastnet_client_send(clients[client], channel, data, (uint32_t)size)) ==
               FASTNET_ERROR_WOULD_BLOCK &&
           floods)
        turn(true);
    if (result != FASTNET_OK && result != FASTNET_ERROR_WOULD_BLOCK)
        die("send");
    unflushed = floods;
}

/* Rounded down, as ENet's and GNS's programs do: the API waits in milliseconds; what is due sooner is polled for. */
static uint32_t wait_ms(uint64_t until_ns)
{
    uint64_t now = bench_now_ns();
    if (until_ns == FOREVER)
        return WAIT_MS;
    return until_ns > now ? (uint32_t)((until_ns - now) / 1000000) : 0;
}

static bool poll_one(FastNetEvent *event)
{
    if (server)
        return fastnet_server_poll(server, event);
    if (bench.clients > 1)
        next_client = (next_client + 1) % bench.clients;
    return fastnet_client_poll(clients[next_client], event);
}

/* Both ends are pinned to a core each, which threaded ones share with their network thread: it must get its turn. */
static void sleep_until(uint64_t until_ns)
{
    uint32_t left_ms = wait_ms(until_ns);
    if (!left_ms && io_mode == FASTNET_IO_THREADED)
        sched_yield();
    else if (server)
        fastnet_server_wait(server, left_ms);
    else
        fastnet_client_wait(clients[0], left_ms);
}

static bool peer_receive(struct message *message, uint64_t until_ns)
{
    FastNetEvent event;
    flush();
    bool found = poll_one(&event);
    if (!found && !bench.spin && bench.clients == 1) {
        sleep_until(until_ns);
        found = poll_one(&event);
    }
    if (!found || event.type != FASTNET_EVENT_DATA)
        return false;
    from = event.peer_id;
    message->client = next_client;
    message->data = event.data;
    message->size = event.data_len;
    return true;
}

static void peer_push(void)
{
}

/* Small messages go in batches, each followed by a turn of the library; the next waits until its queue has let all go,
 * for beyond 256 it drops the oldest. A full queue of big ones says so by itself. */
static uint32_t peer_room(void)
{
    FastNetStats stats = {.struct_size = sizeof stats};
    if (channel == FASTNET_CHANNEL_RELIABLE_ORDERED) {
        turn(false);
        return 1;
    }
    for (turn(false); fastnet_client_stats(clients[0], &stats) == FASTNET_OK && stats.send_queue_bytes; turn(true))
        ;
    return FLOOD_BATCH;
}

int main(int argc, char **argv)
{
    if (argc < 5)
        return 2;
    channel = strcmp(argv[1], "reliable") ? FASTNET_CHANNEL_UNRELIABLE : FASTNET_CHANNEL_RELIABLE_ORDERED;
    io_mode = strcmp(argv[2], "pumped") ? FASTNET_IO_THREADED : FASTNET_IO_PUMPED;
    floods = !strcmp(argv[4], "flood") || !strcmp(argv[4], "sink");
    snprintf(chain, sizeof chain, "%s/chain.pem", argv[3]);
    snprintf(key, sizeof key, "%s/key.pem", argv[3]);
    return bench_main(argc - 4, argv + 4);
}
