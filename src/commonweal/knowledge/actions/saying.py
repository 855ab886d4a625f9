"""What somebody says a word means, checked before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.utils.text import slugify

from commonweal.core.errors import Refused
from commonweal.core.models import Person
from commonweal.core.viewer import Viewer
from commonweal.policy.glossary import MATCHES, glossary

MOST_FORMS, MOST_LINKS = 30, 50
RESERVED = frozenset(("add", "crosswalk", "rule", "bring", "glossary", "search"))


@dataclass(frozen=True, slots=True)
class Saying:
    """A meaning as it is proposed. `words` are (sector, word, meaning); `links` are (match, address)."""

    label: str
    plain: str
    also: Sequence[str] = ()
    words: Sequence[tuple[str, str, str]] = ()
    broader: Sequence[str] = ()
    related: Sequence[str] = ()
    links: Sequence[tuple[str, str]] = ()
    source: str = ""


def checked(saying: Saying) -> Saying:
    """The same without blanks and repeats; Refused with a sentence where it cannot stand."""
    label, plain = saying.label.strip(), saying.plain.strip()
    if not label:
        raise Refused("Enter the word.")
    if not plain:
        raise Refused("Say in plain words what it means.")
    words = tuple(
        (sector, word.strip(), meaning.strip()) for sector, word, meaning in saying.words if word.strip()
    )
    strange = [sector for sector, _, _ in words if sector not in glossary().sectors]
    if strange:
        raise Refused(f"“{strange[0]}” is none of the eight sectors.")
    also = tuple(dict.fromkeys(form.strip() for form in saying.also if form.strip() and form.strip() != label))
    if len(also) > MOST_FORMS or len(saying.links) > MOST_LINKS:
        raise Refused(f"A word may have up to {MOST_FORMS} other forms and {MOST_LINKS} links.")
    for match, address in saying.links:
        if match not in MATCHES or not address.startswith(("http://", "https://")):
            raise Refused("A link to another list needs an address that begins with http:// or https://.")
    return Saying(
        label, plain, also, words, tuple(dict.fromkeys(saying.broader)), tuple(dict.fromkeys(saying.related)),
        tuple(dict.fromkeys((match, address) for match, address in saying.links)), saying.source.strip(),
    )


def slug_for(label: str) -> str:
    """The word as an address holds it; never one of our own pages' names."""
    slug = slugify(label)[:70] or f"word-{sha256(label.casefold().encode()).hexdigest()[:8]}"  # of another script
    return f"{slug}-word" if slug in RESERVED else slug


def person_of(by: Viewer) -> Person:
    """Whoever acts; words are said by people, never by the program."""
    if by.person is None:
        raise Refused("Only a person can say what a word means.")
    return Person.objects.get(pk=by.person)
