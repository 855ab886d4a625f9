"""While one page is put together, a question that several parts of it ask is answered once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers_of_one_page", default=None)


@contextmanager
def each_asked_once() -> Iterator[None]:
    """Inside the block questions marked with `asked_once` keep their answers. For pages that only read."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def asked_once(question: Callable[P, T]) -> Callable[P, T]:
    """Mark a question that reads and changes nothing; outside `each_asked_once` it is asked anew each time."""

    @wraps(question)
    def answer(*args: P.args, **named: P.kwargs) -> T:
        kept = _answers.get()
        if kept is None:
            return question(*args, **named)
        key = (question, args, tuple(sorted(named.items())))
        if key not in kept:
            kept[key] = question(*args, **named)
        found: T = kept[key]
        return found

    return answer
