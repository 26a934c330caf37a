class_name Net
extends Node
## The node that both ends of the multiplayer tests share.

var got: Array = []


@rpc("any_peer", "call_remote", "reliable")
func reliable(what: String, blob: PackedByteArray) -> void:
	got.append([multiplayer.get_remote_sender_id(), what, blob])


@rpc("any_peer", "call_remote", "unreliable")
func unreliable(number: int) -> void:
	got.append([multiplayer.get_remote_sender_id(), "unreliable", number])


@rpc("any_peer", "call_remote", "unreliable_ordered", 3)
func ordered(number: int) -> void:
	got.append([multiplayer.get_remote_sender_id(), "ordered", number])


@rpc("any_peer", "call_remote", "reliable", 7)
func unordered(number: int) -> void:
	got.append([multiplayer.get_remote_sender_id(), "unordered", number])
