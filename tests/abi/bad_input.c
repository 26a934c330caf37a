/* Bad input gets a result and a sentence, never a crash, a hang or a false OK. In the order of the table in ABI.md. */
#include "check.h"

#define STRAY(type) ((type)(uintptr_t)0x123456781)

static FastNetClient client;
static FastNetServer server;

static void begin(void) {
    FastNetServerConfig config = server_config();
    server = open_server(&config);
    client = connect_to("127.0.0.1", fastnet_server_tcp_port(server));
}

static void end(void) {
    fastnet_client_disconnect(client);
    fastnet_server_destroy(server);
    fastnet_shutdown();
}

/* Every function of a client, with a handle that is none, gives `expected` in its way. */
static void every_client_function_refuses(FastNetClient bad, FastNetResult expected) {
    FastNetEvent event;
    FastNetStats stats = {.struct_size = sizeof stats};
    CHECK_FAILS(fastnet_client_close(bad, 0, NULL), expected);
    CHECK_NONE(fastnet_client_poll(bad, &event), expected);
    CHECK_FAILS(fastnet_client_wait(bad, FASTNET_OFF), expected);
    CHECK_FAILS(fastnet_client_wake(bad), expected);
    CHECK_FAILS(fastnet_client_send(bad, 0, (const uint8_t *)"x", 1), expected);
    CHECK_FAILS(fastnet_client_flush(bad), expected);
    CHECK_NONE(fastnet_client_state(bad), expected);
    CHECK_NONE(fastnet_client_peer_id(bad), expected);
    CHECK_NONE(fastnet_client_rtt_us(bad), expected);
    CHECK_NONE(fastnet_client_max_message(bad, 0), expected);
    CHECK_FAILS(fastnet_client_stats(bad, &stats), expected);
}

static void every_server_function_refuses(FastNetServer bad, FastNetResult expected) {
    FastNetEvent event;
    FastNetStats stats = {.struct_size = sizeof stats};
    FastNetPeerId peers[2];
    char address[64];
    CHECK_NONE(fastnet_server_poll(bad, &event), expected);
    CHECK_FAILS(fastnet_server_wait(bad, FASTNET_OFF), expected);
    CHECK_FAILS(fastnet_server_wake(bad), expected);
    CHECK_FAILS(fastnet_server_flush(bad), expected);
    CHECK_FAILS(fastnet_server_send(bad, 2, 0, NULL, 0), expected);
    CHECK_FAILS(fastnet_server_broadcast(bad, 0, 0, NULL, 0), expected);
    CHECK_FAILS(fastnet_server_disconnect_peer(bad, 2, 0, NULL), expected);
    CHECK_NONE(fastnet_server_peer_count(bad), expected);
    CHECK_NONE(fastnet_server_peers(bad, peers, 2), expected);
    CHECK_NONE(fastnet_server_peer_state(bad, 2), expected);
    CHECK_NONE(fastnet_server_peer_address(bad, 2, address, sizeof address), expected);
    CHECK_NONE(fastnet_server_peer_rtt_us(bad, 2), expected);
    CHECK_FAILS(fastnet_server_peer_stats(bad, 2, &stats), expected);
    CHECK_FAILS(fastnet_server_peer_set_user_data(bad, 2, NULL), expected);
    CHECK_NONE(fastnet_server_peer_user_data(bad, 2), expected);
    CHECK_NONE(fastnet_server_max_message(bad, 2, 0), expected);
    CHECK_FAILS(fastnet_server_stats(bad, &stats), expected);
    CHECK_NONE(fastnet_server_udp_port(bad), expected);
    CHECK_NONE(fastnet_server_tcp_port(bad), expected);
}

TEST(a_null_handle_is_an_invalid_argument_and_destroyers_do_nothing) {
    every_client_function_refuses(NULL, FASTNET_ERROR_INVALID_ARGUMENT);
    every_server_function_refuses(NULL, FASTNET_ERROR_INVALID_ARGUMENT);
    fastnet_client_disconnect(NULL);
    fastnet_server_destroy(NULL);
}

