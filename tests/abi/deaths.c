/* The core dies, or never was: handles learn it by an event, calls by RUNTIME, and nobody waits for ever. */
#include "check.h"

#include <sys/wait.h>

static void kill_core(const char *host) {
    FastNetClientConfig config = client_config(host, 1);
    FastNetClient client = open_client(&config);
    FastNetEvent event = next_event(client);
    CHECK(event.type == FASTNET_EVENT_DISCONNECTED && event.error_code == FASTNET_ERROR_RUNTIME);
    CHECK(event.reason == FASTNET_REASON_INTERNAL_ERROR && event.data_len > 10);
}

static void everything_says_runtime(void) {
    FastNetClient client;
    FastNetServer server;
    FastNetClientConfig config = client_config("echo.test", 1);
    FastNetServerConfig server_config_ = server_config();
    CHECK_FAILS(fastnet_init(0), FASTNET_ERROR_RUNTIME);
    CHECK_FAILS(fastnet_init(1000), FASTNET_ERROR_RUNTIME);
    CHECK_FAILS(fastnet_client_open(&config, &client), FASTNET_ERROR_RUNTIME);
    CHECK_NONE(fastnet_client_connect("echo.test", 1), FASTNET_ERROR_RUNTIME);
    CHECK_FAILS(fastnet_server_open(&server_config_, &server), FASTNET_ERROR_RUNTIME);
    CHECK_NONE(fastnet_server_create(0, 0, NULL, NULL), FASTNET_ERROR_RUNTIME);
    config.io_mode = FASTNET_IO_PUMPED;
    CHECK_FAILS(fastnet_client_open(&config, &client), FASTNET_ERROR_RUNTIME);
    fastnet_shutdown();
    CHECK_FAILS(fastnet_init(0), FASTNET_ERROR_RUNTIME); /* A half-dead interpreter is not revived. */
}

static void live_handles_end(const char *way) {
    FastNetServerConfig config = server_config();
    FastNetServer server = open_server(&config);
    FastNetClient clients[2];
    FastNetPeerId peers[2];
    for (int i = 0; i < 2; i++) {
        clients[i] = connect_to("127.0.0.1", fastnet_server_tcp_port(server));
        peers[i] = next_server_event(server).peer_id;
    }
    CHECK_RESULT(fastnet_client_send(clients[0], 0, (const uint8_t *)"last", 4), FASTNET_OK);
    CHECK_RESULT(fastnet_server_wait(server, PATIENCE_MS), FASTNET_OK);
    kill_core(way);
    CHECK(strcmp((const char *)next_server_event(server).data, "last") == 0); /* What had arrived is not lost. */
    for (int i = 0; i < 2; i++) {
        FastNetEvent event = next_server_event(server);
        CHECK(event.type == FASTNET_EVENT_DISCONNECTED && event.peer_id == peers[i]);
        CHECK(event.error_code == FASTNET_ERROR_RUNTIME && event.reason == FASTNET_REASON_INTERNAL_ERROR);
    }
    FastNetEvent event = next_server_event(server);
    CHECK(event.type == FASTNET_EVENT_ERROR && event.error_code == FASTNET_ERROR_RUNTIME);
    CHECK_FAILS(fastnet_server_wait(server, FASTNET_OFF), FASTNET_ERROR_RUNTIME);
    CHECK_FAILS(fastnet_server_broadcast(server, 0, 0, NULL, 0), FASTNET_ERROR_RUNTIME);
    for (int i = 0; i < 2; i++) {
        CHECK_FAILS(fastnet_client_send(clients[i], 0, NULL, 0), FASTNET_ERROR_RUNTIME);
        event = next_event(clients[i]);
        CHECK(event.type == FASTNET_EVENT_DISCONNECTED && event.error_code == FASTNET_ERROR_RUNTIME);
        CHECK(fastnet_client_state(clients[i]) == FASTNET_STATE_CLOSED);
        CHECK_FAILS(fastnet_client_close(clients[i], 0, NULL), FASTNET_ERROR_RUNTIME);
        fastnet_client_disconnect(clients[i]);
    }
    everything_says_runtime();
}

TEST(live_handles_end_when_the_core_returns_as_if_python_never_ran) {
    live_handles_end("die.test");
}

TEST(live_handles_end_when_the_core_raises) {
    live_handles_end("raise.test");
}

