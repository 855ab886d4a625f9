"""Finding: words spelled well or badly and words of the glossary, among what the viewer may see, best first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, Sum, Value, When

from commonweal.core.models.search import SearchEntry, SearchGram, SearchPosting, SearchScope, SearchTerm
from commonweal.core.search.kinds import kinds
from commonweal.core.search.words import apart, every_word, grams_of
from commonweal.core.viewer import Viewer

MOST_WORDS, LONGEST = 8, 120
MOST_FOUND = 200          # of which a page shows some
MOST_LOOKED_AT = 2000     # the strongest entries of the rarest word, where it stands in more
WHOLE, BEGUN, NEARLY = 100, 60, 45
LAST = "z" * 10           # after every word that begins so, in every database's order of words
Alternatives = tuple[tuple[str, ...], ...]
Expand = Callable[[list[str]], list[Alternatives]]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    kind: str
    kind_title: str
    subject: str
    title: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first, and how many of each kind; `meant` is what a misspelled word was taken for."""

    hits: tuple[Hit, ...]
    counts: tuple[tuple[str, str, int], ...]
    meant: tuple[str, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One thing asked for: any of its alternatives, each a set of words that stand together."""

    alternatives: tuple[tuple[frozenset[int], ...], ...]
    worth: dict[int, int]


def as_asked(words: list[str]) -> list[Alternatives]:
    """Every word for itself."""
    return [((word,),) for word in words]


def find(viewer: Viewer, text: str, *, kind: str = "", expand: Expand = as_asked) -> Found:
    """All words must be found, each in one of its ways."""
    asked = every_word(text[:LONGEST])[:MOST_WORDS * 2]
    known = expand(asked)[:MOST_WORDS] if asked else []
    meant: list[str] = []
    groups = [_group(one, last=at == len(known) - 1, meant=meant) for at, one in enumerate(known)]
    if not groups or not all(one.alternatives for one in groups):
        return Found((), (), tuple(meant), more=False)
    entries = _entries(groups, _scopes(viewer))
    found = _still_seen(viewer, entries)
    counts: dict[str, int] = defaultdict(int)
    for one in found:
        counts[one.kind] += 1
    titles = {key: each.title for key, each in kinds().items()}
    return Found(
        tuple(_hit(one, titles) for one in found if not kind or one.kind == kind),
        tuple((key, titles[key], counts[key]) for key in titles if counts[key]),
        tuple(dict.fromkeys(meant)), more=len(entries) == MOST_FOUND,
    )


def _entries(groups: list[Group], scopes: list[int]) -> list[SearchEntry]:
    """The best of those that hold every group, in an order that every database gives alike."""
    postings = SearchPosting.objects.filter(scope__in=scopes)
    rarest = min(groups, key=lambda one: (_standing(one), sorted(one.worth)))
    near = postings.filter(term__in=rarest.worth).order_by("-weight", "tie", "entry")
    if len(groups) == 1 and len(rarest.worth) == 1:
        keys = list(near.values_list("entry", flat=True)[:MOST_FOUND])
        return _in_order(keys)
    within = list(dict.fromkeys(near.values_list("entry", flat=True)[:MOST_LOOKED_AT]))
    worth = _merged(groups)
    rows: QuerySet[Any, Any] = postings.filter(
        term__in=worth, entry__in=within).order_by().values("entry")
    for at, group in enumerate(groups):
        parts = {f"g{at}_{row}_{column}": _holds(terms)
                 for row, one in enumerate(group.alternatives) for column, terms in enumerate(one)}
        any_of = Q()
        for row, one in enumerate(group.alternatives):
            any_of |= Q(**{f"g{at}_{row}_{column}": 1 for column in range(len(one))})
        rows = rows.annotate(**parts).filter(any_of)
    score = Sum(Case(*[When(term=term, then=Value(value)) for term, value in worth.items()], default=Value(0),
                     output_field=IntegerField()) * _weight(), output_field=IntegerField())
    ranked = rows.annotate(score=score, last=Max("tie")).order_by("-score", "last")
    return _in_order([row["entry"] for row in ranked[:MOST_FOUND]])


def _weight() -> Case:
    return Case(When(weight__gt=1, then=Value(4)), default=Value(1), output_field=IntegerField())


def _holds(terms: frozenset[int]) -> Max:
    return Max(Case(When(term__in=terms, then=Value(1)), default=Value(0), output_field=IntegerField()))


def _group(alternatives: Alternatives, *, last: bool, meant: list[str]) -> Group:
    """The words of the index that each word stands for; an alternative with a word of none is left out."""
    worth: dict[int, int] = {}
    kept = []
    for number, alternative in enumerate(alternatives):
        found = [_terms(word, begun=last and len(alternatives) == 1, nearly=number == 0, meant=meant)
                 for word in alternative]
        if found and all(found):
            kept.append(tuple(frozenset(each) for each in found))
            for each in found:
                for term, value in each.items():
                    worth[term] = max(value, worth.get(term, 0))
    return Group(tuple(kept), worth)


def _terms(word: str, *, begun: bool, nearly: bool, meant: list[str]) -> dict[int, int]:
    """A word as it is, as it begins (the last word alone), or nearly so: each with what it is worth."""
    total = max(SearchEntry.objects.count(), 1)
    found = list(SearchTerm.objects.filter(word=word, entries__gt=0))
    worth = {one.pk: _rare(one, total) * WHOLE for one in found}
    if begun and len(word) > 2:
        begins = SearchTerm.objects.filter(word__gt=word, word__lte=word + LAST, entries__gt=0)
        some = begins.order_by("-entries", "word")[:20]
        worth |= {one.pk: _rare(one, total) * BEGUN for one in some if one.word.startswith(word)}
    if not worth and nearly and len(word) > 3:
        near = _near(word)
        meant.extend(one.word for one in near[:1])
        worth = {one.pk: _rare(one, total) * NEARLY for one in near}
    return worth


def _near(word: str) -> list[SearchTerm]:
    """Words one letter apart, two for long ones, nearest and commonest first."""
    most, grams = (2 if len(word) > 7 else 1), grams_of(word)
    shared = SearchGram.objects.filter(gram__in=grams, term__entries__gt=0).values("term").annotate(
        same=Count("pk")).filter(same__gte=max(len(grams) - 3 * most, 1)).order_by("-same", "term__word")
    some = SearchTerm.objects.filter(pk__in=[row["term"] for row in shared[:400]])
    near = [(apart(word, one.word, most), -one.entries, one.word, one) for one in some]
    return [one for distance, *_, one in sorted(near, key=lambda each: each[:3]) if distance <= most][:5]


def _rare(term: SearchTerm, total: int) -> int:
    """How much a word tells: the fewer entries hold it, the more; from 10 up."""
    return round(10 * (1 + math.log(1 + total / max(term.entries, 1))))


def _standing(group: Group) -> int:
    return sum(SearchTerm.objects.filter(pk__in=group.worth).values_list("entries", flat=True))


def _merged(groups: Iterable[Group]) -> dict[int, int]:
    merged: dict[int, int] = {}
    for group in groups:
        for term, value in group.worth.items():
            merged[term] = max(value, merged.get(term, 0))
    return merged


def _scopes(viewer: Viewer) -> list[int]:
    """What this viewer may find; the example's own people find the example, nobody else does."""
    kept = []
    for scope in SearchScope.objects.order_by("pk"):
        here = scope.partnership is None or scope.permission in _may(viewer, scope.partnership)
        if here and (not scope.invented or viewer.example or scope.partnership is not None):
            kept.append(scope.pk)
    return kept


def _may(viewer: Viewer, partnership: object) -> frozenset[str]:
    from commonweal.core.permissions import permissions_of

    roles = [grant.role for grant in viewer.grants if grant.partnership == partnership]
    return frozenset(str(one) for one in permissions_of(roles)) if roles else frozenset()


def _still_seen(viewer: Viewer, entries: list[SearchEntry]) -> list[SearchEntry]:
    """Asked of each stage once more, so that what was closed since is not shown."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for one in entries:
        by_kind[one.kind].append(one.subject)
    seen: set[tuple[str, str]] = set()
    for key, subjects in by_kind.items():
        kind = kinds().get(key)
        if kind is not None:
            allowed = subjects if kind.visible is None else kind.visible(viewer, subjects)
            seen |= {(key, str(subject)) for subject in allowed}
    return [one for one in entries if (one.kind, one.subject) in seen]


def _in_order(keys: list[int]) -> list[SearchEntry]:
    held = SearchEntry.objects.in_bulk(keys)
    return [held[key] for key in keys if key in held]


def _hit(one: SearchEntry, titles: dict[str, str]) -> Hit:
    return Hit(one.kind, titles[one.kind], one.subject, one.title, one.text, one.href)
