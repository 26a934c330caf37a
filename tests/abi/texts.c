/* Errors, names and the log. */
#include "check.h"

enum { CHATTER_LINES = 5000 };

static void *fail_elsewhere(void *unused) {
    (void)unused;
    CHECK(fastnet_last_result() == FASTNET_OK && fastnet_last_error()[0] == 0);
    CHECK_FAILS(fastnet_client_wake((FastNetClient)(uintptr_t)4), FASTNET_ERROR_INVALID_HANDLE);
    return NULL;
}

TEST(each_thread_has_its_own_last_error) {
    pthread_t other;
    CHECK(fastnet_last_result() == FASTNET_OK && fastnet_last_error()[0] == 0);
    CHECK_FAILS(fastnet_client_wake(NULL), FASTNET_ERROR_INVALID_ARGUMENT);
    char mine[512];
    (void)snprintf(mine, sizeof mine, "%s", fastnet_last_error());
    CHECK(pthread_create(&other, NULL, fail_elsewhere, NULL) == 0);
    pthread_join(other, NULL);
    CHECK(fastnet_last_result() == FASTNET_ERROR_INVALID_ARGUMENT && strcmp(fastnet_last_error(), mine) == 0);
}

TEST(success_leaves_the_last_error) {
    CHECK_FAILS(fastnet_client_wake(NULL), FASTNET_ERROR_INVALID_ARGUMENT);
    FastNetClientConfig config = client_config("x", 1);
    CHECK(config.port == 1 && fastnet_last_result() == FASTNET_ERROR_INVALID_ARGUMENT);
}

TEST(a_copy_is_cut_between_characters_and_ends_with_a_nul) {
    char buffer[8];
    CHECK_FAILS(fastnet_client_wake(NULL), FASTNET_ERROR_INVALID_ARGUMENT);
    uint32_t needed = fastnet_last_error_copy(NULL, 0);
    CHECK(needed == strlen(fastnet_last_error()) + 1);
    memset(buffer, 'x', sizeof buffer);
    CHECK(fastnet_last_error_copy(buffer, 5) == needed && strlen(buffer) == 4 && buffer[5] == 'x');
    CHECK(fastnet_last_error_copy(buffer, 1) == needed && buffer[0] == 0);
}

TEST(every_code_has_a_name) {
    for (FastNetResult result = 0; result >= FASTNET_ERROR_NO_CHANNEL; result--)
        CHECK(strncmp(fastnet_result_name(result), result ? "FASTNET_ERROR_" : "FASTNET_OK", 10) == 0 &&
              strcmp(fastnet_result_name(result), "FASTNET_ERROR_UNKNOWN") != 0);
    CHECK(strcmp(fastnet_result_name(12345), "FASTNET_ERROR_UNKNOWN") == 0);
    CHECK(strcmp(fastnet_reason_name(FASTNET_REASON_KICKED), "KICKED") == 0);
    CHECK(strcmp(fastnet_reason_name(1000), "APPLICATION") == 0 &&
          strcmp(fastnet_reason_name(2999), "APPLICATION") == 0);
    CHECK(strcmp(fastnet_reason_name(3000), "UNKNOWN") == 0 && strcmp(fastnet_reason_name(19), "UNKNOWN") == 0);
    CHECK(fastnet_version() ==
          ((uint32_t)FASTNET_VERSION_MAJOR << 16 | (uint32_t)FASTNET_VERSION_MINOR << 8 | FASTNET_VERSION_PATCH));
    CHECK(strcmp(fastnet_version_string(), FASTNET_VERSION_STRING) == 0);
}

static uint32_t lines;
static char last_line[256];
static pthread_t logged_on;

static void FASTNET_CALL note(FastNetLogLevel level, const char *message, void *user_data) {
    CHECK(user_data == &lines);
    lines++;
    (void)level;
    logged_on = pthread_self();
    (void)snprintf(last_line, sizeof last_line, "%s", message);
}

TEST(the_log_comes_on_a_thread_inside_a_call) {
    CHECK_RESULT(fastnet_log_set(FASTNET_LOG_INFO, note, &lines), FASTNET_OK);
    FastNetClient client = connect_to("echo.test", 1); /* This core logs that the level changed. */
    FastNetEvent event;
    while (lines == 0)
        (void)fastnet_client_poll(client, &event);
    CHECK(pthread_equal(logged_on, pthread_self()) && strcmp(last_line, "the log level changed") == 0);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}

