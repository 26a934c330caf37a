"""Stands in for random inside the private runtime: cryptography imports it for one call, in finding an RSA key's
primes, and the real one brings four modules with it."""

import os


def randint(least: int, most: int) -> int:
    """A number from `least` to `most`, both included."""
    span = most - least + 1
    return least + int.from_bytes(os.urandom(span.bit_length() // 8 + 8), "big") % span
