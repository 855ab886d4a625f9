"""The words of a partnership and of every installation: lists, one word, its history and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from commonweal.core import clock
from commonweal.core.asked_once import asked_once
from commonweal.core.errors import NotFound
from commonweal.core.models import Partnership, PartnershipOrganisation
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.knowledge.models import Agreement, LanguageRule, Rule, Term, TermSignature, TermState, TermVersion
from commonweal.knowledge.words import OutsideLink, SectorCell, Word, word_of
from commonweal.policy.glossary import glossary

# What needs doing first.
ORDER = (TermState.DISPUTED, TermState.PROPOSED, TermState.BROUGHT, TermState.AGREED, TermState.RETIRED)


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A partnership's word: the wording that stands (agreed, or the newest), and how far it has come."""

    id: UUID
    word: Word
    state: TermState
    latest: int
    agreed: int | None
    proposed: Word
    waits_for: tuple[str, ...] = ()
    signed: int = 0

    @property
    def slug(self) -> str:
        """Its address."""
        return self.word.slug

    @property
    def open(self) -> bool:
        """Whether the partners still have to agree."""
        return self.state in {TermState.PROPOSED, TermState.DISPUTED}


@dataclass(frozen=True, slots=True)
class Ruling:
    """How words are agreed here, in words."""

    rule: Rule
    said: str
    reason: str
    seats: tuple[str, ...]
    needed: int


@cache
def seed_words() -> dict[str, Word]:
    """Every seed by its slug, in the order of the alphabet."""
    words = (word_of(seed) for seed in glossary().terms.values())
    return {word.slug: word for word in sorted(words, key=lambda word: word.label.casefold())}


@asked_once
def own_words(viewer: Viewer, partnership: UUID) -> tuple[OwnWord, ...]:
    """The partnership's own words, what needs doing first."""
    seen = Term.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    terms = {term.pk: term for term in seen}
    latest, agreed = _standing(TermVersion.objects.filter(identity__in=list(terms)))
    seats = _seats(partnership)
    signed = _signed(version.pk for version in latest.values())
    made = [
        _own(terms[key], latest[key], agreed.get(key), seats, signed.get(latest[key].pk, frozenset()))
        for key in terms if key in latest
    ]
    return tuple(sorted(made, key=lambda one: (ORDER.index(one.state), one.word.label.casefold())))


def words_for(viewer: Viewer, partnership: UUID | None = None) -> tuple[Word, ...]:
    """Every word as it is meant here, A to Z: seeds, and over them what the partnership has agreed."""
    here = dict(seed_words())
    if partnership is not None:
        for own in own_words(viewer, partnership):
            if own.state == TermState.RETIRED:
                here.pop(own.slug, None)
            elif own.agreed or own.slug not in here:
                here[own.slug] = own.word
    return tuple(sorted(here.values(), key=lambda word: word.label.casefold()))


def seed_for(slug: str) -> Word:
    """One seed; NotFound where there is none."""
    found = seed_words().get(slug)
    if found is None:
        raise NotFound("There is no such word in the glossary.")
    return found


def own_word(viewer: Viewer, partnership: UUID, slug: str) -> OwnWord | None:
    """The partnership's own word of that address, if it has one."""
    term = Term.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, slug=slug).first()
    if term is None:
        return None
    latest, agreed = _standing(TermVersion.objects.filter(identity=term))
    newest = latest[term.pk]
    signed = _signed([newest.pk]).get(newest.pk, frozenset())
    return _own(term, newest, agreed.get(term.pk), _seats(partnership), signed)


def term_record(viewer: Viewer, partnership: UUID, slug: str) -> Term:
    """The record behind a word, for an action; NotFound where the viewer may see none."""
    found = Term.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, slug=slug).first()
    if found is None:
        raise NotFound("There is no such word in this partnership.")
    term: Term = found
    return term


def ruling_of(viewer: Viewer, partnership: UUID) -> Ruling:
    """The rule in force and the seats it asks."""
    row = LanguageRule.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership).first()
    rule = Rule(row.rule) if row else Rule.ALL
    seats = tuple(sorted(_seats(partnership).values()))
    return Ruling(rule, str(rule.label), row.reason if row else "", seats, rule.needed(len(seats)) if seats else 0)


def word_at(version: TermVersion) -> Word:
    """What one version says, with the seed's years and place where it stands on one."""
    sectors = glossary().sectors
    seed = seed_words().get(version.identity.slug)
    word = Word(
        slug=version.identity.slug, label=version.label, plain=version.plain, also=tuple(version.also),
        words=tuple(
            SectorCell(sector, sectors.get(sector, sector), word, meaning)
            for sector, word, meaning in version.words
        ),
        broader=tuple(version.broader), related=tuple(version.related),
        links=tuple(OutsideLink(match, uri) for match, uri in version.links), source=version.source,
        concept=version.identity.concept,
    )
    if seed is None:
        return word
    return replace(word, after=seed.after, since=seed.since, until=seed.until, where=seed.where,
                   sources=seed.sources, everyday=seed.everyday)


def _standing(versions: QuerySet[TermVersion]) -> tuple[dict[UUID, TermVersion], dict[UUID, TermVersion]]:
    """The newest version of each word, and the newest that was agreed."""
    agreed = Exists(Agreement.objects.filter(version=OuterRef("pk")))
    rows = versions.select_related("identity").annotate(was_agreed=agreed)
    newest: dict[UUID, TermVersion] = {}
    standing: dict[UUID, TermVersion] = {}
    for row in rows.order_by("number"):
        newest[row.identity_id] = row
        if row.was_agreed:
            standing[row.identity_id] = row
    return newest, standing


def _own(
    term: Term, latest: TermVersion, agreed: TermVersion | None, seats: dict[UUID, str], signed: frozenset[UUID]
) -> OwnWord:
    proposed = word_at(latest)
    stands = word_at(agreed) if agreed is not None and not agreed.retires else proposed
    state = TermState(term.state)
    still = state in {TermState.PROPOSED, TermState.DISPUTED}
    waits = tuple(sorted(name for key, name in seats.items() if key not in signed)) if still else ()
    return OwnWord(
        term.pk, stands, state, latest.number, agreed.number if agreed is not None else None, proposed, waits,
        len(signed & set(seats)),
    )


def _seats(partnership: UUID) -> dict[UUID, str]:
    rows = PartnershipOrganisation.objects.on(clock.today()).filter(partnership=partnership, signs_off=True)
    return dict(rows.values_list("organisation_id", "organisation__name"))


def _signed(versions: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    rows = TermSignature.objects.filter(version__in=list(versions)).values_list("version_id", "organisation_id")
    for version, organisation in rows:
        found.setdefault(version, set()).add(organisation)
    return {version: frozenset(organisations) for version, organisations in found.items()}


def stamp_of(partnership: UUID) -> tuple[datetime | None, int]:
    """Changes whenever the partnership agrees anything."""
    rows = Agreement.objects.filter(partnership=partnership)
    last = rows.order_by("-agreed_at").values_list("agreed_at", flat=True).first()
    return last, rows.count()


def name_of(partnership: UUID) -> str:
    """What the partnership is called."""
    found = Partnership.objects.filter(pk=partnership).values_list("name", flat=True).first()
    return found or ""
