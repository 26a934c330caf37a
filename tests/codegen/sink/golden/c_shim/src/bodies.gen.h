/* Printed by fastnet-codegen from codegen/api. */
/* Do not edit: change the description, or the template, and print again. */
/* To renew it: fastnet-codegen generate c_shim */

/* What the exported functions call: prototypes of the bodies that are written by hand, and what is printed beside them.
 * A body that is missing does not link, one of another type does not compile. shim.h has the rules. */
#ifndef SINK_BODIES_GEN_H
#define SINK_BODIES_GEN_H

#include "shim.h"

/* Written by hand. */
SinkResult fn_abi_check(uint32_t revision, uint64_t hash);
SinkResult fn_last_result(void);
const char* fn_last_error(void);
const char* fn_version_string(void);
double fn_half(double of);
void fn_stop(void);
SinkResult fn_thing_setup_init(SinkSetup* setup, uint32_t struct_size);
SinkThing fn_thing_make(const char* name, const char* path);
SinkResult fn_thing_open(const SinkSetup* setup, SinkThing* out_thing);
void fn_thing_end(fn_session *session);
SinkBool fn_thing_poll(fn_session *session, SinkEvent* out_event);
SinkResult fn_thing_send(fn_session *session, SinkPeerId peer_id, SinkChannel channel, SinkState state, uint32_t code,
    SinkBool urgent, const uint8_t* data, uint32_t data_len, const uint8_t* keys, uint32_t keys_count,
    const char* note);
SinkResult fn_thing_watch(fn_session *session, SinkWatcher watcher, void* user_data);
uint32_t fn_thing_peers(fn_session *session, SinkPeerId* buffer, uint32_t capacity);
uint32_t fn_thing_title(fn_session *session, char* buffer, uint32_t capacity);
SinkResult fn_thing_stats(fn_session *session, SinkStats* stats);
SinkState fn_thing_state(fn_session *session);
void* fn_thing_user_data(fn_session *session);
SinkState fn_thing_old_state(fn_session *session);
uint64_t fn_thing_rtt_us(fn_session *session);

/* Printed in abi.gen.c. A copy is one calloc'ed block with all that the struct points at; NULL: memory is out. */
SinkSetup *fn_setup_copy(const SinkSetup *full);
const char *fn_name_of_result(SinkResult result); /* never NULL */
const char *fn_name_of_reason(SinkReason reason); /* never NULL */
SinkResult fn_result_of_reason(SinkReason reason);
uint64_t fn_abi_hash(uint32_t revision); /* what a revision had; 0 if this library does not know it */

#endif
