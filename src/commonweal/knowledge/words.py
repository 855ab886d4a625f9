"""A word as pages, documents and exports show it, whether a seed or a partnership's own."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from commonweal.policy.glossary import VERIFIED, SeedTerm, TermSource, glossary, weakest

LISTS = {"openactive.io": "OpenActive's activity list", "id.esd.org.uk": "ESD's lists of needs and services"}
MATCH_WORDS = {
    "exact": "the same as", "close": "close to", "broad": "narrower than", "narrow": "broader than",
    "related": "related to",
}


@dataclass(frozen=True, slots=True)
class SectorCell:
    """One sector's word and meaning."""

    sector: str
    title: str
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """A concept in somebody else's list."""

    match: str
    uri: str

    @property
    def said(self) -> str:
        """How the two relate, in words."""
        return MATCH_WORDS[self.match]

    @property
    def host(self) -> str:
        """Whose list it is."""
        name = urlsplit(self.uri).hostname or self.uri
        return LISTS.get(name, name)

    @property
    def item(self) -> str:
        """What it is called there."""
        found = urlsplit(self.uri)
        return found.fragment or "/".join(found.path.split("/")[-2:]).strip("/") or self.uri


@dataclass(frozen=True, slots=True)
class Word:
    """One word in one wording. `broader`, `related` and `after` hold slugs."""

    slug: str
    label: str
    plain: str
    also: tuple[str, ...] = ()
    words: tuple[SectorCell, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    where: str = ""
    links: tuple[OutsideLink, ...] = ()
    sources: tuple[TermSource, ...] = ()
    source: str = ""
    everyday: bool = False
    concept: str = ""

    @property
    def letter(self) -> str:
        """Where it stands in an A to Z."""
        first = next((letter for letter in self.label if letter.isalnum()), "#").upper()
        return first if first.isascii() and first.isalpha() else "#"

    @property
    def years(self) -> str:
        """When it was in use, where that is over or young enough to tell."""
        if self.since and self.until:
            return f"In use from {self.since} to {self.until}"
        if self.until:
            return f"In use until {self.until}"
        return f"In use since {self.since}" if self.since else ""

    @property
    def checked(self) -> str:
        """How far its facts are checked, in words; empty for a partnership's own."""
        return VERIFIED[weakest(self.sources)] if self.sources else ""

    @property
    def unchecked(self) -> bool:
        """Whether some fact in it still waits for a check."""
        return bool(self.sources) and weakest(self.sources) == "K" and any(
            one.key != "house" and one.verification == "K" for one in self.sources
        )


def word_of(seed: SeedTerm) -> Word:
    """A seed as a word."""
    sectors = glossary().sectors
    return Word(
        slug=seed.id, label=seed.term, plain=seed.plain, also=seed.also,
        words=tuple(SectorCell(one.sector, sectors[one.sector], one.word, one.meaning) for one in seed.words),
        broader=seed.broader, related=seed.related, after=seed.after, since=seed.since, until=seed.until,
        where=seed.where, links=tuple(OutsideLink(one.match, one.uri) for one in seed.links), sources=seed.sources,
        everyday=seed.everyday,
    )
