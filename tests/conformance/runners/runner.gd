extends SceneTree
## The conformance runner in GDScript, on the Godot addon. scenarios/README.md has the commands.

const WAIT_MS := 10_000

var clients := {}
var servers := {}
var events := {}              # name: the lines of events that were not asked for yet


func _process(_delta: float) -> bool:
	var line := OS.read_string_from_stdin(4096).strip_edges()
	var words := line.split(" ", false)
	if words.size() < 2:
		clients.clear()
		servers.clear()
		return true
	print("> ", carry_out(words))
	return false


func carry_out(words: PackedStringArray) -> String:
	var who := words[1]
	var client: FastNetClient = clients.get(who)
	var server: FastNetServer = servers.get(who)
	match words[0]:
		"listen":
			return listen(words)
		"open":
			return open(words)
		"wait":
			return wait(who)
		"send":
			if client:
				return said(client.send(int(words[3]), filled(words)))
			return said(server.send(int(words[2]), int(words[3]), filled(words)))
		"broadcast":
			return said(server.broadcast(int(words[3]), filled(words), int(words[2])))
		"kick":
			return said(server.disconnect_peer(int(words[2]), int(words[3]), words[4]))
		"close":
			client.close(int(words[2]), words[3])
			return "ok"
		"count":
			return "count %d" % server.get_peers().size()
		"end":
			return "ok" if clients.erase(who) or servers.erase(who) else "unknown"
	return "unknown"


func option(words: PackedStringArray, key: String) -> int:
	for word in words:
		if word.begins_with(key + "="):
			return int(word.substr(key.length() + 1))
	return 0


func filled(words: PackedStringArray) -> PackedByteArray:
	var size := int(words[4])
	var seed_of := int(words[5])
	var period := PackedByteArray()
	for index in 256:
		period.append((seed_of + index * 31) & 255)
	var data := PackedByteArray()
	while data.size() + 256 <= size:
		data.append_array(period)
	data.append_array(period.slice(0, size - data.size()))
	return data


func said(code: Error) -> String:
	return "ok" if code == OK else "error %d" % code


func listen(words: PackedStringArray) -> String:
	var server := FastNetServer.new()
	var options := {app_id = option(words, "app_id")}
	if option(words, "peers_max"):
		options.peers_max = option(words, "peers_max")
	var code := server.listen(0, 0, options)
	if code != OK:
		return said(code)
	servers[words[1]] = server
	hear(words[1], server)
	return "listening %d %d" % [server.get_udp_port(), server.get_tcp_port()]


func open(words: PackedStringArray) -> String:
	var client := FastNetClient.new()
	var options := {app_id = option(words, "app_id"), use_development_ca = option(words, "no_dev_ca") == 0}
	if option(words, "wrong_pin"):
		options.pins = ["sha256/" + "A".repeat(43) + "="]
	clients[words[1]] = client
	hear(words[1], client)
	return said(client.connect_to_server("localhost", int(words[2]), options))


func hear(who: String, what: RefCounted) -> void:
	var lines: Array = []
	events[who] = lines
	what.connected.connect(func(peer): lines.append("connected %d" % peer))
	what.data_received.connect(func(peer, channel, data): lines.append("data %d %d %d %08x" % [peer, channel, data.size(), hash_of(data)]))
	what.disconnected.connect(func(peer, reason, text): lines.append(("disconnected %d %d %s" % [peer, reason, text if reason >= 1000 else ""]).strip_edges()))


func wait(who: String) -> String:
	var limit := Time.get_ticks_msec() + WAIT_MS
	while events[who].is_empty() and Time.get_ticks_msec() < limit:
		if clients.has(who):
			clients[who].poll()
		else:
			servers[who].poll()
		OS.delay_usec(200)
	return events[who].pop_front() if not events[who].is_empty() else "nothing"


func hash_of(data: PackedByteArray) -> int:
	var value := 2166136261  # FNV-1a
	for byte in data:
		value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
	return value