TEST(a_stray_handle_is_an_invalid_handle) {
    begin();
    every_client_function_refuses(STRAY(FastNetClient), FASTNET_ERROR_INVALID_HANDLE);
    every_server_function_refuses(STRAY(FastNetServer), FASTNET_ERROR_INVALID_HANDLE);
    fastnet_client_disconnect(STRAY(FastNetClient));
    fastnet_server_destroy(STRAY(FastNetServer));
    end();
}

TEST(a_handle_of_the_other_kind_is_an_invalid_handle) {
    begin();
    every_client_function_refuses((FastNetClient)(void *)server, FASTNET_ERROR_INVALID_HANDLE);
    every_server_function_refuses((FastNetServer)(void *)client, FASTNET_ERROR_INVALID_HANDLE);
    fastnet_client_disconnect((FastNetClient)(void *)server);
    fastnet_server_destroy((FastNetServer)(void *)client);
    CHECK(fastnet_client_state(client) == FASTNET_STATE_CONNECTED && fastnet_server_peer_count(server) == 1);
    end();
}

TEST(an_ended_handle_is_an_invalid_handle) {
    begin();
    fastnet_client_disconnect(client);
    fastnet_server_destroy(server);
    every_client_function_refuses(client, FASTNET_ERROR_INVALID_HANDLE);
    every_server_function_refuses(server, FASTNET_ERROR_INVALID_HANDLE);
    end();
}

TEST(after_shutdown_every_handle_has_ended) {
    begin();
    fastnet_shutdown();
    every_client_function_refuses(client, FASTNET_ERROR_INVALID_HANDLE);
    every_server_function_refuses(server, FASTNET_ERROR_INVALID_HANDLE);
    end();
}

