"""Addresses beside what `ipaddress` says of them: which texts are one, which they are, and how they are printed."""

import ipaddress

import pytest
from fastnet.protocol.address import host_text, is_address, parse_address
from hypothesis import example, given
from hypothesis import strategies as st

MAPPED = 0xFFFF << 32
printed = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)).map(str)
alike = st.text("0123456789.:%+-_ abefx\u0663\u00b2", max_size=20)
dotted = st.lists(
    st.integers(-1, 300).map(str) | st.sampled_from(["", "00", "01", "1_0", "+1", " 1", "1\n"]), max_size=6
)
values = st.one_of(st.integers(0, 2**128 - 1), st.integers(MAPPED - 2, MAPPED + 2**32 + 1), st.integers(0, 2**33))


def model(host: str) -> int | None:
    """What a text means, None if it is no address."""
    try:
        ip = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return int(ip) | MAPPED if ip.version == 4 else int(ip)


@given(st.one_of(printed, printed.map(lambda host: host + "%eth0"), alike, dotted.map(".".join), st.text(max_size=9)))
@example("1.2.3.4")
@example("01.2.3.4")
@example("1.2.3.4%1")
@example("1.2.3")
@example("1.2.3.4.5")
@example("1.2.3.256")
@example("\u0661.2.3.4")
@example("::ffff:1.2.3.4")
@example("9" * 5_000)
def test_a_text_is_the_address_that_ipaddress_says_or_none(host: str) -> None:
    value = model(host)
    assert is_address(host) == (value is not None)
    if value is None:
        with pytest.raises(ValueError, match="does not appear to be an IPv4 or IPv6 address"):
            parse_address(host, 1)
    else:
        address = parse_address(host, 7, 3)
        assert (address.hi << 64 | address.lo, address.port, address.scope) == (value, 7, 3)


@given(values)
def test_an_address_is_printed_as_ipaddress_prints_it_and_read_again(value: int) -> None:
    ip = ipaddress.IPv6Address(value)
    text = host_text(value >> 64, value & 2**64 - 1)
    assert text == str(ip.ipv4_mapped or ip)
    assert model(text) == value
