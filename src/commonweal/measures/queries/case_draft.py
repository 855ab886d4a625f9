"""A case study drafted from an agreement's own records: context, cost, what was done, results, what failed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from commonweal.agreements.models import Clause
from commonweal.core import clock
from commonweal.core.models import PartnershipOrganisation
from commonweal.core.money import financial_year
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.knowledge.cases import titles
from commonweal.measures.models import Return, ReturnState, ReviewVersion
from commonweal.measures.performance_content import content
from commonweal.measures.periods import period_words
from commonweal.measures.queries.changes import changes_for
from commonweal.measures.queries.performance import AgreementStands, off_words, performance_of, place_of
from commonweal.measures.queries.review import needs_answered
from commonweal.measures.releasing_tables import Made, about, grouped, people_of, said_so, share_of
from commonweal.measures.reviewed import thawed
from commonweal.needs.queries.carried import carried_for
from commonweal.needs.support import statement
from commonweal.options.models import Agreement
from commonweal.present.wording import listed

ALWAYS_UNKNOWN = ("What would have come without it", "Whether those who answered are like those who did not")
MOST_RESULTS = 320
HELD_BACK = "held back to protect people"


@dataclass(frozen=True, slots=True)
class Draft:
    """The form's first answers, and the tables behind its numbers."""

    initial: dict[str, Any]
    tables: tuple[Made, ...]

    @property
    def held_back(self) -> tuple[str, ...]:
        """What was hidden or rounded in it, and why."""
        return grouped((one.title, one.shown.reason) for one in self.tables if one.shown.outcome != "exact")


def case_draft(viewer: Viewer, row: Agreement) -> Draft:
    """A draft from what is held; what is not held stays empty."""
    stands = performance_of(viewer, row.partnership_id).agreement(row.pk)
    sent = _sent(viewer, row)
    tables = _tables(sent)
    needs = needs_answered(row)
    place, first = place_of(row.partnership_id), needs[0] if needs else None
    results, rests_on = _results(tables, sent)
    for one in changes_for(viewer, row.pk)[:1]:
        told = f"{results} {one.title}, {one.period}: {one.told.answer}".strip()
        results = told if len(told) <= MOST_RESULTS else results
    return Draft({
        **_sides(row), "title": f"{place.name}: {row.title}"[:90], "years": _years(row),
        "services": [row.service], "step": "measures",
        "needs": [one.identity.theme for one in needs if one.identity.theme in titles("needs")],
        "needed": statement(first.who, first.where, first.what)[:320] if first else "",
        "answer": _answer(row, tables)[:220], "did": "\n".join(_did(row))[:1500], "money": _money(row)[:320],
        "results": results[:MOST_RESULTS], "results_n": rests_on[:120],
        "failed": "\n".join(_failed(stands))[:1500],
        "missing": "\n".join((*_missing(stands, tables), *_unreached(viewer, row)))[:800],
        "lessons": "\n".join(_lessons(viewer, row))[:800],
    }, tables)


def _sent(viewer: Viewer, row: Agreement) -> list[Return]:
    """The returns of the last year that was returned."""
    rows = Return.objects.visible_to(viewer, Purpose.MONITORING).filter(
        plan__agreement=row, state=ReturnState.SENT)
    found = list(rows.prefetch_related("answers").order_by("first", "pk"))
    last = max((one.last for one in found), default=date.min)
    return [one for one in found if one.last > last - timedelta(days=365)]


def _tables(sent: list[Return]) -> tuple[Made, ...]:
    answers = [{one.question: one.value for one in row.answers.all()} for row in sent]
    found = []
    for what, said in content()["compared"].items():
        pairs = [pair for one in answers if (pair := said_so(one, what)) is not None]
        if pairs:
            found.append(share_of(said["title"], sum(yes for yes, _ in pairs), sum(base for _, base in pairs)))
    people = [number for one in answers if isinstance(number := one.get("people"), int)]
    if people:
        found.append(people_of("Different people, at least", max(people)))
    return tuple(found)


