extends TestCase
## What a frame costs: 4 sends and 4 events, both ends in this process, the client's half timed.

const FRAMES := 400


func run() -> void:
	var server := FastNetServer.new()
	server.data_received.connect(func(peer, channel, data): server.send(peer, channel, data))
	equal("listen", server.listen(0, 0), OK)
	var client := FastNetClient.new()
	var got := [0]
	client.data_received.connect(func(_peer, _channel, _data): got[0] += 1)
	equal("connect", client.connect_to_server("localhost", server.get_tcp_port()), OK)
	await until("connected", func(): server.poll(); client.poll(); return client.get_peer_id())
	var costs: Array[int] = []
	var data := PackedByteArray()
	data.resize(64)
	for frame in FRAMES:
		var before: int = got[0]
		var begin := Time.get_ticks_usec()
		client.poll()
		for channel in 4:
			client.send(channel, data)
		var cost := Time.get_ticks_usec() - begin
		if got[0] - before == 4:
			costs.append(cost)
		await process_frame
		server.poll()
		await process_frame
	check("most frames had their 4 events", costs.size() > FRAMES / 2)
	costs.sort()
	print("frame cost us: p50 %d p99 %d frames %d" % [costs[costs.size() / 2], costs[costs.size() * 99 / 100], costs.size()])
