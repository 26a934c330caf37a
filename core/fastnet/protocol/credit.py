"""How much a peer may still send on one reliable channel: the receiving side of PROTOCOL.md s. 6.3.

Rule 1: the limit only rises; what was promised stays promised.
Rule 2: the window is above `initial` only by bytes that the caller reserved from the endpoint's receive budget first.
"""


class CreditReceiver:
    """The limit we announce; costs in bytes, each message its size and 32 more."""

    def __init__(self, initial: int, ceiling: int) -> None:
        self._ceiling = ceiling
        self.limit = initial
        """What the peer may send in all, as we told it last."""
        self.window = initial
        """How far the limit may be ahead of what the application took."""
        self.consumed = 0
        self.grown = 0
        """By how much the window is above `initial`: what is reserved from the receive budget."""

    def on_consumed(self, cost: int) -> bool:
        """The application took a message. True when half a window of new credit waits: `announce` it."""
        self.consumed += cost
        return 2 * (self.consumed + self.window - self.limit) >= self.window

    def on_wanted(self, wanted: int) -> int:
        """The peer asks for a limit of `wanted`, any u64. Returns the growth to reserve and then pass to `grow`;
        0 when the window suffices or has reached its ceiling."""
        reach = self.consumed + self.window
        if wanted <= reach or self.window >= self._ceiling:
            return 0
        return min(wanted - reach, self._ceiling - self.window)

    def grow(self, count: int) -> None:
        """Widen the window by `count` reserved bytes, at most what `on_wanted` said."""
        self.window += count
        self.grown += count

    def announce(self) -> int:
        """Raise the limit to what the window allows, and return it: MAX_CREDIT carries it."""
        self.limit = self.consumed + self.window
        return self.limit

    def shrink_to_initial(self) -> int:
        """Give back growth that was not promised to the peer; returns how many bytes the budget gets back."""
        back = min(self.consumed + self.window - self.limit, self.grown)
        self.window -= back
        self.grown -= back
        return back
