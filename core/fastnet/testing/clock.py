"""A clock that moves only when it is told to."""


class ManualClock:
    """Virtual time in nanoseconds, for everything that takes `now_ns`. It never runs backwards."""

    def __init__(self, start_ns: int = 1_000_000_000) -> None:
        self.now_ns = start_ns

    def advance(self, step_ns: int) -> int:
        """Move on by `step_ns` and return the new time."""
        if step_ns < 0:
            raise ValueError(f"time cannot go back by {-step_ns} ns")
        self.now_ns += step_ns
        return self.now_ns

    def move_to(self, time_ns: int) -> int:
        """Move on to `time_ns`; a time that has passed changes nothing. Returns the time."""
        self.now_ns = max(self.now_ns, time_ns)
        return self.now_ns
