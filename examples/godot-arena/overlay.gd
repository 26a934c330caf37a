extends Control
## The state of the network: round trip, jitter, loss, and a graph of the last ten seconds.

const POINTS := 120

var client: ArenaClient
var _rtts: Array[float] = []
var _losses: Array[float] = []
var _sent := 0
var _lost := 0
var _line := ""
var _wait := 0.0


func _ready() -> void:
	FastNetMonitor.watch(client.net)


func _exit_tree() -> void:
	FastNetMonitor.unwatch()


func _process(delta: float) -> void:
	_wait -= delta
	if client == null or _wait > 0.0:
		return
	_wait = 1.0 / 12.0
	var stats := client.net.get_stats()
	if stats.is_empty():
		return
	var sent: int = stats.packets_sent - _sent
	_losses.append(100.0 * (stats.packets_lost - _lost) / maxi(sent, 1))
	_rtts.append(stats.rtt_ms)
	_sent = stats.packets_sent
	_lost = stats.packets_lost
	if _rtts.size() > POINTS:
		_rtts.pop_front()
		_losses.pop_front()
	_line = "RTT %.1f ms  jitter %.1f ms  lost %d of %d  in %.0f kB" % [stats.rtt_ms, stats.jitter_ms, stats.packets_lost, stats.packets_sent, stats.bytes_received / 1000.0]
	queue_redraw()


func _draw() -> void:
	draw_string(ThemeDB.fallback_font, Vector2(8, 14), _line, HORIZONTAL_ALIGNMENT_LEFT, -1, 12)
	var top: float = maxf(_rtts.max() if not _rtts.is_empty() else 1.0, 1.0) * 1.2
	for index in range(1, _rtts.size()):
		var from := Vector2(400 + (index - 1) * 2, 36 - 32 * _rtts[index - 1] / top)
		draw_line(from, Vector2(400 + index * 2, 36 - 32 * _rtts[index] / top), Color("7ab8ff"), 1.5)
		if _losses[index] > 0.0:
			draw_line(Vector2(400 + index * 2, 38), Vector2(400 + index * 2, 38 - _losses[index] * 0.34), Color("ff7a90"), 2.0)
