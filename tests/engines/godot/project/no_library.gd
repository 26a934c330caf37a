extends TestCase
## What the addon does when the C library is not there.


func run() -> void:
	var client := FastNetClient.new()
	equal("connect", client.connect_to_server("localhost", 7778), ERR_UNAVAILABLE)
	check("the text says what to copy", client.get_last_error_text().contains("addons/fastnet"))
	equal("listen", FastNetServer.new().listen(0, 0), ERR_UNAVAILABLE)
	equal("create_client", FastNetMultiplayerPeer.new().create_client("localhost", 7778), ERR_UNAVAILABLE)
	client.poll()
	client.close()
