/* How the network thread waits: the most eager policy among the live threaded handles, the longest spin, the shortest
 * tick. Published in the bridge whenever a handle comes or goes.
 */
#include "inside.h"

enum { DEFAULT_TICK_US = 1000, DEFAULT_SPIN_NS = 50000 };

typedef struct idle {
    uint32_t policy, tick_us, spin_ns;
} idle;

static idle wish_of(const fn_session *session) {
    idle wish;
    if (session->kind == FN_CLIENT) {
        const FastNetClientConfig *config = session->config.client;
        wish = (idle){config->idle_policy, config->tick_us, config->spin_ns};
    } else {
        const FastNetServerConfig *config = session->config.server;
        wish = (idle){config->idle_policy, config->tick_us, config->spin_ns};
    }
    if (!wish.tick_us)
        wish.tick_us = DEFAULT_TICK_US;
    if (!wish.spin_ns)
        wish.spin_ns = DEFAULT_SPIN_NS; /* FASTNET_OFF is the longest of all: for ever. */
    return wish;
}

static void take_wish(fn_session *session, void *context) {
    idle *most = context;
    if (fn_is_pumped(session) || atomic_load_explicit(&fn_of(session)->ended, memory_order_relaxed))
        return;
    idle wish = wish_of(session);
    if (wish.policy > most->policy)
        most->policy = wish.policy;
    if (wish.policy == FASTNET_IDLE_TICK && (!most->tick_us || wish.tick_us < most->tick_us))
        most->tick_us = wish.tick_us;
    if (wish.policy == FASTNET_IDLE_SPIN && wish.spin_ns > most->spin_ns)
        most->spin_ns = wish.spin_ns;
}

void fn_idle_update(void) {
    idle most = {0};
    fn_acquire(&fn_global);
    fn_each_session(take_wish, &most);
    bool changed = atomic_load_explicit(&fn_the_bridge.idle_policy, memory_order_relaxed) != most.policy;
    atomic_store_explicit(&fn_the_bridge.tick_us, most.tick_us ? most.tick_us : DEFAULT_TICK_US, memory_order_relaxed);
    atomic_store_explicit(&fn_the_bridge.spin_ns, most.spin_ns ? most.spin_ns : DEFAULT_SPIN_NS, memory_order_relaxed);
    atomic_store_explicit(&fn_the_bridge.idle_policy, most.policy, memory_order_relaxed);
    fn_release(&fn_global);
    if (changed)
        fn_wake_network();
}
