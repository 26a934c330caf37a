class_name TestCase
extends SceneTree
## What the tests of the addon stand on: checks, steps with a deadline, and a verdict line as the last word.
##
## A failed check never ends the run, and the exit code alone proves nothing: the driver looks for "N passed, 0 failed".

var passed := 0
var failed := 0
var _begun := false


func check(what: String, ok: bool) -> void:
	if ok:
		passed += 1
	else:
		failed += 1
		print("FAILED: ", what)


func equal(what: String, got: Variant, wanted: Variant) -> void:
	check("%s: %s, not %s" % [what, got, wanted], typeof(got) == typeof(wanted) and got == wanted)


## Turns until `condition` holds, at most `limit_s`; then it is a failed check with the name of what was awaited.
func until(what: String, condition: Callable, limit_s := 15.0) -> bool:
	var limit := Time.get_ticks_msec() + int(limit_s * 1000)
	while not condition.call():
		if Time.get_ticks_msec() > limit:
			check("in time: " + what, false)
			return false
		await process_frame
	return true


## The test itself; overridden. Begins on the first frame, because before it nodes have no multiplayer.
func run() -> void:
	pass


func _process(_delta: float) -> bool:
	if not _begun:
		_begun = true
		_run_all()
	return false


func _run_all() -> void:
	await run()
	print("%d passed, %d failed" % [passed, failed])
	quit(1 if failed else 0)
