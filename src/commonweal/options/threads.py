"""The options stage's strand of the thread: appraisals, what was chosen, and the agreements of the register."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse

from commonweal.core import clock
from commonweal.core.purpose import Purpose
from commonweal.core.thread import Edge, Node, Paid, Strand, strand_of
from commonweal.core.viewer import Viewer
from commonweal.options.models import (
    Agreement,
    AgreementYear,
    Appraisal,
    AppraisalNeed,
    AppraisalOutcome,
    ChoiceVersion,
    Option,
)
from commonweal.present.status import long_date


@strand_of("options-appraisals")
def appraisals(viewer: Viewer, partnership: UUID) -> Strand:
    """Questions to be decided, what they are about, and the option chosen."""
    rows = Appraisal.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    chosen = {row.identity_id: row for row in ChoiceVersion.objects.visible_to(viewer, Purpose.PLANNING).filter(
        partnership=partnership).select_related("identity", "option").defer("frozen").order_by("number")}
    decided = {row.identity.appraisal_id for row in chosen.values()}
    nodes = tuple(
        Node("appraisal", row.pk, row.title, reverse("options:appraisal", args=[partnership, row.pk]),
             "Decided" if row.pk in decided else "Being weighed") for row in rows.order_by("created", "id"))
    choices = tuple(
        Node("choice", row.identity_id, row.option.title,
             reverse("options:choice", args=[partnership, row.identity.appraisal_id, row.number]), row.body,
             row.decided_on, row.number) for row in chosen.values())
    within = tuple(
        Edge(("choice", str(row.identity_id)), ("appraisal", str(row.identity.appraisal_id)), "decides it",
             part=True)
        for row in chosen.values())
    return Strand((*nodes, *choices), (*within, *_about(viewer, partnership)))


def _about(viewer: Viewer, partnership: UUID) -> Iterator[Edge]:
    """The needs and outcomes that a question is about, as then read, and the agreements that were options."""
    links = ((AppraisalNeed, "need"), (AppraisalOutcome, "outcome"))
    for model, kind in links:
        rows = model.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
        for appraisal, earlier, number in rows.order_by("created", "id").values_list(
                "appraisal_id", f"{kind}__identity_id", f"{kind}__number"):
            yield Edge(("appraisal", str(appraisal)), (kind, str(earlier)), "weighs how to answer it", number)
    options = Option.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    for appraisal, agreement in options.exclude(agreement=None).order_by("created", "id").values_list(
            "appraisal_id", "agreement_id"):
        yield Edge(
            ("appraisal", str(appraisal)), ("agreement", str(agreement)), "weighed it as an option", back=True)


@strand_of("options-agreements")
def agreements(viewer: Viewer, partnership: UUID) -> Strand:
    """Every agreement and its money by year."""
    rows = Agreement.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    today = clock.today()
    nodes = tuple(
        Node("agreement", row.pk, row.title, reverse("agreements:agreement", args=[partnership, row.pk]),
             _state(row, over=bool(row.ends and row.ends < today)), row.begins,
             stands=row.ends is None or row.ends >= today) for row in rows.order_by("title", "id"))
    years = AgreementYear.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    paid = tuple(
        Paid(("agreement", str(row.agreement_id)), row.year, row.pounds, row.vat, "Agreement")
        for row in years.order_by("year", "id"))
    return Strand(nodes, paid=paid)


def _state(row: Agreement, *, over: bool) -> str:
    if row.ends is None:
        return "No end is set"
    return f"Ended {long_date(row.ends)}" if over else f"Runs to {long_date(row.ends)}"
