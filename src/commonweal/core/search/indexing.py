"""The index is written here alone: whole, or those subjects of which a deed was just done."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import F

from commonweal.core.models.search import SearchEntry, SearchGram, SearchPosting, SearchScope, SearchTerm
from commonweal.core.search.kinds import Doc, Kind, Scope, kinds
from commonweal.core.search.words import grams_of, words_of

T = TypeVar("T")
BATCH = 500
TITLE, REST = 4, 1

logger = logging.getLogger("commonweal.search")


def rebuild() -> int:
    """Everything anew; how many entries there are."""
    with transaction.atomic():
        _in_turn()
        for model in (SearchPosting, SearchGram, SearchEntry, SearchTerm, SearchScope):
            model.objects.all().delete()
        for kind in kinds().values():
            _write(kind, kind.docs(None))
    return SearchEntry.objects.count()


def keep_up() -> None:
    """All of it where there is none yet; else what is shipped, which an upgrade may have changed."""
    if not SearchEntry.objects.exists():
        rebuild()
        return
    for kind in kinds().values():
        if kind.rows is None:
            held = SearchEntry.objects.filter(kind=kind.key).values_list("subject", flat=True)
            reindex(kind, {*held, *(doc.subject for doc in kind.docs(None))})


def reindex(kind: Kind, subjects: Collection[str]) -> None:
    """Some subjects of a kind anew: what is gone goes, what has not changed stays as it is."""
    wanted = {str(one) for one in subjects}
    with transaction.atomic():
        _in_turn()
        docs = list(kind.docs(wanted))
        held = dict(SearchEntry.objects.filter(kind=kind.key, subject__in=wanted).values_list("subject", "digest"))
        fresh = [doc for doc in docs if held.get(doc.subject) != _digest(doc)]
        gone = wanted - {doc.subject for doc in docs} | {doc.subject for doc in fresh}
        _remove(kind, gone & held.keys())
        _write(kind, fresh)


def note(label: str, subject: UUID) -> None:
    """A deed was done to this record: once it is committed, what can be found of it is written anew."""
    if not any(label in kind.touched for kind in kinds().values()):
        return
    waiting = [deed for _, deed, _ in transaction.get_connection().run_on_commit if isinstance(deed, CatchUp)]
    pending = waiting[0] if waiting else CatchUp({})
    if not waiting:
        transaction.on_commit(pending, robust=True)
    pending.noted.setdefault(label, set()).add(subject)


@dataclass(frozen=True, slots=True)
class CatchUp:
    """What one transaction did, by the sort of record; it goes with the transaction where that is taken back."""

    noted: dict[str, set[UUID]]

    def __call__(self) -> None:
        """Every kind that any of it changes; the deed is done, so what fails here is told to the log alone."""
        try:
            for kind in kinds().values():
                subjects = {key for label, found in self.noted.items() for key in _subjects(kind, label, found)}
                if subjects:
                    reindex(kind, subjects)
        except DatabaseError:
            logger.exception("the index of the search could not be written")


def _in_turn() -> None:
    """Whoever else writes to the index waits: the words of one entry are counted once, whoever changed it too."""
    list(SearchScope.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _subjects(kind: Kind, label: str, found: set[UUID]) -> set[str]:
    """The records of a kind that deeds to others change; those that are gone too, where they are its own."""
    if label not in kind.touched or kind.rows is None:
        return set()
    way = kind.touched[label]
    keys = {str(key) for key in kind.rows().filter(**{f"{way}__in": found}).values_list("pk", flat=True)}
    return keys | {str(key) for key in found} if way == "pk" else keys


def _write(kind: Kind, docs: Iterable[Doc]) -> None:
    scopes: dict[Scope, SearchScope] = {}
    for some in batched(docs, BATCH):
        for doc in some:
            if doc.scope not in scopes:
                scopes[doc.scope] = SearchScope.objects.get_or_create(
                    partnership=doc.scope.partnership, permission=doc.scope.permission or "",
                    invented=doc.scope.invented)[0]
        made = SearchEntry.objects.bulk_create([_entry(kind, doc, scopes[doc.scope]) for doc in some])
        counted = {entry.pk: _weights(doc) for entry, doc in zip(made, some, strict=True)}
        terms = _terms(Counter(word for each in counted.values() for word in each))
        SearchPosting.objects.bulk_create([
            SearchPosting(term_id=terms[word], entry=entry, scope_id=entry.scope_id, kind=kind.key, weight=weight,
                          tie=entry.tie)
            for entry in made for word, weight in counted[entry.pk].items()
        ], batch_size=BATCH * 4)


def _remove(kind: Kind, subjects: Collection[str]) -> None:
    rows = SearchEntry.objects.filter(kind=kind.key, subject__in=subjects)
    lost = Counter(SearchPosting.objects.filter(entry__in=rows).values_list("term", flat=True))
    _change({term: -count for term, count in lost.items()})
    rows.delete()


def _terms(found: Counter[str]) -> dict[str, int]:
    """The keys of words, new ones written with their threes, and how often each stands counted on."""
    held = dict(SearchTerm.objects.filter(word__in=list(found)).values_list("word", "pk"))
    new = SearchTerm.objects.bulk_create([SearchTerm(word=word) for word in sorted(found.keys() - held.keys())])
    SearchGram.objects.bulk_create([SearchGram(gram=gram, term=term) for term in new
                                    for gram in sorted(grams_of(term.word))], batch_size=BATCH * 4)
    held |= {term.word: term.pk for term in new}
    _change({held[word]: count for word, count in found.items()})
    return held


def _change(counts: dict[int, int]) -> None:
    by_count: dict[int, list[int]] = defaultdict(list)
    for term, count in counts.items():
        by_count[count].append(term)
    for count, some in by_count.items():
        for part in batched(some, BATCH):
            SearchTerm.objects.filter(pk__in=part).update(entries=F("entries") + count)


def batched(found: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """In handfuls."""
    rest = iter(found)
    while some := tuple(islice(rest, size)):
        yield some


def _weights(doc: Doc) -> dict[str, int]:
    weights = dict.fromkeys(words_of(f"{doc.text} {doc.more}"), REST)
    return weights | dict.fromkeys(words_of(doc.title), TITLE)


def _entry(kind: Kind, doc: Doc, scope: SearchScope) -> SearchEntry:
    name = hashlib.sha256(f"{kind.key}:{doc.subject}".encode()).digest()
    return SearchEntry(
        kind=kind.key, subject=doc.subject, scope=scope, title=doc.title[:300], text=doc.text[:400],
        href=doc.href, tie=int.from_bytes(name[:7]), digest=_digest(doc),
    )


def _digest(doc: Doc) -> str:
    return hashlib.sha256(repr(doc).encode()).hexdigest()[:40]

