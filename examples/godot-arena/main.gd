extends Node
## The arena. Without arguments: a menu to host or join. After `--`:
##
##   server [UDP TCP]          a dedicated server, also with --headless
##   join HOST PORT [PIN]      a player at the keyboard
##   bot HOST PORT SECONDS     a player that walks by itself, and says at its end what it saw
##   demo                      server and three bots in one process, seen by the first
##   frame-cost                what a frame costs: 4 sends and 4 events

var server: ArenaServer
var client: ArenaClient
var bots: Array[ArenaClient] = []
var walker := RandomNumberGenerator.new()
var heading := Vector2.RIGHT
var ends_at := INF
var elapsed := 0.0
var chats := 0
var greeted := false
var by_hand := true


func _ready() -> void:
	var arguments := OS.get_cmdline_user_args()
	match arguments[0] if arguments.size() else "menu":
		"server":
			host(int(arguments[1]) if arguments.size() > 2 else 7777, int(arguments[2]) if arguments.size() > 2 else 7778)
		"join":
			join(arguments[1], int(arguments[2]), {pins = [arguments[3]]} if arguments.size() > 3 else {})
		"bot":
			by_hand = false
			ends_at = float(arguments[3])
			join(arguments[1], int(arguments[2]))
		"demo":
			demo(arguments)
		"frame-cost":
			frame_cost()
		_:
			show_menu()


func host(udp_port: int, tcp_port: int) -> void:
	server = ArenaServer.new()
	if server.listen(udp_port, tcp_port) != OK:
		fail(server.net.get_last_error_text())
		return
	print("LISTENING %d %d" % [server.net.get_udp_port(), server.net.get_tcp_port()])


func join(to_host: String, port: int, options := {}) -> void:
	client = ArenaClient.new()
	client.said.connect(func(from, text): chats += 1; print("%d: %s" % [from, text]))
	client.ended.connect(func(reason, text): fail("disconnected: %d %s" % [reason, text]))
	if client.join(to_host, port, options) != OK:
		fail(client.net.get_last_error_text())
		return
	if DisplayServer.get_name() != "headless":
		show_world()


func demo(arguments: PackedStringArray) -> void:
	by_hand = false
	host(0, 0)
	join("127.0.0.1", server.net.get_tcp_port())
	for index in 2:
		var bot := ArenaClient.new()
		bot.join("127.0.0.1", server.net.get_tcp_port())
		bots.append(bot)
	if arguments.size() > 2:
		await get_tree().create_timer(float(arguments[1])).timeout
		await RenderingServer.frame_post_draw
		get_viewport().get_texture().get_image().save_png(arguments[2])
		get_tree().quit(0)


func show_world() -> void:
	var world := preload("res://world.gd").new()
	world.client = client
	world.position = Vector2(0, 40)
	add_child(world)
	var overlay := preload("res://overlay.gd").new()
	overlay.client = client
	add_child(overlay)


func show_menu() -> void:
	var box := VBoxContainer.new()
	box.position = Vector2(200, 120)
	box.custom_minimum_size = Vector2(240, 0)
	add_child(box)
	var address := LineEdit.new()
	address.text = "localhost:7778"
	box.add_child(address)
	for choice in ["Host and play", "Join"]:
		var button := Button.new()
		button.text = choice
		button.pressed.connect(_chosen.bind(choice, address, box))
		box.add_child(button)


func _chosen(choice: String, address: LineEdit, menu: Control) -> void:
	var place := address.text.rsplit(":", true, 1)
	menu.queue_free()
	if choice == "Join":
		join(place[0], int(place[1]) if place.size() > 1 else 7778)
		return
	host(7777, 7778)
	join("localhost", 7778)


func _process(delta: float) -> void:
	elapsed += delta
	if server:
		server.frame(delta)
	if client:
		client.frame(delta, wish())
	for index in bots.size():
		bots[index].frame(delta, Vector2.from_angle(elapsed * (0.7 + index)))
	if elapsed > ends_at:
		report()


func wish() -> Vector2:
	if by_hand:
		return Input.get_vector("ui_left", "ui_right", "ui_up", "ui_down")
	if walker.randf() < 0.02 or client.place.x <= 0 or client.place.y <= 0 or client.place.x >= Wire.FIELD.x or client.place.y >= Wire.FIELD.y:
		heading = (Wire.FIELD / 2 - client.place).normalized().rotated(walker.randf_range(-1, 1))
	if client.id and elapsed > 1.0 and not greeted:
		greeted = true
		client.say("hello from %d" % client.id)
	return heading


func report() -> void:
	var stats := client.net.get_stats()
	print("BOT id %d players %d snapshots %d chats %d things %d rtt_ms %.2f lost %d" % [client.id, client.players.size(), client.snapshots, chats, client.things.size(), stats.get("rtt_ms", 0.0), stats.get("packets_lost", 0)])
	get_tree().quit(0 if client.snapshots > 0 else 1)


func fail(text: String) -> void:
	printerr("arena: ", text)
	get_tree().quit(1)


## Each frame 4 messages go, one a channel, and 4 come back; only frames with all 4 count.
func frame_cost() -> void:
	var echo := FastNetServer.new()
	echo.data_received.connect(func(peer, channel, data): echo.send(peer, channel, data))
	echo.listen(0, 0)
	var player := FastNetClient.new()
	var came := [0]
	player.data_received.connect(func(_peer, _channel, _data): came[0] += 1)
	player.connect_to_server("localhost", echo.get_tcp_port())
	while not player.get_peer_id():
		await get_tree().process_frame
		echo.poll()
		player.poll()
	var costs: Array[int] = []
	var message := PackedByteArray()
	message.resize(64)
	for frame in 600:
		var before: int = came[0]
		var begin := Time.get_ticks_usec()
		player.poll()
		for channel in 4:
			player.send(channel, message)
		var cost := Time.get_ticks_usec() - begin
		if came[0] - before == 4:
			costs.append(cost)
		await get_tree().process_frame
		echo.poll()
		await get_tree().process_frame
	costs.sort()
	print("frame cost us: p50 %d p99 %d frames %d" % [costs[costs.size() / 2], costs[costs.size() * 99 / 100], costs.size()])
	get_tree().quit(0)
