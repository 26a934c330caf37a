/* The Python modules of the packed runtime. */
#ifndef FASTNET_CORE_MODULES_H
#define FASTNET_CORE_MODULES_H

#include "bridge.h"

/* Before the interpreter starts: it finds the modules in FOLDER/base_library.zip from now on. False: the archive is not
 * there, or is not as the packing leaves it. */
bool fn_modules_show(const char *folder);

/* What was imported is not needed from there again; what will be is found in the file. */
void fn_modules_let_go(void);

#endif
