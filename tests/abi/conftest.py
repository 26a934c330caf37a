"""Fixtures of the ABI tests; building.py has what they use."""

import building
import pytest


@pytest.fixture(scope="session", params=["address", "thread"])
def checked(request: pytest.FixtureRequest) -> building.Build:
    """The library with the core written in C, under AddressSanitizer and UBSan, and under ThreadSanitizer."""
    return building.build(request.param)


@pytest.fixture(scope="session")
def plain() -> building.Build:
    """The library with the core written in C, as it is shipped."""
    return building.build("plain")
