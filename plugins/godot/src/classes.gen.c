/* Printed by fastnet-codegen from codegen/api. */
/* Do not edit: change the description, or the template, and print again. */
/* To renew it: fastnet-codegen generate godot */
#include "classes.gen.h"

const gd_method gd_client_methods[] = {
    {"connect_to_server", gd_client_connect_to_server, GDEXTENSION_VARIANT_TYPE_INT, 3, {{"host", GDEXTENSION_VARIANT_TYPE_STRING, false, 0}, {"port", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"options", GDEXTENSION_VARIANT_TYPE_DICTIONARY, true, 0}}},
    {"poll", gd_client_poll, GDEXTENSION_VARIANT_TYPE_NIL, 0, {{0}}},
    {"send", gd_client_send, GDEXTENSION_VARIANT_TYPE_INT, 2, {{"channel", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"data", GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY, false, 0}}},
    {"flush", gd_client_flush, GDEXTENSION_VARIANT_TYPE_INT, 0, {{0}}},
    {"close", gd_client_close, GDEXTENSION_VARIANT_TYPE_NIL, 2, {{"code", GDEXTENSION_VARIANT_TYPE_INT, true, 0}, {"message", GDEXTENSION_VARIANT_TYPE_STRING, true, 0}}},
    {"get_state", gd_client_get_state, GDEXTENSION_VARIANT_TYPE_INT, 0, {{0}}},
    {"get_peer_id", gd_client_get_peer_id, GDEXTENSION_VARIANT_TYPE_INT, 0, {{0}}},
    {"get_rtt_ms", gd_client_get_rtt_ms, GDEXTENSION_VARIANT_TYPE_FLOAT, 0, {{0}}},
    {"get_max_message_size", gd_client_get_max_message_size, GDEXTENSION_VARIANT_TYPE_INT, 1, {{"channel", GDEXTENSION_VARIANT_TYPE_INT, false, 0}}},
    {"get_stats", gd_client_get_stats, GDEXTENSION_VARIANT_TYPE_DICTIONARY, 0, {{0}}},
    {"get_last_error_text", gd_client_get_last_error_text, GDEXTENSION_VARIANT_TYPE_STRING, 0, {{0}}},
};

const gd_signal gd_client_signals[] = {
    {"connected", 1, {{"peer_id", GDEXTENSION_VARIANT_TYPE_INT, false, 0}}},
    {"data_received", 3, {{"peer_id", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"channel", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"data", GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY, false, 0}}},
    {"disconnected", 3, {{"peer_id", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"reason", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"text", GDEXTENSION_VARIANT_TYPE_STRING, false, 0}}},
};

const gd_constant gd_client_constants[] = {
    {"Channel", "CHANNEL_RELIABLE_ORDERED", 0},
    {"Channel", "CHANNEL_UNRELIABLE", 1},
    {"Channel", "CHANNEL_RELIABLE_UNORDERED", 2},
    {"Channel", "CHANNEL_RELIABLE", 2},
    {"Channel", "CHANNEL_SEQUENCED", 3},
    {"Channel", "CHANNEL_UNRELIABLE_SEQUENCED", 3},
    {"State", "STATE_CLOSED", 0},
    {"State", "STATE_CONNECTING", 1},
    {"State", "STATE_CONNECTED", 2},
    {"State", "STATE_CLOSING", 3},
    {"Reason", "REASON_CLOSED", 0},
    {"Reason", "REASON_SHUTTING_DOWN", 1},
    {"Reason", "REASON_IDLE_TIMEOUT", 2},
    {"Reason", "REASON_HANDSHAKE_TIMEOUT", 3},
    {"Reason", "REASON_UDP_UNREACHABLE", 4},
    {"Reason", "REASON_TCP_UNREACHABLE", 5},
    {"Reason", "REASON_TLS_FAILED", 6},
    {"Reason", "REASON_CERTIFICATE_REJECTED", 7},
    {"Reason", "REASON_VERSION_MISMATCH", 8},
    {"Reason", "REASON_APP_MISMATCH", 9},
    {"Reason", "REASON_CHANNELS_MISMATCH", 10},
    {"Reason", "REASON_SERVER_FULL", 11},
    {"Reason", "REASON_TOKEN_REQUIRED", 12},
    {"Reason", "REASON_TOKEN_INVALID", 13},
    {"Reason", "REASON_TOKEN_EXPIRED", 14},
    {"Reason", "REASON_TOKEN_USED", 15},
    {"Reason", "REASON_REFUSED", 16},
    {"Reason", "REASON_KICKED", 17},
    {"Reason", "REASON_REPLACED", 18},
    {"Reason", "REASON_PEER_RESET", 20},
    {"Reason", "REASON_INTERNAL_ERROR", 21},
    {"Reason", "REASON_RESOURCE_LIMIT", 22},
    {"Reason", "REASON_PROTOCOL_VIOLATION", 30},
    {"Reason", "REASON_FRAME_INVALID", 31},
    {"Reason", "REASON_CREDIT_EXCEEDED", 32},
    {"Reason", "REASON_MESSAGE_TOO_LARGE", 33},
    {"Reason", "REASON_CHANNEL_UNKNOWN", 34},
    {"Reason", "REASON_KEY_UPDATE_ERROR", 35},
    {"Reason", "REASON_AEAD_LIMIT", 36},
    {"Reason", "REASON_ACK_INVALID", 37},
    {"Reason", "REASON_NUMBERS_EXHAUSTED", 38},
};

