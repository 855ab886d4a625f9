"""A sharing agreement as a document to read, sign and keep."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.core.queries.sharing import AgreementView, Field, HeldView
from commonweal.policy.lawful_basis import Basis, bases, conditions, law
from commonweal.policy.sharing_words import sharing_words
from commonweal.present.document import (
    Block,
    Document,
    Heading,
    Link,
    Paragraph,
    Status,
    SummaryBlock,
    TableBlock,
    Words,
)
from commonweal.present.status import long_date
from commonweal.present.table import DataTable, Missing, text_column


def agreement_document(found: AgreementView, *, partnership: str, invented: bool) -> Document:
    """The newest version whole; it says DRAFT until both have signed it."""
    signed = not found.card.waits_for
    status = Status.INVENTED if invented else Status.AGREED if signed else Status.DRAFT
    return Document(
        title=found.card.title, subtitle=_subtitle(found), status=status, place=partnership, date=clock.today(),
        blocks=tuple(_blocks(found)), made_by=f"{found.card.giver}, {found.card.taker}", brief=True,
        one_page=True, explain=False,
    )


def set_fields(fields: Iterable[Field]) -> str:
    """Fields by name, each marked where it is about a person."""
    marks = sharing_words("sharing_agreement")["marks"]
    return ", ".join(
        one.name + (marks["special"] if one.special else marks["personal"] if one.personal else "")
        for one in fields
    )


def careful_with(one: HeldView) -> str:
    """What calls for care in a data set, in words."""
    marks = sharing_words("sharing_agreement")["marks"]
    said = [marks[name] for name in ("police", "health", "children") if getattr(one, name)]
    return "; ".join(said) or str(marks["none"])


def basis_words(basis: Basis | None, none: str) -> str:
    """A basis or condition with its article, and that it is unchecked where it is."""
    if basis is None:
        return none
    unchecked = "" if law().checked else f" {sharing_words('sharing_agreement')['unchecked']}"
    return f"{basis.title}, Article {basis.article}.{unchecked}"


def _subtitle(found: AgreementView) -> str:
    words, number = sharing_words("sharing_agreement")["subtitle"], found.latest.number
    if found.ended:
        return str(words["ended"].format(number=number, day=long_date(found.ended.day), reason=found.ended.reason,
                                         body=found.ended.organisation.name))
    key = "draft" if found.card.waits_for else "signed"
    return str(words[key].format(number=number, waits=" or ".join(found.card.waits_for)))


def _blocks(found: AgreementView) -> Iterable[Block]:
    words, row = sharing_words("sharing_agreement"), found.latest.row
    lead = words["lead"].format(giver=found.card.giver, taker=found.card.taker, start=long_date(row.start),
                                end=long_date(row.end))
    yield Paragraph((lead,), lead=True)
    if found.effect:
        yield Paragraph((found.effect,))
    yield TableBlock(_parties(found))
    yield TableBlock(_sets(found))
    yield Heading(words["heads"]["terms"])
    yield SummaryBlock(tuple(_terms(found)))
    yield Paragraph((words["closing"],))
    yield TableBlock(_signatures(found))
    yield Paragraph((words["print"].format(number=found.latest.number, digest=found.latest.digest),))
    yield Paragraph((Link(words["source"], words["where"]),))


def _parties(found: AgreementView) -> DataTable:
    words, row = sharing_words("sharing_agreement"), found.latest.row
    heads, parts = words["columns"], words["parts"]
    return DataTable(
        words["captions"]["parties"], tuple(text_column(heads[name]) for name in ("party", "part", "role")),
        ((found.card.giver, parts["gives"], row.get_giver_role_display()),
         (found.card.taker, parts["receives"], row.get_taker_role_display())), key="parties",
    )


def _sets(found: AgreementView) -> DataTable:
    words = sharing_words("sharing_agreement")
    heads = words["columns"]
    return DataTable(
        words["captions"]["sets"], tuple(text_column(heads[name]) for name in ("set", "fields", "careful")),
        tuple((one.title, set_fields(one.fields), careful_with(one)) for one in found.latest_sets()), key="sets",
    )


def _terms(found: AgreementView) -> Iterable[tuple[str, Words]]:
    words, row = sharing_words("sharing_agreement"), found.latest.row
    said = {
        "purposes": "; ".join(found.latest.purposes), "why": row.why,
        "basis": basis_words(bases().get(row.basis), words["none"]["basis"]),
        "condition": basis_words(conditions().get(row.condition), words["none"]["condition"]),
        "start": long_date(row.start), "end": long_date(row.end), "review": long_date(row.review),
        "retention": row.retention, "survives": row.get_survives_display(),
        "linking": words["linking"]["allowed" if row.linking else "barred"], "contact": row.contact,
    }
    return ((words["terms"][name], (text,)) for name, text in said.items())


def _signatures(found: AgreementView) -> DataTable:
    words = sharing_words("sharing_agreement")
    heads, short = words["columns"], found.latest.digest[:12]
    signed = [(body, person, long_date(at.date()), short) for body, person, at in found.latest.signed]
    waits = [(body, *(Missing(words["unsigned"]),) * 3) for body in found.card.waits_for]
    return DataTable(
        words["captions"]["signatures"].format(number=found.latest.number),
        tuple(text_column(heads[name]) for name in ("party", "name", "day", "print")),
        (*signed, *waits), key="signatures",
    )
