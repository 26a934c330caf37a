from typing import final

from fastnet.net.udp_counters import UdpCounters

@final
class Outbox:
    def __init__(self, max_datagram: int, counters: UdpCounters) -> None: ...
