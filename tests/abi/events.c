/* Events: what a poll hands out, in which order, how long it lives; servers, broadcasts, ends. */
#include "check.h"

enum { MESSAGES = 20000, WAITED_MESSAGES = 2000, BIG = 1 << 20 };

static FastNetServer server;
static uint16_t port;

static void listen_with(const FastNetServerConfig *config) {
    server = open_server(config);
    port = fastnet_server_tcp_port(server);
    CHECK(port != 0 && fastnet_server_udp_port(server) != 0);
}

static void listen_by_default(void) {
    FastNetServerConfig config = server_config();
    listen_with(&config);
}

TEST(an_echo_comes_back_whole_on_each_channel) {
    FastNetClient client = connect_to("echo.test", 1);
    uint8_t message[1000];
    for (uint32_t i = 0; i < sizeof message; i++)
        message[i] = (uint8_t)(i * 7);
    for (FastNetChannel channel = 0; channel < 4; channel++)
        for (uint32_t length = 0; length <= sizeof message; length += 125) {
            CHECK_RESULT(fastnet_client_send(client, channel, message, length), FASTNET_OK);
            FastNetEvent event = next_event(client);
            CHECK(event.type == FASTNET_EVENT_DATA && event.channel == channel && event.peer_id == 1);
            CHECK(event.data_len == length && event.data && memcmp(event.data, message, length) == 0);
            CHECK(event.data[length] == 0 && ((uintptr_t)event.data & 7) == 0 && event.timestamp_us > 0);
            CHECK(event.error_code == 0 && event.reason == 0 && event.by_peer == 0);
        }
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(a_message_larger_than_the_ring_travels) {
    FastNetClientConfig config = client_config("echo.test", 1);
    config.ring_bytes = 4096;
    FastNetClient client = open_client(&config);
    CHECK(next_event(client).type == FASTNET_EVENT_CONNECTED);
    uint8_t *message = malloc(BIG);
    memset(message, 0xA5, BIG);
    for (int round = 0; round < 3; round++) {
        CHECK_RESULT(fastnet_client_send(client, FASTNET_CHANNEL_RELIABLE, message, BIG), FASTNET_OK);
        FastNetEvent event = next_event(client);
        CHECK(event.data_len == BIG && memcmp(event.data, message, BIG) == 0 && event.data[BIG] == 0);
    }
    CHECK_FAILS(fastnet_client_send(client, FASTNET_CHANNEL_RELIABLE, message, BIG + 1), FASTNET_ERROR_TOO_LARGE);
    free(message);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(connect_leaves_connected_for_the_first_poll) {
    FastNetClient client = fastnet_client_connect("echo.test", 1);
    FastNetEvent event;
    CHECK(client && fastnet_client_state(client) == FASTNET_STATE_CONNECTED);
    CHECK(fastnet_client_poll(client, &event) && event.type == FASTNET_EVENT_CONNECTED);
    CHECK(event.peer_id == fastnet_client_peer_id(client) && event.peer_id >= 2);
    CHECK(!fastnet_client_poll(client, &event) && event.type == FASTNET_EVENT_NONE && event.data == NULL);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(connect_tells_why_it_failed) {
    CHECK_NONE(fastnet_client_connect("refused.test", 1), FASTNET_ERROR_REFUSED);
    CHECK(strcmp(fastnet_last_error(), "come back later") == 0);
    CHECK_NONE(fastnet_client_connect("127.0.0.1", 9), FASTNET_ERROR_TCP_UNREACHABLE);
    CHECK_NONE(fastnet_client_connect("badcert.test", 9), FASTNET_ERROR_CERTIFICATE);
    CHECK(strcmp(fastnet_last_error(), "no such file: ca.pem") == 0);
    CHECK_NONE(fastnet_client_connect("unanswered.test", 9), FASTNET_ERROR_RUNTIME);
    fastnet_shutdown();
}

TEST(open_tells_by_one_event) {
    FastNetClientConfig config = client_config("refused.test", 1);
    config.user_data = &config;
    FastNetClient client = open_client(&config);
    FastNetEvent event = next_event(client);
    CHECK(event.type == FASTNET_EVENT_DISCONNECTED && event.error_code == FASTNET_ERROR_REFUSED && event.by_peer == 1);
    CHECK(event.reason == FASTNET_REASON_REFUSED && event.user_data == &config && event.peer_id == 1);
    CHECK(event.data_len == 15 && strcmp((const char *)event.data, "come back later") == 0);
    CHECK(!fastnet_client_poll(client, &event) && !fastnet_client_poll(client, &event));
    CHECK(fastnet_client_state(client) == FASTNET_STATE_CLOSED);
    CHECK_FAILS(fastnet_client_send(client, 0, NULL, 0), FASTNET_ERROR_CLOSED);
    CHECK_FAILS(fastnet_client_close(client, 0, NULL), FASTNET_ERROR_CLOSED);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(send_before_connected_is_not_connected) {
    FastNetClientConfig config = client_config("silent.test", 1);
    FastNetClient client = open_client(&config);
    CHECK_FAILS(fastnet_client_send(client, 0, NULL, 0), FASTNET_ERROR_NOT_CONNECTED);
    CHECK(fastnet_client_state(client) == FASTNET_STATE_CONNECTING && fastnet_client_peer_id(client) == 0);
    CHECK(fastnet_client_rtt_us(client) == 0 && fastnet_client_max_message(client, 0) == 0);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

static atomic_bool stop;

static void *flood(void *client) {
    while (!atomic_load(&stop))
        (void)fastnet_client_send(client, FASTNET_CHANNEL_UNRELIABLE, (const uint8_t *)"x", 1);
    return NULL;
}

TEST(a_drain_ends_under_a_flood) {
    FastNetClient client = connect_to("echo.test", 1);
    pthread_t thread;
    FastNetEvent event;
    CHECK(pthread_create(&thread, NULL, flood, client) == 0);
    for (int drain = 0; drain < 20; drain++) {
        CHECK_RESULT(fastnet_client_wait(client, PATIENCE_MS), FASTNET_OK);
        uint32_t count = 0;
        while (fastnet_client_poll(client, &event))
            count++;
        CHECK(count <= 256 * 1024 / 32); /* No more than the ring holds at one moment. */
    }
    atomic_store(&stop, true);
    pthread_join(thread, NULL);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(a_game_that_stalls_loses_nothing_reliable) {
    FastNetServerConfig config = server_config();
    config.ring_bytes = 4096;
    listen_with(&config);
    FastNetClient client = connect_to("127.0.0.1", port);
    uint32_t sent = 0, got = 0;
    while (sent < MESSAGES) { /* The server polls only when nothing more can be sent. */
        FastNetResult result = fastnet_client_send(client, 0, (const uint8_t *)&sent, sizeof sent);
        if (result == FASTNET_OK) {
            sent++;
            continue;
        }
        CHECK_RESULT(result, FASTNET_ERROR_WOULD_BLOCK);
        FastNetEvent event;
        while (fastnet_server_poll(server, &event))
            if (event.type == FASTNET_EVENT_DATA)
                CHECK(memcmp(event.data, &got, sizeof got) == 0 && ++got);
    }
    fastnet_client_disconnect(client);
    for (FastNetEvent event = {0}; event.type != FASTNET_EVENT_DISCONNECTED;) {
        event = next_server_event(server);
        if (event.type == FASTNET_EVENT_DATA)
            CHECK(memcmp(event.data, &got, sizeof got) == 0 && ++got);
    }
    CHECK(got == MESSAGES);
    fastnet_server_destroy(server);
    fastnet_shutdown();
}

TEST(a_game_that_waits_after_every_poll_hears_all_at_once) {
    FastNetServerConfig config = server_config();
    config.ring_bytes = 4096;
    listen_with(&config);
    FastNetClient client = connect_to("127.0.0.1", port);
    for (uint32_t i = 0; i < WAITED_MESSAGES; i++)
        CHECK_RESULT(fastnet_client_send(client, 0, (const uint8_t *)&i, sizeof i), FASTNET_OK);
    uint64_t began_us = fastnet_time_us();
    for (uint32_t got = 0; got < WAITED_MESSAGES;) {
        FastNetEvent event;
        CHECK_RESULT(fastnet_server_wait(server, PATIENCE_MS), FASTNET_OK);
        if (fastnet_server_poll(server, &event) && event.type == FASTNET_EVENT_DATA)
            CHECK(memcmp(event.data, &got, sizeof got) == 0 && ++got);
    }
    /* Its ring holds a hundred; a core that nobody tells of the room sleeps a second for each lot. */
    CHECK(fastnet_time_us() - began_us < 5000000);
    fastnet_client_disconnect(client);
    fastnet_server_destroy(server);
    fastnet_shutdown();
}

TEST(a_servers_peers_come_and_go_and_can_be_asked_until_released) {
    int here, there;
    FastNetServerConfig config = server_config();
    config.user_data = &here;
    listen_with(&config);
    FastNetClient client = connect_to("127.0.0.1", port);
    FastNetEvent event = next_server_event(server);
    FastNetPeerId peer = event.peer_id, list[2] = {0};
    char address[64];
    FastNetStats stats = {.struct_size = sizeof stats};
    CHECK(event.type == FASTNET_EVENT_CONNECTED && peer == fastnet_client_peer_id(client) && event.user_data == &here);
    CHECK(fastnet_server_peer_count(server) == 1 && fastnet_server_peers(server, list, 2) == 1 && list[0] == peer);
    CHECK(fastnet_server_peers(server, NULL, 0) == 1);
    CHECK(fastnet_server_peer_address(server, peer, address, sizeof address) == 12 && !strcmp(address, "[::1]:50000"));
    CHECK(fastnet_server_peer_address(server, peer, address, 6) == 12 && !strcmp(address, "[::1]"));
    CHECK(fastnet_server_peer_rtt_us(server, peer) == 1234 && fastnet_server_peer_user_data(server, peer) == NULL);
    CHECK_RESULT(fastnet_server_peer_stats(server, peer, &stats), FASTNET_OK);
    CHECK(stats.rtt_us == 1234 && stats.struct_size == sizeof stats);
    CHECK_RESULT(fastnet_server_peer_set_user_data(server, peer, &there), FASTNET_OK);
    CHECK(fastnet_server_peer_user_data(server, peer) == &there);
    fastnet_client_disconnect(client);
    event = next_server_event(server);
    CHECK(event.type == FASTNET_EVENT_DISCONNECTED && event.peer_id == peer && event.user_data == &there);
    CHECK(event.by_peer == 1 && event.error_code == 0);
    CHECK(fastnet_server_peer_state(server, peer) == FASTNET_STATE_CLOSED);
    CHECK(fastnet_server_peer_user_data(server, peer) == &there && fastnet_server_peer_count(server) == 0);
    CHECK_FAILS(fastnet_server_send(server, peer, 0, NULL, 0), FASTNET_ERROR_CLOSED);
    CHECK(!fastnet_server_poll(server, &event)); /* Released; the core gives the place away with its next turn. */
    while (fastnet_server_peer_user_data(server, peer))
        CHECK_RESULT(fastnet_server_flush(server), FASTNET_OK);
    CHECK_FAILS(fastnet_server_send(server, peer, 0, NULL, 0), FASTNET_ERROR_UNKNOWN_PEER);
    FastNetClient next = connect_to("127.0.0.1", port);
    CHECK(next_server_event(server).peer_id != peer);
    CHECK_FAILS(fastnet_server_send(server, peer, 0, NULL, 0), FASTNET_ERROR_UNKNOWN_PEER);
    fastnet_client_disconnect(next);
    fastnet_server_destroy(server);
    fastnet_shutdown();
}

TEST(a_broadcast_reaches_those_who_were_there_but_one) {
    listen_by_default();
    FastNetClient clients[3];
    FastNetPeerId peers[4] = {0};
    for (int i = 0; i < 3; i++)
        clients[i] = connect_to("127.0.0.1", port);
    CHECK(fastnet_server_peers(server, peers, 4) == 3 && peers[0] < peers[1] && peers[1] < peers[2]);
    CHECK_RESULT(fastnet_server_broadcast(server, fastnet_client_peer_id(clients[1]), 0, (const uint8_t *)"one", 3),
                 FASTNET_OK);
    FastNetClient late = connect_to("127.0.0.1", port);
    CHECK_RESULT(fastnet_server_broadcast(server, 0, 0, (const uint8_t *)"all", 3), FASTNET_OK);
    CHECK(memcmp(next_event(clients[0]).data, "one", 4) == 0 && memcmp(next_event(clients[0]).data, "all", 4) == 0);
    CHECK(memcmp(next_event(clients[1]).data, "all", 4) == 0);
    CHECK(memcmp(next_event(clients[2]).data, "one", 4) == 0);
    CHECK(memcmp(next_event(late).data, "all", 4) == 0);
    fastnet_server_destroy(server);
    FastNetEvent event = next_event(late);
    CHECK(event.type == FASTNET_EVENT_DISCONNECTED && event.reason == FASTNET_REASON_SHUTTING_DOWN &&
          event.by_peer == 1);
    fastnet_shutdown();
}

TEST(a_kick_ends_one_peer_with_code_and_text) {
    listen_by_default();
    FastNetClient client = connect_to("127.0.0.1", port);
    FastNetPeerId peer = next_server_event(server).peer_id;
    CHECK_RESULT(fastnet_server_disconnect_peer(server, peer, 0, "be nice"), FASTNET_OK);
    FastNetEvent event = next_event(client);
    CHECK(event.type == FASTNET_EVENT_DISCONNECTED && event.reason == FASTNET_REASON_KICKED && event.by_peer == 1);
    CHECK(strcmp((const char *)event.data, "be nice") == 0 && event.error_code == FASTNET_OK);
    event = next_server_event(server);
    CHECK(event.type == FASTNET_EVENT_DISCONNECTED && event.peer_id == peer && event.by_peer == 0);
    fastnet_client_disconnect(client);
    fastnet_server_destroy(server);
    fastnet_shutdown();
}

TEST(close_says_goodbye_and_the_handle_stays) {
    listen_by_default();
    FastNetClient client = connect_to("127.0.0.1", port);
    CHECK(next_server_event(server).type == FASTNET_EVENT_CONNECTED);
    CHECK_RESULT(fastnet_client_close(client, 1500, "good night"), FASTNET_OK);
    CHECK_FAILS(fastnet_client_send(client, 0, NULL, 0), FASTNET_ERROR_CLOSED);
    CHECK_FAILS(fastnet_client_close(client, 0, NULL), FASTNET_ERROR_CLOSED);
    FastNetEvent event = next_event(client);
    CHECK(event.type == FASTNET_EVENT_DISCONNECTED && event.reason == 1500 && event.by_peer == 0);
    event = next_server_event(server);
    CHECK(event.reason == 1500 && event.by_peer == 1 && strcmp((const char *)event.data, "good night") == 0);
    fastnet_client_disconnect(client);
    fastnet_server_destroy(server);
    fastnet_shutdown();
}

TEST(a_server_that_cannot_listen_says_why) {
    FastNetServerConfig config = server_config();
    FastNetServer none = (FastNetServer)(uintptr_t)8;
    config.bind_address = "taken.test";
    config.tcp_port = 7777;
    CHECK_FAILS(fastnet_server_open(&config, &none), FASTNET_ERROR_ADDRESS_IN_USE);
    CHECK(none == NULL && strcmp(fastnet_last_error(), "another program has port 7777") == 0);
    fastnet_shutdown();
}

TEST(statistics_have_the_callers_size) {
    FastNetClient client = connect_to("echo.test", 1);
    struct {
        FastNetStats stats;
        uint64_t tail;
    } larger;
    memset(&larger, 0, sizeof larger);
    larger.tail = 77;
    larger.stats.struct_size = sizeof larger;
    CHECK_RESULT(fastnet_client_stats(client, &larger.stats), FASTNET_OK);
    CHECK(larger.stats.rtt_us == 1234 && larger.tail == 77 && larger.stats.struct_size == sizeof larger);
    larger.stats.struct_size = 8;
    CHECK_FAILS(fastnet_client_stats(client, &larger.stats), FASTNET_ERROR_STRUCT_SIZE);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}