const gd_method gd_server_methods[] = {
    {"listen", gd_server_listen, GDEXTENSION_VARIANT_TYPE_INT, 3, {{"udp_port", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"tcp_port", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"options", GDEXTENSION_VARIANT_TYPE_DICTIONARY, true, 0}}},
    {"poll", gd_server_poll, GDEXTENSION_VARIANT_TYPE_NIL, 0, {{0}}},
    {"send", gd_server_send, GDEXTENSION_VARIANT_TYPE_INT, 3, {{"peer_id", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"channel", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"data", GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY, false, 0}}},
    {"broadcast", gd_server_broadcast, GDEXTENSION_VARIANT_TYPE_INT, 3, {{"channel", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"data", GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY, false, 0}, {"except_peer_id", GDEXTENSION_VARIANT_TYPE_INT, true, 0}}},
    {"flush", gd_server_flush, GDEXTENSION_VARIANT_TYPE_INT, 0, {{0}}},
    {"disconnect_peer", gd_server_disconnect_peer, GDEXTENSION_VARIANT_TYPE_INT, 3, {{"peer_id", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"code", GDEXTENSION_VARIANT_TYPE_INT, true, 0}, {"message", GDEXTENSION_VARIANT_TYPE_STRING, true, 0}}},
    {"close", gd_server_close, GDEXTENSION_VARIANT_TYPE_NIL, 0, {{0}}},
    {"get_peers", gd_server_get_peers, GDEXTENSION_VARIANT_TYPE_PACKED_INT64_ARRAY, 0, {{0}}},
    {"get_peer_state", gd_server_get_peer_state, GDEXTENSION_VARIANT_TYPE_INT, 1, {{"peer_id", GDEXTENSION_VARIANT_TYPE_INT, false, 0}}},
    {"get_peer_address", gd_server_get_peer_address, GDEXTENSION_VARIANT_TYPE_STRING, 1, {{"peer_id", GDEXTENSION_VARIANT_TYPE_INT, false, 0}}},
    {"get_peer_rtt_ms", gd_server_get_peer_rtt_ms, GDEXTENSION_VARIANT_TYPE_FLOAT, 1, {{"peer_id", GDEXTENSION_VARIANT_TYPE_INT, false, 0}}},
    {"get_peer_stats", gd_server_get_peer_stats, GDEXTENSION_VARIANT_TYPE_DICTIONARY, 1, {{"peer_id", GDEXTENSION_VARIANT_TYPE_INT, false, 0}}},
    {"get_stats", gd_server_get_stats, GDEXTENSION_VARIANT_TYPE_DICTIONARY, 0, {{0}}},
    {"get_udp_port", gd_server_get_udp_port, GDEXTENSION_VARIANT_TYPE_INT, 0, {{0}}},
    {"get_tcp_port", gd_server_get_tcp_port, GDEXTENSION_VARIANT_TYPE_INT, 0, {{0}}},
    {"get_last_error_text", gd_server_get_last_error_text, GDEXTENSION_VARIANT_TYPE_STRING, 0, {{0}}},
};

const gd_signal gd_server_signals[] = {
    {"connected", 1, {{"peer_id", GDEXTENSION_VARIANT_TYPE_INT, false, 0}}},
    {"data_received", 3, {{"peer_id", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"channel", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"data", GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY, false, 0}}},
    {"disconnected", 3, {{"peer_id", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"reason", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"text", GDEXTENSION_VARIANT_TYPE_STRING, false, 0}}},
};

