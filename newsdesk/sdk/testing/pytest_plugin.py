"""What pytest gains where Newsdesk is installed: an update switch, failures in words, and a report of costs.

Without it (`-p no:newsdesk`) the tests are the same; it imports no pytest, so that the sdk depends on none.
"""

from collections.abc import Generator, Iterator
from typing import Any

import pluggy

from newsdesk.sdk.testing.breach import ContractBroken
from newsdesk.sdk.testing.clauses import COST
from newsdesk.sdk.testing.golden import UPDATE, UPDATED

hookimpl = pluggy.HookimplMarker("pytest")


def pytest_addoption(parser: Any) -> None:
    """The update switch."""
    help_text = "write each golden case's out file anew, with what is found now; read the difference before you commit it"
    parser.getgroup("newsdesk").addoption(UPDATE, action="store_true", default=False, help=help_text)


@hookimpl(wrapper=True)
def pytest_runtest_makereport(call: Any) -> Generator[None, Any, Any]:
    """A broken contract is told in its own words: where in the kit it was found out helps nobody."""
    report = yield
    if call.excinfo is not None and isinstance(call.excinfo.value, ContractBroken):
        report.longrepr = call.excinfo.getrepr(style="value", chain=False)
        if report.longrepr.reprcrash is not None:
            report.longrepr.reprcrash.message = call.excinfo.value.found  # its line in the short summary
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What each subject costs, and what was written anew."""
    for title, name in (("newsdesk: what it costs", COST), ("newsdesk: written anew; read them", UPDATED)):
        if lines := list(dict.fromkeys(_properties(terminalreporter, name))):
            terminalreporter.section(title, sep="-")
            for line in lines:
                terminalreporter.line(line)


def _properties(terminalreporter: Any, name: str) -> Iterator[str]:
    for reports in terminalreporter.stats.values():
        for report in reports:
            for key, value in getattr(report, "user_properties", ()):
                if key == name:
                    yield str(value)
