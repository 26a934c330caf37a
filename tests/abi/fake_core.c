/* A core without Python, for tests of the plain-C library alone: a network in memory that is deterministic and runs
 * under every sanitizer. It keeps bridge.h from the core's side.
 *
 * Clients of 127.0.0.1 reach the server of this process that has the port. Other hosts play a part:
 *   echo.test     sends everything back           silent.test  never answers
 *                 (before "log" comes back, 5,000 lines are logged)
 *   refused.test  REFUSED with a text             badcert.test FN_OPEN is answered with CERTIFICATE
 *   unanswered.test  FN_OPEN's result is never written
 *   die.test      the loop returns as if Python had never run; raise.test: as if its adapter had raised
 * A server's bind_address "taken.test" is ADDRESS_IN_USE, "slow.test" is never answered.
 * FAKE_CORE in the environment: "dead" the boot fails, "mute" it fails without a word, "slow" it takes 200 ms.
 */
#define _GNU_SOURCE 1
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "table.h"

enum { TURN_MS = 1000, BOOT_MS = 200, CHATTER_LINES = 5000, RECORDS_A_TURN = 1024 };

/* An event that waits for room, and whose budget is given back when it found some. */
typedef struct held {
    struct held *next;
    fn_record header;
    fn_outcome outcome;
    fn_peer *credit;
    uint8_t *data;
} held;

typedef struct part {
    struct part *next;
    fn_session *session;
    struct part *server; /* of a client that is connected to one */
    uint32_t id;         /* of a client there */
    bool echoes, connected;
    held *first, *last;
    uint64_t *released_at; /* of a server's places: 0, or where the in ring's tail must be before it is free again */
    uint32_t *generation;
} part;

static fn_bridge *bridge;
static part *parts;
static int32_t death; /* what the loop is to return */
static bool dying;
static uint16_t next_port = 40001;
static pthread_mutex_t world = PTHREAD_MUTEX_INITIALIZER; /* what the interpreter's lock is to the real one */

static part *part_of(const fn_session *session) {
    return session->core;
}

static bool is_push(fn_session *session, const held *event) {
    const fn_outcome *front = event->header.kind == FASTNET_EVENT_DATA ? NULL : &event->outcome;
    return fn_ring_push(&session->in, &event->header, front, event->data) == FN_PUSHED;
}

static void pushed(part *to, const held *event) {
    if (event->credit)
        fn_place_done(event->credit, event->header.channel,
                      event->credit->done[event->header.channel] + event->header.length + FN_MESSAGE_COST_BYTES);
    if (to->session->kind == FN_SERVER && event->header.kind == FASTNET_EVENT_DISCONNECTED) {
        fn_peer *place = fn_peer_place(to->session, event->header.peer);
        to->released_at[place - to->session->peers] = fn_head(&to->session->in);
    }
    fn_notify(to->session);
}

static void hold(part *to, const held *event) {
    held *copy = malloc(sizeof *copy);
    *copy = *event;
    copy->next = NULL;
    copy->data = malloc(event->header.length + 1);
    if (event->header.length)
        memcpy(copy->data, event->data, event->header.length);
    if (to->last)
        to->last->next = copy;
    else
        to->first = copy;
    to->last = copy;
    fn_hold_back(to->session, true);
}

static void emit(part *to, held event) {
    event.header.time_us = bridge->time_us();
    if (!to->first && is_push(to->session, &event))
        pushed(to, &event);
    else
        hold(to, &event);
}

static void emit_change(part *to, uint8_t kind, uint32_t peer, fn_outcome outcome, const char *text) {
    emit(to, (held){.header = {.kind = kind, .peer = peer, .length = (uint32_t)strlen(text)},
                    .outcome = outcome,
                    .data = (uint8_t *)(uintptr_t)text});
}

static void emit_data(part *to, uint32_t peer, const fn_record *record, fn_peer *credit) {
    emit(to,
         (held){
             .header = {.kind = FASTNET_EVENT_DATA, .peer = peer, .channel = record->channel, .length = record->length},
             .credit = credit,
             .data = (uint8_t *)(uintptr_t)fn_record_payload(record)});
}

static void push_held(part *to) {
    while (to->first && is_push(to->session, to->first)) {
        held *event = to->first;
        pushed(to, event);
        to->first = event->next;
        if (!to->first)
            to->last = NULL;
        free(event->data);
        free(event);
    }
    fn_hold_back(to->session, to->first != NULL);
}