const gd_constant gd_server_constants[] = {
    {"Channel", "CHANNEL_RELIABLE_ORDERED", 0},
    {"Channel", "CHANNEL_UNRELIABLE", 1},
    {"Channel", "CHANNEL_RELIABLE_UNORDERED", 2},
    {"Channel", "CHANNEL_RELIABLE", 2},
    {"Channel", "CHANNEL_SEQUENCED", 3},
    {"Channel", "CHANNEL_UNRELIABLE_SEQUENCED", 3},
    {"State", "STATE_CLOSED", 0},
    {"State", "STATE_CONNECTING", 1},
    {"State", "STATE_CONNECTED", 2},
    {"State", "STATE_CLOSING", 3},
    {"Reason", "REASON_CLOSED", 0},
    {"Reason", "REASON_SHUTTING_DOWN", 1},
    {"Reason", "REASON_IDLE_TIMEOUT", 2},
    {"Reason", "REASON_HANDSHAKE_TIMEOUT", 3},
    {"Reason", "REASON_UDP_UNREACHABLE", 4},
    {"Reason", "REASON_TCP_UNREACHABLE", 5},
    {"Reason", "REASON_TLS_FAILED", 6},
    {"Reason", "REASON_CERTIFICATE_REJECTED", 7},
    {"Reason", "REASON_VERSION_MISMATCH", 8},
    {"Reason", "REASON_APP_MISMATCH", 9},
    {"Reason", "REASON_CHANNELS_MISMATCH", 10},
    {"Reason", "REASON_SERVER_FULL", 11},
    {"Reason", "REASON_TOKEN_REQUIRED", 12},
    {"Reason", "REASON_TOKEN_INVALID", 13},
    {"Reason", "REASON_TOKEN_EXPIRED", 14},
    {"Reason", "REASON_TOKEN_USED", 15},
    {"Reason", "REASON_REFUSED", 16},
    {"Reason", "REASON_KICKED", 17},
    {"Reason", "REASON_REPLACED", 18},
    {"Reason", "REASON_PEER_RESET", 20},
    {"Reason", "REASON_INTERNAL_ERROR", 21},
    {"Reason", "REASON_RESOURCE_LIMIT", 22},
    {"Reason", "REASON_PROTOCOL_VIOLATION", 30},
    {"Reason", "REASON_FRAME_INVALID", 31},
    {"Reason", "REASON_CREDIT_EXCEEDED", 32},
    {"Reason", "REASON_MESSAGE_TOO_LARGE", 33},
    {"Reason", "REASON_CHANNEL_UNKNOWN", 34},
    {"Reason", "REASON_KEY_UPDATE_ERROR", 35},
    {"Reason", "REASON_AEAD_LIMIT", 36},
    {"Reason", "REASON_ACK_INVALID", 37},
    {"Reason", "REASON_NUMBERS_EXHAUSTED", 38},
};

const gd_method gd_peer_methods[] = {
    {"create_server", gd_peer_create_server, GDEXTENSION_VARIANT_TYPE_INT, 3, {{"udp_port", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"tcp_port", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"options", GDEXTENSION_VARIANT_TYPE_DICTIONARY, true, 0}}},
    {"create_client", gd_peer_create_client, GDEXTENSION_VARIANT_TYPE_INT, 3, {{"host", GDEXTENSION_VARIANT_TYPE_STRING, false, 0}, {"port", GDEXTENSION_VARIANT_TYPE_INT, false, 0}, {"options", GDEXTENSION_VARIANT_TYPE_DICTIONARY, true, 0}}},
    {"set_unordered_transfer_channel", gd_peer_set_unordered_transfer_channel, GDEXTENSION_VARIANT_TYPE_NIL, 1, {{"transfer_channel", GDEXTENSION_VARIANT_TYPE_INT, false, 0}}},
    {"get_unordered_transfer_channel", gd_peer_get_unordered_transfer_channel, GDEXTENSION_VARIANT_TYPE_INT, 0, {{0}}},
    {"get_peer_rtt_ms", gd_peer_get_peer_rtt_ms, GDEXTENSION_VARIANT_TYPE_FLOAT, 1, {{"peer_id", GDEXTENSION_VARIANT_TYPE_INT, false, 0}}},
    {"get_peer_stats", gd_peer_get_peer_stats, GDEXTENSION_VARIANT_TYPE_DICTIONARY, 1, {{"peer_id", GDEXTENSION_VARIANT_TYPE_INT, false, 0}}},
    {"get_udp_port", gd_peer_get_udp_port, GDEXTENSION_VARIANT_TYPE_INT, 0, {{0}}},
    {"get_tcp_port", gd_peer_get_tcp_port, GDEXTENSION_VARIANT_TYPE_INT, 0, {{0}}},
    {"get_last_error_text", gd_peer_get_last_error_text, GDEXTENSION_VARIANT_TYPE_STRING, 0, {{0}}},
};

const gd_signal gd_peer_signals[] = {
    {0},
};

const gd_constant gd_peer_constants[] = {
    {0},
};
