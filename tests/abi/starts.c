/* Starting and stopping, with a core that takes 200 ms to boot (FAKE_CORE=slow): who waits, who does not, who counts.
 */
#include "check.h"

enum { BOOT_US = 200000, ROUNDS = 40 };

static uint64_t since_us;

static void begin_timing(void) {
    since_us = fastnet_time_us();
}

/* Well below the boot: the call did not wait for it. */
static void check_did_not_wait(void) {
    CHECK(fastnet_time_us() - since_us < BOOT_US / 2);
}

TEST(init_returns_at_once_or_waits_as_long_as_it_is_told) {
    begin_timing();
    CHECK_RESULT(fastnet_init(0), FASTNET_OK);
    check_did_not_wait();
    CHECK_FAILS(fastnet_init(1), FASTNET_ERROR_TIMEOUT);
    check_did_not_wait();
    CHECK_RESULT(fastnet_init(PATIENCE_MS), FASTNET_OK);
    CHECK(fastnet_time_us() - since_us >= BOOT_US / 2);
    CHECK_RESULT(fastnet_init(1), FASTNET_OK);
}

TEST(open_does_not_wait_for_the_start_and_close_may_come_before_it) {
    FastNetClientConfig config = client_config("echo.test", 1);
    begin_timing();
    FastNetClient first = open_client(&config), second = open_client(&config), third = open_client(&config);
    CHECK(fastnet_client_state(first) == FASTNET_STATE_CONNECTING);
    CHECK_RESULT(fastnet_client_close(second, 1001, NULL), FASTNET_OK);
    fastnet_client_disconnect(third);
    check_did_not_wait();
    CHECK(next_event(first).type == FASTNET_EVENT_CONNECTED);
    FastNetEvent event = next_event(second);
    while (event.type != FASTNET_EVENT_DISCONNECTED)
        event = next_event(second);
    CHECK(event.reason == 1001);
    fastnet_shutdown();
}

TEST(shutdown_undoes_one_init_and_the_last_ends_everything) {
    for (int i = 0; i < 3; i++)
        CHECK_RESULT(fastnet_init(PATIENCE_MS), FASTNET_OK);
    FastNetClient client = connect_to("echo.test", 1);
    for (int i = 0; i < 2; i++) {
        fastnet_shutdown();
        CHECK_RESULT(fastnet_client_send(client, 0, NULL, 0), FASTNET_OK);
    }
    fastnet_shutdown();
    CHECK_FAILS(fastnet_client_send(client, 0, NULL, 0), FASTNET_ERROR_INVALID_HANDLE);
    fastnet_shutdown(); /* One too many does nothing. */
    fastnet_client_disconnect(connect_to("echo.test", 1));
    fastnet_shutdown();
}

TEST(shutdown_during_the_start_ends_it_and_a_later_open_works) {
    CHECK_RESULT(fastnet_init(0), FASTNET_OK);
    fastnet_shutdown();
    fastnet_client_disconnect(connect_to("echo.test", 1));
    fastnet_shutdown();
}

TEST(shutdown_before_anything_does_nothing) {
    fastnet_shutdown();
    CHECK(fastnet_time_us() > 0);
}

static FastNetResult opened;
static atomic_bool returned;

static void *open_slow_server(void *unused) {
    (void)unused;
    FastNetServerConfig config = server_config();
    FastNetServer server;
    config.bind_address = "slow.test";
    opened = fastnet_server_open(&config, &server);
    CHECK(server == NULL);
    atomic_store(&returned, true);
    return NULL;
}

TEST(shutdown_ends_an_open_that_nobody_answers) {
    pthread_t thread;
    CHECK_RESULT(fastnet_init(PATIENCE_MS), FASTNET_OK);
    CHECK(pthread_create(&thread, NULL, open_slow_server, NULL) == 0);
    begin_timing();
    while (!atomic_load(&returned)) {
        fastnet_shutdown();
        sleep_ms(1);
    }
    pthread_join(thread, NULL);
    CHECK_RESULT(opened, FASTNET_ERROR_RUNTIME);
    CHECK(fastnet_time_us() - since_us < 5000000);
}

static atomic_bool stop;

static void *shut_down_again_and_again(void *unused) {
    (void)unused;
    while (!atomic_load(&stop)) {
        fastnet_shutdown();
        sleep_ms(1);
    }
    return NULL;
}

/* Whatever the order, each call has an answer: a handle, or a result that says what happened to it. */
TEST(opens_and_shutdowns_of_two_threads_never_hang) {
    pthread_t thread;
    CHECK_RESULT(fastnet_init(PATIENCE_MS), FASTNET_OK);
    CHECK(pthread_create(&thread, NULL, shut_down_again_and_again, NULL) == 0);
    for (int round = 0; round < ROUNDS; round++) {
        FastNetClient client = fastnet_client_connect("echo.test", 1);
        FastNetResult result = client ? FASTNET_OK : fastnet_last_result();
        CHECK(result == FASTNET_OK || result == FASTNET_ERROR_CLOSED || result == FASTNET_ERROR_INVALID_HANDLE ||
              result == FASTNET_ERROR_RUNTIME);
        if (round & 1)
            fastnet_client_disconnect(client);
    }
    atomic_store(&stop, true);
    pthread_join(thread, NULL);
    fastnet_client_disconnect(connect_to("echo.test", 1));
    fastnet_shutdown();
}

TEST(the_most_eager_idle_policy_serves_all_and_goes_with_its_handle) {
    FastNetClientConfig config = client_config("echo.test", 1);
    FastNetClient clients[3];
    for (FastNetIdlePolicy policy = 0; policy < 3; policy++) {
        config.idle_policy = policy;
        clients[policy] = open_client(&config);
        CHECK(next_event(clients[policy]).type == FASTNET_EVENT_CONNECTED);
    }
    for (int ended = 2; ended >= 0; ended--) {
        for (int i = 0; i <= ended; i++) {
            FastNetEvent event;
            while (fastnet_client_poll(clients[i], &event)) {
            }
            CHECK_RESULT(fastnet_client_send(clients[i], 1, (const uint8_t *)"x", 1), FASTNET_OK);
            CHECK(next_event(clients[i]).data_len == 1);
        }
        fastnet_client_disconnect(clients[ended]);
    }
    fastnet_shutdown();
}
