// The same client in C++11: `echo_client_cpp [HOST PORT]` says hello on channel 0 and prints the echo.
#include "fastnet.hpp"

#include <cstdlib>
#include <iostream>

namespace {

bool echoed(fastnet::Client& client)
{
    fastnet::Event event;
    bool found = false;
    while (client.poll(event)) {
        if (event.type() == fastnet::EventType::connected)
            client.send(fastnet::Channel::reliable_ordered, std::string("Hello from C++"));
        if (event.type() == fastnet::EventType::data) {
            std::cout << "Received: " << std::string(event.data().begin(), event.data().end()) << "\n";
            found = true;
        }
    }
    return found;
}

} // namespace

int main(int argc, char** argv)
{
    const std::string host = argc > 2 ? argv[1] : "127.0.0.1";
    const int port = argc > 2 ? std::atoi(argv[2]) : 7778;
    try {
        fastnet::Client client = fastnet::Client::connect(host, static_cast<std::uint16_t>(port));
        for (int tries = 0; tries < 100; tries++) {
            if (echoed(client))
                return 0;
            client.wait(100);
        }
        std::cerr << "no echo in 10 s\n";
    } catch (const fastnet::Error& error) {
        std::cerr << error.what() << "\n";
    }
    return 1;
}
