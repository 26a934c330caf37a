// The conformance runner in C++, on the printed layer fastnet.hpp. scenarios/README.md has the commands.
#include <cstdio>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "fastnet.hpp"

namespace {

constexpr std::uint32_t wait_ms = 10000;

struct Place {
    fastnet::Client client;
    fastnet::Server server;
};

std::map<std::string, Place> places;

std::uint64_t option(const std::vector<std::string>& words, const std::string& key)
{
    for (const std::string& word : words)
        if (word.compare(0, key.size() + 1, key + "=") == 0)
            return std::stoull(word.substr(key.size() + 1));
    return 0;
}

std::vector<std::uint8_t> filled(const std::string& size, const std::string& seed)
{
    std::vector<std::uint8_t> data(std::stoul(size));
    const std::uint32_t begin = static_cast<std::uint32_t>(std::stoul(seed));
    for (std::uint32_t i = 0; i < data.size(); i++)
        data[i] = static_cast<std::uint8_t>(begin + i * 31u);
    return data;
}

std::string said(fastnet::Result result)
{
    return result == fastnet::Result::ok ? "ok" : "result " + std::to_string(static_cast<int>(result));
}

std::string told(const fastnet::Event& event)
{
    std::ostringstream line;
    if (event.type() == fastnet::EventType::connected) {
        line << "connected " << event.peer_id();
    } else if (event.type() == fastnet::EventType::data) {
        std::uint32_t hash = 2166136261u; // FNV-1a
        for (std::uint8_t byte : event.data())
            hash = (hash ^ byte) * 16777619u;
        char text[9];
        std::snprintf(text, sizeof text, "%08x", hash);
        line << "data " << event.peer_id() << ' ' << static_cast<int>(event.channel()) << ' ' << event.data().size() << ' ' << text;
    } else {
        const std::uint32_t reason = static_cast<std::uint32_t>(event.reason());
        line << "disconnected " << event.peer_id() << ' ' << reason;
        if (reason >= 1000)
            line << ' ' << event.data().text();
    }
    return line.str();
}

template <class Handle>
std::string waited(Handle& handle)
{
    fastnet::Event event;
    if (handle.poll(event) || (handle.wait(wait_ms) == fastnet::Result::ok && handle.poll(event)))
        return told(event);
    return "nothing";
}

std::string listen(Place& place, const std::vector<std::string>& words)
{
    fastnet::ServerConfig config;
    config.app_id(option(words, "app_id")).peers_max(static_cast<std::uint32_t>(option(words, "peers_max")));
    place.server = fastnet::Server::open(config);
    return "listening " + std::to_string(place.server.udp_port()) + ' ' + std::to_string(place.server.tcp_port());
}

std::string open(Place& place, const std::vector<std::string>& words)
{
    fastnet::ClientConfig config;
    config.host("localhost").port(static_cast<std::uint16_t>(std::stoul(words[2]))).app_id(option(words, "app_id"));
    if (option(words, "wrong_pin"))
        config.pins(std::vector<std::uint8_t>(32, 1));
    if (option(words, "no_dev_ca"))
        config.flags(fastnet::ClientFlags::no_dev_ca);
    place.client = fastnet::Client::open(config);
    return "ok";
}

std::uint32_t number(const std::string& word)
{
    return static_cast<std::uint32_t>(std::stoul(word));
}

fastnet::Channel channel(const std::string& word)
{
    return static_cast<fastnet::Channel>(std::stoul(word));
}

std::string carry_out(const std::vector<std::string>& words)
{
    const std::string& verb = words[0];
    Place& place = places[words[1]];
    if (verb == "listen")
        return listen(place, words);
    if (verb == "open")
        return open(place, words);
    if (verb == "wait")
        return place.client ? waited(place.client) : waited(place.server);
    if (verb == "send" && place.client)
        return said(place.client.send(channel(words[3]), filled(words[4], words[5])));
    if (verb == "send")
        return said(place.server.send(number(words[2]), channel(words[3]), filled(words[4], words[5])));
    if (verb == "broadcast")
        return said(place.server.broadcast(number(words[2]), channel(words[3]), filled(words[4], words[5])));
    if (verb == "kick")
        return said(place.server.disconnect_peer(number(words[2]), number(words[3]), words[4]));
    if (verb == "close")
        return said(place.client.close(number(words[2]), words[3]));
    if (verb == "count")
        return "count " + std::to_string(place.server.peer_count());
    if (verb == "end")
        return places.erase(words[1]) ? "ok" : "unknown";
    return "unknown";
}

} // namespace

int main()
{
    std::string line;
    while (std::getline(std::cin, line)) {
        std::istringstream parts(line);
        std::vector<std::string> words;
        for (std::string word; parts >> word;)
            words.push_back(word);
        if (words.size() < 2)
            break;
        try {
            std::cout << carry_out(words) << std::endl;
        } catch (const fastnet::Error& error) {
            std::cout << said(error.result()) << std::endl;
        }
    }
    places.clear();
    fastnet_shutdown();
    return 0;
}
