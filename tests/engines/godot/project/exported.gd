extends Node
## The main scene of the exported game: 100 encrypted echoes with the runtime that came with the game.

var server := FastNetServer.new()
var client := FastNetClient.new()
var echoes := 0


func _ready() -> void:
	server.data_received.connect(func(peer, channel, data): server.send(peer, channel, data))
	client.connected.connect(func(_id): for i in 100: client.send(0, str(i).to_utf8_buffer()))
	client.data_received.connect(_echo)
	client.disconnected.connect(func(_peer, _reason, text): print("0 passed, 1 failed: ", text); get_tree().quit(1))
	if server.listen(0, 0) != OK or client.connect_to_server("localhost", server.get_tcp_port()) != OK:
		print("0 passed, 1 failed: ", server.get_last_error_text(), client.get_last_error_text())
		get_tree().quit(1)


func _process(_delta: float) -> void:
	server.poll()
	client.poll()


func _echo(_peer: int, _channel: int, data: PackedByteArray) -> void:
	if data.get_string_from_utf8() == str(echoes):
		echoes += 1
	if echoes == 100:
		print("100 passed, 0 failed")
		get_tree().quit(0)
