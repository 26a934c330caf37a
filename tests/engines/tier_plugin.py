"""Tests that need an engine: `@pytest.mark.tier("godot")` skips aloud, or fails where FASTNET_REQUIRE names the tier.

The fixture `found` gives what the probe found: `found("godot")["godot"]` is a program. Every run that holds such tests
ends with a table of the tiers, and with a line `SKIP tier: reason` for each that did not run, even when quiet.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
import tiers

PROPERTY = "tier"


@dataclass
class Row:
    """What became of one tier's tests."""

    ran: int = 0
    skipped: int = 0
    seconds: float = 0.0
    reasons: set[str] = field(default_factory=set)

    def add(self, report: pytest.TestReport) -> None:
        """Count one phase of one test; a test counts once, when it was called or stopped before."""
        self.seconds += report.duration
        if report.skipped:
            self.skipped += 1
            self.reasons.add(str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr))
        elif report.when == "call" or report.failed:
            self.ran += 1

    def line(self, tier: str) -> str:
        """The row as text, as wide as the head of the table."""
        state = "ran" if self.ran else "skipped"
        return f"{tier:14}{state:9}{self.ran or self.skipped:5}{self.seconds:9.1f}  {self.reason()}".rstrip()

    def reason(self) -> str:
        """Why something was skipped, or nothing."""
        return "; ".join(sorted(reason.removeprefix("Skipped: ") for reason in self.reasons))


class Table:
    """The tiers of this run; reports of other processes reach it too, because a test carries its tiers with it."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for name, tier in report.user_properties:
            if name == PROPERTY:
                self.rows.setdefault(str(tier), Row()).add(report)

    def never_ran(self, config: pytest.Config) -> list[str]:
        """Tiers that were required, and of which no test ran although the whole suite was asked for."""
        whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.keyword
        required = sorted(tiers.asked("FASTNET_REQUIRE")) if whole else []
        return [tier for tier in required if tier not in self.rows or not self.rows[tier].ran]

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if not hasattr(session.config, "workerinput") and self.never_ran(session.config):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
        for tier in (tier for tier in tiers.PROBES if tier in self.rows and self.rows[tier].skipped):
            terminalreporter.write_line(f"SKIP {tier}: {self.rows[tier].reason()}")
        for tier in self.never_ran(config):
            terminalreporter.write_line(f"FAILED {tier}: FASTNET_REQUIRE names it, and no test of it ran", red=True)
        if self.rows:
            terminalreporter.write_line(f"{'tier':14}{'':9}{'count':>5}{'seconds':>9}  reason")
            for tier in (tier for tier in tiers.PROBES if tier in self.rows):
                terminalreporter.write_line(self.rows[tier].line(tier))


def of(item: pytest.Item) -> Iterator[str]:
    """The tiers that a test is marked with; raises UnknownTierError."""
    for mark in item.iter_markers(PROPERTY):
        yield from mark.args


def need(tier: str) -> tiers.Found:
    """What the probe found, or else the end of the test: a skip, or a failure where the tier is required."""
    found = tiers.probe(tier)
    if isinstance(found, str):
        if tier in tiers.asked("FASTNET_REQUIRE"):
            pytest.fail(f"FASTNET_REQUIRE names {tier}: {found}", pytrace=False)
        pytest.skip(found)
    return found


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "tier(name, ...): needs these engines or tools; see tests/engines/README.md")
    try:
        tiers.asked("FASTNET_REQUIRE")
        tiers.asked("FASTNET_FETCH")
    except tiers.UnknownTierError as mistake:
        raise pytest.UsageError(str(mistake)) from None
    config.pluginmanager.register(Table(), "tier-table")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for tier in of(item):
        item.user_properties.append((PROPERTY, tier))
    for tier in of(item):
        need(tier)


@pytest.fixture(scope="session")
def found() -> Callable[[str], tiers.Found]:
    """What a tier has: `found("mono")["mcs"]` is a program's path; ends the test if there is nothing."""
    return need
