extends TestCase
## Godot's own @rpc over FastNet, in one process: a server and two clients, each a branch with its own MultiplayerAPI.

var server: Net
var clients: Array[Net] = []
var joined: Array = []


## A node with its own MultiplayerAPI, as if it were a process of its own.
func branch(title: String) -> Net:
	var parent := Node.new()
	parent.name = title
	var net := Net.new()
	net.name = "Net"
	root.add_child(parent)
	parent.add_child(net)
	var api := MultiplayerAPI.create_default_interface()
	set_multiplayer(api, NodePath("/root/" + title))
	(api as SceneMultiplayer).root_path = NodePath("/root/" + title)
	return net


func join(title: String, port: int) -> Net:
	var net := branch(title)
	var peer := FastNetMultiplayerPeer.new()
	equal("create_client", peer.create_client("localhost", port), OK)
	equal("connecting", peer.get_connection_status(), MultiplayerPeer.CONNECTION_CONNECTING)
	net.multiplayer.multiplayer_peer = peer
	return net


func run() -> void:
	server = branch("Server")
	var peer := FastNetMultiplayerPeer.new()
	equal("create_server", peer.create_server(0, 0), OK)
	peer.set_unordered_transfer_channel(7)
	server.multiplayer.multiplayer_peer = peer
	server.multiplayer.peer_connected.connect(func(id): joined.append(id))
	check("is server", server.multiplayer.is_server())
	clients = [join("One", peer.get_tcp_port()), join("Two", peer.get_tcp_port())]
	var one := clients[0]
	var two := clients[1]
	await until("both are announced", func(): return joined.size() == 2 and two.multiplayer.get_peers().size() == 2 and one.multiplayer.get_peers().size() == 2)
	check("ids agree", joined.has(one.multiplayer.get_unique_id()) and joined.has(two.multiplayer.get_unique_id()))
	check("ids are Godot's", one.multiplayer.get_unique_id() > 1)

	one.reliable.rpc_id(1, "hello", PackedByteArray([9, 8, 7]))
	await until("client to server", func(): return server.got.size() == 1)
	equal("what arrived", server.got[0], [one.multiplayer.get_unique_id(), "hello", PackedByteArray([9, 8, 7])])
	server.reliable.rpc("all", PackedByteArray())
	await until("server to all", func(): return one.got.size() == 1 and two.got.size() == 1)
	equal("from the server", one.got[0][0], 1)
	server.unreliable.rpc_id(two.multiplayer.get_unique_id(), 5)
	await until("unreliable to one", func(): return two.got.size() == 2)
	for number in 20:
		server.ordered.rpc(number)
	await until("the newest of the ordered ones", func(): return one.got.back()[2] is int and one.got.back()[2] == 19)
	var order := one.got.filter(func(entry): return entry[1] == "ordered").map(func(entry): return entry[2])
	var sorted := order.duplicate()
	sorted.sort()
	equal("ordered stay in order", order, sorted)
	one.unordered.rpc_id(1, 77)
	await until("unordered reliable", func(): return server.got.size() == 2)

	one.reliable.rpc_id(two.multiplayer.get_unique_id(), "relayed", PackedByteArray([1]))
	await until("client to client, relayed", func(): return two.got.back()[1] is String and two.got.back()[1] == "relayed")
	equal("the sender is true", two.got.back()[0], one.multiplayer.get_unique_id())
	check("a round trip is known", peer.get_peer_rtt_ms(one.multiplayer.get_unique_id()) > 0.0)
	check("stats", peer.get_peer_stats(one.multiplayer.get_unique_id())["messages_received"] > 0)

	var left: Array = []
	server.multiplayer.peer_disconnected.connect(func(id): left.append(id))
	var gone := two.multiplayer.get_unique_id()
	two.multiplayer.multiplayer_peer.close()
	await until("one leaves", func(): return left == [gone])
	var lost: Array = []
	one.multiplayer.server_disconnected.connect(func(): lost.append(true))
	peer.close()
	await until("the server leaves", func(): return lost.size() == 1)