/* The end of a client's connection, seen by itself. */
static void finish(part *client, int32_t error, uint32_t reason, bool by_peer, const char *text) {
    client->connected = client->echoes = false;
    client->server = NULL;
    fn_place_set_state(client->session, client->session->peers, FASTNET_STATE_CLOSED);
    fn_outcome outcome = {error, reason, by_peer, 0};
    fn_finish(client->session, FASTNET_EVENT_DISCONNECTED, bridge->time_us(), &outcome, text, (uint32_t)strlen(text));
    fn_notify(client->session);
}

static void open_place(fn_session *session, fn_peer *place, uint32_t id) {
    static const uint32_t limits[FN_CHANNELS] = {1 << 20, 16 << 10, 1 << 20, 16 << 10};
    fn_place_open(session, place, id, limits, "[::1]:50000", 11);
    FastNetStats stats = {.rtt_us = 1234};
    fn_publish_peer(session, place, &stats);
}

static void connected(part *client, uint32_t id) {
    client->connected = true;
    open_place(client->session, client->session->peers, 1);
    fn_set_client_id(client->session, id);
    fn_set_state(client->session, FASTNET_STATE_CONNECTED);
    emit_change(client, FASTNET_EVENT_CONNECTED, id, (fn_outcome){0}, "");
}

static fn_peer *free_place(part *server) {
    for (uint32_t i = 0; i < server->session->peers_max; i++)
        if (fn_place_id(&server->session->peers[i]) == 0)
            return &server->session->peers[i];
    return NULL;
}

static void join(part *client, part *server) {
    fn_peer *place = free_place(server);
    if (!place) {
        finish(client, FASTNET_ERROR_SERVER_FULL, FASTNET_REASON_SERVER_FULL, true, "the server is full");
        return;
    }
    uint32_t slot = (uint32_t)(place - server->session->peers);
    uint32_t id = (slot + FN_FIRST_SLOT) | (++server->generation[slot] & 0x3FFF) << FN_SLOT_BITS;
    open_place(server->session, place, id);
    emit_change(server, FASTNET_EVENT_CONNECTED, id, (fn_outcome){0}, "");
    client->server = server;
    client->id = id;
    connected(client, id);
}

/* A server's view of the end of one of its clients. */
static void part_with(part *server, uint32_t id, uint32_t reason, bool by_peer, const char *text) {
    fn_place_close(server->session, fn_peer_place(server->session, id));
    emit_change(server, FASTNET_EVENT_DISCONNECTED, id, (fn_outcome){0, reason, by_peer, 0}, text);
}

static void free_released(part *server) {
    for (uint32_t i = 0; i < server->session->peers_max; i++)
        if (server->released_at[i] && fn_tail(&server->session->in) >= server->released_at[i]) {
            server->released_at[i] = 0;
            fn_place_free(server->session, &server->session->peers[i]);
        }
}

static part *find_server(uint16_t port) {
    for (part *at = parts; at; at = at->next)
        if (at->session->kind == FN_SERVER && at->session->tcp_port == port)
            return at;
    return NULL;
}

static void open_client(part *client, fn_command *command) {
    const char *host = client->session->config.client->host;
    part *server = find_server(client->session->config.client->port);
    if (!strcmp(host, "echo.test")) {
        client->echoes = true;
        connected(client, 2);
    } else if (!strcmp(host, "refused.test")) {
        finish(client, FASTNET_ERROR_REFUSED, FASTNET_REASON_REFUSED, true, "come back later");
    } else if (!strcmp(host, "badcert.test")) {
        command->result = FASTNET_ERROR_CERTIFICATE;
        (void)snprintf(command->text, sizeof command->text, "no such file: ca.pem");
    } else if (!strcmp(host, "unanswered.test")) {
        command->result = 0;
    } else if (!strcmp(host, "die.test") || !strcmp(host, "raise.test")) {
        dying = true;
        death = host[0] == 'd' ? 0 : FASTNET_ERROR_INTERNAL;
    } else if (server) {
        join(client, server);
    } else if (strcmp(host, "silent.test") != 0) {
        finish(client, FASTNET_ERROR_TCP_UNREACHABLE, FASTNET_REASON_TCP_UNREACHABLE, false, "nobody answers there");
    }
}

