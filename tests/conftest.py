"""What every test may use: both forms of a compiled pair, and seeds that a failure prints and a rerun takes.

`def test_x(both_forms, seed)` with `@pytest.mark.seeds(20)` runs with seeds 0..19 on the compiled module and on its
plain source. A failure prints `FASTNET_SEED=..`; with that in the environment only this seed runs.
"""

import os
import signal
from collections.abc import Generator
from typing import Any

import pytest
import tier_plugin
from forms import Forms, compiled_form, plain_form

SEED = os.environ.get("FASTNET_SEED")


@pytest.fixture(params=[compiled_form, plain_form], ids=["compiled", "plain"])
def both_forms(request: pytest.FixtureRequest) -> Forms:
    """Runs the test twice; called with a leaf's name, gives its compiled and then its plain form."""
    form: Forms = request.param
    return form


def pytest_configure(config: pytest.Config) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # A shell's background job; our servers would inherit that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", "seeds(count): run with `seed` 0..count-1, or FASTNET_SEED alone")
    config.pluginmanager.register(tier_plugin)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marker = metafunc.definition.get_closest_marker("seeds")
    if marker is not None:
        metafunc.parametrize("seed", [int(SEED)] if SEED else range(marker.args[0]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    if report.failed and "seed" in parameters:
        report.sections.append(("the seed", f"FASTNET_SEED={parameters['seed']}"))
    return report
