/* For Windows: see linux_sockets.h. */
#include "linux_sockets.h"
