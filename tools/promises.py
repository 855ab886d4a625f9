"""Print one line a promise: kept with how many tests, failing, or no test."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


class Outcomes:
    """Collects, for each promise id, how its tests ended."""

    def __init__(self) -> None:
        self.ids_of: dict[str, set[str]] = {}
        self.tests: dict[str, dict[str, bool]] = defaultdict(dict)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            ids = {name for mark in item.iter_markers("promise") for name in mark.args}
            self.ids_of[item.nodeid] = ids

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            return
        for promise in self.ids_of.get(report.nodeid, ()):
            passed = report.outcome == "passed" and self.tests[promise].get(report.nodeid, True)
            self.tests[promise][report.nodeid] = passed


def promise_ids() -> list[str]:
    """The ids in the order docs/promises.md gives them."""
    return re.findall(r"^\| ([PNOARVMK]\d+) \|", (ROOT / "docs/promises.md").read_text("utf-8"), re.MULTILINE)


def line(promise: str, tests: dict[str, bool]) -> str:
    """What is known of one promise."""
    if not tests:
        return f"{promise} no test"
    if not all(tests.values()):
        return f"{promise} failing"
    return f"{promise} kept {len(tests)} test{'' if len(tests) == 1 else 's'}"


def main() -> int:
    """Run the marked tests and report."""
    outcomes = Outcomes()
    options = ["-q", "--no-header", "-p", "no:terminal", "-m", "promise"]
    pytest.main([*options, str(ROOT / "tests")], plugins=[outcomes])
    for promise in promise_ids():
        print(line(promise, outcomes.tests.get(promise, {})))
    return 0 if all(all(t.values()) for t in outcomes.tests.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
