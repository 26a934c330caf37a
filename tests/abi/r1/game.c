/* A game of ABI revision 1: compiled with the header in frozen/, run with whatever library is newest. Nothing but that
 * header is FastNet's here, and once a release had this revision neither file changes any more.
 *
 * usage: game CERTIFICATE KEY
 * It serves itself: echoes on four channels, looks at everything that has a size, and says what failed.
 */
#include <fastnet/fastnet.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HANG_S = 60, WAIT_MS = 10000, CHANNELS = 4, GUARD_BYTES = 256, GUARD = 0xA5, CLOSE_CODE = 1007 };

/* What lies behind a struct in the memory of a caller who knows no later fields. */
#define GUARDED(type)                                                                                                  \
    struct {                                                                                                           \
        type given;                                                                                                    \
        uint8_t behind[GUARD_BYTES];                                                                                   \
    }
#define GUARD_UP(guarded) memset(&(guarded), GUARD, sizeof(guarded))
#define GUARD_HOLDS(guarded) CHECK(is_untouched((guarded).behind))
#define CHECK(condition) ((condition) ? (void)0 : failed(__LINE__, #condition))

static FastNetServer server;
static FastNetClient client;
static int mark, lines;

static void failed(int line, const char *condition) {
    (void)fprintf(stderr, "game.c:%d: %s\n  last error: %s: %s\n", line, condition,
                  fastnet_result_name(fastnet_last_result()), fastnet_last_error());
    exit(1);
}

static int is_untouched(const uint8_t *behind) {
    for (int i = 0; i < GUARD_BYTES; i++)
        if (behind[i] != GUARD)
            return 0;
    return 1;
}

static void FASTNET_CALL take_line(FastNetLogLevel level, const char *message, void *user_data) {
    CHECK(level >= FASTNET_LOG_ERROR && level <= FASTNET_LOG_TRACE && message[0] && user_data == &mark);
    lines++;
}

static void it_says_which_library_it_is(void) {
    unsigned major, minor, patch;
    CHECK(sscanf(fastnet_version_string(), "%u.%u.%u", &major, &minor, &patch) == 3);
    CHECK(fastnet_version() == (major << 16 | minor << 8 | patch));
    CHECK(fastnet_version() >=
          ((uint32_t)FASTNET_VERSION_MAJOR << 16 | FASTNET_VERSION_MINOR << 8 | FASTNET_VERSION_PATCH));
    CHECK(fastnet_abi_check(FASTNET_ABI_REVISION, FASTNET_ABI_HASH) == FASTNET_OK);
    CHECK(fastnet_abi_check(FASTNET_ABI_REVISION, FASTNET_ABI_HASH ^ 1) == FASTNET_ERROR_ABI_MISMATCH);
    CHECK(fastnet_last_result() == FASTNET_ERROR_ABI_MISMATCH && strstr(fastnet_last_error(), "different builds"));
    CHECK(strcmp(fastnet_result_name(FASTNET_ERROR_NO_CHANNEL), "FASTNET_ERROR_NO_CHANNEL") == 0);
    CHECK(strcmp(fastnet_reason_name(FASTNET_REASON_SERVER_FULL), "SERVER_FULL") == 0);
}

