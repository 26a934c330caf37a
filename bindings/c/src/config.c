/* Rules between the fields of a configuration that the description cannot state. Limits and defaults are those of the
 * protocol, section 12.
 */
#include "inside.h"

enum { DEFAULT_IDLE_MS = 10000, DEFAULT_MAX_RELIABLE = 1 << 20 };

static FastNetResult check_times(uint32_t idle_ms, uint32_t keepalive_ms) {
    uint32_t idle = idle_ms ? idle_ms : DEFAULT_IDLE_MS;
    if (idle == FASTNET_OFF || keepalive_ms <= idle / 3)
        return FASTNET_OK;
    return fn_failf(FASTNET_ERROR_INVALID_ARGUMENT,
                    "keepalive_ms is %u; it may be at most a third of idle_timeout_ms, %u", (unsigned)keepalive_ms,
                    (unsigned)(idle / 3));
}

static FastNetResult check_sizes(uint32_t max_reliable, uint32_t send_queue) {
    uint32_t least = (max_reliable ? max_reliable : DEFAULT_MAX_RELIABLE) + FN_MESSAGE_COST_BYTES;
    if (send_queue == 0 || send_queue >= least)
        return FASTNET_OK;
    return fn_failf(FASTNET_ERROR_INVALID_ARGUMENT,
                    "send_queue_bytes is %u; for max_reliable_message it must be at least"
                    " %u",
                    (unsigned)send_queue, (unsigned)least);
}

static FastNetResult check_filled(const char *text, const char *name) {
    if (!text || text[0])
        return FASTNET_OK;
    return fn_failf(FASTNET_ERROR_INVALID_ARGUMENT, "%s is empty; give it, or NULL for the default", name);
}

FastNetResult fn_client_config_check(const FastNetClientConfig *config) {
    FastNetResult result = check_filled(config->server_name, "server_name");
    if (result == FASTNET_OK)
        result = check_filled(config->ca_path, "ca_path");
    if (result == FASTNET_OK)
        result = check_times(config->idle_timeout_ms, config->keepalive_ms);
    return result == FASTNET_OK ? check_sizes(config->max_reliable_message, config->send_queue_bytes) : result;
}

/* Also for `create`, whose arguments no description ties together. */
static FastNetResult check_certificate(const FastNetServerConfig *config) {
    bool certificate = config->cert_path || config->cert_pem, key = config->key_path || config->key_pem;
    if (certificate == key)
        return FASTNET_OK;
    return fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "certificate and key belong together: give both, or neither for the"
                                                   " development certificate");
}

FastNetResult fn_server_config_check(const FastNetServerConfig *config) {
    FastNetResult result = check_filled(config->bind_address, "bind_address");
    if (result == FASTNET_OK)
        result = check_filled(config->cert_path, "cert_path");
    if (result == FASTNET_OK)
        result = check_filled(config->key_path, "key_path");
    if (result == FASTNET_OK)
        result = check_times(config->idle_timeout_ms, config->keepalive_ms);
    if (result == FASTNET_OK)
        result = check_sizes(config->max_reliable_message, config->send_queue_bytes);
    return result == FASTNET_OK ? check_certificate(config) : result;
}
