/* Printed by fastnet-codegen from codegen/api. */
/* Do not edit: change the description, or the template, and print again. */
/* To renew it: fastnet-codegen generate c_shim */

/* The exported functions: each refuses what the description forbids, enters its handle, calls the body that was written
 * by hand, and leaves. shim.h has the rules. */
#include "bodies.gen.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { SIZED_MAX = 65536 }; /* No struct grows so large; a size above it is a mistake. */

/* A text must be as long as it may, and UTF-8. */
static FastNetResult check_text(const char *name, const char *text, uint32_t bytes_min, uint32_t bytes_max,
                                FastNetResult too_long)
{
    if (bytes_min > 0 && text[0] == '\0')
        return fn_failf(FASTNET_ERROR_INVALID_ARGUMENT, "%s is empty", name);
    switch (fn_text_check(text, bytes_max)) {
    case FN_TEXT_OK:
        return FASTNET_OK;
    case FN_TEXT_TOO_LONG:
        return fn_failf(too_long, "%s is longer than %lu bytes", name, (unsigned long)bytes_max);
    case FN_TEXT_NOT_UTF8:
    default:
        return fn_failf(FASTNET_ERROR_INVALID_ARGUMENT, "%s is not UTF-8", name);
    }
}

static FastNetResult check_client_config(const FastNetClientConfig *given)
{
    if ((given->flags & ~0x7u) != 0)
        return fn_fail(FASTNET_ERROR_UNSUPPORTED, "flags has bits that this library does not know");
    if (given->io_mode > 1u)
        return fn_fail(FASTNET_ERROR_UNSUPPORTED, "io_mode: there is no such io mode; known are 0 to 1");
    if (given->idle_policy > 2u)
        return fn_fail(FASTNET_ERROR_UNSUPPORTED, "idle_policy: there is no such idle policy; known are 0 to 2");
    if (given->tick_us > 1000000u)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "tick_us must be 1 to 1000000, 0 for the default");
    if (given->open_timeout_ms != 0 && (given->open_timeout_ms < 100u || given->open_timeout_ms > 600000u))
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "open_timeout_ms must be 100 to 600000, 0 for the default");
    if (given->idle_timeout_ms != 0 && given->idle_timeout_ms != FASTNET_OFF && (given->idle_timeout_ms < 1000u || given->idle_timeout_ms > 3600000u))
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "idle_timeout_ms must be 1000 to 3600000, 0 for the default, OFF for none");
    if (given->keepalive_ms != 0 && (given->keepalive_ms < 100u || given->keepalive_ms > 60000u))
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "keepalive_ms must be 100 to 60000, 0 for the default");
    if (given->linger_ms != FASTNET_OFF && given->linger_ms > 30000u)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "linger_ms must be 1 to 30000, 0 for the default, OFF for none");
    if (given->max_reliable_message > 16777216u)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "max_reliable_message must be 1 to 16777216, 0 for the default");
    if (given->max_unreliable_message > 65536u)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "max_unreliable_message must be 1 to 65536, 0 for the default");
    if (given->ring_bytes != 0 && (given->ring_bytes < 4096u || given->ring_bytes > 1073741824u))
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "ring_bytes must be 4096 to 1073741824, 0 for the default");
    if (given->port == 0)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "port is 0: it must be given");
    if (!given->host)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "host is NULL");
    if (check_text("host", given->host, 1u, 253u, FASTNET_ERROR_INVALID_ARGUMENT) != FASTNET_OK)
        return fn_last_result();
    if (given->server_name && check_text("server_name", given->server_name, 0u, 253u, FASTNET_ERROR_INVALID_ARGUMENT) != FASTNET_OK)
        return fn_last_result();
    if (given->ca_path && check_text("ca_path", given->ca_path, 0u, 4095u, FASTNET_ERROR_INVALID_ARGUMENT) != FASTNET_OK)
        return fn_last_result();
    if (!given->ca_pem && given->ca_pem_len > 0)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "ca_pem is NULL, but ca_pem_len is not 0");
    if (given->ca_pem && given->ca_pem_len == 0)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "ca_pem is given, but ca_pem_len is 0");
    if (given->ca_pem_len > 1048576u)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "ca_pem_len is above the limit of 1048576 bytes");
    if (!given->pins && given->pin_count > 0)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "pins is NULL, but pin_count is not 0");
    if (given->pins && given->pin_count == 0)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "pins is given, but pin_count is 0");
    if (given->pin_count > 4096u)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "pin_count is above the limit of 4096 pieces");
    if (!given->token && given->token_len > 0)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "token is NULL, but token_len is not 0");
    if (given->token && given->token_len == 0)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "token is given, but token_len is 0");
    if (given->token_len > 1024u)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "token_len is above the limit of 1024 bytes");
    if ((given->ca_path != NULL) + (given->ca_pem != NULL) + (given->pins != NULL) + ((given->flags & FASTNET_CLIENT_DANGER_ACCEPT_ANY_CERTIFICATE) != 0) > 1)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "at most one of these may be given: ca_path, ca_pem, pins, danger_accept_any_certificate");
    return FASTNET_OK;
}