def _results(tables: tuple[Made, ...], sent: list[Return]) -> tuple[str, str]:
    if not tables:
        return "", ""
    shares, most = [], 0
    for one in tables:
        if len(one.true.columns) == 1:
            number = about(one)
            shares.append(f"{one.title}: {HELD_BACK if number is None else f'{number:,}'}")
            continue
        yes, whole = about(one), one.shown.cells[0][-1].value
        most = max(most, whole or 0)
        said = HELD_BACK if yes is None or whole is None else f"about {yes:,} of {whole:,} who answered"
        shares.append(f"{one.title}: {said}")
    period = period_words(sent[0].first, sent[-1].last)
    rests = f"About {most:,} answers" if most else "Too few answers to say how many"
    return ". ".join(shares) + ".", f"{rests}, {period}; counted by those who deliver"


def _answer(row: Agreement, tables: tuple[Made, ...]) -> str:
    for one in tables:
        if len(one.true.columns) == 2 and about(one) is not None:
            whole = one.shown.cells[0][-1].value
            return f"{row.title}: about {about(one):,} of {whole:,} who answered said so ({one.title.lower()})."
    return ""


def _did(row: Agreement) -> Iterable[str]:
    clauses = Clause.objects.filter(agreement=row, removed=False).order_by("position", "created")
    found = [one.words for one in clauses]
    plan = getattr(row, "return_plan", None)
    if not found and plan is not None:
        found = [f"Paid so that {plan.difference}"]
    return [*found, *(one.what for one in row.measures.order_by("position", "created"))]


def _money(row: Agreement) -> str:
    now = financial_year(clock.today())
    years = [f"£{one.pounds:,.0f} in {one.year}" for one in row.years.order_by("year") if one.year <= now]
    pays = " and ".join(row.parties.filter(part="pays").order_by("created", "pk").values_list("name", flat=True))
    return f"{pays} paid {', '.join(years)}." if years and pays else ""


def _failed(stands: AgreementStands | None) -> Iterable[str]:
    if stands is None:
        return
    for one in stands.measures:
        if one.stands == "off":
            yield f"{one.title}: {off_words(one)}"
    late = stands.sent.sent - stands.sent.on_time
    if late:
        yield f"{late} of {stands.sent.sent} returns came late"


def _missing(stands: AgreementStands | None, tables: tuple[Made, ...]) -> Iterable[str]:
    if stands is not None:
        yield from (f"{one.title}: nothing was returned" for one in stands.measures if one.told is None)
    yield from (f"{one.title}: {HELD_BACK}" for one in tables if about(one) is None)
    yield from ALWAYS_UNKNOWN


def _unreached(viewer: Viewer, row: Agreement) -> Iterable[str]:
    """Those who may be missed for whom the measures' step has said nothing: a case does not pass over them."""
    silent = [one.group.title for one in carried_for(viewer, row.partnership_id, "measures") if one.unanswered]
    if silent:
        yield f"Nobody has said whether these were reached: {listed(silent)}"


def _lessons(viewer: Viewer, row: Agreement) -> Iterable[str]:
    rows = ReviewVersion.objects.visible_to(viewer, Purpose.MONITORING).filter(decisions__agreement=row).distinct()
    newest = rows.order_by("-decided_on", "-recorded_at", "-pk").first()
    if newest is not None:
        yield from (one.lessons for one in thawed(newest.frozen).lines if one.key == row.pk and one.lessons)


def _years(row: Agreement) -> str:
    return f"{row.begins.year} to {row.ends.year}" if row.ends else f"From {row.begins.year}"


def _sides(row: Agreement) -> dict[str, UUID]:
    """Who pays and who delivers, where the partnership has members of those names."""
    seats = {one.organisation.name: one.organisation_id for one in PartnershipOrganisation.objects.on(
        clock.today()).filter(partnership=row.partnership_id).select_related("organisation")}
    found: dict[str, UUID] = {}
    for party in row.parties.order_by("created", "pk"):
        key = "client" if party.part == "pays" else "provider"
        if party.name in seats:
            found.setdefault(key, seats[party.name])
    return found
