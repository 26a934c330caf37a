extends TestCase
## A server and clients in one process: four channels, broadcast, figures, kick, close, and the end of the server.

var server := FastNetServer.new()
var seen: Array = []          # what the server heard: [peer, channel, data]
var ended: Array = []         # what the server saw end: [peer, reason, text]


class Listener:
	var client := FastNetClient.new()
	var connected_as := 0
	var got: Array = []
	var end: Array = []

	func _init() -> void:
		client.connected.connect(func(id): connected_as = id)
		client.data_received.connect(func(_peer, channel, data): got.append([channel, data]))
		client.disconnected.connect(func(_peer, reason, text): end = [reason, text])


func poll(listeners: Array) -> void:
	server.poll()
	for listener in listeners:
		listener.client.poll()


func join(options := {}) -> Listener:
	var listener := Listener.new()
	equal("connect", listener.client.connect_to_server("localhost", server.get_tcp_port(), options), OK)
	return listener


func run() -> void:
	server.data_received.connect(func(peer, channel, data): seen.append([peer, channel, data]); server.send(peer, channel, data))
	server.disconnected.connect(func(peer, reason, text): ended.append([peer, reason, text]))
	equal("listen", server.listen(0, 0), OK)
	check("ports are known", server.get_udp_port() > 0 and server.get_tcp_port() > 0)
	var one := join()
	var two := join()
	var all := [one, two]
	await until("both connect", func(): poll(all); return one.connected_as and two.connected_as)
	equal("the server counts them", server.get_peers().size(), 2)
	check("their ids are the server's", server.get_peers().has(one.connected_as))
	equal("client id", one.client.get_peer_id(), one.connected_as)
	equal("state", one.client.get_state(), FastNetClient.STATE_CONNECTED)
	check("an address", server.get_peer_address(one.connected_as).contains(":"))

	for channel in 4:
		equal("send on %d" % channel, one.client.send(channel, ("on %d" % channel).to_utf8_buffer()), OK)
		await until("echo on %d" % channel, func(): poll(all); return one.got.size() > channel)
		equal("echo", one.got[channel], [channel, ("on %d" % channel).to_utf8_buffer()])
	equal("empty message", one.client.send(0, PackedByteArray()), OK)
	await until("empty echo", func(): poll(all); return one.got.size() == 5)
	equal("empty echo", one.got[4], [0, PackedByteArray()])

	var big := PackedByteArray()
	big.resize(one.client.get_max_message_size(0))
	for i in range(0, big.size(), 4099):
		big[i] = i % 251
	equal("largest message", one.client.send(0, big), OK)
	await until("largest echo", func(): poll(all); return one.got.size() == 6, 30.0)
	check("largest is unchanged", one.got[5][1] == big)
	big.append(1)
	equal("too large", one.client.send(0, big), ERR_INVALID_PARAMETER)
	equal("no such channel", one.client.send(4, PackedByteArray([1])), ERR_INVALID_PARAMETER)
	equal("no such peer", server.send(12345, 0, PackedByteArray([1])), ERR_DOES_NOT_EXIST)

	two.got.clear()
	equal("broadcast", server.broadcast(0, "all".to_utf8_buffer(), one.connected_as), OK)
	await until("broadcast arrives", func(): poll(all); return two.got.size() == 1)
	equal("but not at the one left out", one.got.size(), 6)

	await until("a round trip is known", func(): poll(all); return one.client.get_rtt_ms() > 0.0)
	var stats := one.client.get_stats()
	check("stats count", stats["messages_sent"] >= 6 and stats["bytes_received"] > big.size() and stats["packets_sent"] > 0)
	check("peer stats count", server.get_peer_stats(one.connected_as)["messages_received"] >= 6)
	check("server stats count", server.get_stats()["packets_received"] > 0)

	one.client.close(1234, "enough")
	await until("the close is seen", func(): poll(all); return ended.size() == 1 and one.end.size() == 2)
	equal("reason and text", ended[0], [one.connected_as, 1234, "enough"])
	equal("after the end", one.client.send(0, PackedByteArray([1])), ERR_CONNECTION_ERROR)
	equal("kick", server.disconnect_peer(two.connected_as, 1999, "out"), OK)
	await until("the kick is seen", func(): poll(all); return two.end.size() == 2)
	equal("kick's reason", two.end, [1999, "out"])

	var three := join()
	await until("a third connects", func(): poll([three]); return three.connected_as)
	server.close()
	await until("the end of the server is seen", func(): poll([three]); return three.end.size() == 2)
	equal("shutting down", three.end[0], FastNetClient.REASON_SHUTTING_DOWN)
	var four := Listener.new()
	equal("nobody there", four.client.connect_to_server("localhost", 1), OK)
	await until("the failure is told", func(): poll([four]); return four.end.size() == 2)
	equal("nobody's reason", four.end[0], FastNetClient.REASON_TCP_UNREACHABLE)
