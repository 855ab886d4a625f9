"""The theory of change of a partnership: steps, links, what each link rests on, and the weakest of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import OrganisationKind, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.policy.evidence_levels import Reached, design_levels, reached
from commonweal.priorities.models import LinkReview, StepKind, TheoryLink, TheoryStep


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step."""

    id: UUID
    kind: StepKind
    title: str
    outcome: UUID | None


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence with how it was found out."""

    kind: str
    speaks_for: bool
    design: str
    says: str
    source: str
    address: str
    year: int


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review, with its answer where there is one; `mine` where the viewer's organisation was asked."""

    id: UUID
    organisation: str
    question: str
    verdict: str
    words: str
    mine: bool


@dataclass(frozen=True, slots=True)
class LinkCard:
    """One link with the step its evidence reaches."""

    id: UUID
    before: StepCard
    after: StepCard
    why: str
    reached: Reached
    evidence: tuple[EvidenceLine, ...]
    reviews: tuple[ReviewLine, ...]

    @property
    def name(self) -> str:
        """Both steps."""
        return f"{self.before.title} → {self.after.title}"


@dataclass(frozen=True, slots=True)
class Theory:
    """The whole."""

    steps: tuple[StepCard, ...]
    links: tuple[LinkCard, ...]

    @property
    def weakest(self) -> tuple[LinkCard, ...]:
        """The links whose evidence reaches least."""
        least = min((one.reached.level for one in self.links), default=0)
        return tuple(one for one in self.links if one.reached.level == least)

    @property
    def answer(self) -> str:
        """The page in a sentence."""
        if not self.links:
            return "No link is drawn yet."
        return f"The chain is as strong as its weakest link. {self.weakest_words}"

    @property
    def weakest_words(self) -> str:
        """The weakest links by name, and how far they are shown."""
        if not self.links:
            return "No link is drawn yet."
        weak = self.weakest
        names = "; ".join(one.name for one in weak[:3])
        more = f", and {len(weak) - 3} more" if len(weak) > 3 else ""
        return f"Weakest ({weak[0].reached.words.lower()}): {names}{more}."


def chains_of(theory: Theory) -> tuple[tuple[StepCard, Theory], ...]:
    """A chain for each outcome that what is done leads to at once, with all before and after it; none for one."""
    direct = {one.after.id for one in theory.links if one.before.kind is not StepKind.OUTCOME}
    heads = [one for one in theory.steps if one.kind is StepKind.OUTCOME and one.id in direct]
    return tuple((one, _through(theory, one)) for one in heads) if len(heads) > 1 else ()


def left_over(theory: Theory, parts: tuple[Theory, ...]) -> Theory:
    """What stands in none of the parts, and the steps its links touch."""
    drawn = {one.id for part in parts for one in part.links}
    links = tuple(one for one in theory.links if one.id not in drawn)
    seen = {one.id for part in parts for one in part.steps}
    ends = {step.id for one in links for step in (one.before, one.after)}
    return Theory(tuple(one for one in theory.steps if one.id not in seen or one.id in ends), links)


def _through(theory: Theory, head: StepCard) -> Theory:
    """The steps that lead to one and those it leads to, with the links between them."""
    pairs = [(one.before.id, one.after.id) for one in theory.links]
    held = _reach(head.id, pairs) | _reach(head.id, [(after, before) for before, after in pairs])
    steps = tuple(one for one in theory.steps if one.id in held)
    return Theory(steps, tuple(one for one in theory.links if {one.before.id, one.after.id} <= held))


def _reach(start: UUID, pairs: list[tuple[UUID, UUID]]) -> set[UUID]:
    found, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        fresh = [after for before, after in pairs if before == here and after not in found]
        found.update(fresh)
        ahead.extend(fresh)
    return found


def theory_for(viewer: Viewer, partnership: UUID) -> Theory:
    """Every step and link that stands."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = TheoryStep.objects.visible_to(viewer, Purpose.ASSESSMENT)
    rows = rows.filter(partnership=partnership, removed=False)
    steps = {one.pk: StepCard(one.pk, StepKind(one.kind), one.title, one.outcome_id)
             for one in rows.order_by("created", "id")}
    links = TheoryLink.objects.visible_to(viewer, Purpose.ASSESSMENT)
    links = links.filter(partnership=partnership, removed=False)
    held = links.prefetch_related("evidence", "reviews__organisation", "reviews__answer").order_by("created", "id")
    return Theory(tuple(steps.values()), tuple(_link(viewer, one, steps) for one in held))


def link_for(viewer: Viewer, partnership: UUID, link: UUID) -> LinkCard:
    """One link; NotFound where there is none that the viewer may see."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        raise NotFound("There is no such link, or none that you may see.")
    found = next((one for one in theory_for(viewer, partnership).links if one.id == link), None)
    if found is None:
        raise NotFound("There is no such link, or it was taken away.")
    return found


def row_of(model: Any, viewer: Viewer, partnership: UUID, key: UUID) -> Any:
    """A step, link or review as its row, for an action."""
    found = model.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, pk=key).first()
    if found is None:
        raise NotFound("It is not there, or not for you to see.")
    return found


def universities(partnership: UUID) -> tuple[tuple[str, str], ...]:
    """Those with a seat today."""
    seats = PartnershipOrganisation.objects.on(clock.today()).filter(
        partnership=partnership, organisation__kind=OrganisationKind.UNIVERSITY
    )
    rows = seats.select_related("organisation").order_by("organisation__name")
    return tuple((str(one.organisation_id), one.organisation.name) for one in rows)


def reviews_waiting(viewer: Viewer, partnership: UUID) -> tuple[tuple[UUID, str], ...]:
    """Links on which the viewer's organisation was asked and has not answered."""
    rows = LinkReview.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        partnership=partnership, answer=None, organisation=viewer.organisation_in(partnership), link__removed=False
    )
    return tuple((one.link_id, one.question) for one in rows.order_by("asked_at"))


def _link(viewer: Viewer, row: Any, steps: dict[UUID, StepCard]) -> LinkCard:
    titles = {one.key: one.title for one in design_levels()}
    held = sorted(row.evidence.all(), key=lambda one: one.entered_at)
    return LinkCard(
        row.pk, steps[row.before_id], steps[row.after_id], row.why,
        reached((one.design, one.speaks_for) for one in held),
        tuple(EvidenceLine(one.get_kind_display(), one.speaks_for, titles[one.design], one.says, one.source,
                           one.address, one.year) for one in held),
        tuple(_review(viewer, one) for one in sorted(row.reviews.all(), key=lambda one: one.asked_at)),
    )


def _review(viewer: Viewer, row: Any) -> ReviewLine:
    answer = getattr(row, "answer", None)
    mine = viewer.organisation_in(row.partnership_id) == row.organisation_id
    return ReviewLine(
        row.pk, row.organisation.name, row.question, answer.get_verdict_display() if answer else "",
        answer.words if answer else "", mine,
    )
