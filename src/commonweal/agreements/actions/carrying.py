"""After a join or a split agreements go on in the new partnership, brought over by those who were in the old."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models, transaction

from commonweal.agreements.models import (
    AgreementCarried,
    AgreementContact,
    AgreementDay,
    AgreementPaper,
    AgreementVariation,
    Clause,
    Measure,
    MeasureTarget,
    RiskShare,
    RiskYear,
)
from commonweal.agreements.queries.carrying import may_bring
from commonweal.agreements.sealing import sealed, unsealed
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Agreement, AgreementParty, AgreementPassing, AgreementYear

Row = TypeVar("Row", bound=models.Model)
WHOLE: tuple[type[models.Model], ...] = (
    AgreementParty, AgreementYear, AgreementPassing, AgreementVariation, AgreementDay, AgreementContact,
)


class Verb(models.TextChoices):
    """The deed of bringing over."""

    CARRIED = "agreement.brought_over"


@transaction.atomic
def bring_over(*, by: Viewer, partnership: Partnership, agreement: Agreement) -> Agreement:
    """One that was kept in a predecessor: parties, dates, law, money, terms, papers and measures as they were.

    What it answered there stays there: needs and outcomes are agreed anew. So do returns that were sent.
    """
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    may_bring(by, partnership.pk, agreement)
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    if AgreementCarried.objects.filter(partnership=partnership, was=agreement).exists():
        raise Refused("This agreement has been brought over already.")
    made = _again(agreement, partnership=partnership, title=_free_title(partnership, agreement))
    where: dict[str, Any] = {"partnership": partnership, "agreement": made}
    for model in WHOLE:
        _each(model._default_manager.filter(agreement=agreement), **where)
    clauses = _each(Clause.objects.filter(agreement=agreement), need=None, outcome=None, **where)
    _risks(agreement, where)
    _measures(agreement, clauses, where)
    _papers(agreement, where)
    link = saved(AgreementCarried(partnership=partnership, agreement=made, was=agreement))
    record_event(by=by, verb=Verb.CARRIED, subject=link, partnership=partnership.pk)
    return made


def _free_title(partnership: Partnership, agreement: Agreement) -> str:
    """Its own; where another of that name is here, with the name of where it was kept."""
    title, there = agreement.title, agreement.partnership.name
    if not Agreement.objects.filter(partnership=partnership, title=title).exists():
        return title
    return f"{title[:118 - min(len(there), 58)].strip()} ({there[:55]})"


def _again(row: Row, **changed: Any) -> Row:
    """The same row under a key of its own."""
    kept = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in changed
    }
    made: Row = type(row)(**kept)
    for name, value in changed.items():
        setattr(made, name, value)
    return saved(made)


def _each(rows: Iterable[Any], **changed: Any) -> dict[Any, Any]:
    """All of them, by the key of the old one; in the order in which they were made."""
    return {row.pk: _again(row, **changed) for row in sorted(rows, key=lambda one: (one.created, one.pk))}


def _risks(agreement: Agreement, where: dict[str, Any]) -> None:
    for old, new in _each(RiskShare.objects.filter(agreement=agreement), **where).items():
        _each(RiskYear.objects.filter(share=old), partnership=where["partnership"], share=new)


def _measures(agreement: Agreement, clauses: dict[Any, Any], where: dict[str, Any]) -> None:
    for row in Measure.objects.filter(agreement=agreement).order_by("position", "created"):
        new = _again(row, need=None, outcome=None, clause=clauses.get(row.clause_id), **where)
        _each(MeasureTarget.objects.filter(measure=row), partnership=where["partnership"], measure=new)


def _papers(agreement: Agreement, where: dict[str, Any]) -> None:
    """Sealed anew, because a paper is bound to its row."""
    for row in AgreementPaper.objects.filter(agreement=agreement, removed_on=None).order_by("created", "pk"):
        kept = bytes(row.content or b"")
        clear = unsealed(row.pk, kept) if row.sealed else kept
        made = AgreementPaper(**where, **{
            name: getattr(row, name) for name in ("title", "name", "kind", "size", "sha256", "by_id")
        }, sealed=True, created=row.created)
        made.content = sealed(made.pk, clear)
        saved(made)