static FastNetResult check_server_config(const FastNetServerConfig *given)
{
    if ((given->flags & ~0x4u) != 0)
        return fn_fail(FASTNET_ERROR_UNSUPPORTED, "flags has bits that this library does not know");
    if (given->io_mode > 1u)
        return fn_fail(FASTNET_ERROR_UNSUPPORTED, "io_mode: there is no such io mode; known are 0 to 1");
    if (given->idle_policy > 2u)
        return fn_fail(FASTNET_ERROR_UNSUPPORTED, "idle_policy: there is no such idle policy; known are 0 to 2");
    if (given->tick_us > 1000000u)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "tick_us must be 1 to 1000000, 0 for the default");
    if (given->peers_max > 65535u)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "peers_max must be 1 to 65535, 0 for the default");
    if (given->handshake_timeout_ms != 0 && (given->handshake_timeout_ms < 100u || given->handshake_timeout_ms > 60000u))
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "handshake_timeout_ms must be 100 to 60000, 0 for the default");
    if (given->idle_timeout_ms != 0 && given->idle_timeout_ms != FASTNET_OFF && (given->idle_timeout_ms < 1000u || given->idle_timeout_ms > 3600000u))
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "idle_timeout_ms must be 1000 to 3600000, 0 for the default, OFF for none");
    if (given->keepalive_ms != 0 && (given->keepalive_ms < 100u || given->keepalive_ms > 60000u))
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "keepalive_ms must be 100 to 60000, 0 for the default");
    if (given->linger_ms != FASTNET_OFF && given->linger_ms > 30000u)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "linger_ms must be 1 to 30000, 0 for the default, OFF for none");
    if (given->max_reliable_message > 16777216u)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "max_reliable_message must be 1 to 16777216, 0 for the default");
    if (given->max_unreliable_message > 65536u)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "max_unreliable_message must be 1 to 65536, 0 for the default");
    if (given->ring_bytes != 0 && (given->ring_bytes < 4096u || given->ring_bytes > 1073741824u))
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "ring_bytes must be 4096 to 1073741824, 0 for the default");
    if (given->bind_address && check_text("bind_address", given->bind_address, 0u, 253u, FASTNET_ERROR_INVALID_ARGUMENT) != FASTNET_OK)
        return fn_last_result();
    if (given->cert_path && check_text("cert_path", given->cert_path, 0u, 4095u, FASTNET_ERROR_INVALID_ARGUMENT) != FASTNET_OK)
        return fn_last_result();
    if (given->key_path && check_text("key_path", given->key_path, 0u, 4095u, FASTNET_ERROR_INVALID_ARGUMENT) != FASTNET_OK)
        return fn_last_result();
    if (!given->cert_pem && given->cert_pem_len > 0)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "cert_pem is NULL, but cert_pem_len is not 0");
    if (given->cert_pem && given->cert_pem_len == 0)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "cert_pem is given, but cert_pem_len is 0");
    if (given->cert_pem_len > 1048576u)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "cert_pem_len is above the limit of 1048576 bytes");
    if (!given->key_pem && given->key_pem_len > 0)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "key_pem is NULL, but key_pem_len is not 0");
    if (given->key_pem && given->key_pem_len == 0)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "key_pem is given, but key_pem_len is 0");
    if (given->key_pem_len > 1048576u)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "key_pem_len is above the limit of 1048576 bytes");
    if ((given->cert_path != NULL) + (given->cert_pem != NULL) > 1)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "at most one of these may be given: cert_path, cert_pem");
    if ((given->key_path != NULL) + (given->key_pem != NULL) > 1)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "at most one of these may be given: key_path, key_pem");
    return FASTNET_OK;
}