static bool open_server(part *server, fn_command *command) {
    const FastNetServerConfig *config = server->session->config.server;
    server->released_at = calloc(server->session->peers_max, sizeof(uint64_t));
    server->generation = calloc(server->session->peers_max, sizeof(uint32_t));
    if (config->bind_address && !strcmp(config->bind_address, "slow.test"))
        return false;
    if (config->bind_address && !strcmp(config->bind_address, "taken.test")) {
        command->result = FASTNET_ERROR_ADDRESS_IN_USE;
        (void)snprintf(command->text, sizeof command->text, "another program has port %u", (unsigned)config->tcp_port);
        return true;
    }
    uint16_t tcp = config->tcp_port ? config->tcp_port : next_port++;
    fn_set_ports(server->session, config->udp_port ? config->udp_port : next_port++, tcp);
    fn_set_state(server->session, FASTNET_STATE_CONNECTED);
    return true;
}

static bool open_part(fn_command *command) {
    part *opened = calloc(1, sizeof *opened);
    opened->session = command->session;
    command->session->core = opened;
    opened->next = parts;
    parts = opened;
    if (opened->session->kind == FN_SERVER)
        return open_server(opened, command);
    open_client(opened, command);
    return true;
}

static void leave_server(part *client) {
    if (client->server)
        part_with(client->server, client->id, FASTNET_REASON_CLOSED, true, "");
}

static void leave_clients(part *server) {
    for (part *at = parts; at; at = at->next)
        if (at->server == server)
            finish(at, 0, FASTNET_REASON_SHUTTING_DOWN, true, "");
}

/* No held event may give budget back to a place that is gone. */
static void forget_credit(const fn_session *session) {
    for (part *at = parts; at; at = at->next)
        for (held *event = at->first; event; event = event->next)
            if (event->credit >= session->peers && event->credit < session->peers + session->peers_max)
                event->credit = NULL;
}

static void deliver_from_server(part *server, const fn_record *record) {
    bool broadcast = fn_record_kind(record) == FN_KIND_BROADCAST;
    for (part *at = parts; at; at = at->next) {
        if (at->server != server || (broadcast ? at->id == record->peer : at->id != record->peer))
            continue;
        fn_peer *place = fn_peer_place(server->session, at->id);
        if (!broadcast || place->broadcasts_before < record->time_us)
            emit_data(at, 1, record, place);
    }
}

static void chatter(const fn_record *record) {
    char line[32];
    for (int i = 0; record->length == 3 && !memcmp(fn_record_payload(record), "log", 3) && i < CHATTER_LINES; i++) {
        (void)snprintf(line, sizeof line, "line %d of chatter", i);
        bridge->log(FASTNET_LOG_INFO, line);
    }
}

static void deliver(part *from, const fn_record *record) {
    chatter(record);
    if (from->session->kind == FN_SERVER)
        deliver_from_server(from, record);
    else if (from->server)
        emit_data(from->server, from->id, record, from->session->peers);
    else if (from->echoes)
        emit_data(from, 1, record, from->session->peers);
}

/* What was sent before the end leaves before the end. */
static void deliver_all(part *from) {
    for (const fn_record *record; (record = fn_ring_peek(&from->session->out));)
        deliver(from, record);
}

static void end_part(fn_session *session) {
    part *ended = part_of(session);
    deliver_all(ended);
    part **link = &parts;
    while (*link != ended)
        link = &(*link)->next;
    *link = ended->next;
    if (session->kind == FN_SERVER)
        leave_clients(ended);
    else
        leave_server(ended);
    forget_credit(session);
    for (held *event = ended->first; event;) {
        held *next = event->next;
        free(event->data);
        free(event);
        event = next;
    }
    free(ended->released_at);
    free(ended->generation);
    free(ended);
    bridge->session_free(session);
}

static void close_client(part *client, const fn_command *command) {
    deliver_all(client);
    if (client->server)
        part_with(client->server, client->id, command->code, true, command->text);
    if (atomic_load(&client->session->state) != FASTNET_STATE_CLOSED)
        finish(client, 0, command->code, false, command->text);
}

static void kick(part *server, const fn_command *command) {
    for (part *at = parts; at; at = at->next)
        if (at->server == server && at->id == command->peer) {
            finish(at, 0, command->code, true, command->text);
            part_with(server, command->peer, command->code, false, command->text);
        }
}

static bool carry(fn_command *command) {
    command->result = FN_RAN;
    switch (command->kind) {
    case FN_OPEN:
        return open_part(command);
    case FN_CLOSE:
        close_client(part_of(command->session), command);
        return true;
    case FN_KICK:
        kick(part_of(command->session), command);
        return true;
    case FN_END:
        end_part(command->session);
        return true;
    case FN_LOG:
        bridge->log(FASTNET_LOG_INFO, "the log level changed");
        return true;
    default:
        command->result = FASTNET_ERROR_INTERNAL;
        return true;
    }
}

