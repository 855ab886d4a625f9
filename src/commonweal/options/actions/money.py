"""People set options beside one another in pounds: a sheet, its options, their lines; each change an event."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import models, transaction

from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Costing, MoneyLine, MoneySheet
from commonweal.options.money_content import line_kinds
from commonweal.policy.green_book import GreenBookWrong, green_book

MOST_OPTIONS = 12
MOST_LINES = 60


class Verb(models.TextChoices):
    """The deeds of money sheets."""

    BEGUN = "money.begun"
    CHANGED = "money.changed"
    OPTION_ADDED = "money.option-added"
    OPTION_REMOVED = "money.option-removed"
    LINE_ADDED = "money.line-added"
    LINE_CHANGED = "money.line-changed"
    LINE_REMOVED = "money.line-removed"


@dataclass(frozen=True, slots=True)
class SheetSaid:
    """What holds for all options of a sheet."""

    title: str
    price_year: int
    years: int
    edition: str
    income_middle: Decimal | None = None
    income_in_need: Decimal | None = None
    income_others: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LineSaid:
    """What a line says."""

    kind: str
    title: str
    first: int
    last: int
    source: str
    pounds: Decimal = Decimal(0)
    vat: str = "excluded"
    optimism: str = "none"
    mitigated: int = 0
    to_need: int | None = None
    points: Decimal | None = None
    people: int | None = None


@transaction.atomic
def begin_sheet(*, by: Viewer, partnership: Partnership, said: SheetSaid) -> MoneySheet:
    """A sheet for options that are to be compared."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    _sound_sheet(said)
    sheet = saved(MoneySheet(partnership=partnership, **asdict(said)))
    record_event(by=by, verb=Verb.BEGUN, subject=sheet, partnership=partnership.pk)
    return sheet


@transaction.atomic
def change_sheet(*, by: Viewer, sheet: MoneySheet, said: SheetSaid) -> MoneySheet:
    """Other years, prices or edition."""
    held = _own(by, sheet)
    _sound_sheet(said)
    longest = MoneyLine.objects.filter(costing__sheet=held).aggregate(top=models.Max("last"))["top"] or 0
    if longest > said.years:
        raise Refused(f"A line goes on until year {longest}. Shorten it first, or give at least {longest} years.")
    for name, value in asdict(said).items():
        setattr(held, name, value)
    saved(held)
    record_event(by=by, verb=Verb.CHANGED, subject=held, partnership=held.partnership_id)
    return held


@transaction.atomic
def add_costing(*, by: Viewer, sheet: MoneySheet, title: str, baseline: bool = False) -> Costing:
    """An option on the sheet."""
    held = _own(by, sheet)
    if held.costings.count() >= MOST_OPTIONS:
        raise Refused(f"A sheet compares {MOST_OPTIONS} options at most. Take one off, or begin another sheet.")
    made = saved(Costing(partnership_id=held.partnership_id, sheet=held, title=title, baseline=baseline))
    record_event(by=by, verb=Verb.OPTION_ADDED, subject=made, partnership=held.partnership_id)
    return made


@transaction.atomic
def remove_costing(*, by: Viewer, costing: Costing) -> None:
    """Take an option and its lines off the sheet."""
    _own(by, costing.sheet)
    record_event(by=by, verb=Verb.OPTION_REMOVED, subject=costing, partnership=costing.partnership_id)
    costing.delete()


@transaction.atomic
def add_line(*, by: Viewer, costing: Costing, said: LineSaid) -> MoneyLine:
    """A cost or a benefit of an option. The same again gives the line that is there: it is not counted twice."""
    sheet = _own(by, costing.sheet)
    same: MoneyLine | None = costing.lines.filter(**asdict(said)).first()
    if same is not None:
        return same
    if costing.lines.count() >= MOST_LINES:
        raise Refused(f"An option has {MOST_LINES} lines at most. Join some that are alike.")
    side = _sound_line(sheet, said)
    line = saved(MoneyLine(partnership_id=sheet.partnership_id, costing=costing, side=side, **asdict(said)))
    record_event(by=by, verb=Verb.LINE_ADDED, subject=line, partnership=sheet.partnership_id)
    return line


@transaction.atomic
def change_line(*, by: Viewer, line: MoneyLine, said: LineSaid) -> MoneyLine:
    """Say a line anew."""
    sheet = _own(by, line.costing.sheet)
    line.side = _sound_line(sheet, said)
    for name, value in asdict(said).items():
        setattr(line, name, value)
    saved(line)
    record_event(by=by, verb=Verb.LINE_CHANGED, subject=line, partnership=sheet.partnership_id)
    return line


@transaction.atomic
def remove_line(*, by: Viewer, line: MoneyLine) -> None:
    """Take a line off."""
    _own(by, line.costing.sheet)
    record_event(by=by, verb=Verb.LINE_REMOVED, subject=line, partnership=line.partnership_id)
    line.delete()


def _own(by: Viewer, sheet: MoneySheet) -> MoneySheet:
    """The sheet, locked, for those who may write."""
    require(by, Permission.RECORD_EVIDENCE, sheet.partnership_id)
    held: MoneySheet = MoneySheet.objects.select_for_update().get(pk=sheet.pk)
    return held


def _sound_sheet(said: SheetSaid) -> None:
    try:
        green_book().edition(said.edition)
    except GreenBookWrong as wrong:
        raise Refused(str(wrong)) from wrong
    incomes = (said.income_middle, said.income_in_need, said.income_others)
    given = [one for one in incomes if one is not None]
    if given and (len(given) < len(incomes) or min(given) <= 0):
        raise Refused("Give all three incomes, each above 0, or none: a pound is weighed by all of them.")


def _sound_line(sheet: MoneySheet, said: LineSaid) -> str:
    kind = line_kinds().get(said.kind)
    if kind is None:
        raise Refused("There is no such kind of line. Choose one of the list.")
    if said.last > sheet.years:
        raise Refused(f"This sheet has {sheet.years} years, and the line goes on until year {said.last}.")
    if said.optimism not in {one.key for one in green_book().optimism}:
        raise Refused("There is no such allowance for optimism. Choose one of the list.")
    if kind.key == "wellbeing" and not (said.points and said.people):
        raise Refused("Wellbeing needs the points that were measured, not 0, and the number of people.")
    if said.points is not None and abs(said.points) > 10:
        raise Refused("Life satisfaction is told from 0 to 10, so it changes by 10 points at most.")
    if kind.key != "wellbeing" and not said.pounds:
        raise Refused("Give the pounds a year. A line of nothing needs no line.")
    return kind.side