static size_t text_bytes(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

/* Puts a copy at `*at`, which moves on; NULL for nothing. */
static void *place(unsigned char **at, const void *from, size_t size)
{
    if (!from)
        return NULL;
    void *const copy = memcpy(*at, from, size);
    *at += size;
    return copy;
}

FastNetClientConfig *fn_client_config_copy(const FastNetClientConfig *full)
{
    size_t size = sizeof *full;
    size += full->host ? text_bytes(full->host) : 0;
    size += full->server_name ? text_bytes(full->server_name) : 0;
    size += full->ca_path ? text_bytes(full->ca_path) : 0;
    size += full->ca_pem ? full->ca_pem_len : 0;
    size += full->pins ? (size_t)full->pin_count * 32u : 0;
    size += full->token ? full->token_len : 0;
    FastNetClientConfig *const copy = calloc(1, size);
    if (!copy)
        return NULL;
    unsigned char *at = (unsigned char *)(copy + 1);
    *copy = *full;
    copy->host = place(&at, full->host, text_bytes(full->host));
    copy->server_name = place(&at, full->server_name, text_bytes(full->server_name));
    copy->ca_path = place(&at, full->ca_path, text_bytes(full->ca_path));
    copy->ca_pem = place(&at, full->ca_pem, full->ca_pem_len);
    copy->pins = place(&at, full->pins, (size_t)full->pin_count * 32u);
    copy->token = place(&at, full->token, full->token_len);
    return copy;
}

FastNetServerConfig *fn_server_config_copy(const FastNetServerConfig *full)
{
    size_t size = sizeof *full;
    size += full->bind_address ? text_bytes(full->bind_address) : 0;
    size += full->cert_path ? text_bytes(full->cert_path) : 0;
    size += full->key_path ? text_bytes(full->key_path) : 0;
    size += full->cert_pem ? full->cert_pem_len : 0;
    size += full->key_pem ? full->key_pem_len : 0;
    FastNetServerConfig *const copy = calloc(1, size);
    if (!copy)
        return NULL;
    unsigned char *at = (unsigned char *)(copy + 1);
    *copy = *full;
    copy->bind_address = place(&at, full->bind_address, text_bytes(full->bind_address));
    copy->cert_path = place(&at, full->cert_path, text_bytes(full->cert_path));
    copy->key_path = place(&at, full->key_path, text_bytes(full->key_path));
    copy->cert_pem = place(&at, full->cert_pem, full->cert_pem_len);
    copy->key_pem = place(&at, full->key_pem, full->key_pem_len);
    return copy;
}

const char *fn_name_of_result(FastNetResult result)
{
    switch (result) {
    case FASTNET_OK:
        return "FASTNET_OK";
    case FASTNET_ERROR_INVALID_ARGUMENT:
        return "FASTNET_ERROR_INVALID_ARGUMENT";
    case FASTNET_ERROR_IO:
        return "FASTNET_ERROR_IO";
    case FASTNET_ERROR_NOT_CONNECTED:
        return "FASTNET_ERROR_NOT_CONNECTED";
    case FASTNET_ERROR_INVALID_HANDLE:
        return "FASTNET_ERROR_INVALID_HANDLE";
    case FASTNET_ERROR_STRUCT_SIZE:
        return "FASTNET_ERROR_STRUCT_SIZE";
    case FASTNET_ERROR_UNSUPPORTED:
        return "FASTNET_ERROR_UNSUPPORTED";
    case FASTNET_ERROR_WOULD_BLOCK:
        return "FASTNET_ERROR_WOULD_BLOCK";
    case FASTNET_ERROR_TOO_LARGE:
        return "FASTNET_ERROR_TOO_LARGE";
    case FASTNET_ERROR_TIMEOUT:
        return "FASTNET_ERROR_TIMEOUT";
    case FASTNET_ERROR_REFUSED:
        return "FASTNET_ERROR_REFUSED";
    case FASTNET_ERROR_RESOLVE:
        return "FASTNET_ERROR_RESOLVE";
    case FASTNET_ERROR_ADDRESS_IN_USE:
        return "FASTNET_ERROR_ADDRESS_IN_USE";
    case FASTNET_ERROR_TLS:
        return "FASTNET_ERROR_TLS";
    case FASTNET_ERROR_CERTIFICATE:
        return "FASTNET_ERROR_CERTIFICATE";
    case FASTNET_ERROR_PROTOCOL:
        return "FASTNET_ERROR_PROTOCOL";
    case FASTNET_ERROR_UNKNOWN_PEER:
        return "FASTNET_ERROR_UNKNOWN_PEER";
    case FASTNET_ERROR_BUSY:
        return "FASTNET_ERROR_BUSY";
    case FASTNET_ERROR_CLOSED:
        return "FASTNET_ERROR_CLOSED";
    case FASTNET_ERROR_OUT_OF_MEMORY:
        return "FASTNET_ERROR_OUT_OF_MEMORY";
    case FASTNET_ERROR_RUNTIME:
        return "FASTNET_ERROR_RUNTIME";
    case FASTNET_ERROR_ABI_MISMATCH:
        return "FASTNET_ERROR_ABI_MISMATCH";
    case FASTNET_ERROR_CANCELLED:
        return "FASTNET_ERROR_CANCELLED";
    case FASTNET_ERROR_INTERNAL:
        return "FASTNET_ERROR_INTERNAL";
    case FASTNET_ERROR_SERVER_FULL:
        return "FASTNET_ERROR_SERVER_FULL";
    case FASTNET_ERROR_UDP_UNREACHABLE:
        return "FASTNET_ERROR_UDP_UNREACHABLE";
    case FASTNET_ERROR_VERSION_MISMATCH:
        return "FASTNET_ERROR_VERSION_MISMATCH";
    case FASTNET_ERROR_TCP_UNREACHABLE:
        return "FASTNET_ERROR_TCP_UNREACHABLE";
    case FASTNET_ERROR_NO_CHANNEL:
        return "FASTNET_ERROR_NO_CHANNEL";
    default:
        return "FASTNET_ERROR_UNKNOWN";
    }
}

const char *fn_name_of_reason(FastNetReason reason)
{
    switch (reason) {
    case FASTNET_REASON_CLOSED:
        return "CLOSED";
    case FASTNET_REASON_SHUTTING_DOWN:
        return "SHUTTING_DOWN";
    case FASTNET_REASON_IDLE_TIMEOUT:
        return "IDLE_TIMEOUT";
    case FASTNET_REASON_HANDSHAKE_TIMEOUT:
        return "HANDSHAKE_TIMEOUT";
    case FASTNET_REASON_UDP_UNREACHABLE:
        return "UDP_UNREACHABLE";
    case FASTNET_REASON_TCP_UNREACHABLE:
        return "TCP_UNREACHABLE";
    case FASTNET_REASON_TLS_FAILED:
        return "TLS_FAILED";
    case FASTNET_REASON_CERTIFICATE_REJECTED:
        return "CERTIFICATE_REJECTED";
    case FASTNET_REASON_VERSION_MISMATCH:
        return "VERSION_MISMATCH";
    case FASTNET_REASON_APP_MISMATCH:
        return "APP_MISMATCH";
    case FASTNET_REASON_CHANNELS_MISMATCH:
        return "CHANNELS_MISMATCH";
    case FASTNET_REASON_SERVER_FULL:
        return "SERVER_FULL";
    case FASTNET_REASON_TOKEN_REQUIRED:
        return "TOKEN_REQUIRED";
    case FASTNET_REASON_TOKEN_INVALID:
        return "TOKEN_INVALID";
    case FASTNET_REASON_TOKEN_EXPIRED:
        return "TOKEN_EXPIRED";
    case FASTNET_REASON_TOKEN_USED:
        return "TOKEN_USED";
    case FASTNET_REASON_REFUSED:
        return "REFUSED";
    case FASTNET_REASON_KICKED:
        return "KICKED";
    case FASTNET_REASON_REPLACED:
        return "REPLACED";
    case FASTNET_REASON_PEER_RESET:
        return "PEER_RESET";
    case FASTNET_REASON_INTERNAL_ERROR:
        return "INTERNAL_ERROR";
    case FASTNET_REASON_RESOURCE_LIMIT:
        return "RESOURCE_LIMIT";
    case FASTNET_REASON_PROTOCOL_VIOLATION:
        return "PROTOCOL_VIOLATION";
    case FASTNET_REASON_FRAME_INVALID:
        return "FRAME_INVALID";
    case FASTNET_REASON_CREDIT_EXCEEDED:
        return "CREDIT_EXCEEDED";
    case FASTNET_REASON_MESSAGE_TOO_LARGE:
        return "MESSAGE_TOO_LARGE";
    case FASTNET_REASON_CHANNEL_UNKNOWN:
        return "CHANNEL_UNKNOWN";
    case FASTNET_REASON_KEY_UPDATE_ERROR:
        return "KEY_UPDATE_ERROR";
    case FASTNET_REASON_AEAD_LIMIT:
        return "AEAD_LIMIT";
    case FASTNET_REASON_ACK_INVALID:
        return "ACK_INVALID";
    case FASTNET_REASON_NUMBERS_EXHAUSTED:
        return "NUMBERS_EXHAUSTED";
    default:
        break;
    }
    if (reason >= 1000u && reason <= 1999u)
        return "APPLICATION";
    if (reason >= 2000u && reason <= 2999u)
        return "APPLICATION";
    return "UNKNOWN";
}

FastNetResult fn_result_of_reason(FastNetReason reason)
{
    switch (reason) {
    case FASTNET_REASON_CLOSED:
        return FASTNET_OK;
    case FASTNET_REASON_SHUTTING_DOWN:
        return FASTNET_OK;
    case FASTNET_REASON_IDLE_TIMEOUT:
        return FASTNET_ERROR_TIMEOUT;
    case FASTNET_REASON_HANDSHAKE_TIMEOUT:
        return FASTNET_ERROR_TIMEOUT;
    case FASTNET_REASON_UDP_UNREACHABLE:
        return FASTNET_ERROR_UDP_UNREACHABLE;
    case FASTNET_REASON_TCP_UNREACHABLE:
        return FASTNET_ERROR_TCP_UNREACHABLE;
    case FASTNET_REASON_TLS_FAILED:
        return FASTNET_ERROR_TLS;
    case FASTNET_REASON_CERTIFICATE_REJECTED:
        return FASTNET_ERROR_CERTIFICATE;
    case FASTNET_REASON_VERSION_MISMATCH:
        return FASTNET_ERROR_VERSION_MISMATCH;
    case FASTNET_REASON_APP_MISMATCH:
        return FASTNET_ERROR_REFUSED;
    case FASTNET_REASON_CHANNELS_MISMATCH:
        return FASTNET_ERROR_REFUSED;
    case FASTNET_REASON_SERVER_FULL:
        return FASTNET_ERROR_SERVER_FULL;
    case FASTNET_REASON_TOKEN_REQUIRED:
        return FASTNET_ERROR_REFUSED;
    case FASTNET_REASON_TOKEN_INVALID:
        return FASTNET_ERROR_REFUSED;
    case FASTNET_REASON_TOKEN_EXPIRED:
        return FASTNET_ERROR_REFUSED;
    case FASTNET_REASON_TOKEN_USED:
        return FASTNET_ERROR_REFUSED;
    case FASTNET_REASON_REFUSED:
        return FASTNET_ERROR_REFUSED;
    case FASTNET_REASON_KICKED:
        return FASTNET_OK;
    case FASTNET_REASON_REPLACED:
        return FASTNET_OK;
    case FASTNET_REASON_PEER_RESET:
        return FASTNET_ERROR_CLOSED;
    default:
        break;
    }
    if (reason >= 1000u && reason <= 1999u)
        return FASTNET_OK;
    if (reason >= 2000u && reason <= 2999u)
        return FASTNET_ERROR_REFUSED;
    return FASTNET_ERROR_PROTOCOL;
}

uint64_t fn_abi_hash(uint32_t revision)
{
    static const uint64_t hashes[] = {
        UINT64_C(0x86ec0ebc9760d070),
    };
    return revision >= 1 && revision <= sizeof hashes / sizeof hashes[0] ? hashes[revision - 1] : 0;
}

uint32_t FASTNET_CALL fastnet_version(void)
{
    return fn_version();
}

const char* FASTNET_CALL fastnet_version_string(void)
{
    return fn_version_string();
}

FastNetResult FASTNET_CALL fastnet_abi_check(uint32_t revision, uint64_t hash)
{
    return fn_abi_check(revision, hash);
}

FastNetResult FASTNET_CALL fastnet_init(uint32_t wait_ms)
{
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    return fn_init(wait_ms);
}

void FASTNET_CALL fastnet_shutdown(void)
{
    if (fn_in_callback())
        return;
    fn_shutdown();
}

FastNetResult FASTNET_CALL fastnet_runtime_folder_set(const char* path)
{
    if (!path)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "path is NULL");
    if (check_text("path", path, 1u, 4095u, FASTNET_ERROR_INVALID_ARGUMENT) != FASTNET_OK)
        return fn_last_result();
    return fn_runtime_folder_set(path);
}

