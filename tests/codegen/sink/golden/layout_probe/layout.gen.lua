-- Printed by fastnet-codegen from codegen/api.
-- Do not edit: change the description, or the template, and print again.
-- To renew it: fastnet-codegen generate layout_probe

-- Prints where the fields of every struct lie, as JSON, as LuaJIT sees them: luajit layout.gen.lua PATH/sink.cdef.h
local ffi = require("ffi")
local path = ...
local file = assert(io.open(path))
ffi.cdef(file:read("*a"))
file:close()

local structs = {
  { "SinkEvent", {
    "type",
    "peer_id",
    "data_len",
    "channel",
    "reserved0",
    "big",
    "data",
    "user_data",
  } },
  { "SinkStats", {
    "struct_size",
    "ratio",
    "average",
    "balance",
    "small",
    "reserved0",
    "medium",
    "good",
    "since_two",
  } },
  { "SinkSetup", {
    "struct_size",
    "flags",
    "channel",
    "reserved0",
    "port",
    "wait_ms",
    "blob_len",
    "pin_count",
    "name",
    "path",
    "blob",
    "pins",
    "watcher",
    "parent",
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
