"""A decoder of frames for tests, written from PROTOCOL.md s. 0 and s. 5 alone: it shares nothing with our code."""


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """The varint at `at`, and where it ends. RFC 9000 s. 16, shortest form only."""
    length = 1 << (data[at] >> 6)
    value = int.from_bytes(data[at : at + length], "big") & ((1 << (8 * length - 2)) - 1)
    assert at + length <= len(data)
    assert length == 1 or value >= 1 << (8 * (length // 2) - 2), "a longer form than needed"
    return value, at + length


def read_ack(data: bytes) -> tuple[int, list[tuple[int, int]]]:
    """The delay in units of 8 us, and the runs [low, high] from the newest, of exactly one ACK frame."""
    assert data[0] == 2
    largest, at = read_varint(data, 1)
    delay, at = read_varint(data, at)
    count, at = data[at], at + 1
    first, at = read_varint(data, at)
    runs = [(largest - first, largest)]
    for _ in range(count):
        gap, at = read_varint(data, at)
        length, at = read_varint(data, at)
        high = runs[-1][0] - gap - 2
        runs.append((high - length, high))
    assert at == len(data)
    assert runs[-1][0] >= 0
    return delay, runs