uint64_t FASTNET_CALL fastnet_time_us(void)
{
    return fn_time_us();
}

const char* FASTNET_CALL fastnet_result_name(FastNetResult result)
{
    return fn_result_name(result);
}

const char* FASTNET_CALL fastnet_reason_name(FastNetReason reason)
{
    return fn_reason_name(reason);
}

FastNetResult FASTNET_CALL fastnet_last_result(void)
{
    return fn_last_result();
}

const char* FASTNET_CALL fastnet_last_error(void)
{
    return fn_last_error();
}

uint32_t FASTNET_CALL fastnet_last_error_copy(char* buffer, uint32_t capacity)
{
    if (!buffer && capacity > 0) {
        (void)fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "buffer is NULL, but capacity is not 0");
        return 0;
    }
    return fn_last_error_copy(buffer, capacity);
}

FastNetResult FASTNET_CALL fastnet_log_set(FastNetLogLevel level, FastNetLogCallback callback, void* user_data)
{
    if (level > 5u)
        return fn_fail(FASTNET_ERROR_UNSUPPORTED, "level: there is no such log level; known are 0 to 5");
    return fn_log_set(level, callback, user_data);
}

FastNetResult FASTNET_CALL fastnet_client_config_init(FastNetClientConfig* config, uint32_t struct_size)
{
    if (!config)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "config is NULL");
    if (struct_size < (uint32_t)sizeof(FastNetClientConfig) || struct_size > SIZED_MAX)
        return fn_fail(FASTNET_ERROR_STRUCT_SIZE, "struct_size is not the size of FastNetClientConfig: give sizeof *config");
    return fn_client_config_init(config, struct_size);
}

