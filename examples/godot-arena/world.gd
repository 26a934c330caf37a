extends Node2D
## Draws the field, the things and the players of an ArenaClient.

const COLOURS := [Color("8eef97"), Color("7ab8ff"), Color("ffb86b"), Color("ff7a90"), Color("c59bff"), Color("ffe66b"), Color("6be6e0"), Color("f49ad0")]

var client: ArenaClient


func _process(_delta: float) -> void:
	queue_redraw()


func _draw() -> void:
	draw_rect(Rect2(Vector2.ZERO, Wire.FIELD), Color("16191f"))
	for x in range(0, int(Wire.FIELD.x) + 1, 40):
		draw_line(Vector2(x, 0), Vector2(x, Wire.FIELD.y), Color(1, 1, 1, 0.04))
	for y in range(0, int(Wire.FIELD.y) + 1, 40):
		draw_line(Vector2(0, y), Vector2(Wire.FIELD.x, y), Color(1, 1, 1, 0.04))
	if client == null:
		return
	for thing in client.things:
		draw_rect(Rect2(client.things[thing] - Vector2(5, 5), Vector2(10, 10)), Color("ffd75e"))
	for id in client.players:
		var own: bool = id == client.id
		var at: Vector2 = client.place if own else client.players[id].place
		draw_circle(at, 10.0, COLOURS[id % COLOURS.size()])
		if own:
			draw_arc(at, 13.0, 0, TAU, 32, Color.WHITE, 1.5)
		draw_string(ThemeDB.fallback_font, at + Vector2(-4, -15), str(client.players[id].score), HORIZONTAL_ALIGNMENT_LEFT, -1, 12)
