/* Handles: every misuse gets an answer, whatever other threads do to the handle meanwhile. */
#include "check.h"

enum { ROUNDS = 60, THREADS = 4, HANDLES_MAX = 4096 };

static _Atomic(FastNetClient) shared;
static atomic_bool stop;
static atomic_uint answered;

/* Whatever comes back, it is one of the answers that the header names. */
static void *use(void *unused) {
    (void)unused;
    while (!atomic_load(&stop)) {
        FastNetClient client = atomic_load(&shared);
        FastNetEvent event;
        uint8_t data[4] = {1, 2, 3, 4};
        FastNetResult result = fastnet_client_send(client, FASTNET_CHANNEL_UNRELIABLE, data, sizeof data);
        CHECK(result == FASTNET_OK || result == FASTNET_ERROR_INVALID_HANDLE || result == FASTNET_ERROR_WOULD_BLOCK);
        fastnet_client_poll(client, &event);
        (void)fastnet_client_state(client);
        (void)fastnet_client_rtt_us(client);
        result = fastnet_client_wait(client, 1);
        CHECK(result != FASTNET_ERROR_INTERNAL && result != FASTNET_ERROR_RUNTIME);
        atomic_fetch_add(&answered, 1);
    }
    return NULL;
}

TEST(handles_may_end_while_other_threads_use_them) {
    pthread_t threads[THREADS];
    atomic_store(&shared, fastnet_client_connect("echo.test", 1));
    for (int i = 0; i < THREADS; i++)
        CHECK(pthread_create(&threads[i], NULL, use, NULL) == 0);
    for (int round = 0; round < ROUNDS; round++) {
        FastNetClient fresh = fastnet_client_connect("echo.test", 1);
        CHECK(fresh != NULL);
        FastNetClient old = atomic_exchange(&shared, fresh);
        fastnet_client_disconnect(old);
        CHECK_FAILS(fastnet_client_wake(old), FASTNET_ERROR_INVALID_HANDLE);
    }
    while (atomic_load(&answered) < ROUNDS)
        sleep_ms(1);
    atomic_store(&stop, true);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    fastnet_client_disconnect(atomic_load(&shared));
    fastnet_shutdown();
}

static void *end_shared(void *unused) {
    (void)unused;
    fastnet_client_disconnect(atomic_load(&shared));
    return NULL;
}

TEST(of_two_ends_at_once_one_ends_it) {
    for (int round = 0; round < ROUNDS; round++) {
        pthread_t other;
        atomic_store(&shared, fastnet_client_connect("echo.test", 1));
        CHECK(pthread_create(&other, NULL, end_shared, NULL) == 0);
        end_shared(NULL);
        pthread_join(other, NULL);
        CHECK_FAILS(fastnet_client_wake(atomic_load(&shared)), FASTNET_ERROR_INVALID_HANDLE);
    }
    fastnet_shutdown();
}

TEST(the_handle_after_the_last_is_out_of_memory_and_a_freed_place_is_enough) {
    static FastNetClient clients[HANDLES_MAX];
    FastNetClientConfig config = client_config("silent.test", 1);
    config.ring_bytes = 4096;
    for (int i = 0; i < HANDLES_MAX; i++) {
        FastNetResult result;
        while ((result = fastnet_client_open(&config, &clients[i])) == FASTNET_ERROR_WOULD_BLOCK)
            sleep_ms(1); /* 64 orders at once are refused, as the header says. */
        CHECK_RESULT(result, FASTNET_OK);
    }
    FastNetClient more = clients[0];
    CHECK_FAILS(fastnet_client_open(&config, &more), FASTNET_ERROR_OUT_OF_MEMORY);
    CHECK(more == NULL);
    fastnet_client_disconnect(clients[17]);
    CHECK_FAILS(fastnet_client_wake(clients[17]), FASTNET_ERROR_INVALID_HANDLE);
    FastNetClient again;
    FastNetResult result;
    while ((result = fastnet_client_open(&config, &again)) == FASTNET_ERROR_WOULD_BLOCK)
        sleep_ms(1);
    CHECK_RESULT(result, FASTNET_OK);
    CHECK(again != clients[17]); /* The same place, another generation. */
    CHECK_FAILS(fastnet_client_wake(clients[17]), FASTNET_ERROR_INVALID_HANDLE);
    fastnet_shutdown();
    CHECK_FAILS(fastnet_client_wake(again), FASTNET_ERROR_INVALID_HANDLE);
}

TEST(guessed_handles_are_refused) {
    FastNetClient real = fastnet_client_connect("echo.test", 1);
    uintptr_t token = (uintptr_t)real;
    for (uintptr_t guess = 1; guess < 300000; guess += 7) {
        FastNetClient handle = (FastNetClient)guess;
        if (guess != token)
            CHECK(fastnet_client_wake(handle) == FASTNET_ERROR_INVALID_HANDLE);
    }
    int on_stack;
    CHECK_FAILS(fastnet_client_wake((FastNetClient)(void *)&on_stack), FASTNET_ERROR_INVALID_HANDLE);
    CHECK_FAILS(fastnet_client_wake((FastNetClient)UINTPTR_MAX), FASTNET_ERROR_INVALID_HANDLE);
    CHECK_RESULT(fastnet_client_wake(real), FASTNET_OK);
    fastnet_shutdown();
}

static FastNetResult waited;

/* Busy: the main thread looks whether we are inside. */
static void *wait_long(void *client) {
    do
        waited = fastnet_client_wait(client, PATIENCE_MS);
    while (waited == FASTNET_ERROR_BUSY);
    return NULL;
}

TEST(a_second_thread_in_wait_or_poll_is_busy) {
    FastNetClient client = connect_to("echo.test", 1);
    FastNetEvent event;
    pthread_t waiter;
    CHECK(!fastnet_client_poll(client, &event));
    CHECK(pthread_create(&waiter, NULL, wait_long, client) == 0);
    while (fastnet_client_wait(client, 0) != FASTNET_ERROR_BUSY)
        sleep_ms(1); /* Until the other thread is inside. */
    CHECK_NONE(fastnet_client_poll(client, &event), FASTNET_ERROR_BUSY);
    CHECK_RESULT(fastnet_client_send(client, 0, NULL, 0), FASTNET_OK); /* Class any goes on. */
    CHECK(fastnet_client_state(client) == FASTNET_STATE_CONNECTED);
    CHECK_RESULT(fastnet_client_wake(client), FASTNET_OK);
    pthread_join(waiter, NULL);
    CHECK(waited == FASTNET_OK || waited == FASTNET_ERROR_CANCELLED); /* The echo may come before the wake. */
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}