FastNetClient FASTNET_CALL fastnet_client_connect(const char* host, uint16_t port)
{
    if (fn_in_callback())
        return NULL;
    if (!host) {
        (void)fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "host is NULL");
        return NULL;
    }
    if (check_text("host", host, 1u, 253u, FASTNET_ERROR_INVALID_ARGUMENT) != FASTNET_OK)
        return NULL;
    if (port < 1u) {
        (void)fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "port must be 1 to 65535");
        return NULL;
    }
    return fn_client_connect(host, port);
}

FastNetResult FASTNET_CALL fastnet_client_open(const FastNetClientConfig* config, FastNetClient* out_client)
{
    FastNetClientConfig config_full;
    if (fn_in_callback()) {
        if (out_client)
            *out_client = NULL;
        return FASTNET_ERROR_BUSY;
    }
    if (!config) {
        if (out_client)
            *out_client = NULL;
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "config is NULL");
    }
    if (fn_sized_in(config, &config_full, (uint32_t)sizeof config_full, (uint32_t)sizeof(FastNetClientConfig)) != FASTNET_OK) {
        if (out_client)
            *out_client = NULL;
        return fn_last_result();
    }
    if (check_client_config(&config_full) != FASTNET_OK) {
        if (out_client)
            *out_client = NULL;
        return fn_last_result();
    }
    if (!out_client)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "out_client is NULL: give the address of a variable");
    return fn_client_open(&config_full, out_client);
}

