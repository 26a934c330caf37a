"""fastnet.net.log: to `logging` for those who use it, to a function for the C library, and to nobody at no cost."""

import subprocess
import sys

import pytest
from fastnet.net import log


def test_a_sink_gets_level_and_finished_text_from_its_level_up() -> None:
    heard: list[tuple[int, str]] = []
    log.send_to(lambda level, text: heard.append((level, text)), log.INFO)
    try:
        log.debug("too %s", "quiet")
        log.info("100 % as it is")
        log.warning("%s may be read by %d others", "key.pem", 3)
        try:
            raise ValueError("the cause")
        except ValueError:
            log.exception("it failed")
    finally:
        log.send_to(None)
    assert heard[:2] == [(log.INFO, "100 % as it is"), (log.WARNING, "key.pem may be read by 3 others")]
    assert heard[2][0] == log.ERROR
    assert "it failed" in heard[2][1]
    assert "the cause" in heard[2][1]


def test_without_a_sink_records_reach_the_logger_of_the_standard_library(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG", "fastnet"):
        log.debug("a %s detail", "small")
    assert caplog.messages == ["a small detail"]


def test_a_record_that_nobody_can_see_does_not_import_logging() -> None:
    code = "import sys; from fastnet.net import log; log.info('x'); print('logging' in sys.modules)"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert seen.stdout == "False\n"
