"""The words of the directory, indexed by the database itself, so that a search of a whole country stays quick."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.apps import AppConfig
from django.db import connections, transaction

TABLE = "providers_provider"
FEW = 500       # bodies that are looked up by their ids
WORD = re.compile(r"[^\W_]+")

_SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS providers_words USING fts5
    (item, body, tokenize = 'unicode61 remove_diacritics 0', prefix = '3 4 5')""",
    """CREATE TRIGGER IF NOT EXISTS providers_words_new AFTER INSERT ON providers_provider BEGIN
    INSERT INTO providers_words (item, body) VALUES (new.id, new.search); END""",
    """CREATE TRIGGER IF NOT EXISTS providers_words_gone AFTER DELETE ON providers_provider BEGIN
    DELETE FROM providers_words WHERE rowid IN
    (SELECT rowid FROM providers_words WHERE providers_words MATCH 'item:' || old.id); END""",
    """CREATE TRIGGER IF NOT EXISTS providers_words_said
    AFTER UPDATE OF search ON providers_provider WHEN old.search <> new.search BEGIN
    DELETE FROM providers_words WHERE rowid IN
    (SELECT rowid FROM providers_words WHERE providers_words MATCH 'item:' || old.id);
    INSERT INTO providers_words (item, body) VALUES (new.id, new.search); END""",
)
_HELD = "SELECT (SELECT COUNT(*) FROM providers_words), (SELECT COUNT(*) FROM providers_provider)"
_FILL = "INSERT INTO providers_words (item, body) SELECT id, search FROM providers_provider"
_FIRST = "SELECT item FROM providers_words WHERE providers_words MATCH %s LIMIT %s"
_IN_SQLITE = """+providers_provider.id IN
(SELECT item FROM providers_words WHERE providers_words MATCH %s)"""
# Letters and numbers alone: PostgreSQL would read a hyphen before a number as its sign.
_PLAIN = "to_tsvector('simple'::regconfig, regexp_replace(search, '[^[:alnum:]]+', ' ', 'g'))"
_POSTGRES = f"CREATE INDEX IF NOT EXISTS providers_words ON providers_provider USING gin ({_PLAIN})"
_IN_POSTGRES = f"{_PLAIN} @@ to_tsquery('simple'::regconfig, %s)"


def index_directory(*, app_config: AppConfig, using: str, **_: Any) -> None:
    """After a migration: the index is there, and filled where it does not hold every body."""
    connection = connections[using]
    if app_config.label != "providers" or TABLE not in connection.introspection.table_names():
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES)
            return
        for statement in _SQLITE:
            cursor.execute(statement)
        cursor.execute(_HELD)
        indexed, held = cursor.fetchone()
        if indexed != held:
            cursor.execute("DELETE FROM providers_words")
            cursor.execute(_FILL)


def with_words(rows: Any, words: Sequence[str]) -> Any:
    """Those of a query set in which every word, or one that begins with it, is found."""
    asked = [part for word in words for part in WORD.findall(word.casefold())]
    for word in words:
        if not WORD.search(word):
            rows = rows.filter(search__contains=word)
    if not asked:
        return rows
    if connections[rows.db].vendor == "postgresql":
        return rows.extra(where=[_IN_POSTGRES], params=[" & ".join(f"{one}:*" for one in asked)])  # noqa: S610
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
