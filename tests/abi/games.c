/* What a running game does with its handles for long: it stalls, waits for ever, polls from threads that end. */
#include "living.h"

#include <stdatomic.h>
#include <time.h>

enum { STALLED_MESSAGES = 3000, THREADS_BEFORE = 1000, THREADS = 4000, LEAK_PAGES = 256, QUIET_MS = 400 };
enum { GUESTS = 300, ECHOES = 20 };

/* A game that loads a level for `number` ms, which is longer than the idle timeout: nobody calls the library. */
static void a_stalled_game_stays_connected(void) {
    load();
    FastNetServerConfig for_server = server_config();
    FastNetClientConfig for_client = client_config(1);
    for_server.idle_timeout_ms = for_client.idle_timeout_ms = 2000;
    for_server.keepalive_ms = for_client.keepalive_ms = 500;
    for_client.ring_bytes = 4096;
    begin_with(&for_server, &for_client);
    uint32_t sent = 0, got = 0;
    while (sent < STALLED_MESSAGES && lib.fastnet_server_broadcast(server, 0, FASTNET_CHANNEL_RELIABLE_ORDERED,
                                                                   (uint8_t *)&sent, sizeof sent) == FASTNET_OK)
        sent++;
    CHECK(sent == STALLED_MESSAGES); /* 105 kB wait for a game whose ring holds 4. */
    usleep(number * 1000);
    CHECK(lib.fastnet_client_state(client) == FASTNET_STATE_CONNECTED && lib.fastnet_server_peer_count(server) == 1);
    for (; got < sent; got++) {
        FastNetEvent event = next_event();
        CHECK(event.type == FASTNET_EVENT_DATA && !memcmp(event.data, &got, sizeof got));
    }
    CHECK(lib.fastnet_server_broadcast(server, 0, 0, (const uint8_t *)"bye", 3) == FASTNET_OK);
    lib.fastnet_server_destroy(server);
    CHECK(next_event().data_len == 3 && next_event().type == FASTNET_EVENT_DISCONNECTED);
    lib.fastnet_client_disconnect(client);
}

static FastNetResult waited;

/* Busy: the main thread looks whether we are inside. */
static void *wait_for_ever(void *unused) {
    (void)unused;
    do
        waited = lib.fastnet_client_wait(client, FASTNET_OFF);
    while (waited == FASTNET_ERROR_BUSY);
    return NULL;
}

static pthread_t begin_wait(void) {
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, wait_for_ever, NULL) == 0);
    while (lib.fastnet_client_wait(client, 0) != FASTNET_ERROR_BUSY)
        usleep(1000);
    return thread;
}

/* A wait for ever ends at once by wake, by an event, and by the end of the handle. */
static void waits_end(FastNetIoMode mode, FastNetIdlePolicy policy) {
    FastNetServerConfig for_server = server_config();
    FastNetClientConfig for_client = client_config(1);
    FastNetEvent event;
    for_client.io_mode = mode;
    for_client.idle_policy = policy;
    for_client.spin_ns = FASTNET_OFF;
    begin_with(&for_server, &for_client);
    while (lib.fastnet_client_poll(client, &event)) {
    }
    pthread_t thread = begin_wait();
    CHECK(lib.fastnet_client_wake(client) == FASTNET_OK);
    pthread_join(thread, NULL);
    CHECK(waited == FASTNET_ERROR_CANCELLED);
    thread = begin_wait();
    CHECK(lib.fastnet_server_broadcast(server, 0, 0, (const uint8_t *)"hi", 2) == FASTNET_OK);
    pthread_join(thread, NULL);
    CHECK(waited == FASTNET_OK && next_event().data_len == 2);
    while (lib.fastnet_client_poll(client, &event)) {
    }
    thread = begin_wait();
    lib.fastnet_client_disconnect(client);
    pthread_join(thread, NULL);
    CHECK(waited == FASTNET_ERROR_CLOSED);
    lib.fastnet_server_destroy(server);
}

static void waits_end_in_every_mode(void) {
    load();
    waits_end(FASTNET_IO_THREADED, FASTNET_IDLE_SLEEP);
    waits_end(FASTNET_IO_PUMPED, FASTNET_IDLE_SLEEP);
    waits_end(FASTNET_IO_PUMPED, FASTNET_IDLE_SPIN);
    lib.fastnet_shutdown();
}

static uint32_t cpu_ms(void) {
    return (uint32_t)(clock() / (CLOCKS_PER_SEC / 1000));
}

/* How much of a wait in vain of QUIET_MS the process was awake. */
static uint32_t awake_ms(FastNetIdlePolicy policy, uint32_t spin_ns) {
    FastNetServerConfig for_server = server_config();
    FastNetClientConfig for_client = client_config(1);
    for_client.io_mode = FASTNET_IO_PUMPED;
    for_client.idle_policy = policy;
    for_client.spin_ns = spin_ns;
    begin_with(&for_server, &for_client);
    ping(1);
    uint32_t before = cpu_ms();
    CHECK(lib.fastnet_client_wait(client, QUIET_MS) == FASTNET_ERROR_TIMEOUT);
    uint32_t awake = cpu_ms() - before;
    end();
    return awake;
}

