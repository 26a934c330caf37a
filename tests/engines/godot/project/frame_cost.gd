extends TestCase
## What a frame costs: 4 sends and 4 events, both ends in this process, the client's half timed.

const FRAMES := 2000


func run() -> void:
	var server := FastNetServer.new()
	server.data_received.connect(func(peer, channel, data): server.send(peer, channel, data))
	equal("listen", server.listen(0, 0), OK)
	var client := FastNetClient.new()
	var got := [0]
	client.data_received.connect(func(_peer, _channel, _data): got[0] += 1)
	equal("connect", client.connect_to_server("localhost", server.get_tcp_port()), OK)
	await until("connected", func(): server.poll(); client.poll(); return client.get_peer_id())
	var costs: Array[float] = []
	var data := PackedByteArray()
	data.resize(64)
	for frame in FRAMES:
		server.poll()
		var begin := Time.get_ticks_usec()
		for channel in 4:
			client.send(channel, data)
		client.poll()
		costs.append(Time.get_ticks_usec() - begin)
		if frame % 4 == 0:
			await process_frame
	check("events came", got[0] > FRAMES)
	costs.sort()
	print("frame cost us: p50 %d p99 %d events %d" % [costs[FRAMES / 2], costs[FRAMES * 99 / 100], got[0]])
