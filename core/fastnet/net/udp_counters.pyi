from typing import final

@final
class UdpCounters:
    sent: int
    sent_bytes: int
    received: int
    received_bytes: int
    blocked: int
    refused: int
    unreachable: int
    denied: int
    too_big: int
    failed: int
    last_errno: int
    @property
    def errors(self) -> int: ...
    def as_dict(self) -> dict[str, int]: ...