static void a_pumped_wait_is_awake_as_long_as_its_idle_policy_says(void) {
    load();
    CHECK(awake_ms(FASTNET_IDLE_SLEEP, FASTNET_OFF) < QUIET_MS / 20);
    uint32_t at_first = awake_ms(FASTNET_IDLE_SPIN, QUIET_MS * 1000000u / 4);
    CHECK(at_first > QUIET_MS / 20 && at_first < QUIET_MS / 2); /* An acknowledgement after 25 ms is activity. */
    CHECK(awake_ms(FASTNET_IDLE_SPIN, FASTNET_OFF) > QUIET_MS / 2);
    lib.fastnet_shutdown();
}

static void *ping_once(void *value) {
    ping(*(uint32_t *)value);
    return NULL;
}

static void ping_on_threads(uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        pthread_t thread;
        CHECK(pthread_create(&thread, NULL, ping_once, &i) == 0);
        CHECK(pthread_join(thread, NULL) == 0);
    }
}

static unsigned long resident_pages(void) {
    unsigned long all = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    CHECK(file && fscanf(file, "%lu %lu", &all, &resident) == 2);
    (void)fclose(file);
    return resident;
}

typedef struct pair {
    FastNetServer server;
    FastNetClient client;
} pair;

static pair pumped_pair(void) {
    FastNetServerConfig for_server = server_config();
    FastNetClientConfig for_client = client_config(1);
    for_server.io_mode = for_client.io_mode = FASTNET_IO_PUMPED;
    open_both(&for_server, &for_client);
    FastNetEvent event;
    for (int met = 0; met < 2;)
        met += (int)lib.fastnet_client_poll(client, &event) + (int)lib.fastnet_server_poll(server, &event);
    return (pair){server, client};
}

/* What a thread has of the interpreter's lasts as long as the thread, and no longer: under 300 bytes of each stay. */
static void pumped_handles_are_polled_by_threads_that_end(void) {
    load();
    CHECK(lib.fastnet_init(20000) == FASTNET_OK); /* So another thread has booted. */
    pumped_pair();
    ping_on_threads(THREADS_BEFORE);
    unsigned long before = resident_pages();
    ping_on_threads(THREADS);
    CHECK(resident_pages() < before + LEAK_PAGES);
    pings(5);
    end();
    lib.fastnet_shutdown();
}

/* By polls alone, which never sleep in the core. */
static void echo(pair ends) {
    FastNetEvent event;
    CHECK(lib.fastnet_client_send(ends.client, 0, (const uint8_t *)"echo", 4) == FASTNET_OK);
    for (bool back = false; !back;) {
        if (lib.fastnet_server_poll(ends.server, &event))
            CHECK(lib.fastnet_server_send(ends.server, event.peer_id, 0, event.data, event.data_len) == FASTNET_OK);
        back = lib.fastnet_client_poll(ends.client, &event);
    }
    CHECK(event.type == FASTNET_EVENT_DATA && event.data_len == 4);
}

static void *echo_as_a_guest(void *ends) {
    for (int i = 0; i < ECHOES; i++)
        echo(*(pair *)ends);
    return NULL;
}

static atomic_bool guests_left;

static void *let_guests_in(void *ends) {
    for (int i = 0; i < GUESTS; i++) {
        pthread_t guest;
        CHECK(pthread_create(&guest, NULL, echo_as_a_guest, ends) == 0);
        CHECK(pthread_join(guest, NULL) == 0);
    }
    atomic_store(&guests_left, true);
    return NULL;
}

/* The thread that booted keeps the interpreter's lock between its turns while it is alone. It rests now, or ends, or
 * goes on beside them: other threads and the network thread come in all the same. */
static void whoever_rests_between_turns_keeps_nobody_out(void) {
    load();
    pair first = pumped_pair(), second = pumped_pair();
    echo(first);
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, echo_as_a_guest, &first) == 0 && pthread_join(thread, NULL) == 0);
    CHECK(pthread_create(&thread, NULL, let_guests_in, &second) == 0);
    while (!atomic_load(&guests_left))
        echo(first);
    CHECK(pthread_join(thread, NULL) == 0);
    echo(first);
    CHECK(lib.fastnet_init(20000) == FASTNET_OK);
    begin(); /* With a network thread. */
    pings(5);
    end();
    echo(second);
    lib.fastnet_shutdown();
}

static const test tests[] = {
    NAMED(a_stalled_game_stays_connected),
    NAMED(waits_end_in_every_mode),
    NAMED(a_pumped_wait_is_awake_as_long_as_its_idle_policy_says),
    NAMED(pumped_handles_are_polled_by_threads_that_end),
    NAMED(whoever_rests_between_turns_keeps_nobody_out),
};

int main(int count, char **arguments) {
    return run_named(tests, sizeof tests / sizeof *tests, count, arguments);
}
