"""What each perspective says of a need, by one stated rule over the evidence held against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from commonweal.needs.content import read
from commonweal.needs.models import Perspective, Verdict
from commonweal.needs.wording import fill
from commonweal.present.wording import listed


class Support(StrEnum):
    """Where one perspective stands on one need."""

    SUPPORTS = "supports"
    MIXED = "mixed"
    AGAINST = "against"
    SILENT = "silent"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class PerspectiveSupport:
    """One perspective's standing with the number of pieces of evidence behind it."""

    key: str
    title: str
    support: Support
    items: int

    @property
    def words(self) -> str:
        """The standing as the strip shows it."""
        return str(read("needs")["support"][self.support.value]["title"])

    @property
    def tone(self) -> str:
        """The colour of its tag; the words say the same."""
        return str(read("needs")["support"][self.support.value]["tone"])


def support_of(verdicts: Iterable[tuple[str, str]]) -> tuple[PerspectiveSupport, ...]:
    """The four perspectives in order, from (perspective, verdict) of each piece of evidence held."""
    return support_of_counts(Counter(verdicts))


def support_of_counts(pieces: Mapping[tuple[str, str], int]) -> tuple[PerspectiveSupport, ...]:
    """The same from how many pieces stand under each (perspective, verdict)."""
    held: dict[str, dict[str, int]] = {key: {} for key in read("needs")["perspectives"]}
    for (perspective, verdict), count in pieces.items():
        if perspective in held:
            held[perspective][verdict] = count
    return tuple(
        PerspectiveSupport(key, str(Perspective(key).label), _standing(found), sum(found.values()))
        for key, found in held.items()
    )


def _standing(verdicts: Iterable[str]) -> Support:
    said = set(verdicts)
    if not said:
        return Support.NOT_ASKED
    speaking = said - {Verdict.SILENT.value}
    if not speaking:
        return Support.SILENT
    if speaking == {Verdict.SUPPORTS.value}:
        return Support.SUPPORTS
    return Support.AGAINST if speaking == {Verdict.AGAINST.value} else Support.MIXED


def support_sentence(strip: tuple[PerspectiveSupport, ...]) -> str:
    """The strip read aloud."""
    content = read("needs")
    supporting = [one for one in strip if one.support is Support.SUPPORTS]
    if len(supporting) == len(strip):
        return str(content["summary"]["all"])
    rest = "; ".join(
        f"{one.title[:1].lower()}{one.title[1:]}: {content['support'][one.support.value]['title'].lower()}"
        for one in strip if one not in supporting
    )
    key = "some" if supporting else "none"
    return fill(
        content["summary"][key], supporting=len(supporting),
        support="supports" if len(supporting) == 1 else "support", rest=rest,
    )


def missing_sentence(strip: tuple[PerspectiveSupport, ...]) -> str:
    """Who has not been asked; empty where everybody has."""
    names = [one.title.lower() for one in strip if one.support is Support.NOT_ASKED]
    return fill(read("needs")["missing"], names=listed(names)) if names else ""


def statement(who: str, where: str, what: str) -> str:
    """A need as one sentence in plain words."""
    said = fill(read("needs")["sentence"], who=who.strip(), where=where.strip(), what=what.strip().rstrip("."))
    return said[:1].upper() + said[1:]
