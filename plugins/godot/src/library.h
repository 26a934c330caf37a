/* The C library beside the addon: loaded by its full path, called through a table. */
#ifndef FASTNET_GODOT_LIBRARY_H
#define FASTNET_GODOT_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include "api.gen.h"
#include "gd.h"

extern fastnet_api fastnet;

/* Loads the library and starts its runtime in the background. False: `library_problem` says what is missing. */
bool library_load(void);
void library_unload(void);
bool library_is_there(void);
const char *library_problem(void);

/* What a FastNetResult is as Godot's Error. */
gd_error error_of(FastNetResult result);

/* Copies the library's latest error text, cut to `capacity`, and returns the Error for `result`. */
gd_error keep_error(char *text, size_t capacity, FastNetResult result);

#endif
