/* Printed by fastnet-codegen from codegen/api. */
/* Do not edit: change the description, or the template, and print again. */
/* To renew it: fastnet-codegen generate layout_probe */

/* Prints where the fields of every struct lie, as JSON. */
#include "sink/sink.h"

#include <stddef.h>
#include <stdio.h>

int main(void)
{
    printf("{");
    printf("\"SinkEvent\": {\"size\": %lu", (unsigned long)sizeof(SinkEvent));
    printf(", \"type\": %lu", (unsigned long)offsetof(SinkEvent, type));
    printf(", \"peer_id\": %lu", (unsigned long)offsetof(SinkEvent, peer_id));
    printf(", \"data_len\": %lu", (unsigned long)offsetof(SinkEvent, data_len));
    printf(", \"channel\": %lu", (unsigned long)offsetof(SinkEvent, channel));
    printf(", \"reserved0\": %lu", (unsigned long)offsetof(SinkEvent, reserved0));
    printf(", \"big\": %lu", (unsigned long)offsetof(SinkEvent, big));
    printf(", \"data\": %lu", (unsigned long)offsetof(SinkEvent, data));
    printf(", \"user_data\": %lu", (unsigned long)offsetof(SinkEvent, user_data));
    printf("}, ");
    printf("\"SinkStats\": {\"size\": %lu", (unsigned long)sizeof(SinkStats));
    printf(", \"struct_size\": %lu", (unsigned long)offsetof(SinkStats, struct_size));
    printf(", \"ratio\": %lu", (unsigned long)offsetof(SinkStats, ratio));
    printf(", \"average\": %lu", (unsigned long)offsetof(SinkStats, average));
    printf(", \"balance\": %lu", (unsigned long)offsetof(SinkStats, balance));
    printf(", \"small\": %lu", (unsigned long)offsetof(SinkStats, small));
    printf(", \"reserved0\": %lu", (unsigned long)offsetof(SinkStats, reserved0));
    printf(", \"medium\": %lu", (unsigned long)offsetof(SinkStats, medium));
    printf(", \"good\": %lu", (unsigned long)offsetof(SinkStats, good));
    printf(", \"since_two\": %lu", (unsigned long)offsetof(SinkStats, since_two));
    printf("}, ");
    printf("\"SinkSetup\": {\"size\": %lu", (unsigned long)sizeof(SinkSetup));
    printf(", \"struct_size\": %lu", (unsigned long)offsetof(SinkSetup, struct_size));
    printf(", \"flags\": %lu", (unsigned long)offsetof(SinkSetup, flags));
    printf(", \"channel\": %lu", (unsigned long)offsetof(SinkSetup, channel));
    printf(", \"reserved0\": %lu", (unsigned long)offsetof(SinkSetup, reserved0));
    printf(", \"port\": %lu", (unsigned long)offsetof(SinkSetup, port));
    printf(", \"wait_ms\": %lu", (unsigned long)offsetof(SinkSetup, wait_ms));
    printf(", \"blob_len\": %lu", (unsigned long)offsetof(SinkSetup, blob_len));
    printf(", \"pin_count\": %lu", (unsigned long)offsetof(SinkSetup, pin_count));
    printf(", \"name\": %lu", (unsigned long)offsetof(SinkSetup, name));
    printf(", \"path\": %lu", (unsigned long)offsetof(SinkSetup, path));
    printf(", \"blob\": %lu", (unsigned long)offsetof(SinkSetup, blob));
    printf(", \"pins\": %lu", (unsigned long)offsetof(SinkSetup, pins));
    printf(", \"watcher\": %lu", (unsigned long)offsetof(SinkSetup, watcher));
    printf(", \"parent\": %lu", (unsigned long)offsetof(SinkSetup, parent));
    printf(", \"user_data\": %lu", (unsigned long)offsetof(SinkSetup, user_data));
    printf("}");
    printf("}\n");
    return 0;
}