void FASTNET_CALL fastnet_client_disconnect(FastNetClient client)
{
    if (fn_in_callback())
        return;
    fn_session *const session = fn_end(client, FN_CLIENT);
    if (!session)
        return;
    fn_client_disconnect(session);
}

FastNetResult FASTNET_CALL fastnet_client_close(FastNetClient client, uint32_t close_code, const char* message)
{
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    if (close_code != 0u && (close_code < 1000u || close_code > 2999u))
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "close_code must be 0 or 1000 to 2999");
    if (message && check_text("message", message, 0u, 256u, FASTNET_ERROR_TOO_LARGE) != FASTNET_OK)
        return fn_last_result();
    fn_session *const session = fn_enter(client, FN_CLIENT);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_client_close(session, close_code, message);
    fn_leave(session);
    return returned;
}

FastNetBool FASTNET_CALL fastnet_client_poll(FastNetClient client, FastNetEvent* out_event)
{
    if (fn_in_callback()) {
        if (out_event)
            *out_event = (FastNetEvent){0};
        return 0;
    }
    if (!out_event) {
        (void)fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "out_event is NULL: give the address of a variable");
        return 0;
    }
    fn_session *const session = fn_enter_one(client, FN_CLIENT);
    if (!session) {
        if (out_event)
            *out_event = (FastNetEvent){0};
        return 0;
    }
    FastNetBool const returned = fn_client_poll(session, out_event);
    fn_leave_one(session);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_client_wait(FastNetClient client, uint32_t timeout_ms)
{
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    fn_session *const session = fn_enter_one(client, FN_CLIENT);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_client_wait(session, timeout_ms);
    fn_leave_one(session);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_client_wake(FastNetClient client)
{
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    fn_session *const session = fn_enter_wake(client, FN_CLIENT);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_client_wake(session);
    fn_leave_wake(session);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_client_send(FastNetClient client, FastNetChannel channel, const uint8_t* data,
    uint32_t data_len)
{
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    if (channel > 3u)
        return fn_fail(FASTNET_ERROR_NO_CHANNEL, "channel: there is no such channel; known are 0 to 3");
    if (!data && data_len > 0)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "data is NULL, but data_len is not 0");
    fn_session *const session = fn_enter(client, FN_CLIENT);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_client_send(session, channel, data, data_len);
    fn_leave(session);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_client_flush(FastNetClient client)
{
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    fn_session *const session = fn_enter(client, FN_CLIENT);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_client_flush(session);
    fn_leave(session);
    return returned;
}

FastNetState FASTNET_CALL fastnet_client_state(FastNetClient client)
{
    if (fn_in_callback())
        return FASTNET_STATE_CLOSED;
    fn_session *const session = fn_enter(client, FN_CLIENT);
    if (!session)
        return FASTNET_STATE_CLOSED;
    FastNetState const returned = fn_client_state(session);
    fn_leave(session);
    return returned;
}

FastNetPeerId FASTNET_CALL fastnet_client_peer_id(FastNetClient client)
{
    if (fn_in_callback())
        return 0;
    fn_session *const session = fn_enter(client, FN_CLIENT);
    if (!session)
        return 0;
    FastNetPeerId const returned = fn_client_peer_id(session);
    fn_leave(session);
    return returned;
}

uint64_t FASTNET_CALL fastnet_client_rtt_us(FastNetClient client)
{
    if (fn_in_callback())
        return 0;
    fn_session *const session = fn_enter(client, FN_CLIENT);
    if (!session)
        return 0;
    uint64_t const returned = fn_client_rtt_us(session);
    fn_leave(session);
    return returned;
}

uint32_t FASTNET_CALL fastnet_client_max_message(FastNetClient client, FastNetChannel channel)
{
    if (fn_in_callback())
        return 0;
    if (channel > 3u) {
        (void)fn_fail(FASTNET_ERROR_NO_CHANNEL, "channel: there is no such channel; known are 0 to 3");
        return 0;
    }
    fn_session *const session = fn_enter(client, FN_CLIENT);
    if (!session)
        return 0;
    uint32_t const returned = fn_client_max_message(session, channel);
    fn_leave(session);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_client_stats(FastNetClient client, FastNetStats* stats)
{
    FastNetStats stats_full = {0};
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    if (!stats)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "stats is NULL");
    if (fn_sized_out_check(stats, (uint32_t)sizeof(FastNetStats)) != FASTNET_OK)
        return fn_last_result();
    fn_session *const session = fn_enter(client, FN_CLIENT);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_client_stats(session, &stats_full);
    fn_leave(session);
    if (returned == FASTNET_OK)
        fn_sized_out(stats, &stats_full, (uint32_t)sizeof stats_full);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_server_config_init(FastNetServerConfig* config, uint32_t struct_size)
{
    if (!config)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "config is NULL");
    if (struct_size < (uint32_t)sizeof(FastNetServerConfig) || struct_size > SIZED_MAX)
        return fn_fail(FASTNET_ERROR_STRUCT_SIZE, "struct_size is not the size of FastNetServerConfig: give sizeof *config");
    return fn_server_config_init(config, struct_size);
}

FastNetServer FASTNET_CALL fastnet_server_create(uint16_t udp_port, uint16_t tcp_port, const char* cert_path,
    const char* key_path)
{
    if (fn_in_callback())
        return NULL;
    if (cert_path && check_text("cert_path", cert_path, 0u, 4095u, FASTNET_ERROR_INVALID_ARGUMENT) != FASTNET_OK)
        return NULL;
    if (key_path && check_text("key_path", key_path, 0u, 4095u, FASTNET_ERROR_INVALID_ARGUMENT) != FASTNET_OK)
        return NULL;
    return fn_server_create(udp_port, tcp_port, cert_path, key_path);
}

FastNetResult FASTNET_CALL fastnet_server_open(const FastNetServerConfig* config, FastNetServer* out_server)
{
    FastNetServerConfig config_full;
    if (fn_in_callback()) {
        if (out_server)
            *out_server = NULL;
        return FASTNET_ERROR_BUSY;
    }
    if (!config) {
        if (out_server)
            *out_server = NULL;
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "config is NULL");
    }
    if (fn_sized_in(config, &config_full, (uint32_t)sizeof config_full, (uint32_t)sizeof(FastNetServerConfig)) != FASTNET_OK) {
        if (out_server)
            *out_server = NULL;
        return fn_last_result();
    }
    if (check_server_config(&config_full) != FASTNET_OK) {
        if (out_server)
            *out_server = NULL;
        return fn_last_result();
    }
    if (!out_server)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "out_server is NULL: give the address of a variable");
    return fn_server_open(&config_full, out_server);
}

