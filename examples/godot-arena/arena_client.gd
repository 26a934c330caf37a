class_name ArenaClient
extends RefCounted
## What one player knows: others as the server last said, itself ahead of that by its own inputs.

signal said(from: int, text: String)
signal ended(reason: int, text: String)

var net := FastNetClient.new()
var id := 0                   # 0 until welcomed
var players := {}             # id: {place, score}, the newest snapshot
var things := {}              # number: place
var place := Vector2.ZERO     # where we show ourselves
var snapshots := 0
var _tick := 0
var _unanswered: Array = []   # [tick, direction]
var _taken_early := {}        # things whose TAKEN overtook their APPEAR
var _late := 0.0


func _init() -> void:
	net.data_received.connect(_on_data)
	net.disconnected.connect(_on_disconnected)


func join(host: String, port: int, options := {}) -> Error:
	return net.connect_to_server(host, port, {manual_flush = true}.merged(options))


## Call once a frame with where the player wants to go.
func frame(delta: float, direction: Vector2) -> void:
	net.poll()
	_late = minf(_late + delta, 0.25)
	while id and _late >= Wire.TICK_S:
		_late -= Wire.TICK_S
		_move(direction.limit_length(1.0))
	net.flush()


func say(text: String) -> Error:
	return net.send(FastNetClient.CHANNEL_RELIABLE_ORDERED, Wire.chat(0, text))


func _move(direction: Vector2) -> void:
	_tick = (_tick + 1) & 0xFFFF
	var bytes := Wire.input(_tick, direction)
	net.send(FastNetClient.CHANNEL_SEQUENCED, bytes)
	direction = Wire.read(bytes).direction  # As the server will read it.
	_unanswered.append([_tick, direction])
	if _unanswered.size() > 120:
		_unanswered.pop_front()
	place = Wire.step(place, direction)


func _on_data(_peer: int, _channel: int, data: PackedByteArray) -> void:
	var message := Wire.read(data)
	match message.get("kind", 0):
		Wire.WELCOME:
			id = message.id
		Wire.SNAPSHOT:
			_reconcile(message)
		Wire.CHAT:
			said.emit(message.from, message.text)
		Wire.APPEAR:
			if not _taken_early.erase(message.thing):
				things[message.thing] = message.place
		Wire.TAKEN:
			if not things.erase(message.thing):
				_taken_early[message.thing] = true


func _on_disconnected(_peer: int, reason: int, text: String) -> void:
	ended.emit(reason, text)


## Begin from the server's place, and apply what it has not answered yet.
func _reconcile(message: Dictionary) -> void:
	players = message.players
	snapshots += 1
	if not players.has(id):
		return
	while not _unanswered.is_empty() and ((message.tick - _unanswered[0][0]) & 0xFFFF) < 0x8000:
		_unanswered.pop_front()
	place = players[id].place
	for entry in _unanswered:
		place = Wire.step(place, entry[1])
