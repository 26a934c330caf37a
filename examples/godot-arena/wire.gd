class_name Wire
extends RefCounted
## The messages of the arena, as examples/ARENA.md lists them. Reading never fails loudly: a bad message is an empty
## Dictionary, because it may come from anybody.

enum {INPUT = 1, SNAPSHOT = 2, CHAT = 3, APPEAR = 4, TAKEN = 5, WELCOME = 6}

const CHAT_BYTES_MAX := 200
const FIELD := Vector2(640, 360)
const SPEED := 160.0
const TICK_S := 1.0 / 60.0


static func input(tick: int, direction: Vector2) -> PackedByteArray:
	var bytes := PackedByteArray([INPUT, 0, 0, 0, 0])
	bytes.encode_u16(1, tick & 0xFFFF)
	bytes.encode_s8(3, roundi(direction.x * 127))
	bytes.encode_s8(4, roundi(direction.y * 127))
	return bytes


static func snapshot(tick: int, players: Dictionary) -> PackedByteArray:
	var bytes := PackedByteArray()
	bytes.resize(4 + players.size() * 14)
	bytes[0] = SNAPSHOT
	bytes.encode_u16(1, tick)
	bytes[3] = players.size()
	var at := 4
	for id in players:
		bytes.encode_u32(at, id)
		bytes.encode_float(at + 4, players[id].place.x)
		bytes.encode_float(at + 8, players[id].place.y)
		bytes.encode_u16(at + 12, players[id].score)
		at += 14
	return bytes


static func chat(from: int, text: String) -> PackedByteArray:
	var bytes := PackedByteArray([CHAT, 0, 0, 0, 0])
	bytes.encode_u32(1, from)
	bytes.append_array(text.to_utf8_buffer().slice(0, CHAT_BYTES_MAX))
	return bytes


static func appear(thing: int, place: Vector2) -> PackedByteArray:
	var bytes := PackedByteArray([APPEAR, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
	bytes.encode_u16(1, thing)
	bytes.encode_float(3, place.x)
	bytes.encode_float(7, place.y)
	return bytes


static func taken(thing: int, by: int) -> PackedByteArray:
	var bytes := PackedByteArray([TAKEN, 0, 0, 0, 0, 0, 0])
	bytes.encode_u16(1, thing)
	bytes.encode_u32(3, by)
	return bytes


static func welcome(id: int) -> PackedByteArray:
	var bytes := PackedByteArray([WELCOME, 0, 0, 0, 0])
	bytes.encode_u32(1, id)
	return bytes


## The message as a Dictionary with `kind`, or an empty one.
static func read(bytes: PackedByteArray) -> Dictionary:
	match bytes[0] if bytes.size() > 0 else 0:
		INPUT when bytes.size() == 5:
			var direction := Vector2(bytes.decode_s8(3), bytes.decode_s8(4)) / 127.0
			return {kind = INPUT, tick = bytes.decode_u16(1), direction = direction.limit_length(1.0)}
		SNAPSHOT when bytes.size() >= 4 and bytes.size() == 4 + bytes[3] * 14:
			return {kind = SNAPSHOT, tick = bytes.decode_u16(1), players = _players(bytes)}
		CHAT when bytes.size() >= 5 and bytes.size() <= 5 + CHAT_BYTES_MAX:
			return {kind = CHAT, from = bytes.decode_u32(1), text = bytes.slice(5).get_string_from_utf8()}
		APPEAR when bytes.size() == 11:
			var place := Vector2(bytes.decode_float(3), bytes.decode_float(7))
			return {kind = APPEAR, thing = bytes.decode_u16(1), place = place}
		TAKEN when bytes.size() == 7:
			return {kind = TAKEN, thing = bytes.decode_u16(1), by = bytes.decode_u32(3)}
		WELCOME when bytes.size() == 5:
			return {kind = WELCOME, id = bytes.decode_u32(1)}
	return {}


static func _players(bytes: PackedByteArray) -> Dictionary:
	var players := {}
	for index in bytes[3]:
		var at := 4 + index * 14
		var place := Vector2(bytes.decode_float(at + 4), bytes.decode_float(at + 8))
		players[bytes.decode_u32(at)] = {place = place, score = bytes.decode_u16(at + 12)}
	return players


## One tick of movement; the same at both ends, so that a prediction comes true.
static func step(place: Vector2, direction: Vector2) -> Vector2:
	return (place + direction * SPEED * TICK_S).clamp(Vector2.ZERO, FIELD)
