/* What the client, the server and the multiplayer peer share. See classes.h. */
#include "classes.h"

#include <stdio.h>
#include <string.h>

signal_names names;

static gd_variant number(int64_t value) {
    gd_variant variant;
    gd_to_variant(GDEXTENSION_VARIANT_TYPE_INT, &value, &variant);
    return variant;
}

static gd_variant bytes(const FastNetEvent *event) {
    gd_bytes value = gd_bytes_of(event->data, event->data_len);
    gd_variant variant;
    gd_to_variant(GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY, &value, &variant);
    gd_bytes_end(&value);
    return variant;
}

static gd_variant text(const FastNetEvent *event) {
    gd_string value = gd_string_of(event->data_len ? (const char *)event->data : "", event->data_len);
    gd_variant variant;
    gd_to_variant(GDEXTENSION_VARIANT_TYPE_STRING, &value, &variant);
    gd_string_end(&value);
    return variant;
}

void emit_event(GDExtensionObjectPtr object, const FastNetEvent *event) {
    gd_variant arguments[3];
    arguments[0] = number(event->peer_id);
    switch (event->type) {
        case FASTNET_EVENT_CONNECTED:
            gd_emit(object, &names.connected, arguments, 1);
            return;
        case FASTNET_EVENT_DATA:
            arguments[1] = number(event->channel);
            arguments[2] = bytes(event);
            gd_emit(object, &names.data_received, arguments, 3);
            return;
        case FASTNET_EVENT_DISCONNECTED:
            arguments[1] = number(event->reason);
            arguments[2] = text(event);
            gd_emit(object, &names.disconnected, arguments, 3);
            return;
        case FASTNET_EVENT_ERROR:
            gd_print_error(event->data_len ? (const char *)event->data : "the server failed");
            return;
        default: /* An event of a newer library. */
            return;
    }
}

void stats_to(gd_dictionary *result, const FastNetStats *stats) {
    gd_set_float(result, "rtt_ms", stats->rtt_us / 1e3);
    gd_set_float(result, "rtt_min_ms", stats->rtt_min_us / 1e3);
    gd_set_float(result, "jitter_ms", stats->rtt_var_us / 1e3);
    gd_set_float(result, "uptime_ms", (double)stats->uptime_us / 1e3);
    gd_set_int(result, "bytes_sent", (int64_t)stats->bytes_sent);
    gd_set_int(result, "bytes_received", (int64_t)stats->bytes_received);
    gd_set_int(result, "packets_sent", (int64_t)stats->packets_sent);
    gd_set_int(result, "packets_received", (int64_t)stats->packets_received);
    gd_set_int(result, "packets_lost", (int64_t)stats->packets_lost);
    gd_set_int(result, "packets_dropped", (int64_t)stats->packets_dropped);
    gd_set_int(result, "retransmissions", (int64_t)stats->retransmissions);
    gd_set_int(result, "messages_sent", (int64_t)stats->messages_sent);
    gd_set_int(result, "messages_received", (int64_t)stats->messages_received);
    gd_set_int(result, "messages_dropped", (int64_t)stats->messages_dropped);
    gd_set_int(result, "send_queue_bytes", stats->send_queue_bytes);
    gd_set_int(result, "recv_queue_bytes", stats->recv_queue_bytes);
}

static bool ports_fit(int64_t first, int64_t second, int64_t least, char *error) {
    if (first >= least && first <= 65535 && second >= least && second <= 65535)
        return true;
    snprintf(error, ERROR_BYTES, "a port must be between %d and 65535", (int)least);
    return false;
}

static bool library_or_text(char *error) {
    if (library_is_there())
        return true;
    snprintf(error, ERROR_BYTES, "%.500s", library_problem());
    return false;
}

gd_error open_client(FastNetClient *handle, const gd_string *host, int64_t port, const gd_dictionary *given,
                     char *error) {
    *handle = NULL;
    if (!library_or_text(error))
        return GD_ERR_UNAVAILABLE;
    if (!ports_fit(port, port, 1, error))
        return GD_ERR_INVALID_PARAMETER;
    FastNetClientConfig config;
    options kept = {.count = 0};
    fastnet.client_config_init(&config, sizeof config);
    gd_error code = GD_ERR_INVALID_PARAMETER;
    config.port = (uint16_t)port;
    config.host = options_text(&kept, host);
    if (options_for_client(&kept, given, &config, error, ERROR_BYTES))
        code = keep_error(error, ERROR_BYTES, fastnet.client_open(&config, handle));
    options_end(&kept);
    return code;
}

gd_error open_server(FastNetServer *handle, int64_t udp_port, int64_t tcp_port, const gd_dictionary *given, char *error,
                     void *user_data) {
    *handle = NULL;
    if (!library_or_text(error))
        return GD_ERR_UNAVAILABLE;
    if (!ports_fit(udp_port, tcp_port, 0, error))
        return GD_ERR_INVALID_PARAMETER;
    FastNetServerConfig config;
    options kept = {.count = 0};
    fastnet.server_config_init(&config, sizeof config);
    gd_error code = GD_ERR_INVALID_PARAMETER;
    config.user_data = user_data;
    config.udp_port = (uint16_t)udp_port;
    config.tcp_port = (uint16_t)tcp_port;
    if (options_for_server(&kept, given, &config, error, ERROR_BYTES))
        code = keep_error(error, ERROR_BYTES, fastnet.server_open(&config, handle));
    options_end(&kept);
    return code;
}

uint32_t message_length(const gd_bytes *bytes) {
    int64_t length = gd_bytes_length(bytes);
    return length < UINT32_MAX ? (uint32_t)length : UINT32_MAX;
}

FastNetPeerId peer_id_of(int64_t number_given) {
    return number_given > 0 && number_given <= UINT32_MAX ? (FastNetPeerId)number_given : 0;
}

FastNetChannel channel_of(int64_t number_given) {
    return number_given >= 0 && number_given < 255 ? (FastNetChannel)number_given : 255;
}

void give_text(void *result, const char *value) {
    gd_string *slot = result;
    gd_string_end(slot);
    *slot = gd_string_of(value, (int64_t)strlen(value));
}
