"""What the processor can do. AES-256-GCM is only worth offering where AES runs in hardware."""

import functools
import sys

_FACTS = "/proc/cpuinfo"


@functools.cache
def has_aes() -> bool:
    """Whether this processor has instructions for AES and for carry-less multiplication.

    False where we cannot tell; ChaCha20-Poly1305 is always there.
    """
    if sys.platform == "darwin":
        return True  # Every Mac of the last ten years.
    try:
        with open(_FACTS, errors="replace") as file:
            text = file.read()
    except OSError:
        return False
    flags = {word for line in text.splitlines() if line.startswith(("flags", "Features")) for word in line.split()}
    return {"aes", "pclmulqdq"} <= flags or {"aes", "pmull"} <= flags
