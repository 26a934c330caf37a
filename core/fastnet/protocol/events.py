"""What an application hears: a peer connected, sent something, or is gone.

match event:
    case Connected(peer_id): ...
    case Data(peer_id, channel, data): ...
    case Disconnected(peer_id, code, reason): ...
"""


class Connected:
    """`peer_id` can be sent to from now on. For a client the server is always peer 1."""

    __match_args__ = ("peer_id",)

    def __init__(self, peer_id: int) -> None:
        self.peer_id = peer_id

    def __repr__(self) -> str:
        return f"Connected(peer_id={self.peer_id})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Connected) and other.peer_id == self.peer_id

    def __hash__(self) -> int:
        return hash(self.peer_id)


class Data:
    """One message, exactly as the peer sent it: `data` is `bytes` of the application's own."""

    __match_args__ = ("peer_id", "channel", "data")

    def __init__(self, peer_id: int, channel: int, data: bytes) -> None:
        self.peer_id = peer_id
        self.channel = channel
        self.data = data

    def __repr__(self) -> str:
        shown = repr(self.data) if len(self.data) <= 32 else f"<{len(self.data):,} bytes>"
        return f"Data(peer_id={self.peer_id}, channel={self.channel}, data={shown})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Data) and (other.peer_id, other.channel, other.data) == (
            self.peer_id,
            self.channel,
            self.data,
        )

    def __hash__(self) -> int:
        return hash((self.peer_id, self.channel, self.data))


fastnet_show_members(Data, Data.__match_args__)  # type: ignore[name-defined]  # From the .pxd.


class Disconnected:
    """The last event of a peer. `code` is a `CloseCode` or the application's own 1000..2999; `by_peer` says whose wish
    it was. A client that could not connect gets this without a `Connected` before it."""

    __match_args__ = ("peer_id", "code", "reason", "by_peer")

    def __init__(self, peer_id: int, code: int, reason: str, by_peer: bool) -> None:
        self.peer_id = peer_id
        self.code = code
        self.reason = reason
        self.by_peer = by_peer

    def __repr__(self) -> str:
        return f"Disconnected(peer_id={self.peer_id}, code={self.code}, reason={self.reason!r}, by_peer={self.by_peer})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Disconnected) and (other.peer_id, other.code, other.reason, other.by_peer) == (
            self.peer_id,
            self.code,
            self.reason,
            self.by_peer,
        )

    def __hash__(self) -> int:
        return hash((self.peer_id, self.code))


Event = Connected | Data | Disconnected
