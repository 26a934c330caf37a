extends TestCase
## The client of the two-process test: `-- PORT`.

var net := Net.new()


func run() -> void:
	net.name = "Net"
	root.add_child(net)
	var spawner := MultiplayerSpawner.new()
	spawner.name = "Spawner"
	spawner.spawn_path = NodePath("/root/Net")
	spawner.spawn_function = func(data): var node := Node2D.new(); node.name = "Spawned"; node.position = data; return node
	root.add_child(spawner)
	var peer := FastNetMultiplayerPeer.new()
	equal("create_client", peer.create_client("localhost", int(OS.get_cmdline_user_args()[0])), OK)
	root.multiplayer.multiplayer_peer = peer
	await until("connected", func(): return peer.get_connection_status() == MultiplayerPeer.CONNECTION_CONNECTED)
	await until("the spawned node", func(): return net.has_node("Spawned"))
	equal("its state", (net.get_node("Spawned") as Node2D).position, Vector2(3, 4))
	net.reliable.rpc_id(1, "hello", PackedByteArray([1]))
	var large := PackedByteArray()
	large.resize(1_000_000)
	net.reliable.rpc_id(1, "large", large)
	net.reliable.rpc_id(1, "bye", PackedByteArray())
	await until("an answer", func(): return net.got.size() == 1, 30.0)
	equal("the answer", net.got[0][1], "bye")
	peer.close()