/* A sender that is as quick as we are must not keep what is held from its receiver. */
static void deliver_some(part *from) {
    const fn_record *record;
    for (int i = 0; i < RECORDS_A_TURN && (record = fn_ring_peek(&from->session->out)); i++)
        deliver(from, record);
}

static void turn_all(void) {
    for (part *at = parts; at; at = at->next) {
        push_held(at);
        (void)fn_take_flush(at->session);
        deliver_some(at);
        if (at->session->kind == FN_SERVER)
            free_released(at);
    }
}

static bool has_work(void) {
    for (part *at = parts; at; at = at->next)
        if (fn_has_work(at->session) || (at->first && fn_fits(&at->session->in, at->first->header.length + 16)))
            return true;
    return false;
}

static bool take_orders(void) {
    fn_command command;
    bool any = false;
    while (bridge->take_command(&command)) {
        any = true;
        if (carry(&command))
            bridge->answer(&command);
    }
    return any;
}

static void sleep_on(intptr_t handle, int ms) {
    struct pollfd wake = {.fd = (int)handle, .events = POLLIN};
    uint64_t count;
    if (poll(&wake, 1, ms) > 0 && read((int)handle, &count, sizeof count) < 0)
        bridge->log(FASTNET_LOG_ERROR, "the wake-up object cannot be read");
}

static int32_t run(void) {
    bridge->is_running();
    while (!dying) {
        pthread_mutex_lock(&world);
        bool busy = take_orders();
        turn_all();
        fn_lie_down(bridge);
        busy = take_orders() || has_work() || busy || dying;
        pthread_mutex_unlock(&world);
        if (bridge->is_stopping() && !busy)
            return FN_RAN;
        uint32_t policy = fn_idle_policy(bridge);
        if (!busy && !bridge->is_stopping() && policy != FASTNET_IDLE_SPIN)
            sleep_on(bridge->wake_handle, policy == FASTNET_IDLE_TICK ? 1 : TURN_MS);
        fn_get_up(bridge);
    }
    dying = false;
    return death;
}

static int32_t turn(fn_session *session, uint64_t wait_us) {
    pthread_mutex_lock(&world);
    turn_all();
    bool quiet = fn_ring_is_empty(&session->in) && !atomic_load(&session->final_ready);
    pthread_mutex_unlock(&world);
    if (dying)
        return death;
    if (!quiet || wait_us == 0 || wait_us == FN_ONLY_OUT)
        return FN_RAN;
    atomic_store_explicit(&session->sleeping, 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_seq_cst);
    sleep_on(session->wake_handle, wait_us < 1000 ? 1 : wait_us < 1000000 ? (int)(wait_us / 1000) : TURN_MS);
    atomic_store_explicit(&session->sleeping, 0, memory_order_relaxed);
    return FN_RAN;
}

static int32_t carry_out(fn_command *command) {
    pthread_mutex_lock(&world);
    carry(command);
    pthread_mutex_unlock(&world);
    return command->result;
}

static int32_t boot(void) {
    const char *wish = getenv("FAKE_CORE");
    if (wish && !strcmp(wish, "slow"))
        nanosleep(&(struct timespec){.tv_nsec = BOOT_MS * 1000000L}, NULL);
    if (wish && !strcmp(wish, "dead")) {
        (void)snprintf(bridge->error, sizeof bridge->error, "this core is dead on purpose");
        return FASTNET_ERROR_RUNTIME;
    }
    return wish && !strcmp(wish, "mute") ? 0 : FN_RAN;
}

__attribute__((visibility("default"))) int32_t fastnet_core_main(fn_bridge *given, bool loop);

__attribute__((visibility("default"))) int32_t fastnet_core_main(fn_bridge *given, bool loop) {
    if (given->size != sizeof *given || strcmp(given->build_id, FN_BUILD_ID) != 0) {
        (void)snprintf(given->error, sizeof given->error, "this core is of another build");
        return FASTNET_ERROR_RUNTIME;
    }
    bridge = given;
    static int32_t booted;
    if (booted != FN_RAN && (booted = boot()) != FN_RAN)
        return booted;
    bridge->turn = turn;
    bridge->carry_out = carry_out;
    return loop ? run() : FN_RAN;
}
