/* Names of result codes and reasons, for logs and error texts of the host. */
#include "inside.h"

#define NAME(constant)                                                                                                 \
    case constant:                                                                                                     \
        return #constant
#define REASON(word)                                                                                                   \
    case FASTNET_REASON_##word:                                                                                        \
        return #word

const char *fn_result_name(FastNetResult result) {
    switch (result) {
        NAME(FASTNET_OK);
        NAME(FASTNET_ERROR_INVALID_ARGUMENT);
        NAME(FASTNET_ERROR_IO);
        NAME(FASTNET_ERROR_NOT_CONNECTED);
        NAME(FASTNET_ERROR_INVALID_HANDLE);
        NAME(FASTNET_ERROR_STRUCT_SIZE);
        NAME(FASTNET_ERROR_UNSUPPORTED);
        NAME(FASTNET_ERROR_WOULD_BLOCK);
        NAME(FASTNET_ERROR_TOO_LARGE);
        NAME(FASTNET_ERROR_TIMEOUT);
        NAME(FASTNET_ERROR_REFUSED);
        NAME(FASTNET_ERROR_RESOLVE);
        NAME(FASTNET_ERROR_ADDRESS_IN_USE);
        NAME(FASTNET_ERROR_TLS);
        NAME(FASTNET_ERROR_CERTIFICATE);
        NAME(FASTNET_ERROR_PROTOCOL);
        NAME(FASTNET_ERROR_UNKNOWN_PEER);
        NAME(FASTNET_ERROR_BUSY);
        NAME(FASTNET_ERROR_CLOSED);
        NAME(FASTNET_ERROR_OUT_OF_MEMORY);
        NAME(FASTNET_ERROR_RUNTIME);
        NAME(FASTNET_ERROR_ABI_MISMATCH);
        NAME(FASTNET_ERROR_CANCELLED);
        NAME(FASTNET_ERROR_INTERNAL);
        NAME(FASTNET_ERROR_SERVER_FULL);
        NAME(FASTNET_ERROR_UDP_UNREACHABLE);
        NAME(FASTNET_ERROR_VERSION_MISMATCH);
        NAME(FASTNET_ERROR_TCP_UNREACHABLE);
        NAME(FASTNET_ERROR_NO_CHANNEL);
    default:
        return "FASTNET_ERROR_UNKNOWN";
    }
}

static const char *library_reason(FastNetReason reason) {
    switch (reason) {
        REASON(CLOSED);
        REASON(SHUTTING_DOWN);
        REASON(IDLE_TIMEOUT);
        REASON(HANDSHAKE_TIMEOUT);
        REASON(UDP_UNREACHABLE);
        REASON(TCP_UNREACHABLE);
        REASON(TLS_FAILED);
        REASON(CERTIFICATE_REJECTED);
        REASON(VERSION_MISMATCH);
        REASON(APP_MISMATCH);
        REASON(CHANNELS_MISMATCH);
        REASON(SERVER_FULL);
        REASON(TOKEN_REQUIRED);
        REASON(TOKEN_INVALID);
        REASON(TOKEN_EXPIRED);
        REASON(TOKEN_USED);
        REASON(REFUSED);
        REASON(KICKED);
        REASON(REPLACED);
        REASON(PEER_RESET);
        REASON(INTERNAL_ERROR);
        REASON(RESOURCE_LIMIT);
        REASON(PROTOCOL_VIOLATION);
        REASON(FRAME_INVALID);
        REASON(CREDIT_EXCEEDED);
        REASON(MESSAGE_TOO_LARGE);
        REASON(CHANNEL_UNKNOWN);
        REASON(KEY_UPDATE_ERROR);
        REASON(AEAD_LIMIT);
        REASON(ACK_INVALID);
        REASON(NUMBERS_EXHAUSTED);
    default:
        return "UNKNOWN";
    }
}

const char *fn_reason_name(FastNetReason reason) {
    return reason >= 1000 && reason <= 2999 ? "APPLICATION" : library_reason(reason);
}