void FASTNET_CALL fastnet_server_destroy(FastNetServer server)
{
    if (fn_in_callback())
        return;
    fn_session *const session = fn_end(server, FN_SERVER);
    if (!session)
        return;
    fn_server_destroy(session);
}

FastNetBool FASTNET_CALL fastnet_server_poll(FastNetServer server, FastNetEvent* out_event)
{
    if (fn_in_callback()) {
        if (out_event)
            *out_event = (FastNetEvent){0};
        return 0;
    }
    if (!out_event) {
        (void)fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "out_event is NULL: give the address of a variable");
        return 0;
    }
    fn_session *const session = fn_enter_one(server, FN_SERVER);
    if (!session) {
        if (out_event)
            *out_event = (FastNetEvent){0};
        return 0;
    }
    FastNetBool const returned = fn_server_poll(session, out_event);
    fn_leave_one(session);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_server_wait(FastNetServer server, uint32_t timeout_ms)
{
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    fn_session *const session = fn_enter_one(server, FN_SERVER);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_server_wait(session, timeout_ms);
    fn_leave_one(session);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_server_wake(FastNetServer server)
{
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    fn_session *const session = fn_enter_wake(server, FN_SERVER);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_server_wake(session);
    fn_leave_wake(session);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_server_flush(FastNetServer server)
{
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_server_flush(session);
    fn_leave(session);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_server_send(FastNetServer server, FastNetPeerId peer_id, FastNetChannel channel,
    const uint8_t* data, uint32_t data_len)
{
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    if (channel > 3u)
        return fn_fail(FASTNET_ERROR_NO_CHANNEL, "channel: there is no such channel; known are 0 to 3");
    if (!data && data_len > 0)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "data is NULL, but data_len is not 0");
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_server_send(session, peer_id, channel, data, data_len);
    fn_leave(session);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_server_broadcast(FastNetServer server, FastNetPeerId except, FastNetChannel channel,
    const uint8_t* data, uint32_t data_len)
{
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    if (channel > 3u)
        return fn_fail(FASTNET_ERROR_NO_CHANNEL, "channel: there is no such channel; known are 0 to 3");
    if (!data && data_len > 0)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "data is NULL, but data_len is not 0");
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_server_broadcast(session, except, channel, data, data_len);
    fn_leave(session);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_server_disconnect_peer(FastNetServer server, FastNetPeerId peer_id,
    uint32_t close_code, const char* message)
{
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    if (close_code != 0u && (close_code < 1000u || close_code > 2999u))
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "close_code must be 0 or 1000 to 2999");
    if (message && check_text("message", message, 0u, 256u, FASTNET_ERROR_TOO_LARGE) != FASTNET_OK)
        return fn_last_result();
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_server_disconnect_peer(session, peer_id, close_code, message);
    fn_leave(session);
    return returned;
}

uint32_t FASTNET_CALL fastnet_server_peer_count(FastNetServer server)
{
    if (fn_in_callback())
        return 0;
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return 0;
    uint32_t const returned = fn_server_peer_count(session);
    fn_leave(session);
    return returned;
}

uint32_t FASTNET_CALL fastnet_server_peers(FastNetServer server, FastNetPeerId* buffer, uint32_t capacity)
{
    if (fn_in_callback())
        return 0;
    if (!buffer && capacity > 0) {
        (void)fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "buffer is NULL, but capacity is not 0");
        return 0;
    }
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return 0;
    uint32_t const returned = fn_server_peers(session, buffer, capacity);
    fn_leave(session);
    return returned;
}

FastNetState FASTNET_CALL fastnet_server_peer_state(FastNetServer server, FastNetPeerId peer_id)
{
    if (fn_in_callback())
        return FASTNET_STATE_CLOSED;
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return FASTNET_STATE_CLOSED;
    FastNetState const returned = fn_server_peer_state(session, peer_id);
    fn_leave(session);
    return returned;
}

uint32_t FASTNET_CALL fastnet_server_peer_address(FastNetServer server, FastNetPeerId peer_id, char* buffer,
    uint32_t capacity)
{
    if (fn_in_callback())
        return 0;
    if (!buffer && capacity > 0) {
        (void)fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "buffer is NULL, but capacity is not 0");
        return 0;
    }
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return 0;
    uint32_t const returned = fn_server_peer_address(session, peer_id, buffer, capacity);
    fn_leave(session);
    return returned;
}

