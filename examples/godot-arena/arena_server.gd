class_name ArenaServer
extends RefCounted
## Decides everything: where players are, who took what, who said what.

const PLAYERS_MAX := 8
const THINGS := 6
const REACH := 14.0

var net := FastNetServer.new()
var players := {}             # id: {place, score, direction, tick}
var things := {}              # number: place
var chance := RandomNumberGenerator.new()
var _next_thing := 1
var _late := 0.0


func _init() -> void:
	net.connected.connect(_on_connected)
	net.data_received.connect(_on_data)
	net.disconnected.connect(_on_disconnected)
	while things.size() < THINGS:
		_grow()


func listen(udp_port: int, tcp_port: int, options := {}) -> Error:
	return net.listen(udp_port, tcp_port, {peers_max = PLAYERS_MAX, manual_flush = true}.merged(options))


## Call once a frame; runs as many ticks as time passed.
func frame(delta: float) -> void:
	net.poll()
	_late = minf(_late + delta, 0.25)
	while _late >= Wire.TICK_S:
		_late -= Wire.TICK_S
		_tick()
	net.flush()


func _tick() -> void:
	for id in players:
		players[id].place = Wire.step(players[id].place, players[id].direction)
		_take_what_is_near(id)
	for id in players:
		net.send(id, FastNetServer.CHANNEL_SEQUENCED, Wire.snapshot(players[id].tick, players))


func _take_what_is_near(id: int) -> void:
	for thing in things.keys():
		if things[thing].distance_to(players[id].place) > REACH:
			continue
		things.erase(thing)
		players[id].score += 1
		net.broadcast(FastNetServer.CHANNEL_RELIABLE_UNORDERED, Wire.taken(thing, id))
		_grow()


func _grow() -> void:
	var place := Vector2(chance.randf_range(20, Wire.FIELD.x - 20), chance.randf_range(20, Wire.FIELD.y - 20))
	things[_next_thing] = place
	net.broadcast(FastNetServer.CHANNEL_RELIABLE_UNORDERED, Wire.appear(_next_thing, place))
	_next_thing = _next_thing % 0xFFFF + 1


func _on_connected(id: int) -> void:
	var place := Vector2(chance.randf_range(40, Wire.FIELD.x - 40), chance.randf_range(40, Wire.FIELD.y - 40))
	players[id] = {place = place, score = 0, direction = Vector2.ZERO, tick = 0}
	net.send(id, FastNetServer.CHANNEL_RELIABLE_ORDERED, Wire.welcome(id))
	for thing in things:
		net.send(id, FastNetServer.CHANNEL_RELIABLE_UNORDERED, Wire.appear(thing, things[thing]))


func _on_disconnected(id: int, _reason: int, _text: String) -> void:
	players.erase(id)


func _on_data(id: int, channel: int, data: PackedByteArray) -> void:
	var message := Wire.read(data)
	if message.is_empty() or not players.has(id):
		return
	if message.kind == Wire.INPUT and channel == FastNetServer.CHANNEL_SEQUENCED:
		players[id].direction = message.direction
		players[id].tick = message.tick
	elif message.kind == Wire.CHAT and channel == FastNetServer.CHANNEL_RELIABLE_ORDERED:
		net.broadcast(FastNetServer.CHANNEL_RELIABLE_ORDERED, Wire.chat(id, message.text))
