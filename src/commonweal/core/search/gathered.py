"""What stages need to say what can be found: rows of some subjects, and the rule of a model asked again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any
from uuid import UUID

from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer

HANDFUL = 500


def chosen(rows: Any, subjects: Collection[str] | None) -> Iterator[Any]:
    """All rows, or those of some subjects, read in handfuls."""
    if subjects is not None:
        keys = [key for key in subjects if _is_key(key)]
        rows = rows.filter(pk__in=keys)
    yield from rows.order_by("pk").iterator(chunk_size=HANDFUL)


def still_visible(model: Any) -> Callable[[Viewer, Collection[str]], Collection[str]]:
    """The model's own `visible_to`, asked for an assessment."""

    def visible(viewer: Viewer, subjects: Collection[str]) -> Collection[str]:
        keys = [key for key in subjects if _is_key(key)]
        rows = model.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(pk__in=keys)
        return [str(key) for key in rows.values_list("pk", flat=True)]

    return visible


def fixed(docs: Callable[[], Iterator[Any]]) -> Callable[[Collection[str] | None], Iterator[Any]]:
    """For what is shipped and not recorded: chosen from all of it."""

    def some(subjects: Collection[str] | None) -> Iterator[Any]:
        return (doc for doc in docs() if subjects is None or doc.subject in subjects)

    return some


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