static void open_both(const char *certificate, const char *key) {
    GUARDED(FastNetServerConfig) served;
    GUARD_UP(served);
    CHECK(fastnet_server_config_init(&served.given, sizeof served.given) == FASTNET_OK);
    served.given.bind_address = "127.0.0.1";
    served.given.cert_path = certificate;
    served.given.key_path = key;
    served.given.user_data = &server;
    CHECK(fastnet_server_open(&served.given, &server) == FASTNET_OK);
    GUARD_HOLDS(served);

    GUARDED(FastNetClientConfig) wanted;
    GUARD_UP(wanted);
    CHECK(fastnet_client_config_init(&wanted.given, sizeof wanted.given) == FASTNET_OK);
    wanted.given.host = "127.0.0.1";
    wanted.given.port = fastnet_server_tcp_port(server);
    wanted.given.flags = FASTNET_CLIENT_DANGER_ACCEPT_ANY_CERTIFICATE;
    wanted.given.user_data = &client;
    wanted.given.open_timeout_ms = 1;
    CHECK(fastnet_client_open(&wanted.given, &client) == FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK(strstr(fastnet_last_error(), "open_timeout_ms"));
    wanted.given.open_timeout_ms = WAIT_MS;
    CHECK(fastnet_client_open(&wanted.given, &client) == FASTNET_OK);
    GUARD_HOLDS(wanted);
}

/* The next event of the client, or of the server; the library fills a struct of this revision and nothing behind. */
static FastNetEvent next(int of_server) {
    GUARDED(FastNetEvent) event;
    GUARD_UP(event);
    while (!(of_server ? fastnet_server_poll(server, &event.given) : fastnet_client_poll(client, &event.given)))
        CHECK((of_server ? fastnet_server_wait(server, WAIT_MS) : fastnet_client_wait(client, WAIT_MS)) == FASTNET_OK);
    GUARD_HOLDS(event);
    CHECK(event.given.timestamp_us <= fastnet_time_us());
    CHECK(event.given.user_data == (of_server ? (void *)&server : (void *)&client));
    return event.given;
}

static FastNetPeerId meet(void) {
    FastNetEvent seen = next(0);
    CHECK(seen.type == FASTNET_EVENT_CONNECTED && seen.peer_id == fastnet_client_peer_id(client));
    FastNetEvent met = next(1);
    CHECK(met.type == FASTNET_EVENT_CONNECTED && met.peer_id == seen.peer_id);
    FastNetPeerId peers[2];
    char address[64];
    CHECK(fastnet_server_peers(server, peers, 2) == 1 && peers[0] == met.peer_id);
    CHECK(fastnet_server_peer_count(server) == 1);
    CHECK(fastnet_server_peer_state(server, met.peer_id) == FASTNET_STATE_CONNECTED);
    CHECK(fastnet_server_peer_address(server, met.peer_id, address, sizeof address) > 1 && strchr(address, ':'));
    return met.peer_id;
}

static void echo(FastNetPeerId peer) {
    for (FastNetChannel channel = 0; channel < CHANNELS; channel++) {
        const uint8_t text[] = {'h', 'i', channel};
        CHECK(fastnet_client_send(client, channel, text, sizeof text) == FASTNET_OK);
        FastNetEvent heard = next(1);
        CHECK(heard.type == FASTNET_EVENT_DATA && heard.peer_id == peer && heard.channel == channel);
        CHECK(fastnet_server_send(server, peer, channel, heard.data, heard.data_len) == FASTNET_OK);
        FastNetEvent back = next(0);
        CHECK(back.type == FASTNET_EVENT_DATA && back.peer_id == 1 && back.channel == channel);
        CHECK(back.data_len == sizeof text && memcmp(back.data, text, sizeof text) == 0 && back.data[sizeof text] == 0);
        CHECK(fastnet_client_max_message(client, channel) >= sizeof text);
    }
    CHECK(fastnet_client_send(client, CHANNELS, NULL, 0) == FASTNET_ERROR_NO_CHANNEL);
}

static void count(FastNetPeerId peer) {
    GUARDED(FastNetStats) stats;
    for (int whose = 0; whose < 3; whose++) {
        GUARD_UP(stats);
        stats.given.struct_size = sizeof stats.given;
        CHECK((whose == 0   ? fastnet_client_stats(client, &stats.given)
               : whose == 1 ? fastnet_server_stats(server, &stats.given)
                            : fastnet_server_peer_stats(server, peer, &stats.given)) == FASTNET_OK);
        GUARD_HOLDS(stats);
        CHECK(stats.given.struct_size == sizeof stats.given);
        CHECK(stats.given.messages_dropped == 0); /* the last field; GUARD if nobody wrote it */
        stats.given.struct_size--;
        CHECK(fastnet_client_stats(client, &stats.given) == FASTNET_ERROR_STRUCT_SIZE);
    }
}

static void part(void) {
    CHECK(fastnet_client_close(client, CLOSE_CODE, "enough") == FASTNET_OK);
    FastNetEvent seen = next(1);
    CHECK(seen.type == FASTNET_EVENT_DISCONNECTED && seen.reason == CLOSE_CODE && seen.by_peer == 1);
    CHECK(seen.error_code == FASTNET_OK && seen.data_len == 6 && memcmp(seen.data, "enough", 6) == 0);
    CHECK(next(0).type == FASTNET_EVENT_DISCONNECTED);
    fastnet_client_disconnect(client);
    CHECK(fastnet_client_state(client) == FASTNET_STATE_CLOSED);
    CHECK(fastnet_last_result() == FASTNET_ERROR_INVALID_HANDLE);
    fastnet_server_destroy(server);
}

int main(int argc, char **argv) {
    (void)alarm(HANG_S);
    CHECK(argc == 3);
    it_says_which_library_it_is();
    CHECK(fastnet_log_set(FASTNET_LOG_TRACE, take_line, &mark) == FASTNET_OK);
    CHECK(fastnet_init(WAIT_MS) == FASTNET_OK);
    open_both(argv[1], argv[2]);
    FastNetPeerId peer = meet();
    echo(peer);
    count(peer);
    part();
    CHECK(fastnet_log_set(FASTNET_LOG_OFF, NULL, NULL) == FASTNET_OK);
    fastnet_shutdown();
    (void)printf("revision %d: %d lines of log\n", FASTNET_ABI_REVISION, lines);
    return 0;
}
