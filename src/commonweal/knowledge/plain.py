"""What makes a text hard to read, and what to say instead; no Django here, so that a capped process can run it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from commonweal.methods.readability import PassiveWords, Reading, Span, passives, reading, sentences
from commonweal.policy.plain_words import plain_words
from commonweal.present.term_matcher import Matcher

LONGEST_TEXT = 60_000


class Kind(StrEnum):
    """What is wrong with a stretch of text."""

    LONG = "long"
    PASSIVE = "passive"
    WORDY = "wordy"
    JARGON = "jargon"


TITLES = {
    Kind.LONG: "Long sentence", Kind.PASSIVE: "Who does it?", Kind.WORDY: "Shorter wording",
    Kind.JARGON: "Word of the trade",
}

COUNTED = {
    Kind.LONG: ("long sentence", "long sentences"),
    Kind.PASSIVE: ("sentence that does not say who", "places that do not say who"),
    Kind.WORDY: ("longer wording", "longer wordings"), Kind.JARGON: ("word of the trade", "words of the trade"),
}


@dataclass(frozen=True, slots=True)
class Jargon:
    """A word of the trade: every way it is written, what it means in plain words, what may be said instead."""

    key: str
    label: str
    forms: tuple[str, ...]
    plain: str
    instead: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: where it stands, what is said there, why, and the wording that would replace it."""

    kind: Kind
    start: int
    end: int
    said: str
    why: str
    instead: str = ""
    href: str = ""

    @property
    def title(self) -> str:
        """What sort of thing it is."""
        return TITLES[self.kind]

    @property
    def key(self) -> str:
        """Its name on a form."""
        return f"{self.kind}-{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class PlainCheck:
    """A text as it reads: its reading age (none where it has no words) and what to look at, in order."""

    text: str
    reading: Reading | None
    findings: tuple[Finding, ...]

    def counted(self, kind: Kind) -> int:
        """How many findings of a kind."""
        return sum(one.kind is kind for one in self.findings)

    @property
    def replaceable(self) -> int:
        """How many findings bring a wording that could be used at once."""
        return sum(bool(one.instead) for one in self.findings)

    @property
    def verdict(self) -> str:
        """How hard it is, in a sentence that gives its base."""
        if self.reading is None:
            return "There are no words to check."
        words, sentences_ = self.reading.words, self.reading.sentences
        base = f"{words:,} word{'s' * (words != 1)} in {sentences_:,} sentence{'s' * (sentences_ != 1)}"
        if not self.reading.enough:
            return f"Too short for a reading age to mean much ({base}; it takes 100 words)."
        return f"A reader of about {self.reading.age:.0f} years can follow this ({base}). {self._beside()}"

    @property
    def counts(self) -> str:
        """What there is to look at, in a sentence."""
        found = [(self.counted(kind), *COUNTED[kind]) for kind in Kind]
        told = [f"{count} {one if count == 1 else many}" for count, one, many in found if count]
        if not told:
            return "Nothing in it needs a second look."
        return f"Look again at {', '.join(told[:-1])}{' and ' if told[1:] else ''}{told[-1]}."

    def _beside(self) -> str:
        known = plain_words()
        age = round(self.reading.age) if self.reading else 0
        if age <= known.public_age:
            return f"That is right for the public: {known.public_age} or younger."
        if age <= known.officers_age:
            return f"That will do for officers; for the public aim for {known.public_age} or younger."
        return f"Aim for {known.public_age} or younger for the public, {known.officers_age} for officers."


def check_text(text: str, jargon: Iterable[Jargon] = ()) -> PlainCheck:
    """Reading age, long sentences, the passive, longer wordings and words of the trade in a text."""
    text = text[:LONGEST_TEXT]
    known = plain_words()
    words = tuple(jargon)
    found = [*_long(text), *_passive(text), *_wordy(text), *_jargon(text, words)]
    try:
        read = reading(text, abbreviations=known.abbreviations)
    except ValueError:
        read = None
    return PlainCheck(text, read, tuple(sorted(found, key=lambda one: (one.start, -one.end))))


def accepted(check: PlainCheck, keys: Iterable[str]) -> str:
    """The text with the wordings of the chosen findings in it; of two that overlap the first counts."""
    wanted = set(keys)
    parts, at = [], 0
    for one in check.findings:
        if one.key in wanted and one.instead and one.start >= at:
            parts += [check.text[at:one.start], _cased(one.said, one.instead)]
            at = one.end
    return "".join([*parts, check.text[at:]])


def _cased(said: str, instead: str) -> str:
    return instead[:1].upper() + instead[1:] if said[:1].isupper() and not said.isupper() else instead


def _long(text: str) -> Iterable[Finding]:
    known = plain_words()
    for one in sentences(text, abbreviations=known.abbreviations):
        if one.words > known.long_sentence:
            why = f"{one.words} words. Over {known.long_sentence} is hard to follow: say it in two."
            yield _finding(Kind.LONG, text, one, why)


def _passive(text: str) -> Iterable[Finding]:
    known = plain_words()
    lists = PassiveWords(known.be, known.between, known.participles, known.describes)
    for one in passives(text, lists):
        yield _finding(Kind.PASSIVE, text, one, "This does not say who does it. If it matters, begin with them.")


def _wordy(text: str) -> Iterable[Finding]:
    shorter = plain_words().shorter
    for match in _pattern().finditer(text):
        said = re.sub(r"\s+", " ", match.group().casefold())
        why = f"“{shorter[said]}” nearly always says the same."
        yield Finding(Kind.WORDY, match.start(), match.end(), match.group(), why, shorter[said])


def _jargon(text: str, jargon: tuple[Jargon, ...]) -> Iterable[Finding]:
    if not jargon:
        return
    by_key = {one.key: one for one in jargon}
    for match in _matcher(jargon).found_in(text):
        one = by_key.pop(match.key, None)  # once a text is enough
        if one is None:
            continue
        said = text[match.start:match.end]
        yield Finding(Kind.JARGON, match.start, match.end, said, one.plain, one.instead, one.href)


def _finding(kind: Kind, text: str, span: Span, why: str) -> Finding:
    return Finding(kind, span.start, span.end, text[span.start:span.end], why)


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(plain_words().shorter, key=len, reverse=True)
    written = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in longest_first)
    return re.compile(rf"(?<![\w-])(?:{written})(?![\w-])", re.IGNORECASE)


@cache
def _matcher(jargon: tuple[Jargon, ...]) -> Matcher:
    return Matcher((form, one.key) for one in jargon for form in one.forms)
