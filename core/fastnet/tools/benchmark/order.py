"""An `Order` says what one run is to do; its fields travel to the programs as plain arguments."""

from dataclasses import dataclass

PATIENCE_MS = 200
"""After that an answer no longer comes; a run on a bad link waits longer."""


@dataclass(frozen=True, slots=True)
class Order:
    """One run of one contender. `suite` is the kind and what tells its settings apart: `latency`, `latency-paced`,
    `throughput`, `scale-1000`, `scale-garbage`, `loss-2%-25ms`. `per_second` 0 is the closed loop."""

    suite: str
    mode: str
    payload_bytes: int
    warmup: int
    messages: int
    per_second: int = 0
    clients: int = 1
    patience_ms: int = PATIENCE_MS
    loss: float = 0.0
    """Share of datagrams that the link loses, each way."""
    delay_us: int = 0
    """How long the link takes, one way."""
    proxy_port: int = 0
    """Where the link begins: a client sends its datagrams to this port, not to the server's. 0: there is none."""

    @property
    def kind(self) -> str:
        """What the programs do: latency, throughput, scale, garbage or loss."""
        kind, _, setting = self.suite.partition("-")
        return "garbage" if setting == "garbage" else kind

    def server_arguments(self) -> list[str]:
        """VERB MODE CLIENTS PROXY_PORT; the verb is `serve` (answer) or `sink` (count)."""
        verb = "sink" if self.kind == "throughput" else "serve"
        return [verb, self.mode, str(self.clients), str(self.proxy_port)]

    def client_arguments(self, ready: str, server_pid: int) -> list[str]:
        """VERB READY MODE PAYLOAD WARMUP MESSAGES PER_SECOND SERVER_PID CLIENTS PATIENCE_MS PROXY_PORT; the verb is
        `client` (round trips), `flood` (one way) or `burst` (round trips of many clients)."""
        verb = {"throughput": "flood", "scale": "burst"}.get(self.kind, "client")
        numbers = (
            *(self.payload_bytes, self.warmup, self.messages, self.per_second, server_pid),
            *(self.clients, self.patience_ms, self.proxy_port),
        )
        return [verb, ready, self.mode, *map(str, numbers)]
