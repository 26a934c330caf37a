/* What ends a wait: an event, the time, wake, the end of the handle, the shutdown of the library. */
#include "check.h"

static FastNetResult waited;

/* Busy: the main thread looks whether we are inside. */
static void *wait_for(void *client) {
    do
        waited = fastnet_client_wait(client, PATIENCE_MS * 3);
    while (waited == FASTNET_ERROR_BUSY);
    return NULL;
}

/* A thread that is inside wait: only then is the handle busy for us. */
static pthread_t begin_wait(FastNetClient client) {
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, wait_for, client) == 0);
    while (fastnet_client_wait(client, 0) != FASTNET_ERROR_BUSY)
        sleep_ms(1);
    return thread;
}

static FastNetClient quiet_client(void) {
    FastNetClient client = connect_to("echo.test", 1);
    FastNetEvent event;
    CHECK(!fastnet_client_poll(client, &event) && event.type == FASTNET_EVENT_NONE);
    return client;
}

TEST(wait_ends_with_an_event) {
    FastNetClient client = quiet_client();
    for (uint8_t i = 0; i < 100; i++) {
        CHECK_RESULT(fastnet_client_send(client, 0, &i, 1), FASTNET_OK);
        CHECK_RESULT(fastnet_client_wait(client, PATIENCE_MS), FASTNET_OK);
        FastNetEvent event;
        CHECK(fastnet_client_poll(client, &event) && event.data[0] == i);
        CHECK(!fastnet_client_poll(client, &event));
    }
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(wait_ends_in_time) {
    FastNetClient client = quiet_client();
    CHECK_FAILS(fastnet_client_wait(client, 0), FASTNET_ERROR_TIMEOUT);
    uint64_t began_us = fastnet_time_us();
    CHECK_FAILS(fastnet_client_wait(client, 30), FASTNET_ERROR_TIMEOUT);
    CHECK(fastnet_time_us() - began_us >= 30000);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(wake_ends_the_present_wait) {
    FastNetClient client = quiet_client();
    pthread_t thread = begin_wait(client);
    CHECK_RESULT(fastnet_client_wake(client), FASTNET_OK);
    pthread_join(thread, NULL);
    CHECK_RESULT(waited, FASTNET_ERROR_CANCELLED);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(wake_ends_the_next_wait_and_only_that) {
    FastNetClient client = quiet_client();
    CHECK_RESULT(fastnet_client_wake(client), FASTNET_OK);
    CHECK_FAILS(fastnet_client_wait(client, FASTNET_OFF), FASTNET_ERROR_CANCELLED);
    CHECK_FAILS(fastnet_client_wait(client, 1), FASTNET_ERROR_TIMEOUT);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(disconnect_ends_a_wait_and_returns_after_it) {
    FastNetClient client = quiet_client();
    pthread_t thread = begin_wait(client);
    fastnet_client_disconnect(client);
    pthread_join(thread, NULL);
    CHECK_RESULT(waited, FASTNET_ERROR_CLOSED);
    fastnet_shutdown();
}

TEST(shutdown_ends_a_wait) {
    FastNetClient client = quiet_client();
    pthread_t thread = begin_wait(client);
    fastnet_shutdown();
    pthread_join(thread, NULL);
    CHECK_RESULT(waited, FASTNET_ERROR_CLOSED);
    CHECK_FAILS(fastnet_client_wait(client, 0), FASTNET_ERROR_INVALID_HANDLE);
}

TEST(wait_begins_a_new_drain) {
    FastNetClient client = connect_to("echo.test", 1); /* In the middle of a drain: its 0 was not polled. */
    FastNetEvent event;
    CHECK_RESULT(fastnet_client_send(client, 0, NULL, 0), FASTNET_OK);
    CHECK_RESULT(fastnet_client_wait(client, PATIENCE_MS), FASTNET_OK);
    CHECK(fastnet_client_poll(client, &event) && event.type == FASTNET_EVENT_DATA);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

TEST(after_the_last_event_wait_says_closed) {
    FastNetClient client = quiet_client();
    CHECK_RESULT(fastnet_client_close(client, 1007, "enough"), FASTNET_OK);
    CHECK(next_event(client).type == FASTNET_EVENT_DISCONNECTED);
    CHECK_FAILS(fastnet_client_wait(client, FASTNET_OFF), FASTNET_ERROR_CLOSED);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

static void *end_soon(void *client) {
    sleep_ms(5);
    fastnet_client_disconnect(client);
    return NULL;
}

TEST(a_wait_for_ever_ends_with_its_handle_every_time) {
    for (int round = 0; round < 30; round++) {
        FastNetClient client = quiet_client();
        pthread_t thread;
        CHECK(pthread_create(&thread, NULL, end_soon, client) == 0);
        FastNetResult result = fastnet_client_wait(client, FASTNET_OFF); /* The end may even come first. */
        CHECK(result == FASTNET_ERROR_CLOSED || result == FASTNET_ERROR_INVALID_HANDLE);
        pthread_join(thread, NULL);
    }
    fastnet_shutdown();
}