uint64_t FASTNET_CALL fastnet_server_peer_rtt_us(FastNetServer server, FastNetPeerId peer_id)
{
    if (fn_in_callback())
        return 0;
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return 0;
    uint64_t const returned = fn_server_peer_rtt_us(session, peer_id);
    fn_leave(session);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_server_peer_stats(FastNetServer server, FastNetPeerId peer_id, FastNetStats* stats)
{
    FastNetStats stats_full = {0};
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    if (!stats)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "stats is NULL");
    if (fn_sized_out_check(stats, (uint32_t)sizeof(FastNetStats)) != FASTNET_OK)
        return fn_last_result();
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_server_peer_stats(session, peer_id, &stats_full);
    fn_leave(session);
    if (returned == FASTNET_OK)
        fn_sized_out(stats, &stats_full, (uint32_t)sizeof stats_full);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_server_peer_set_user_data(FastNetServer server, FastNetPeerId peer_id,
    void* user_data)
{
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_server_peer_set_user_data(session, peer_id, user_data);
    fn_leave(session);
    return returned;
}

void* FASTNET_CALL fastnet_server_peer_user_data(FastNetServer server, FastNetPeerId peer_id)
{
    if (fn_in_callback())
        return NULL;
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return NULL;
    void* const returned = fn_server_peer_user_data(session, peer_id);
    fn_leave(session);
    return returned;
}

uint32_t FASTNET_CALL fastnet_server_max_message(FastNetServer server, FastNetPeerId peer_id, FastNetChannel channel)
{
    if (fn_in_callback())
        return 0;
    if (channel > 3u) {
        (void)fn_fail(FASTNET_ERROR_NO_CHANNEL, "channel: there is no such channel; known are 0 to 3");
        return 0;
    }
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return 0;
    uint32_t const returned = fn_server_max_message(session, peer_id, channel);
    fn_leave(session);
    return returned;
}

FastNetResult FASTNET_CALL fastnet_server_stats(FastNetServer server, FastNetStats* stats)
{
    FastNetStats stats_full = {0};
    if (fn_in_callback())
        return FASTNET_ERROR_BUSY;
    if (!stats)
        return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "stats is NULL");
    if (fn_sized_out_check(stats, (uint32_t)sizeof(FastNetStats)) != FASTNET_OK)
        return fn_last_result();
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return fn_last_result();
    FastNetResult const returned = fn_server_stats(session, &stats_full);
    fn_leave(session);
    if (returned == FASTNET_OK)
        fn_sized_out(stats, &stats_full, (uint32_t)sizeof stats_full);
    return returned;
}

uint16_t FASTNET_CALL fastnet_server_udp_port(FastNetServer server)
{
    if (fn_in_callback())
        return 0;
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return 0;
    uint16_t const returned = fn_server_udp_port(session);
    fn_leave(session);
    return returned;
}

uint16_t FASTNET_CALL fastnet_server_tcp_port(FastNetServer server)
{
    if (fn_in_callback())
        return 0;
    fn_session *const session = fn_enter(server, FN_SERVER);
    if (!session)
        return 0;
    uint16_t const returned = fn_server_tcp_port(session);
    fn_leave(session);
    return returned;
}
