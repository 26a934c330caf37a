/* A program of the next revision, which test_revisions.py makes up: each sized struct has one more field, `grown`.
 */
#include "check.h"

static bool is_new;

static void open_with(uint64_t grown, FastNetResult expected) {
    FastNetServerConfig config = server_config();
    FastNetServer server;
    config.grown = grown;
    CHECK_RESULT(fastnet_server_open(&config, &server), expected);
    fastnet_server_destroy(server);
    FastNetClientConfig wanted = client_config("echo.test", 1);
    FastNetClient client;
    wanted.grown = grown;
    CHECK_RESULT(fastnet_client_open(&wanted, &client), expected);
    fastnet_client_disconnect(client);
}

static void count(void) {
    FastNetClient client = connect_to("echo.test", 1);
    FastNetStats stats;
    memset(&stats, 0xA5, sizeof stats);
    stats.struct_size = sizeof stats;
    CHECK(fastnet_client_stats(client, &stats) == FASTNET_OK);
    CHECK(stats.rtt_us == 1234);
    CHECK(stats.grown == (is_new ? 0 : UINT64_C(0xA5A5A5A5A5A5A5A5)));
    fastnet_client_disconnect(client);
}

static void run(void) {
    FastNetResult known = fastnet_abi_check(FASTNET_ABI_REVISION, FASTNET_ABI_HASH);
    CHECK_RESULT(known, is_new ? FASTNET_OK : FASTNET_ERROR_ABI_MISMATCH);
    CHECK(is_new || strstr(fastnet_last_error(), "the library is older than the binding (revision 1, binding 2)"));
    open_with(0, FASTNET_OK);
    open_with(1, is_new ? FASTNET_OK : FASTNET_ERROR_STRUCT_SIZE);
    count();
    fastnet_shutdown();
}

TEST(with_its_own_library) {
    is_new = true;
    run();
}

TEST(with_an_older_library) {
    run();
}