static FastNetResult waited;

static void *wait_for_ever(void *client) {
    do
        waited = fastnet_client_wait(client, FASTNET_OFF);
    while (waited == FASTNET_ERROR_BUSY);
    return NULL;
}

TEST(a_wait_for_ever_ends_with_the_core) {
    FastNetClient client = connect_to("echo.test", 1);
    pthread_t thread;
    FastNetEvent event;
    CHECK(!fastnet_client_poll(client, &event));
    CHECK(pthread_create(&thread, NULL, wait_for_ever, client) == 0);
    while (fastnet_client_wait(client, 0) != FASTNET_ERROR_BUSY)
        sleep_ms(1);
    kill_core("die.test");
    pthread_join(thread, NULL);
    CHECK_RESULT(waited, FASTNET_OK);
    CHECK(next_event(client).error_code == FASTNET_ERROR_RUNTIME);
}

static void *open_slow_server(void *unused) {
    (void)unused;
    FastNetServerConfig config = server_config();
    FastNetServer server;
    config.bind_address = "slow.test";
    waited = fastnet_server_open(&config, &server);
    CHECK(server == NULL);
    return NULL;
}

TEST(an_ask_ends_with_the_core) {
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, open_slow_server, NULL) == 0);
    sleep_ms(20); /* Likely inside; before or after, the answer is the same. */
    kill_core("die.test");
    pthread_join(thread, NULL);
    CHECK_RESULT(waited, FASTNET_ERROR_RUNTIME);
}

TEST(a_pumped_handle_ends_with_its_core) {
    FastNetClientConfig config = client_config("echo.test", 1);
    config.io_mode = FASTNET_IO_PUMPED;
    FastNetClient client = open_client(&config), dying;
    CHECK(next_event(client).type == FASTNET_EVENT_CONNECTED);
    config.host = "die.test";
    CHECK_RESULT(fastnet_client_open(&config, &dying), FASTNET_OK);
    CHECK(next_event(client).error_code == FASTNET_ERROR_RUNTIME);
    CHECK_FAILS(fastnet_client_send(client, 0, NULL, 0), FASTNET_ERROR_RUNTIME);
    CHECK(next_event(dying).type == FASTNET_EVENT_DISCONNECTED);
    fastnet_client_disconnect(client);
    fastnet_client_disconnect(dying);
}

/* With FAKE_CORE=dead or mute, or without a good folder: its text is the second argument. */
static void nothing_starts(const char *text) {
    FastNetClientConfig config = client_config("echo.test", 1);
    FastNetClient client;
    CHECK_NONE(fastnet_client_connect("echo.test", 1), FASTNET_ERROR_RUNTIME);
    CHECK(strstr(fastnet_last_error(), text) != NULL);
    CHECK_NONE(fastnet_server_create(0, 0, NULL, NULL), FASTNET_ERROR_RUNTIME);
    CHECK(strstr(fastnet_last_error(), text) != NULL);
    CHECK_FAILS(fastnet_init(PATIENCE_MS), FASTNET_ERROR_RUNTIME);
    CHECK(strstr(fastnet_last_error(), text) != NULL);
    config.io_mode = FASTNET_IO_PUMPED;
    CHECK_FAILS(fastnet_client_open(&config, &client), FASTNET_ERROR_RUNTIME);
    CHECK(strstr(fastnet_last_error(), text) != NULL);
    CHECK(strcmp(fastnet_version_string(), FASTNET_VERSION_STRING) == 0);
    fastnet_shutdown();
}

TEST(nothing_starts_and_the_text_says_why) {
    if (check_arguments[0])
        nothing_starts(check_arguments[0]);
    else
        kill_core("die.test");
}

/* The second argument is a folder that is not there yet, the third one that is good. */
TEST(a_folder_that_was_missing_may_be_put_there) {
    if (!check_arguments[0])
        return;
    CHECK_RESULT(fastnet_runtime_folder_set(check_arguments[0]), FASTNET_OK);
    CHECK_FAILS(fastnet_init(PATIENCE_MS), FASTNET_ERROR_RUNTIME);
    CHECK(strstr(fastnet_last_error(), check_arguments[0]) != NULL);
    CHECK(symlink(check_arguments[1], check_arguments[0]) == 0);
    fastnet_client_disconnect(connect_to("echo.test", 1));
    fastnet_shutdown();
}
