extends TestCase
## Whatever a game passes, it gets an Error and a text that says what to do.


func run() -> void:
	var client := FastNetClient.new()
	equal("send before connecting", client.send(0, PackedByteArray([1])), ERR_UNCONFIGURED)
	check("the text names the call", client.get_last_error_text().contains("connect_to_server"))
	equal("state", client.get_state(), FastNetClient.STATE_CLOSED)
	equal("no stats", client.get_stats(), {})
	equal("no rtt", client.get_rtt_ms(), 0.0)
	equal("port 0", client.connect_to_server("localhost", 0), ERR_INVALID_PARAMETER)
	equal("port 65536", client.connect_to_server("localhost", 65536), ERR_INVALID_PARAMETER)
	equal("no host", client.connect_to_server("", 7778), ERR_INVALID_PARAMETER)
	equal("long host", client.connect_to_server("a".repeat(300), 7778), ERR_INVALID_PARAMETER)
	equal("unknown option", client.connect_to_server("localhost", 7778, {"pin": "x"}), ERR_INVALID_PARAMETER)
	check("the text lists the options", client.get_last_error_text().contains("danger_accept_any_certificate"))
	var wrong := {
		"pins": ["sha256/short"], "ca": 7, "token": "text", "idle_timeout_ms": "x", "keepalive_ms": 0, "app_id": 1.5,
		"danger_accept_any_certificate": 1, "server_name": "", "linger_ms": -2,
	}
	for key in wrong:
		equal("wrong " + key, client.connect_to_server("localhost", 7778, {key: wrong[key]}), ERR_INVALID_PARAMETER)
		check("the text names " + key, client.get_last_error_text().contains(key))
	equal("a StringName as key", client.connect_to_server("localhost", 7778, {keepalive_ms = 0}), ERR_INVALID_PARAMETER)
	check("is read", client.get_last_error_text().contains("above 0"))
	var pins := ["sha256/" + "A".repeat(43) + "="]
	var both := {"pins": pins, "danger_accept_any_certificate": true}
	equal("two kinds of trust", client.connect_to_server("localhost", 7778, both), ERR_INVALID_PARAMETER)
	equal("a res:// path", client.connect_to_server("localhost", 7778, {"ca": "res://ca.pem"}), ERR_INVALID_PARAMETER)
	equal("dynamic call with too few", client.callv("send", [0]), null)

	var server := FastNetServer.new()
	equal("listen on a bad port", server.listen(-1, 0), ERR_INVALID_PARAMETER)
	equal("a certificate without key", server.listen(0, 0, {"certificate": "/nowhere/cert.pem"}), ERR_INVALID_PARAMETER)
	var missing := {"certificate": "/nowhere/cert.pem", "private_key": "/nowhere/key.pem"}
	equal("files that are not there", server.listen(0, 0, missing), ERR_UNAUTHORIZED)
	check("the text names the file", server.get_last_error_text().contains("/nowhere/"))
	equal("send before listening", server.send(2, 0, PackedByteArray()), ERR_UNCONFIGURED)
	equal("no peers", server.get_peers(), PackedInt64Array())

	var peer := FastNetMultiplayerPeer.new()
	equal("peer without connection", peer.get_connection_status(), MultiplayerPeer.CONNECTION_DISCONNECTED)
	equal("put before connecting", peer.put_packet(PackedByteArray([1])), ERR_UNCONFIGURED)
	peer.set_transfer_channel(5)
	equal("transfer channel", peer.get_transfer_channel(), 5)
	equal("no unordered channel", peer.get_unordered_transfer_channel(), -1)
