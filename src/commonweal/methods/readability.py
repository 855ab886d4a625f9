"""How hard a text is to read: sentences, syllables, reading age, and where the passive stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n\s*(?:\n|[-*•·–]\s+|\d{1,3}[.)]\s+)|\n\s*\n")
_VOWELS = re.compile(r"[aeiouy]+")
_TWO_SOUNDS = re.compile(  # two vowels together that are said apart
    r"(?<![tscg])ia(?!ge)|iet|iu|ier(?=i)|ience|(?<![tsc])ient|[^tscgx]io|io(?=l)|(?<![tscgxn])iou|[nd]iou"
    r"|deo|rea(?=s?$|ti)|crea(?!s|m|k)|idea|reali|(?<!g)(?<!q)(?:ual|uat|uar(?=i|y))|queue|[^q]uie|useu|oi(?=ng)|yi(?=ng)|ei(?=ng)"
)
_ONE_SOUND = re.compile(r"[^aeiouy]e(?=ly|ment|less|ness|ful)|every|usiness")  # vowels that are not said
_SILENT = re.compile(r"(?<=[^aeiouy])e$|(?<=[aeiouy])e$(?<!ee)(?<!ye)(?<!oe)|[^aeiouyszxc]es$|[^aeiouytd]ed$")
_SOUNDED = re.compile(r"[^aeiouy][lr]es?$|(?:[szxg]|ch|sh)es$|^the$|[aeiouy]e$|ies$|[^aeiouyl]led$")
AGE_OVER_GRADE = 5  # a school grade of the United States begins at this much less than the age


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, from `start` up to `end` (characters), with how many words it holds."""

    start: int
    end: int
    words: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reading age of a text rests on; `age` in years, `grade` a school grade of the United States."""

    words: int
    sentences: int
    syllables: int
    grade: float

    @property
    def age(self) -> float:
        """Grade + 5, in years, never below 5."""
        return max(self.grade, 0.0) + AGE_OVER_GRADE

    @property
    def enough(self) -> bool:
        """Whether there is text enough for the formula to mean something: a hundred words."""
        return self.words >= 100


def grade(words: int, sentences: int, syllables: int) -> float:
    """Flesch-Kincaid grade = 0.39 words / sentences + 11.8 syllables / words - 15.59.

    Counts are whole numbers; ValueError where there are no words or sentences.
    Source: Kincaid, Fishburne, Rogers and Chissom (1975), Research Branch Report 8-75.
    """
    if words < 1 or sentences < 1:
        raise ValueError("a text without words has no reading age")
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def syllables(word: str) -> int:
    """Syllables of an English word by its spelling: groups of vowels, less silent endings, never below one.

    Right for about nine in ten words of plain prose; errors run both ways and even out over a text.
    Source: the rule of vowel groups in Flesch (1948), with the usual exceptions of English spelling.
    """
    return sum(_syllables(part) for part in re.split(r"[-'’]", word.casefold()) if part) or 1


def _syllables(word: str) -> int:
    if len(word) <= 3 and not _TWO_SOUNDS.search(word):
        return 1
    count = len(_VOWELS.findall(word)) + len(_TWO_SOUNDS.findall(word)) - len(_ONE_SOUND.findall(word))
    if _SILENT.search(word) and not _SOUNDED.search(word):
        count -= 1
    if word.endswith(("ism", "isms", "thm")):
        count += 1
    return max(count, 1)


def sentences(text: str, *, abbreviations: Collection[str] = ()) -> tuple[Span, ...]:
    """The sentences of a text in order; list items and headings on lines of their own are sentences too.

    `abbreviations` in small letters, without the last full stop, end no sentence; nor does a stop after a short
    word where a small letter follows.
    Source: this project's own rule.
    """
    spans, start = [], 0
    for end in _ends(text, frozenset(abbreviations)):
        span = _trimmed(text, start, end)
        start = end
        if span is not None:
            spans.append(span)
    last = _trimmed(text, start, len(text))
    return (*spans, last) if last is not None else tuple(spans)


def _ends(text: str, abbreviations: frozenset[str]) -> Iterator[int]:
    for match in _END.finditer(text):
        if match.group()[0] == ".":
            before = re.search(r"(\S+)$", text[max(0, match.start() - 24):match.start()])
            bare = before.group(1).casefold().lstrip("([\"'“‘") if before else ""
            after = text[match.end():match.end() + 3].lstrip()
            initial = len(bare) == 1 and bare.isalpha()
            if initial or bare in abbreviations or (after[:1].islower() and len(bare) < 5):
                continue
        yield match.end() if match.group()[0] != "\n" else match.start()


def _trimmed(text: str, start: int, end: int) -> Span | None:
    body = text[start:end]
    words = len(WORD.findall(body))
    if not words:
        return None
    return Span(start + len(body) - len(body.lstrip()), start + len(body.rstrip()), words)


def reading(text: str, *, abbreviations: Collection[str] = ()) -> Reading:
    """Words, sentences, syllables and grade of a text; ValueError where it has no words.

    Source: `grade`.
    """
    parts = sentences(text, abbreviations=abbreviations)
    words = WORD.findall(text)
    sounded = sum(syllables(word) for word in words)
    return Reading(len(words), len(parts), sounded, grade(len(words), len(parts), sounded))


@dataclass(frozen=True, slots=True)
class PassiveWords:
    """What tells the passive: forms of "be", words between, participles, and words that only describe."""

    be: frozenset[str]
    between: frozenset[str]
    participles: frozenset[str]
    describes: frozenset[str]


def passives(text: str, words: PassiveWords) -> tuple[Span, ...]:
    """Where a form of "be" is followed by a past participle ("was decided", "is not being paid").

    At most two words may stand between. A rule of thumb: what only describes ("is tired") is left out by a list.
    Source: this project's own rule.
    """
    tokens = list(WORD.finditer(text))
    found, place = [], 0
    while place < len(tokens):
        length = _passive_at(text, tokens, place, words)
        if length:
            found.append(Span(tokens[place].start(), tokens[place + length - 1].end(), length))
        place += length or 1
    return tuple(found)


def _passive_at(text: str, tokens: list[re.Match[str]], place: int, words: PassiveWords) -> int:
    """How many words a passive takes that begins at one word; 0 where none does."""
    if tokens[place].group().casefold().replace("’", "'") not in words.be:
        return 0
    for length in range(2, 5):
        if place + length > len(tokens):
            return 0
        gap = text[tokens[place + length - 2].end():tokens[place + length - 1].start()]
        if gap.strip():
            return 0
        word = tokens[place + length - 1].group().casefold()
        if is_participle(word, words):
            return length
        if word not in words.be and word not in words.between and not word.endswith("ly"):
            return 0
    return 0


def is_participle(word: str, words: PassiveWords) -> bool:
    """Whether a word in small letters is a past participle that says what was done."""
    if word in words.describes:
        return False
    return word in words.participles or (len(word) > 4 and word.endswith("ed") and not word.endswith("eed"))
