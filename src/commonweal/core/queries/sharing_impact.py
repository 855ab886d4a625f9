"""The impact assessment of a sharing agreement: drafted from its newest version, with the advice recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.core.models import ImpactAdvice, PartyRole, Survives
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.sharing import AgreementView, HeldView, agreement_for
from commonweal.core.sharing_gate import advice_waits
from commonweal.core.viewer import Viewer
from commonweal.policy.impact_assessment import FLAGS, Draft, Facts, drafted, flag_words
from commonweal.policy.lawful_basis import Basis, bases, conditions


@dataclass(frozen=True, slots=True)
class AdviceView:
    """What one organisation recorded: the advice and whether it was accepted, or why there is none."""

    organisation: str
    recorded_by: str
    officer: str
    given: date | None
    advice: str
    accepted: bool
    reason: str
    number: int


@dataclass(frozen=True, slots=True)
class ImpactView:
    """The draft of the newest version; `flagged` names the kinds of data that ask for advice before signing."""

    agreement: AgreementView
    draft: Draft
    flagged: str
    advice: tuple[AdviceView, ...]
    may_record: bool
    waits_for_me: str

    @property
    def current(self) -> tuple[AdviceView, ...]:
        """The advice on the newest version."""
        return tuple(one for one in self.advice if one.number == self.agreement.latest.number)


def impact_for(viewer: Viewer, partnership: UUID, agreement: UUID) -> ImpactView:
    """For the two parties alone; NotFound for anybody else."""
    found = agreement_for(viewer, partnership, agreement)
    sets = found.latest_sets()
    flags = {name for name in FLAGS if any(getattr(one, name) for one in sets)}
    mine = viewer.organisation_in(partnership)
    may = viewer.may(Permission.AGREE, partnership) and mine in found.row.parties and found.ended is None
    return ImpactView(
        agreement=found, draft=drafted(_facts(found, sets)), flagged=flag_words(flags),
        advice=tuple(_advice(found)), may_record=may,
        waits_for_me=wait_for(viewer, found),
    )


def wait_for(viewer: Viewer, found: AgreementView) -> str:
    """What the viewer's organisation must record before it signs, as a sentence; empty where nothing waits."""
    mine = viewer.organisation_in(found.row.partnership_id)
    return advice_waits(found.latest.row, mine) if mine and found.card.waits_for_me else ""


def _facts(found: AgreementView, sets: list[HeldView]) -> Facts:
    row = found.latest.row
    shared = [field for one in sets for field in one.fields]
    held = sum(len(one.held.fields) for one in row.sets.all())
    about = [one.name for one in shared if one.personal or one.special]
    words = {
        "giver": found.card.giver, "taker": found.card.taker, "giver_role": _role(row.giver_role),
        "taker_role": _role(row.taker_role), "shared": str(len(shared)), "held": str(held),
        "left_out": str(held - len(shared)), "personal": str(len(about)), "personal_fields": ", ".join(about),
        "special_fields": ", ".join(one.name for one in shared if one.special) or "none of the fields shared",
        "sets": "; ".join(f"{one.title} ({', '.join(field.name for field in one.fields)})" for one in sets),
        "purposes": "; ".join(found.latest.purposes), "why": row.why, "retention": row.retention,
        "contact": row.contact, "basis": _law(bases(), row.basis), "condition": _law(conditions(), row.condition),
        **{name: f"{getattr(row, name):%-d %B %Y}" for name in ("start", "end", "review")},
    }
    return Facts(frozenset(_flags(found, sets, len(about), held - len(shared))), words)


def _flags(found: AgreementView, sets: list[HeldView], about: int, left_out: int) -> Iterator[str]:
    row = found.latest.row
    roles = {row.giver_role, row.taker_role}
    told = {
        "personal": any(one.personal for one in sets), "singles": about > 1, "linking": row.linking,
        "not_linking": not row.linking, "publication": Purpose.PUBLICATION in row.purposes,
        "basis": row.basis in bases(), "condition": row.condition in conditions(), "all_fields": not left_out,
        "fewer_fields": left_out > 0, "processor": PartyRole.PROCESSOR in roles, "joint": PartyRole.JOINT in roles,
        "counts_survive": row.survives == Survives.COUNTS,
        **{name: any(getattr(one, name) for one in sets) for name in FLAGS},
    }
    return (name for name, holds in told.items() if holds)


def _role(value: str) -> str:
    return str(PartyRole(value).label).split(":")[0].lower()


def _law(known: Mapping[str, Basis], key: str) -> str:
    one = known.get(key)
    return f"{one.title}, Article {one.article}" if one else ""


def _advice(found: AgreementView) -> Iterator[AdviceView]:
    rows = ImpactAdvice.objects.filter(version__identity=found.row)
    for row in rows.select_related("organisation", "person", "version").order_by("-created", "-id"):
        yield AdviceView(
            row.organisation.name, row.person.name if row.person else "Somebody", row.officer, row.given,
            row.advice, row.accepted, row.reason, row.version.number,
        )
