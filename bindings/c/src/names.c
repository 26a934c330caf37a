/* Names of result codes and reasons, for logs and error texts of the host; the tables are printed in abi.gen.c. */
#include "inside.h"

const char *fn_result_name(FastNetResult result) {
    return fn_name_of_result(result);
}

const char *fn_reason_name(FastNetReason reason) {
    return fn_name_of_reason(reason);
}
