"""An echo costs what instructions.json says, give or take: so a slow-down is seen in review, on whatever machine."""

import instructions
import pytest

CALLGRIND = """
ob=(1) /usr/lib/libcrypto.so.3
fn=(1) seal
10 5
+1 7
cob=(2) /x/core/fastnet/protocol/endpoint.cpython-311.so
cfn=(2) send
calls=1 0
* 1000
-1 2
ob=(2)
fn=(2)
* 30
fn=(1)
12 4
""".strip().splitlines()


def test_what_a_function_called_is_not_counted_twice() -> None:
    costs = list(instructions.self_costs(CALLGRIND))
    assert sum(cost for _, _, cost in costs) == 5 + 7 + 2 + 30 + 4
    assert ("/x/core/fastnet/protocol/endpoint.cpython-311.so", "send", 30) in costs
    assert ("/x/core/fastnet/protocol/endpoint.cpython-311.so", "seal", 4) in costs


@pytest.mark.parametrize(
    ("library", "group"),
    [
        ("/x/core/fastnet/protocol/channels/base.cpython-311-x86_64-linux-gnu.so", "protocol.channels.base"),
        ("/usr/lib/x86_64-linux-gnu/libcrypto.so.3", "other"),
        ("/usr/lib/x86_64-linux-gnu/libc.so.6", "libc"),
        ("/usr/bin/python3.11", "interpreter"),
        ("/usr/lib/libpython3.12.so.1.0", "interpreter"),
        ("/usr/lib/libz.so.1", "other"),
    ],
)
def test_each_library_has_its_group(library: str, group: str) -> None:
    assert instructions.group_of(library) == group


def test_a_slow_down_is_named_with_the_part_that_grew() -> None:
    recorded = {"echo": {"protocol.sealing": 900, "net.udp": 100}}
    allowed = instructions.Count({"protocol.sealing": 900, "net.udp": 130}, {})
    slow = instructions.Count({"protocol.sealing": 900, "net.udp": 131}, {})
    assert instructions.slower(recorded, {"echo": allowed}) == []
    (line,) = instructions.slower(recorded, {"echo": slow})
    assert line == "echo: 1,000 -> 1,031 instructions an echo; net.udp 100 -> 131"


def test_an_echo_costs_no_more_instructions_than_recorded() -> None:
    if (why := instructions.missing()) is not None:
        pytest.skip(why)
    recorded = instructions.load_record().get(instructions.environment())
    if recorded is None:
        pytest.skip(f"nothing is recorded for {instructions.environment()}: tests/benchmarks/instructions.py --renew")
    lines = instructions.slower(recorded, instructions.count_all())
    hint = "if it is worth it, `.venv/bin/python tests/benchmarks/instructions.py --renew` records the new cost"
    assert not lines, "\n".join([*lines, hint])
