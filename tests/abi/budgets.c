/* Budgets: send tells the truth. What is accepted arrives; what is over the budget WOULD_BLOCK; what is polled makes
 * room. */
#include "check.h"

enum { BUDGET = 8192, MESSAGE = 1000, COST = MESSAGE + 32, FITS = BUDGET / COST };

static FastNetServer server;
static uint8_t message[MESSAGE];

/* A server that does not poll: the ring is larger than the budget, so the budget decides... unless the ring is small.
 */
static uint16_t begin(uint32_t ring_bytes) {
    FastNetServerConfig config = server_config();
    config.ring_bytes = ring_bytes;
    config.max_reliable_message = 4096;
    config.send_queue_bytes = BUDGET;
    server = open_server(&config);
    return fastnet_server_tcp_port(server);
}

static FastNetClient begin_client(uint16_t port, uint32_t ring_bytes) {
    FastNetClientConfig config = client_config("127.0.0.1", port);
    config.ring_bytes = ring_bytes;
    config.max_reliable_message = 4096;
    config.send_queue_bytes = BUDGET;
    FastNetClient client = open_client(&config);
    CHECK(next_event(client).type == FASTNET_EVENT_CONNECTED);
    return client;
}

/* Sends until refused; how many were accepted. */
static uint32_t send_all(FastNetClient client, FastNetChannel channel) {
    uint32_t count = 0;
    FastNetResult result;
    while ((result = fastnet_client_send(client, channel, message, MESSAGE)) == FASTNET_OK)
        count++;
    CHECK_RESULT(result, FASTNET_ERROR_WOULD_BLOCK);
    return count;
}

TEST(a_reliable_channel_takes_its_budget_and_no_more_until_something_is_polled) {
    FastNetClient client = begin_client(begin(4096), 1 << 20); /* The in ring of the server holds 3 of them. */
    uint32_t sent = send_all(client, 0);
    CHECK(sent >= FITS && sent <= FITS + 4);
    CHECK(send_all(client, 2) == FITS); /* A budget for each channel; nothing of this one fits the full ring. */
    uint32_t got = 0;
    while (got < sent + FITS)
        got += next_server_event(server).type == FASTNET_EVENT_DATA;
    while (fastnet_client_send(client, 0, message, MESSAGE) != FASTNET_OK)
        CHECK_RESULT(fastnet_client_flush(client), FASTNET_OK); /* Until the core told that they are acknowledged. */
    fastnet_server_destroy(server);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(a_full_out_ring_would_block_on_any_channel_and_recovers) {
    FastNetClientConfig config = client_config("echo.test", 1);
    config.ring_bytes = 4096;
    config.flags = FASTNET_CLIENT_MANUAL_FLUSH;
    FastNetClient client = open_client(&config);
    CHECK(next_event(client).type == FASTNET_EVENT_CONNECTED);
    uint32_t got = 0, sent = 0;
    for (int round = 0; round < 50; round++) {
        uint32_t count = 0;
        while (fastnet_client_send(client, 1, message, MESSAGE) == FASTNET_OK)
            count++;
        CHECK_RESULT(fastnet_last_result(), FASTNET_ERROR_WOULD_BLOCK);
        sent += count;
        while (got < sent)
            got +=
                next_event(client).type == FASTNET_EVENT_DATA; /* Refused for want of room, so the thread was woken. */
    }
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(a_reliable_broadcast_reaches_all_or_none) {
    uint16_t port = begin(1 << 20);
    FastNetClient stalled = begin_client(port, 4096), quick = begin_client(port, 1 << 20);
    FastNetPeerId peers[2];
    CHECK(fastnet_server_peers(server, peers, 2) == 2);
    uint32_t sent = 0, got = 0;
    FastNetResult result;
    while ((result = fastnet_server_broadcast(server, 0, 0, message, MESSAGE)) == FASTNET_OK)
        sent++;
    CHECK_RESULT(result, FASTNET_ERROR_WOULD_BLOCK); /* The stalled one's budget is spent, and so none gets it. */
    CHECK(sent >= FITS);
    FastNetPeerId quick_id = fastnet_client_peer_id(quick);
    while ((result = fastnet_server_send(server, quick_id, 0, (const uint8_t *)"end", 3)) != FASTNET_OK)
        CHECK_RESULT(result, FASTNET_ERROR_WOULD_BLOCK); /* Of the quick one's all are acknowledged soon. */
    for (FastNetEvent event = next_event(quick); event.data_len != 3; event = next_event(quick))
        got++;
    CHECK(got == sent);
    CHECK_RESULT(fastnet_server_broadcast(server, fastnet_client_peer_id(stalled), 0, message, MESSAGE), FASTNET_OK);
    for (got = 0; got < sent; got++)
        CHECK(next_event(stalled).data_len == MESSAGE);
    fastnet_shutdown();
}

TEST(a_message_that_never_fits_the_budget_is_too_large) {
    FastNetClient client = begin_client(begin(1 << 20), 1 << 20);
    static uint8_t large[BUDGET];
    CHECK_FAILS(fastnet_client_send(client, 0, large, BUDGET - 31), FASTNET_ERROR_TOO_LARGE);
    CHECK_RESULT(fastnet_client_send(client, 0, large, BUDGET - 32), FASTNET_OK);
    fastnet_shutdown();
}

static void *send_some(void *client) {
    for (uint32_t sent = 0; sent < 5000;)
        sent += fastnet_client_send(client, 0, message, 4) == FASTNET_OK;
    return NULL;
}

TEST(several_threads_send_on_one_handle) {
    FastNetClient client = connect_to("echo.test", 1);
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        CHECK(pthread_create(&threads[i], NULL, send_some, client) == 0);
    for (uint32_t got = 0; got < 15000; got++)
        CHECK(next_event(client).data_len == 4);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    fastnet_shutdown();
}
