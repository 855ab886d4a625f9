"""The words of the directory, indexed by the database itself, so that a search of a whole country stays quick."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.apps import AppConfig
from django.db import connections

from commonweal.core.word_index import WordIndex

FEW = 500       # bodies that are looked up by their ids
WORD = re.compile(r"[^\W_]+")

_FIRST = "SELECT item FROM providers_words WHERE providers_words MATCH %s LIMIT %s"
_IN_SQLITE = """+providers_provider.id IN
(SELECT item FROM providers_words WHERE providers_words MATCH %s)"""
# Letters and numbers alone: PostgreSQL would read a hyphen before a number as its sign.
_PLAIN = "to_tsvector('simple'::regconfig, regexp_replace(search, '[^[:alnum:]]+', ' ', 'g'))"
_IN_POSTGRES = f"{_PLAIN} @@ to_tsquery('simple'::regconfig, %s)"


INDEX = WordIndex("providers_words", "providers_provider", ("search",), _PLAIN)


def index_directory(*, app_config: AppConfig, using: str, **_: Any) -> None:
    """After a migration of the directory."""
    if app_config.label == "providers":
        INDEX.put_in_place(using)


def with_words(rows: Any, words: Sequence[str]) -> Any:
    """Those of a query set in which every word, or one that begins with it, is found."""
    asked = [part for word in words for part in WORD.findall(word.casefold())]
    for word in words:
        if not WORD.search(word):
            rows = rows.filter(search__contains=word)
    if not asked:
        return rows
    if connections[rows.db].vendor == "postgresql":
        return rows.extra(where=[_IN_POSTGRES], params=[" & ".join(f"{one}:*" for one in asked)])  # noqa: S610 - a constant, values bound
    terms = " AND ".join(f'"{one}" *' for one in asked)
    few = _few(connections[rows.db], f"body : ({terms})")
    if few is not None:
        return rows.filter(pk__in=few)
    return rows.extra(where=[_IN_SQLITE], params=[f"body : ({terms})"])  # noqa: S610 - a constant


def _few(connection: Any, asked: str) -> list[UUID] | None:
    """The ids of what fits, where they are few enough to be looked up one by one; None where they are not."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [asked, FEW + 1])
        found = [UUID(one) for (one,) in cursor.fetchall()]
    return found if len(found) <= FEW else None
