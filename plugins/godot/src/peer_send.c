/* From the engine to FastNet's channels. See peer.h for the header. */
#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for the header in front of `length` bytes; NULL when memory is out. */
static uint8_t *scratch(peer *p, size_t length) {
    if (length > p->scratch_bytes) {
        uint8_t *grown = realloc(p->scratch, length);
        if (!grown)
            return NULL;
        p->scratch = grown;
        p->scratch_bytes = length;
    }
    return p->scratch;
}

static FastNetChannel channel_for(const peer *p) {
    if (p->mode != RELIABLE)
        return FASTNET_CHANNEL_UNRELIABLE;
    return p->lane == p->unordered_lane ? FASTNET_CHANNEL_RELIABLE_UNORDERED : FASTNET_CHANNEL_RELIABLE_ORDERED;
}

static gd_error send_one(peer *p, FastNetPeerId to, FastNetChannel channel, const uint8_t *message, uint32_t length) {
    FastNetResult sent = p->server ? fastnet.server_send(p->server, to, channel, message, length)
                                   : fastnet.client_send(p->client, channel, message, length);
    return keep_error(p->error, sizeof p->error, sent);
}

/* The packet number behind the header byte is the receiver's own, so each gets its own. */
static gd_error send_to(peer *p, member *to, uint8_t *message, uint32_t length) {
    if (p->mode == UNRELIABLE_ORDERED) {
        uint16_t number = ++to->sent[p->lane];
        message[1] = (uint8_t)number;
        message[2] = (uint8_t)(number >> 8);
    }
    return send_one(p, to->peer_id, channel_for(p), message, length);
}

/* To all clients but one. A client that just left is no error; a full queue is, after all others were served. */
static gd_error send_to_others(peer *p, int32_t except, uint8_t *message, uint32_t length) {
    member *left_out = member_find(p, except);
    if (p->mode == RELIABLE) {
        FastNetPeerId id = left_out ? left_out->peer_id : 0;
        FastNetResult sent = fastnet.server_broadcast(p->server, id, channel_for(p), message, length);
        return keep_error(p->error, sizeof p->error, sent);
    }
    gd_error worst = GD_OK;
    for (int i = 0; i < p->member_count; i++) {
        gd_error code = p->members[i] == left_out ? GD_OK : send_to(p, p->members[i], message, length);
        if (code != GD_OK && code != GD_ERR_DOES_NOT_EXIST)
            worst = code;
    }
    return worst;
}

gd_error peer_send(peer *p, const uint8_t *data, int64_t length) {
    size_t header = p->mode == UNRELIABLE_ORDERED ? HEADER_MAX : 1;
    if (p->status != CONNECTED) {
        snprintf(p->error, sizeof p->error, "not connected yet; wait for peer_connected");
        return GD_ERR_UNCONFIGURED;
    }
    if (length < 0 || length > INT32_MAX - HEADER_MAX)
        return GD_ERR_INVALID_PARAMETER;
    uint8_t *message = scratch(p, header + (size_t)length);
    if (!message)
        return GD_ERR_OUT_OF_MEMORY;
    message[0] = (uint8_t)((uint32_t)p->lane << 2 | (uint32_t)p->mode);
    if (length)
        memcpy(message + header, data, (size_t)length);
    uint32_t total = (uint32_t)(header + (size_t)length);
    if (p->client)
        return send_to(p, p->members[0], message, total);
    if (p->target <= 0)
        return send_to_others(p, -p->target, message, total);
    member *to = member_find(p, p->target);
    if (to)
        return send_to(p, to, message, total);
    snprintf(p->error, sizeof p->error, "no multiplayer peer has the id %d", p->target);
    return GD_ERR_INVALID_PARAMETER;
}

gd_error peer_send_id(peer *p, const member *to) {
    uint32_t id = (uint32_t)to->id;
    const uint8_t message[CONTROL_BYTES] = {
        CONTROL, (uint8_t)id, (uint8_t)(id >> 8), (uint8_t)(id >> 16), (uint8_t)(id >> 24),
    };
    return send_one(p, to->peer_id, FASTNET_CHANNEL_RELIABLE_ORDERED, message, sizeof message);
}
