-- Printed by fastnet-codegen from codegen/api.
-- Do not edit: change the description, or the template, and print again.
-- To renew it: fastnet-codegen generate layout_probe

-- Prints where the fields of every struct lie, as JSON, as LuaJIT sees them: luajit layout.gen.lua PATH/fastnet.cdef.h
local ffi = require("ffi")
local path = ...
local file = assert(io.open(path))
ffi.cdef(file:read("*a"))
file:close()

local structs = {
  { "FastNetEvent", {
    "type",
    "peer_id",
    "data_len",
    "channel",
    "reserved0",
    "error_code",
    "reason",
    "by_peer",
    "reserved1",
    "timestamp_us",
    "data",
    "user_data",
    "reserved2",
  } },
  { "FastNetStats", {
    "struct_size",
    "rtt_us",
    "rtt_min_us",
    "rtt_var_us",
    "send_queue_bytes",
    "recv_queue_bytes",
    "uptime_us",
    "bytes_sent",
    "bytes_received",
    "packets_sent",
    "packets_received",
    "packets_lost",
    "packets_dropped",
    "retransmissions",
    "messages_sent",
    "messages_received",
    "messages_dropped",
  } },
  { "FastNetClientConfig", {
    "struct_size",
    "flags",
    "io_mode",
    "idle_policy",
    "tick_us",
    "spin_ns",
    "open_timeout_ms",
    "idle_timeout_ms",
    "keepalive_ms",
    "linger_ms",
    "max_reliable_message",
    "max_unreliable_message",
    "send_queue_bytes",
    "ring_bytes",
    "ca_pem_len",
    "pin_count",
    "token_len",
    "port",
    "reserved0",
    "app_id",
    "host",
    "server_name",
    "ca_path",
    "ca_pem",
    "pins",
    "token",
    "user_data",
    "reserved1",
  } },
  { "FastNetServerConfig", {
    "struct_size",
    "flags",
    "io_mode",
    "idle_policy",
    "tick_us",
    "spin_ns",
    "peers_max",
    "handshake_timeout_ms",
    "idle_timeout_ms",
    "keepalive_ms",
    "linger_ms",
    "max_reliable_message",
    "max_unreliable_message",
    "send_queue_bytes",
    "ring_bytes",
    "cert_pem_len",
    "key_pem_len",
    "udp_port",
    "tcp_port",
    "app_id",
    "bind_address",
    "cert_path",
    "key_path",
    "cert_pem",
    "key_pem",
    "user_data",
  } },
}
local parts = {}
for _, struct in ipairs(structs) do
  local name, fields = struct[1], struct[2]
  local rows = { ('"size": %d'):format(ffi.sizeof(name)) }
  for _, field in ipairs(fields) do
    rows[#rows + 1] = ('"%s": %d'):format(field, ffi.offsetof(name, field))
  end
  parts[#parts + 1] = '"' .. name .. '": {' .. table.concat(rows, ", ") .. "}"
end
local text = "{" .. table.concat(parts, ", ") .. "}"
io.write(text, "\n")
return text
