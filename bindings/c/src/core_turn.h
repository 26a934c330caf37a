/* Turns of pumped handles inside the core, and the interpreter's lock, which they keep between them where they may. */
#ifndef FASTNET_CORE_TURN_H
#define FASTNET_CORE_TURN_H

#include "bridge.h"

bool fn_turns_prepare(void); /* once; false: this process has no thread-specific key left */
void fn_turns_begin(fn_bridge *bridge);

/* Around every other way into the interpreter: nobody keeps the lock meanwhile without being in a turn. */
void fn_lock_ask(void);
void fn_lock_asked(void);

#endif