static void FASTNET_CALL misuse(FastNetLogLevel level, const char *message, void *user_data) {
    (void)level;
    (void)message;
    FastNetClient client = *(FastNetClient *)user_data;
    FastNetEvent event;
    lines++;
    CHECK_FAILS(fastnet_client_send(client, 0, NULL, 0), FASTNET_ERROR_BUSY);
    CHECK_NONE(fastnet_client_poll(client, &event), FASTNET_ERROR_BUSY);
    CHECK_FAILS(fastnet_init(0), FASTNET_ERROR_BUSY);
    CHECK_FAILS(fastnet_log_set(0, NULL, NULL), FASTNET_ERROR_BUSY);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
    CHECK_NONE(fastnet_client_connect("echo.test", 1), FASTNET_ERROR_BUSY);
    CHECK(fastnet_time_us() > 0 && strcmp(fastnet_result_name(0), "FASTNET_OK") == 0);
}

TEST(calls_from_the_callback_are_busy_and_its_caller_keeps_its_error) {
    FastNetClient client = connect_to("echo.test", 1);
    FastNetEvent event;
    CHECK_RESULT(fastnet_log_set(FASTNET_LOG_INFO, misuse, &client), FASTNET_OK);
    while (lines == 0)
        CHECK_FAILS(fastnet_client_wait(client, 1), FASTNET_ERROR_TIMEOUT);
    CHECK(!fastnet_client_poll(client, &event) && fastnet_client_state(client) == FASTNET_STATE_CONNECTED);
    CHECK_RESULT(fastnet_log_set(FASTNET_LOG_OFF, NULL, NULL), FASTNET_OK);
    fastnet_shutdown();
}

static atomic_uint inside;
static atomic_bool unloaded;

static void FASTNET_CALL slow(FastNetLogLevel level, const char *message, void *user_data) {
    (void)level;
    (void)message;
    (void)user_data;
    atomic_fetch_add(&inside, 1);
    sleep_ms(20);
    CHECK(!atomic_load(&unloaded));
}

static void *poll_until_unloaded(void *client) {
    FastNetEvent event;
    while (!atomic_load(&unloaded))
        (void)fastnet_client_poll(client, &event);
    return NULL;
}

TEST(log_set_returns_after_the_callback_for_good) {
    FastNetClient client = connect_to("echo.test", 1);
    pthread_t poller;
    CHECK_RESULT(fastnet_log_set(FASTNET_LOG_INFO, slow, NULL), FASTNET_OK);
    CHECK(pthread_create(&poller, NULL, poll_until_unloaded, client) == 0);
    while (atomic_load(&inside) == 0)
        sleep_ms(1);
    CHECK_RESULT(fastnet_log_set(FASTNET_LOG_OFF, NULL, NULL), FASTNET_OK);
    atomic_store(&unloaded, true);
    pthread_join(poller, NULL);
    fastnet_shutdown();
}

static uint32_t dropped;

static void FASTNET_CALL count(FastNetLogLevel level, const char *message, void *user_data) {
    (void)user_data;
    uint32_t number;
    if (sscanf(message, "line %u of chatter", &number) == 1)
        CHECK(number == lines++); /* What is kept is the beginning, in order. */
    if (level == FASTNET_LOG_WARN)
        CHECK(sscanf(message, "%u lines of the log were dropped", &dropped) == 1);
}

TEST(a_full_log_drops_lines_and_the_next_one_says_how_many) {
    FastNetClient client = connect_to("echo.test", 1);
    CHECK_RESULT(fastnet_log_set(FASTNET_LOG_INFO, count, NULL), FASTNET_OK);
    CHECK_RESULT(fastnet_client_send(client, 0, (const uint8_t *)"log", 3), FASTNET_OK);
    CHECK(next_event(client).data_len == 3);
    CHECK(lines > 1000 && lines < CHATTER_LINES && dropped == 0);
    CHECK_RESULT(fastnet_log_set(FASTNET_LOG_DEBUG, count, NULL), FASTNET_OK); /* Of which this core logs a line. */
    FastNetEvent event;
    while (dropped == 0)
        (void)fastnet_client_poll(client, &event);
    CHECK(lines + dropped == CHATTER_LINES || lines + dropped == CHATTER_LINES + 1);
    fastnet_client_disconnect(client);
    fastnet_shutdown();
}
