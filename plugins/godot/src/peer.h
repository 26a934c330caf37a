/* FastNetMultiplayerPeer: what its files share.
 *
 * Wire, inside FastNet messages: one byte in front, bits 0..1 the mode, bits 2..7 the transfer channel; "unreliable
 * ordered" has a u16 number behind it (little endian, per peer and transfer channel, serial arithmetic). The first
 * message of a server to a client is CONTROL with the client's multiplayer id, u32 little endian.
 *
 * Ids: Godot wants the server to be 1 and clients to be in 2..2^31-1, the same number at every peer. FastNet's ids
 * carry a generation and differ. The server draws Godot's; `member` holds both. Nobody's word is taken for an id.
 */
#ifndef FASTNET_GODOT_PEER_H
#define FASTNET_GODOT_PEER_H

#include "classes.h"

enum { LANES = 64, SERVER_ID = 1, HEADER_MAX = 3, CONTROL_BYTES = 5 };

typedef enum mode { UNRELIABLE = 0, UNRELIABLE_ORDERED = 1, RELIABLE = 2, CONTROL = 3 } mode; /* as MultiplayerPeer's */
typedef enum status { DISCONNECTED = 0, CONNECTING = 1, CONNECTED = 2 } status;

/* One other end of the connection. */
typedef struct member {
    int32_t id;            /* Godot's */
    FastNetPeerId peer_id; /* FastNet's */
    uint16_t sent[LANES], newest[LANES];
    bool heard[LANES];
} member;

/* A packet that waits for _get_packet. */
typedef struct packet {
    struct packet *next;
    int32_t from;
    int32_t length;
    uint8_t mode, lane;
    uint8_t data[];
} packet;

typedef struct peer {
    GDExtensionObjectPtr object;
    FastNetClient client; /* one of these two, or none */
    FastNetServer server;
    status status;
    int32_t id;
    int32_t target;
    uint8_t lane;
    mode mode;
    int unordered_lane; /* -1: none */
    bool refusing;
    member **members; /* sorted by Godot's id; a client has one, the server */
    int member_count, member_room;
    uint64_t chance; /* state of the generator of ids */
    packet *first, *last, *lent; /* lent: what _get_packet gave; it lives until the next one */
    int packet_count;
    bool ending;     /* an end that waits until the packets before it are taken: */
    member *leaving; /* of this client; NULL: of the whole connection */
    uint8_t *scratch; /* header and payload of a message being sent */
    size_t scratch_bytes;
    bool *alive; /* of a poll that is under way */
    char error[ERROR_BYTES];
} peer;

/* members.c */
member *member_add(peer *p, int32_t id, FastNetPeerId peer_id);
member *member_find(const peer *p, int32_t id);
void member_remove(peer *p, member *gone);
void members_end(peer *p);
int32_t member_new_id(peer *p);

/* packets.c */
bool packet_push(peer *p, const member *from, const FastNetEvent *event, size_t header_bytes);
void packets_drop(peer *p, int32_t from); /* all that wait from one that is gone */
void packets_end(peer *p);
/* Whether a lane's packet number is newer than all before; RFC 1982 serial arithmetic. */
bool lane_accepts(member *from, int lane, uint16_t number);

/* peer_send.c: Godot's Error. */
gd_error peer_send(peer *p, const uint8_t *data, int64_t length);
gd_error peer_send_id(peer *p, const member *to);

/* peer_poll.c */
void peer_poll(peer *p);

/* peer.c */
void peer_drop(peer *p);

extern const gd_virtual gd_peer_virtuals[];
enum { GD_PEER_VIRTUALS = 21 };

#endif
