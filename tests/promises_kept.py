"""Which promises the tests of a run kept: read by `make promises`, and held to all sixty in a whole run of CI."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

PROMISES = Path(__file__).resolve().parent.parent / "docs" / "promises.md"
MARK = "promise"
ROW = re.compile(r"^\| ([PNOARVMK]\d+) \| ([^|]+) \| `([a-z:-]+)` \| \[[^]]+\]\(([a-z-]+\.md)\) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Shown:
    """Where a promise is seen: in words, the route of its page, its guide."""

    where: str
    route: str
    guide: str


def promise_ids() -> list[str]:
    """The ids in the order docs/promises.md promises them."""
    text = PROMISES.read_text("utf-8").partition("## Where to see each")[0]
    return re.findall(r"^\| ([PNOARVMK]\d+) \|", text, re.MULTILINE)


def shown() -> dict[str, Shown]:
    """Where each is seen, by its id."""
    return {key: Shown(*told) for key, *told in ROW.findall(PROMISES.read_text("utf-8"))}


class Kept:
    """How the tests marked with a promise ended; what a test keeps travels in its report."""

    def __init__(self) -> None:
        self.tests: dict[str, dict[str, bool]] = defaultdict(dict)

    @staticmethod
    def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
        for item in items:
            item.user_properties += [
                (MARK, name) for mark in item.iter_markers(MARK) for name in mark.args]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped or (report.when == "teardown" and report.passed):
            return
        for name, promise in report.user_properties:
            if name == MARK:
                passed = report.outcome == "passed" and self.tests[str(promise)].get(report.nodeid, True)
                self.tests[str(promise)][report.nodeid] = passed

    def line(self, promise: str) -> str:
        """What is known of one promise, and where to see it."""
        found, one = self.tests.get(promise, {}), shown().get(promise)
        count = f"{len(found)} test{'' if len(found) == 1 else 's'}"
        state = "no test" if not found else f"kept {count}" if all(found.values()) else f"failing {count}"
        tests = "".join(f"\n      {'' if passed else 'FAILED '}{test}" for test, passed in sorted(found.items()))
        return f"{promise} {state}" + (f" - {one.where} ({one.route}, docs/{one.guide})" if one else "") + tests

    def broken(self) -> list[str]:
        """Promises without a test that passed, or with one that did not."""
        return [one for one in promise_ids() if not self.tests.get(one) or not all(self.tests[one].values())]


def is_whole(config: pytest.Config) -> bool:
    """Every test was to run: no file, word or mark was chosen beyond what every run leaves out."""
    chosen = config.option
    narrowed = chosen.keyword or chosen.collectonly or getattr(chosen, "lf", False) or chosen.deselect
    return (chosen.markexpr in ("", "not soak") and not narrowed
            and config.args_source is pytest.Config.ArgsSource.TESTPATHS)
