/* The options Dictionary of connect_to_server, listen, create_client and create_server. */
#ifndef FASTNET_GODOT_OPTIONS_H
#define FASTNET_GODOT_OPTIONS_H

#include "library.h"

enum { OPTION_TEXTS = 48 };

/* What the read config points at; `options_end` frees it after the open. */
typedef struct options {
    char *texts[OPTION_TEXTS];
    int count;
} options;

/* Fill `config` from `dictionary`. False: `error` says which key is wrong and what would be right. */
bool options_for_client(options *kept, const gd_dictionary *dictionary, FastNetClientConfig *config, char *error,
                        size_t capacity);
bool options_for_server(options *kept, const gd_dictionary *dictionary, FastNetServerConfig *config, char *error,
                        size_t capacity);
/* A malloc'ed copy of a String that lives until `options_end`; NULL when memory is out. */
char *options_text(options *kept, const gd_string *string);
void options_end(options *kept);

#endif
