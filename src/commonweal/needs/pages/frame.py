"""What surrounds every page of an assessment: crumbs, the thread at its side, and the other sections."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from commonweal.core.queries.partnerships import PartnershipView
from commonweal.needs.agreed import AgreedNeeds
from commonweal.needs.assessment import Assessment
from commonweal.needs.pages.links import Addresses, Item

START = "Choose your place"
SECTIONS = (
    ("place", "What stands out", "the few findings that matter, and the map"),
    ("people", "Who lives here", "age, ethnic group, disability, homes, town and country"),
    ("themes", "Needs by theme", "for culture and sport, and what they can help with"),
    ("areas", "Small areas", "where need comes together, on a map and in a table"),
    ("missed", "Who may be missed", "groups to name now, and how to reach them"),
    ("provision", "What is provided", "libraries, museums and pools that are known"),
    ("reach", "Who can reach it", "on foot, by bus or by car; what closing or adding one would do"),
    ("limits", "What is not known", "how good each part is, and how to find out more"),
    ("sources", "Sources and method", "whose figures these are, and how they were used"),
    ("take", "Take it away", "Word, PDF, Excel and data; an evidence page for a bid"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the thread."""

    title: str
    href: str = ""
    count: str = ""
    note: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The surroundings of one page."""

    title: str
    heading: str
    crumbs: tuple[Item, ...]
    rail: tuple[Step, ...]
    sections: tuple[Item, ...]
    sections_title: str


def frame(
    assessment: Assessment, code: str, *, section: str, heading: str = "", parent: str = "",
    inside: PartnershipView | None = None,
) -> Frame:
    """The surroundings of a section, or of a page under it (`parent` names it), `inside` a partnership or not."""
    to = Addresses(code, inside.id if inside else None)
    name = assessment.place.name
    words = {key: text for key, text, _ in SECTIONS}
    own = heading or (name if section == "place" else words.get(section, ""))
    crumbs = [Item(inside.name, reverse("web:partnership", args=[inside.id]))] if inside else [Item(START, "/")]
    if section != "place":
        crumbs.append(Item(name, to.page()))
    if parent:
        crumbs.append(Item(words[parent], to.page(parent)))
    return Frame(
        title=own if own == name else f"{own}: {name}",
        heading=own,
        crumbs=tuple(crumbs),
        rail=thread(assessment, to),
        sections=tuple(
            Item(text, to.page(key), hint, current=key == section and not heading) for key, text, hint in SECTIONS
        ),
        sections_title=f"The whole assessment of {name}",
    )


def thread(assessment: Assessment, to: Addresses) -> tuple[Step, ...]:
    """What the assessment answers and what answers it, as far as the cycle has gone for this place."""
    sources = len(assessment.sources)
    return (
        Step("Published evidence", to.page("sources"), f"{sources} data set{'' if sources == 1 else 's'}"),
        Step("First assessment", to.page(), f"{len(assessment.findings)} findings", current=True),
        _agreed(assessment.agreed, to),
    )


def _agreed(agreed: AgreedNeeds | None, to: Addresses) -> Step:
    if agreed is None or to.inside is None:
        return Step("Agreed needs", note="Each partnership sees its own.")
    count, href = len(agreed.needs), reverse("needs:needs", args=[to.inside])
    if not count:
        return Step("Agreed needs", href, note="Not yet: the partners have not agreed what the place needs.")
    return Step("Agreed needs", href, f"{count} agreed")
