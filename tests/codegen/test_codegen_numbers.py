"""Numbers that C, Python and the protocol share are equal, because they are printed; here they are compared anyway."""

import re
from pathlib import Path

from fastnet.protocol import numbers
from printing import ROOT, done, real

SOURCE = ROOT / "bindings" / "c"
ASK = """
#include <stdio.h>
#include "bodies.gen.h"
int main(void)
{
    for (uint32_t code = 0; code < 3100; ++code)
        printf("%d %s\\n", (int)fn_result_of_reason(code), fn_name_of_reason(code));
    for (int32_t result = -40; result <= 1; ++result)
        printf("%s\\n", fn_name_of_result(result));
    return 0;
}
"""


def test_close_codes_are_those_of_the_protocol() -> None:
    text = (ROOT / "PROTOCOL.md").read_text()
    block = re.search(r"```\n(0 CLOSED.*?)```", text, re.DOTALL)
    assert block
    written = re.findall(r"(\d+)(\*?) ([A-Z_]+)", block[1])
    assert {name: int(number) for number, _, name in written} == {code.name: code.value for code in numbers.CloseCode}
    local = {name for _, star, name in written if star}
    assert {numbers.CloseCode(code).name for code in numbers.LOCAL_ONLY} == local


def test_c_and_python_give_each_reason_the_same_result(tmp_path: Path) -> None:
    """All codes of the library and of the application, and those between that nobody gave."""
    (tmp_path / "ask.c").write_text(ASK)
    options = ("-std=c11", f"-I{SOURCE / 'include'}", f"-I{SOURCE / 'src'}")
    # The bodies are not here: the exported functions, which nothing calls, go before the linker misses them.
    options += ("-ffunction-sections", "-Wl,--gc-sections")
    done("gcc", *options, tmp_path / "ask.c", SOURCE / "src" / "abi.gen.c", "-o", tmp_path / "ask")
    lines = done(tmp_path / "ask").splitlines()
    for code, line in enumerate(lines[:3100]):
        result, name = line.split()
        assert int(result) == numbers.result_of(code), code
        if code in numbers.APPLICATION_CODES:
            assert name == "APPLICATION"
        elif code in set(numbers.CloseCode):
            assert name == numbers.CloseCode(code).name
        else:
            assert name == "UNKNOWN"
    names = dict(zip(range(-40, 2), lines[3100:], strict=True))
    for result in numbers.Result:
        assert names[result] in (f"FASTNET_ERROR_{result.name}", f"FASTNET_{result.name}")
    assert names[1] == names[-40] == "FASTNET_ERROR_UNKNOWN"


def test_the_classes_of_causes_are_as_designed() -> None:
    """Orderly ends are no errors, timeouts are timeouts, and what nobody listed is the protocol's."""
    expected = {
        "OK": (0, 1, 17, 18, 1000, 1500, 1999),
        "TIMEOUT": (2, 3),
        "UDP_UNREACHABLE": (4,),
        "TCP_UNREACHABLE": (5,),
        "TLS": (6,),
        "CERTIFICATE": (7,),
        "VERSION_MISMATCH": (8,),
        "SERVER_FULL": (11,),
        "REFUSED": (9, 10, 12, 13, 14, 15, 16, 2000, 2999),
        "CLOSED": (20,),
        "PROTOCOL": (21, 22, *range(30, 39), 19, 999, 3000),
    }
    for name, codes in expected.items():
        assert {numbers.result_of(code).name for code in codes} == {name}


def test_the_api_has_what_was_promised() -> None:
    """The sizes and names that the design fixed; a change here is a change of the ABI."""
    api = real()
    sizes = {s.c: (s.extents["lp64"].size, s.extents["ilp32"].size) for s in api.structs}
    assert sizes == {
        "FastNetEvent": (72, 56),
        "FastNetStats": (112, 112),
        "FastNetClientConfig": (144, 112),
        "FastNetServerConfig": (128, 104),
    }
    original = {"client_connect", "client_disconnect", "client_poll", "client_send", "client_rtt_us", "server_create",
                "server_destroy", "server_poll", "server_send", "server_peer_count"}  # fmt: skip
    assert {f"fastnet_{name}" for name in original} <= {function.c for function in api.functions}
    assert api.reserved
    assert not {function.c for function in api.functions} & set(api.reserved)
