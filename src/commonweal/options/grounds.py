"""What a score points to, as pages and papers show it; written as one word so that a form can send it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.options.models import GroundKind

GONE = "What you point to is not there any more. Choose again."


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing by its kind and key; a finding by its kept version and its place there."""

    kind: GroundKind
    key: str
    place: int = 0

    @property
    def word(self) -> str:
        """'evidence:0190...', 'finding:0190...:2'."""
        place = f":{self.place}" if self.kind == GroundKind.FINDING else ""
        return f"{self.kind}:{self.key}{place}"

    @property
    def id(self) -> UUID:
        """The key of a record; NotFound where it is none."""
        try:
            return UUID(self.key)
        except ValueError as error:
            raise NotFound(GONE) from error

    @classmethod
    def read(cls, word: str) -> Self:
        """The thing that a word names; NotFound where it names none."""
        kind, _, rest = word.partition(":")
        key, _, place = rest.partition(":")
        if kind not in GroundKind.values or not key or (place and not (place.isascii() and place.isdigit())):
            raise NotFound(GONE)
        made = cls(GroundKind(kind), key, int(place[:4] or 0))
        if made.kind != GroundKind.CASE:
            made.id  # noqa: B018  a key that is none is found out here
        return made


def mark_of(*texts: str) -> str:
    """The fingerprint of what a thing says."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Pointed:
    """A thing with its words and page; without `href` the viewer may not see it. `mark` changes with its text."""

    ref: Ref
    title: str
    detail: str = ""
    href: str = ""
    mark: str = ""

    @property
    def kind(self) -> str:
        """What sort of thing it is."""
        return str(self.ref.kind.label)

    @property
    def words(self) -> str:
        """Its name and what is to be known of it."""
        return f"{self.title} ({self.detail})" if self.detail else self.title
