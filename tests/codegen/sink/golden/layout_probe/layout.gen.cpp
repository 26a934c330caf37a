// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate layout_probe

// Prints where the fields of every struct lie, as JSON, as C++ sees them through its own header.
#include "sink/sink.hpp"

#include <cstddef>
#include <iostream>

int main()
{
    std::cout << "{";
    std::cout << "\"SinkEvent\": {\"size\": " << sizeof(SinkEvent);
    std::cout << ", \"type\": " << offsetof(SinkEvent, type);
    std::cout << ", \"peer_id\": " << offsetof(SinkEvent, peer_id);
    std::cout << ", \"data_len\": " << offsetof(SinkEvent, data_len);
    std::cout << ", \"channel\": " << offsetof(SinkEvent, channel);
    std::cout << ", \"reserved0\": " << offsetof(SinkEvent, reserved0);
    std::cout << ", \"big\": " << offsetof(SinkEvent, big);
    std::cout << ", \"data\": " << offsetof(SinkEvent, data);
    std::cout << ", \"user_data\": " << offsetof(SinkEvent, user_data);
    std::cout << "}, ";
    std::cout << "\"SinkStats\": {\"size\": " << sizeof(SinkStats);
    std::cout << ", \"struct_size\": " << offsetof(SinkStats, struct_size);
    std::cout << ", \"ratio\": " << offsetof(SinkStats, ratio);
    std::cout << ", \"average\": " << offsetof(SinkStats, average);
    std::cout << ", \"balance\": " << offsetof(SinkStats, balance);
    std::cout << ", \"small\": " << offsetof(SinkStats, small);
    std::cout << ", \"reserved0\": " << offsetof(SinkStats, reserved0);
    std::cout << ", \"medium\": " << offsetof(SinkStats, medium);
    std::cout << ", \"good\": " << offsetof(SinkStats, good);
    std::cout << ", \"since_two\": " << offsetof(SinkStats, since_two);
    std::cout << "}, ";
    std::cout << "\"SinkSetup\": {\"size\": " << sizeof(SinkSetup);
    std::cout << ", \"struct_size\": " << offsetof(SinkSetup, struct_size);
    std::cout << ", \"flags\": " << offsetof(SinkSetup, flags);
    std::cout << ", \"channel\": " << offsetof(SinkSetup, channel);
    std::cout << ", \"reserved0\": " << offsetof(SinkSetup, reserved0);
    std::cout << ", \"port\": " << offsetof(SinkSetup, port);
    std::cout << ", \"wait_ms\": " << offsetof(SinkSetup, wait_ms);
    std::cout << ", \"blob_len\": " << offsetof(SinkSetup, blob_len);
    std::cout << ", \"pin_count\": " << offsetof(SinkSetup, pin_count);
    std::cout << ", \"name\": " << offsetof(SinkSetup, name);
    std::cout << ", \"path\": " << offsetof(SinkSetup, path);
    std::cout << ", \"blob\": " << offsetof(SinkSetup, blob);
    std::cout << ", \"pins\": " << offsetof(SinkSetup, pins);
    std::cout << ", \"watcher\": " << offsetof(SinkSetup, watcher);
    std::cout << ", \"parent\": " << offsetof(SinkSetup, parent);
    std::cout << ", \"user_data\": " << offsetof(SinkSetup, user_data);
    std::cout << "}";
    std::cout << "}\n";
    return 0;
}
