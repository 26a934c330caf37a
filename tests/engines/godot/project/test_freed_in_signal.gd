extends TestCase
## A game may close, replace or free its client inside a signal.

var server := FastNetServer.new()
var client: FastNetClient
var rounds := 0


func run() -> void:
	equal("listen", server.listen(0, 0), OK)
	server.data_received.connect(func(peer, channel, data): server.send(peer, channel, data))
	begin()
	await until("five clients replaced each other", func(): server.poll(); client.poll(); return rounds == 5)
	client = null
	await until("they are gone", func(): server.poll(); return server.get_peers().is_empty())
	passed += 1


func begin() -> void:
	client = FastNetClient.new()
	client.connected.connect(func(_id): client.send(0, "x".to_utf8_buffer()))
	client.data_received.connect(func(_peer, _channel, _data): rounds += 1; begin())
	equal("connect", client.connect_to_server("localhost", server.get_tcp_port()), OK)
