class_name FastNetMonitor
extends RefCounted
## Shows a client in the debugger's Monitors tab: FastNetMonitor.watch(client), and .unwatch() when it is gone.

const NAMES := {"RTT ms": "rtt_ms", "Jitter ms": "jitter_ms", "Packets lost": "packets_lost", "Send queue bytes": "send_queue_bytes"}


## Adds the monitors "FastNet/..." for this client; those of an earlier one are replaced.
static func watch(client: FastNetClient) -> void:
	unwatch()
	for title in NAMES:
		Performance.add_custom_monitor("FastNet/" + title, _value.bind(weakref(client), NAMES[title]))


## Takes the monitors away.
static func unwatch() -> void:
	for title in NAMES:
		if Performance.has_custom_monitor("FastNet/" + title):
			Performance.remove_custom_monitor("FastNet/" + title)


static func _value(client: WeakRef, key: String) -> float:
	var there: FastNetClient = client.get_ref()
	return there.get_stats().get(key, 0.0) if there else 0.0