TEST(null_out_pointers_are_refused_and_nothing_is_consumed) {
    begin();
    CHECK_RESULT(fastnet_client_send(client, 0, (const uint8_t *)"kept", 4), FASTNET_OK);
    FastNetPeerId peer = next_server_event(server).peer_id;
    CHECK_RESULT(fastnet_server_wait(server, PATIENCE_MS), FASTNET_OK);
    CHECK_NONE(fastnet_server_poll(server, NULL), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK(strcmp((const char *)next_server_event(server).data, "kept") == 0);
    CHECK_NONE(fastnet_client_poll(client, NULL), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_FAILS(fastnet_client_stats(client, NULL), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_FAILS(fastnet_server_stats(server, NULL), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_FAILS(fastnet_server_peer_stats(server, peer, NULL), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_NONE(fastnet_server_peers(server, NULL, 1), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_NONE(fastnet_server_peer_address(server, peer, NULL, 1), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_NONE(fastnet_last_error_copy(NULL, 1), FASTNET_ERROR_INVALID_ARGUMENT);
    end();
}

TEST(null_data_with_a_length_is_refused_and_without_it_is_an_empty_message) {
    begin();
    FastNetPeerId peer = next_server_event(server).peer_id;
    CHECK_FAILS(fastnet_client_send(client, 0, NULL, 1), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_FAILS(fastnet_server_send(server, peer, 0, NULL, 1), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_FAILS(fastnet_server_broadcast(server, 0, 0, NULL, 1), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_RESULT(fastnet_client_send(client, 0, NULL, 0), FASTNET_OK);
    FastNetEvent event = next_server_event(server);
    CHECK(event.type == FASTNET_EVENT_DATA && event.data_len == 0 && event.data != NULL);
    end();
}

TEST(configurations_that_are_missing_or_of_a_wrong_size_are_refused) {
    FastNetClientConfig good = client_config("echo.test", 1), config = good;
    FastNetServerConfig server_good = server_config();
    CHECK_FAILS(fastnet_client_config_init(NULL, sizeof config), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_FAILS(fastnet_client_config_init(&config, 8), FASTNET_ERROR_STRUCT_SIZE);
    CHECK_FAILS(fastnet_client_config_init(&config, UINT32_MAX), FASTNET_ERROR_STRUCT_SIZE);
    CHECK_FAILS(fastnet_server_config_init(NULL, sizeof server_good), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_FAILS(fastnet_server_config_init(&server_good, 0), FASTNET_ERROR_STRUCT_SIZE);
    client = STRAY(FastNetClient);
    CHECK_FAILS(fastnet_client_open(NULL, &client), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK(client == NULL);
    CHECK_FAILS(fastnet_client_open(&good, NULL), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_FAILS(fastnet_server_open(NULL, &server), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_FAILS(fastnet_server_open(&server_good, NULL), FASTNET_ERROR_INVALID_ARGUMENT);
    config = good;
    config.struct_size = 0;
    CHECK_FAILS(fastnet_client_open(&config, &client), FASTNET_ERROR_STRUCT_SIZE);
    config.struct_size = sizeof config - 8;
    CHECK_FAILS(fastnet_client_open(&config, &client), FASTNET_ERROR_STRUCT_SIZE);
    config.struct_size = UINT32_MAX;
    CHECK_FAILS(fastnet_client_open(&config, &client), FASTNET_ERROR_STRUCT_SIZE);
}

TEST(a_larger_configuration_is_accepted_if_what_we_do_not_know_is_zero) {
    struct {
        FastNetClientConfig config;
        uint8_t future[32];
    } larger;
    CHECK_RESULT(fastnet_client_config_init(&larger.config, sizeof larger), FASTNET_OK);
    larger.config.host = "echo.test";
    larger.config.port = 1;
    client = open_client(&larger.config);
    larger.future[31] = 1;
    FastNetClient none;
    CHECK_FAILS(fastnet_client_open(&larger.config, &none), FASTNET_ERROR_STRUCT_SIZE);
    fastnet_shutdown();
}

#define REFUSED(field, value, expected)                                                                                \
    do {                                                                                                               \
        FastNetClientConfig config = client_config("echo.test", 1);                                                    \
        config.field = (value);                                                                                        \
        CHECK_FAILS(fastnet_client_open(&config, &client), expected);                                                  \
        CHECK(client == NULL);                                                                                         \
    } while (0)

TEST(values_out_of_range_are_refused) {
    static char long_host[255];
    memset(long_host, 'a', 254);
    REFUSED(port, 0, FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(host, NULL, FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(host, "", FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(host, long_host, FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(host, "\xff\xfe", FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(server_name, "", FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(tick_us, 1000001, FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(open_timeout_ms, 1, FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(idle_timeout_ms, 10, FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(keepalive_ms, 60001, FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(keepalive_ms, 5000, FASTNET_ERROR_INVALID_ARGUMENT); /* More than a third of the idle timeout. */
    REFUSED(linger_ms, 30001, FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(max_reliable_message, (16u << 20) + 1, FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(max_unreliable_message, 65537, FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(send_queue_bytes, 1 << 20, FASTNET_ERROR_INVALID_ARGUMENT); /* Less than one message of the default size. */
    REFUSED(ring_bytes, 100, FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(pin_count, 1, FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(pins, (const uint8_t *)"p", FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(token_len, 5, FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(ca_pem_len, 5, FASTNET_ERROR_INVALID_ARGUMENT);
    REFUSED(flags, 1u << 31, FASTNET_ERROR_UNSUPPORTED);
    REFUSED(io_mode, 2, FASTNET_ERROR_UNSUPPORTED);
    REFUSED(idle_policy, 3, FASTNET_ERROR_UNSUPPORTED);
}

TEST(more_than_one_way_to_trust_is_refused) {
    FastNetClientConfig config = client_config("echo.test", 1);
    config.ca_path = "/some/ca.pem";
    config.flags = FASTNET_CLIENT_DANGER_ACCEPT_ANY_CERTIFICATE;
    CHECK_FAILS(fastnet_client_open(&config, &client), FASTNET_ERROR_INVALID_ARGUMENT);
    config.flags = 0;
    config.ca_pem = (const uint8_t *)"pem";
    config.ca_pem_len = 3;
    CHECK_FAILS(fastnet_client_open(&config, &client), FASTNET_ERROR_INVALID_ARGUMENT);
}

TEST(a_certificate_without_its_key_is_refused) {
    FastNetServerConfig config = server_config();
    config.cert_path = "/some/cert.pem";
    CHECK_FAILS(fastnet_server_open(&config, &server), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_NONE(fastnet_server_create(0, 0, NULL, "/some/key.pem"), FASTNET_ERROR_INVALID_ARGUMENT);
    config.key_path = "/some/key.pem";
    config.cert_pem = config.key_pem = (const uint8_t *)"pem";
    config.cert_pem_len = config.key_pem_len = 3;
    CHECK_FAILS(fastnet_server_open(&config, &server), FASTNET_ERROR_INVALID_ARGUMENT);
}

TEST(a_certificate_from_memory_may_have_its_key_in_a_file) {
    FastNetServerConfig config = server_config();
    config.cert_pem = (const uint8_t *)"pem";
    config.cert_pem_len = 3;
    CHECK_FAILS(fastnet_server_open(&config, &server), FASTNET_ERROR_INVALID_ARGUMENT);
    config.key_path = "/some/key.pem";
    fastnet_server_destroy(open_server(&config));
    fastnet_shutdown();
}

TEST(connect_checks_its_arguments) {
    CHECK_NONE(fastnet_client_connect(NULL, 1), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_NONE(fastnet_client_connect("", 1), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_NONE(fastnet_client_connect("host", 0), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_NONE(fastnet_client_connect("\xc0\xaf", 1), FASTNET_ERROR_INVALID_ARGUMENT);
}

TEST(unknown_channels_levels_and_codes_are_refused) {
    begin();
    FastNetPeerId peer = next_server_event(server).peer_id;
    CHECK_FAILS(fastnet_client_send(client, 4, NULL, 0), FASTNET_ERROR_NO_CHANNEL);
    CHECK_FAILS(fastnet_client_send(client, 255, NULL, 0), FASTNET_ERROR_NO_CHANNEL);
    CHECK_FAILS(fastnet_server_send(server, peer, 4, NULL, 0), FASTNET_ERROR_NO_CHANNEL);
    CHECK_FAILS(fastnet_server_broadcast(server, 0, 4, NULL, 0), FASTNET_ERROR_NO_CHANNEL);
    CHECK_NONE(fastnet_client_max_message(client, 4), FASTNET_ERROR_NO_CHANNEL);
    CHECK_NONE(fastnet_server_max_message(server, 0, 4), FASTNET_ERROR_NO_CHANNEL);
    CHECK_FAILS(fastnet_log_set(6, NULL, NULL), FASTNET_ERROR_UNSUPPORTED);
    CHECK_FAILS(fastnet_client_close(client, 17, NULL), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_FAILS(fastnet_client_close(client, 3000, NULL), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_FAILS(fastnet_server_disconnect_peer(server, peer, 999, NULL), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK(fastnet_client_state(client) == FASTNET_STATE_CONNECTED);
    end();
}

TEST(texts_that_are_too_long_or_not_utf8_are_refused) {
    static char text[258];
    begin();
    FastNetPeerId peer = next_server_event(server).peer_id;
    memset(text, 'x', 257);
    CHECK_FAILS(fastnet_client_close(client, 0, text), FASTNET_ERROR_TOO_LARGE);
    CHECK_FAILS(fastnet_server_disconnect_peer(server, peer, 0, text), FASTNET_ERROR_TOO_LARGE);
    CHECK_FAILS(fastnet_client_close(client, 0, "\xed\xa0\x80"), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_FAILS(fastnet_server_disconnect_peer(server, peer, 0, "\xf8"), FASTNET_ERROR_INVALID_ARGUMENT);
    text[256] = 0;
    CHECK_RESULT(fastnet_client_close(client, 0, text), FASTNET_OK);
    CHECK(strcmp((const char *)next_server_event(server).data, text) == 0);
    end();
}

TEST(messages_that_are_too_large_are_refused) {
    static uint8_t message[(1 << 20) + 1];
    begin();
    FastNetPeerId peer = next_server_event(server).peer_id;
    CHECK_FAILS(fastnet_client_send(client, 0, message, sizeof message), FASTNET_ERROR_TOO_LARGE);
    CHECK_FAILS(fastnet_client_send(client, 1, message, (16 << 10) + 1), FASTNET_ERROR_TOO_LARGE);
    CHECK_FAILS(fastnet_server_send(server, peer, 0, message, sizeof message), FASTNET_ERROR_TOO_LARGE);
    CHECK_FAILS(fastnet_server_broadcast(server, 0, 3, message, (16 << 10) + 1), FASTNET_ERROR_TOO_LARGE);
    CHECK_FAILS(fastnet_client_send(client, 0, message, UINT32_MAX), FASTNET_ERROR_TOO_LARGE);
    end();
}

TEST(peers_that_are_none_are_unknown) {
    begin();
    FastNetPeerId peer = next_server_event(server).peer_id;
    FastNetPeerId strangers[] = {0, 1, peer + 1, peer + (1u << 17), UINT32_MAX};
    FastNetStats stats = {.struct_size = sizeof stats};
    char address[64];
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        FastNetPeerId stranger = strangers[i];
        CHECK_FAILS(fastnet_server_send(server, stranger, 0, NULL, 0), FASTNET_ERROR_UNKNOWN_PEER);
        CHECK_FAILS(fastnet_server_disconnect_peer(server, stranger, 0, NULL), FASTNET_ERROR_UNKNOWN_PEER);
        CHECK_NONE(fastnet_server_peer_state(server, stranger), FASTNET_ERROR_UNKNOWN_PEER);
        CHECK_NONE(fastnet_server_peer_address(server, stranger, address, 64), FASTNET_ERROR_UNKNOWN_PEER);
        CHECK_NONE(fastnet_server_peer_rtt_us(server, stranger), FASTNET_ERROR_UNKNOWN_PEER);
        CHECK_FAILS(fastnet_server_peer_stats(server, stranger, &stats), FASTNET_ERROR_UNKNOWN_PEER);
        CHECK_FAILS(fastnet_server_peer_set_user_data(server, stranger, NULL), FASTNET_ERROR_UNKNOWN_PEER);
        CHECK_NONE(fastnet_server_peer_user_data(server, stranger), FASTNET_ERROR_UNKNOWN_PEER);
        if (stranger != 0)
            CHECK_NONE(fastnet_server_max_message(server, stranger, 0), FASTNET_ERROR_UNKNOWN_PEER);
    }
    CHECK(fastnet_server_max_message(server, 0, 0) == 1 << 20 &&
          fastnet_server_max_message(server, peer, 1) == 16 << 10);
    end();
}

TEST(a_runtime_folder_after_the_start_is_busy_and_a_bad_path_invalid) {
    CHECK_FAILS(fastnet_runtime_folder_set(NULL), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_FAILS(fastnet_runtime_folder_set(""), FASTNET_ERROR_INVALID_ARGUMENT);
    CHECK_FAILS(fastnet_runtime_folder_set("\xff"), FASTNET_ERROR_INVALID_ARGUMENT);
    begin();
    CHECK_FAILS(fastnet_runtime_folder_set("/anywhere"), FASTNET_ERROR_BUSY);
    end();
    CHECK_FAILS(fastnet_runtime_folder_set("/anywhere"), FASTNET_ERROR_BUSY);
}

TEST(bindings_of_another_build_are_told_which_side_is_old) {
    CHECK_RESULT(fastnet_abi_check(FASTNET_ABI_REVISION, FASTNET_ABI_HASH), FASTNET_OK);
    CHECK_FAILS(fastnet_abi_check(FASTNET_ABI_REVISION + 1, 1), FASTNET_ERROR_ABI_MISMATCH);
    CHECK(strstr(fastnet_last_error(), "library is older") != NULL);
    CHECK_FAILS(fastnet_abi_check(FASTNET_ABI_REVISION, FASTNET_ABI_HASH ^ 1), FASTNET_ERROR_ABI_MISMATCH);
    CHECK_FAILS(fastnet_abi_check(0, FASTNET_ABI_HASH), FASTNET_ERROR_ABI_MISMATCH);
}
