"""The words of evidence, indexed by the database itself, so that a search stays quick however much there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from commonweal.core.word_index import WordIndex
from commonweal.needs.ambition_words import WORD

BATCH, FEW = 1000, 100

_MATCH = """SELECT rowid, item FROM needs_evidence_words
WHERE needs_evidence_words MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"""
INDEX = WordIndex(
    "needs_evidence_words", "needs_evidenceitem", ("title", "summary", "how_asked"),
    "to_tsvector('simple'::regconfig, title || ' ' || summary || ' ' || how_asked)",
)
_FITS = """to_tsvector('simple'::regconfig, needs_evidenceitem.title || ' ' || needs_evidenceitem.summary
|| ' ' || needs_evidenceitem.how_asked) @@ to_tsquery('simple'::regconfig, %s)"""


def index_evidence(*, app_config: AppConfig, using: str, **_: Any) -> None:
    """After a migration of the needs."""
    if app_config.label == "needs":
        INDEX.put_in_place(using)


def evidence_with(terms: Iterable[str], *, within: Any, most: int) -> list[Any]:
    """Pieces of a query set that hold any of the terms, newest first; a term with * is the beginning of a word."""
    asked, connection = [_words(term) for term in terms], connections[within.db]
    asked = [(words, begins) for words, begins in asked if words]
    if not asked:
        return []
    if connection.vendor == "postgresql":
        found = within.extra(where=[_FITS], params=[_in_postgres(asked)])  # noqa: S610 - a constant
        return [*found.order_by("-id")[:most]]
    kept: list[Any] = []
    for batch in _batches(connection, _in_sqlite(asked)):
        kept += within.filter(pk__in=batch)
        if len(kept) >= most:
            break
    return sorted(kept, key=lambda row: row.pk, reverse=True)[:most]


def any_with(term: str, *, within: Any) -> bool:
    """Whether any piece of a query set holds the term; none of them is read."""
    words, begins = _words(term)
    if not words:
        return False
    connection = connections[within.db]
    if connection.vendor == "postgresql":
        found = within.extra(where=[_FITS], params=[_in_postgres([(words, begins)])])  # noqa: S610 - a constant
        return bool(found.exists())
    batches = _batches(connection, _in_sqlite([(words, begins)]), size=FEW)
    return any(within.filter(pk__in=batch).exists() for batch in batches)


def _batches(connection: BaseDatabaseWrapper, asked: str, *, size: int = BATCH) -> Iterator[list[UUID]]:
    """The ids of what matches, the last written first, so many at a time."""
    before = 2**62
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_MATCH, [asked, before, size])
            rows = cursor.fetchall()
        if rows:
            yield [UUID(item) for _, item in rows]
        if len(rows) < size:
            return
        before = rows[-1][0]


def _words(term: str) -> tuple[list[str], bool]:
    return [one.casefold() for one in WORD.findall(term)], term.endswith("*")


def _in_sqlite(asked: list[tuple[list[str], bool]]) -> str:
    each = []
    for words, begins in asked:
        phrase = " ".join(words)
        each.append(f'"{phrase}" *' if begins else f'"{phrase}" OR "{phrase}s"')
    return f"body : ({' OR '.join(each)})"


def _in_postgres(asked: list[tuple[list[str], bool]]) -> str:
    each = []
    for words, begins in asked:
        phrase = " <-> ".join(words)
        each.append(f"({phrase}:*)" if begins else f"({phrase} | {phrase}s)")
    return " | ".join(each)
