extends TestCase
## The server of the two-process test: spawns a node at every client and ends when a client said so.

var net := Net.new()


func run() -> void:
	var peer := FastNetMultiplayerPeer.new()
	equal("create_server", peer.create_server(0, 0), OK)
	net.name = "Net"
	root.add_child(net)
	var spawner := MultiplayerSpawner.new()
	spawner.name = "Spawner"
	spawner.spawn_path = NodePath("/root/Net")
	spawner.spawn_function = func(data): var node := Node2D.new(); node.name = "Spawned"; node.position = data; return node
	root.add_child(spawner)
	root.multiplayer.multiplayer_peer = peer
	root.multiplayer.peer_connected.connect(func(_id): if net.get_child_count() == 0: spawner.spawn(Vector2(3, 4)))
	print("LISTENING ", peer.get_tcp_port())
	await until("a client's calls", func(): return net.got.size() >= 3, 40.0)
	equal("first", net.got[0][1], "hello")
	equal("a megabyte's end", net.got[1][2].size(), 1_000_000)
	equal("bye", net.got[2][1], "bye")
	net.reliable.rpc_id(net.got[0][0], "bye", PackedByteArray())
	var left: Array = []
	root.multiplayer.peer_disconnected.connect(func(id): left.append(id))
	await until("the client leaves", func(): return left.size() == 1, 20.0)
