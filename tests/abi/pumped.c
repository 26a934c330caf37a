/* Pumped handles: the caller's thread does the work, one call at a time; wake ends a wait; nothing needs a thread. */
#include "check.h"

#include <dirent.h>

static FastNetClient open_pumped(const char *host, uint16_t port) {
    FastNetClientConfig config = client_config(host, port);
    config.io_mode = FASTNET_IO_PUMPED;
    FastNetClient client = open_client(&config);
    CHECK(next_event(client).type == FASTNET_EVENT_CONNECTED);
    FastNetEvent event;
    CHECK(!fastnet_client_poll(client, &event));
    return client;
}

static int threads_of_this_process(void) {
    DIR *tasks = opendir("/proc/self/task");
    int count = 0;
    CHECK(tasks != NULL);
    for (struct dirent *task; (task = readdir(tasks));)
        count += task->d_name[0] != '.';
    closedir(tasks);
    return count;
}

TEST(a_pumped_echo_needs_no_thread) {
    int before = threads_of_this_process();
    FastNetClient client = open_pumped("echo.test", 1);
    for (uint8_t i = 0; i < 200; i++) {
        FastNetEvent event;
        CHECK_RESULT(fastnet_client_send(client, i & 3, &i, 1), FASTNET_OK);
        CHECK(fastnet_client_poll(client, &event) && event.data[0] == i && event.channel == (i & 3));
        CHECK(!fastnet_client_poll(client, &event));
    }
    CHECK(threads_of_this_process() == before);
    fastnet_client_disconnect(client);
    CHECK_FAILS(fastnet_client_wake(client), FASTNET_ERROR_INVALID_HANDLE);
    fastnet_shutdown();
}

TEST(manual_flush_keeps_messages_until_flush) {
    FastNetClientConfig config = client_config("echo.test", 1);
    config.io_mode = FASTNET_IO_PUMPED;
    config.flags = FASTNET_CLIENT_MANUAL_FLUSH;
    FastNetClient client = open_client(&config);
    CHECK(next_event(client).type == FASTNET_EVENT_CONNECTED);
    CHECK_RESULT(fastnet_client_send(client, 0, (const uint8_t *)"a", 1), FASTNET_OK);
    CHECK_RESULT(fastnet_client_flush(client), FASTNET_OK);
    CHECK_RESULT(fastnet_client_wait(client, 0), FASTNET_OK);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(a_failed_open_leaves_nothing_behind) {
    FastNetClientConfig config = client_config("badcert.test", 1);
    FastNetServerConfig taken = server_config();
    FastNetServer server;
    FastNetClient client;
    config.io_mode = taken.io_mode = FASTNET_IO_PUMPED;
    taken.bind_address = "taken.test";
    CHECK_FAILS(fastnet_client_open(&config, &client), FASTNET_ERROR_CERTIFICATE);
    CHECK(client == NULL);
    CHECK_FAILS(fastnet_server_open(&taken, &server), FASTNET_ERROR_ADDRESS_IN_USE);
    CHECK(server == NULL);
    fastnet_shutdown();
}

TEST(a_pumped_server_and_a_threaded_client_talk) {
    FastNetServerConfig config = server_config();
    config.io_mode = FASTNET_IO_PUMPED;
    FastNetServer server = open_server(&config);
    FastNetClient client = connect_to("127.0.0.1", fastnet_server_tcp_port(server));
    FastNetPeerId peer = next_server_event(server).peer_id;
    CHECK(peer == fastnet_client_peer_id(client));
    CHECK_RESULT(fastnet_server_send(server, peer, 0, (const uint8_t *)"hi", 2), FASTNET_OK);
    CHECK(next_event(client).data_len == 2);
    CHECK_RESULT(fastnet_server_disconnect_peer(server, peer, 1000, NULL), FASTNET_OK);
    CHECK(next_event(client).reason == 1000);
    CHECK(next_server_event(server).type == FASTNET_EVENT_DISCONNECTED);
    fastnet_shutdown();
}

static FastNetResult waited;
static atomic_bool waiting;

static void *wait_for_ever(void *client) {
    atomic_store(&waiting, true);
    do
        waited = fastnet_client_wait(client, FASTNET_OFF);
    while (waited == FASTNET_ERROR_BUSY);
    return NULL;
}

static pthread_t begin_wait(FastNetClient client) {
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, wait_for_ever, client) == 0);
    while (fastnet_client_wait(client, 0) != FASTNET_ERROR_BUSY)
        sleep_ms(1);
    return thread;
}

TEST(wake_ends_a_pumped_wait_at_once) {
    FastNetClient client = open_pumped("echo.test", 1);
    for (int round = 0; round < 20; round++) {
        pthread_t thread = begin_wait(client);
        uint64_t began_us = fastnet_time_us();
        CHECK_RESULT(fastnet_client_wake(client), FASTNET_OK);
        pthread_join(thread, NULL);
        CHECK_RESULT(waited, FASTNET_ERROR_CANCELLED);
        CHECK(fastnet_time_us() - began_us < 900000); /* This core sleeps a second if nobody wakes it. */
    }
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(the_end_of_a_pumped_handle_ends_its_wait) {
    FastNetClient client = open_pumped("echo.test", 1);
    pthread_t thread = begin_wait(client);
    fastnet_client_disconnect(client);
    pthread_join(thread, NULL);
    CHECK_RESULT(waited, FASTNET_ERROR_CLOSED);
    fastnet_shutdown();
}

TEST(a_second_thread_on_a_pumped_handle_is_busy) {
    FastNetClient client = open_pumped("echo.test", 1);
    pthread_t thread = begin_wait(client);
    CHECK_FAILS(fastnet_client_send(client, 0, NULL, 0), FASTNET_ERROR_BUSY);
    CHECK_NONE(fastnet_client_state(client), FASTNET_ERROR_BUSY);
    CHECK_RESULT(fastnet_client_wake(client), FASTNET_OK);
    pthread_join(thread, NULL);
    CHECK_RESULT(fastnet_client_send(client, 0, NULL, 0),
                 FASTNET_OK); /* wake gave nothing back that was not its own. */
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(a_pumped_wait_ends_in_time) {
    FastNetClient client = open_pumped("echo.test", 1);
    FastNetEvent event;
    CHECK(!fastnet_client_poll(client, &event));
    uint64_t began_us = fastnet_time_us();
    CHECK_FAILS(fastnet_client_wait(client, 30), FASTNET_ERROR_TIMEOUT);
    CHECK(fastnet_time_us() - began_us >= 30000);
    CHECK_FAILS(fastnet_client_wait(client, 0), FASTNET_ERROR_TIMEOUT);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}
