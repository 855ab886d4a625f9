"""Every promise is shown somewhere, and a run in which one is not kept is known."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.urls import URLResolver, get_resolver
from tests.promises_kept import MARK, PROMISES, Kept, promise_ids, shown


def routes(patterns, space: str = ""):
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name:
            yield space + one.name


def test_each_of_the_sixty_names_a_page_there_is_and_a_guide():
    there, found = set(routes(get_resolver().url_patterns)), shown()
    assert len(promise_ids()) == 60
    assert list(found) == promise_ids()
    assert [one.route for one in found.values() if one.route not in there] == []
    assert [one.guide for one in found.values() if not (PROMISES.parent / one.guide).exists()] == []


def report(outcome: str, *promises: str, when: str = "call"):
    return SimpleNamespace(
        when=when, outcome=outcome, passed=outcome == "passed", skipped=outcome == "skipped",
        nodeid=f"test_{promises}", user_properties=[(MARK, one) for one in promises])


@pytest.mark.parametrize(("ended", "broken"), [
    ([], ["N1"]), ([("passed", "call")], []), ([("failed", "call")], ["N1"]), ([("skipped", "setup")], ["N1"]),
    ([("passed", "setup"), ("failed", "call")], ["N1"]), ([("passed", "call"), ("failed", "teardown")], ["N1"]),
])
def test_a_promise_is_kept_by_a_test_that_passed_alone(ended, broken):
    kept = Kept()
    for promise in promise_ids():
        if promise != "N1":
            kept.pytest_runtest_logreport(report("passed", promise))
    for outcome, when in ended:
        kept.pytest_runtest_logreport(report(outcome, "N1", when=when))
    assert kept.broken() == broken
