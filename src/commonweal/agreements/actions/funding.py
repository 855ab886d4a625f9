"""Money outside the register is entered or brought; accounts, notice, steps and rewards are written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import models, transaction

from commonweal.agreements.content import read
from commonweal.agreements.models import FundingKind, FundingLine, FundingRole, Means, Notice, PathStep, Reward
from commonweal.core import clock
from commonweal.core.actions.recording import in_turn, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.money import check_year
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.lake.registers.giving import GrantGiven
from commonweal.methods.concentration import apportion
from commonweal.needs.models import Need
from commonweal.options.models import Agreement

MOST = 50_000
MOST_SHARING = 200


class Verb(models.TextChoices):
    """The deeds of funding."""

    ENTERED = "funding.entered"
    BROUGHT = "funding.brought"
    SIZED = "funding.means_entered"
    SAID = "funding.role_said"
    TOLD = "funding.notice_given"
    STEPPED = "funding.step_done"
    SHARED = "funding.reward_shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingSaid:
    """One giver's money to one organisation in one year."""

    giver: str
    receiver: str
    kind: FundingKind
    year: str
    pounds: Decimal
    source: str
    infrastructure: bool = False
    area: str = ""
    need: UUID | None = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardSaid:
    """A pot and the rule by which it is shared; `rows` are (name, delivered, of them reaching people in need)."""

    title: str
    pot: Decimal
    alike: int
    delivered: int
    need: int
    counts: str
    source: str
    rows: tuple[tuple[str, Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file of grants."""

    new: int
    changed: int
    same: int


@transaction.atomic
def enter_funding(*, by: Viewer, partnership: Partnership, said: FundingSaid) -> FundingLine:
    """One line of money."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    in_turn(partnership)
    if FundingLine.objects.filter(partnership=partnership).count() >= MOST:
        raise Refused(f"There are {MOST:,} lines of money here already.")
    row = FundingLine(partnership=partnership, as_at=clock.today(), need=_need(by, partnership.pk, said.need))
    for name in ("giver", "receiver", "kind", "pounds", "source", "infrastructure", "area", "title"):
        setattr(row, name, getattr(said, name))
    row.year = _year(said.year)
    saved(row)
    record_event(by=by, verb=Verb.ENTERED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def bring_grants(*, by: Viewer, partnership: Partnership, grants: tuple[GrantGiven, ...], source: str) -> Brought:
    """Grants of a 360Giving file: new ones written, changed ones put right, the rest left alone."""
    require(by, Permission.UPLOAD, partnership.pk)
    in_turn(partnership)
    held = {row.ref: row for row in FundingLine.objects.filter(partnership=partnership).exclude(ref="")}
    if len(held.keys() | {one.ref for one in grants}) > MOST:
        raise Refused(f"This holds more than {MOST:,} grants. Bring those of your own places.")
    new: list[FundingLine] = []
    changed = 0
    for one in {grant.ref: grant for grant in grants}.values():
        row = held.get(one.ref) or FundingLine(
            partnership=partnership, ref=one.ref, kind=FundingKind.GRANT)
        fields = {"giver": one.giver, "receiver": one.receiver, "year": one.year, "pounds": one.pounds,
                  "area": one.area, "title": one.title, "number": one.number}
        same = all(getattr(row, name) == value for name, value in fields.items())
        if one.ref in held and same:
            continue
        for name, value in fields.items():
            setattr(row, name, value)
        row.source, row.as_at = source, clock.today()
        if one.ref in held:
            row.save()
            changed += 1
        else:
            new.append(row)
    FundingLine.objects.bulk_create(new, batch_size=1_000)
    record_event(by=by, verb=Verb.BROUGHT, subject=partnership, partnership=partnership.pk)
    return Brought(len(new), changed, len({one.ref for one in grants}) - len(new) - changed)


@transaction.atomic
def enter_means(*, by: Viewer, partnership: Partnership, organisation: str, year: str, income: Decimal,
                reserves: Decimal | None, source: str) -> Means:
    """What an organisation has by its accounts; said again for the same year it is put right."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    name = " ".join(organisation.split())
    row = Means.objects.filter(partnership=partnership, organisation=name, year=_year(year)).first() or Means(
        partnership=partnership, organisation=name, year=year)
    row.income, row.reserves, row.source = income, reserves, source
    saved(row)
    record_event(by=by, verb=Verb.SIZED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def say_role(
    *, by: Viewer, agreement: Agreement, kind: FundingKind, infrastructure: bool, area: str
) -> FundingRole:
    """What sort of money an agreement is."""
    require(by, Permission.RECORD_EVIDENCE, agreement.partnership_id)
    row = FundingRole.objects.filter(agreement=agreement).first() or FundingRole(
        partnership_id=agreement.partnership_id, agreement=agreement)
    row.kind, row.infrastructure, row.area = kind, infrastructure, area
    saved(row)
    record_event(by=by, verb=Verb.SAID, subject=row, partnership=agreement.partnership_id)
    return row


@transaction.atomic
def give_notice(*, by: Viewer, agreement: Agreement, told_on: date, what: str, words: str) -> Notice:
    """The body was told in writing what becomes of its money."""
    require(by, Permission.RECORD_EVIDENCE, agreement.partnership_id)
    if told_on > clock.today():
        raise Refused("Enter notice once it was given: the day is still to come.")
    row = saved(Notice(partnership_id=agreement.partnership_id, agreement=agreement, told_on=told_on, what=what,
                       words=words))
    record_event(by=by, verb=Verb.TOLD, subject=row, partnership=agreement.partnership_id)
    return row


@transaction.atomic
def do_step(*, by: Viewer, agreement: Agreement, step: str, note: str) -> PathStep:
    """One step of the path from a grant to a commission is done."""
    require(by, Permission.RECORD_EVIDENCE, agreement.partnership_id)
    if step not in {one["key"] for one in read("funding")["path"]}:
        raise NotFound("There is no such step.")
    row = PathStep.objects.filter(agreement=agreement, step=step).first() or PathStep(
        partnership_id=agreement.partnership_id, agreement=agreement, step=step)
    row.note, row.done_on = note, clock.today()
    saved(row)
    record_event(by=by, verb=Verb.STEPPED, subject=row, partnership=agreement.partnership_id)
    return row


@transaction.atomic
def share_reward(*, by: Viewer, partnership: Partnership, said: RewardSaid) -> Reward:
    """Work the shares out by the rule, to the penny, and keep them with what they stand on."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    if not 1 <= len(said.rows) <= MOST_SHARING:
        raise Refused(f"Name between one and {MOST_SHARING} who share.")
    if any(need > done for _, done, need in said.rows):
        raise Refused("Of what each delivered, no more can have reached people in need than was delivered.")
    pence = shares_of(said)
    rows = [[name, str(done), str(need), part] for (name, done, need), part in zip(said.rows, pence, strict=True)]
    row = saved(
        Reward(
            partnership=partnership,
            rows=rows,
            agreed_on=clock.today(),
            **{
                name: getattr(said, name)
                for name in ("title", "pot", "alike", "delivered", "need", "counts", "source")
            },
        )
    )
    record_event(by=by, verb=Verb.SHARED, subject=row, partnership=partnership.pk)
    return row


def shares_of(said: RewardSaid) -> tuple[int, ...]:
    """Pence to each: three pots by their percentages, each shared by its own weights, added up."""
    pot = int(said.pot * 100)
    pots = apportion(pot, [said.alike, said.delivered, said.need])
    weights = ([1.0] * len(said.rows), [float(done) for _, done, _ in said.rows],
               [float(need) for _, _, need in said.rows])
    for part, by_whom, what in zip(pots, weights, ("", "was delivered", "reached people in need"), strict=True):
        if part and not sum(by_whom):
            raise Refused(f"A part of the pot goes by what {what}, and nothing was. Give that part 0.")
    shared = [apportion(part, by_whom) if part else (0,) * len(said.rows)
              for part, by_whom in zip(pots, weights, strict=True)]
    return tuple(sum(column) for column in zip(*shared, strict=True))


def _need(by: Viewer, partnership: UUID, need: UUID | None) -> Need | None:
    if need is None:
        return None
    found: Need | None = Need.objects.visible_to(by, Purpose.ASSESSMENT).filter(
        partnership=partnership, pk=need).first()
    if found is None:
        raise NotFound("This need is not there any more. Choose again.")
    return found


def _year(text: str) -> str:
    try:
        return check_year(text.strip())
    except ValueError as wrong:
        raise Refused(f"{str(wrong).capitalize()}.") from wrong
