"""A register in use elsewhere, in any columns: which column is what, and what each row says of an agreement."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

import yaml

from commonweal.core.errors import Refused
from commonweal.options.actions.agreements import MOST_YEARS, AgreementSaid

FIELDS = ("title", "provider", "payer", "begins", "ends", "yearly", "total", "form", "service", "regime")
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y")
OPEN = re.compile(r"^(n/?a|none|ongoing|open( ended)?|rolling|-|tbc|no end.*|)$", re.IGNORECASE)
LONGEST_TITLE, LONGEST_NAME = 120, 160
PENNY = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column is what ("" for none), and what stands where no column says."""

    of: Mapping[str, str]
    payer: str
    form: str
    service: str
    source: str


@cache
def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """One part of the content: what is recognised by which words."""
    text = files("commonweal.agreements").joinpath("content/columns.yaml").read_text("utf-8")
    return {key: re.compile(words) for key, words in yaml.safe_load(text)[name].items()}


def guessed(headings: Sequence[str]) -> dict[str, str]:
    """The column of each field, by its heading; a column is used once, and "" stands for none."""
    found: dict[str, str] = {}
    for field, pattern in patterns("columns").items():
        taken = set(found.values())
        found[field] = next((one for one in headings if one not in taken and pattern.search(one.casefold())), "")
    return found


def agreement_in(cells: Mapping[str, str], columns: Columns) -> AgreementSaid:
    """What one row says. Errors: Refused with a sentence that names the column."""

    def cell(field: str) -> str:
        column = columns.of.get(field, "")
        return " ".join(str(cells.get(column, "") or "").split()) if column else ""

    title, provider = cell("title")[:LONGEST_TITLE], cell("provider")[:LONGEST_NAME]
    if not title:
        raise Refused("It has no title.")
    if not provider:
        raise Refused("It does not say who delivers.")
    begins = day_of(cell("begins"), columns.of.get("begins", ""))
    if begins is None:
        raise Refused("It has no first day.")
    ends = day_of(cell("ends"), columns.of.get("ends", ""))
    if ends is not None and ends < begins:
        raise Refused("Its last day is before its first.")
    payer = (cell("payer") or columns.payer)[:LONGEST_NAME]
    if payer.casefold() == provider.casefold():
        raise Refused("Whoever pays and whoever delivers are the same.")
    years, spread = _years(cell("yearly"), cell("total"), begins, ends)
    return AgreementSaid(
        title=title, service=_known("services", f"{cell('service')} {title}", columns.service),
        form=_known("forms", cell("form"), columns.form), begins=begins, ends=ends,
        regime=_known("regimes", cell("regime"), ""), source=(columns.source + spread)[:300],
        parties=((payer, "pays"), (provider, "delivers")), years=years)


def day_of(text: str, column: str) -> date | None:
    """A day as registers write it; None where there is none."""
    plain = re.sub(r"[T ]00:00(:00)?(\.0+)?$", "", text.strip())
    if OPEN.match(plain):
        return None
    for form in DAYS:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise Refused(f"“{text[:40]}” under “{column}” is no day. Write it as 1/4/2026.")


def pounds_of(text: str) -> Decimal | None:
    """An amount as registers write it; None where there is none."""
    plain = re.sub(r"[£,\s]", "", text)
    if not plain or OPEN.match(plain):
        return None
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        raise Refused(f"“{text[:40]}” is no amount in pounds.") from None
    if not amount.is_finite() or not 0 <= amount < 10**11:
        raise Refused(f"“{text[:40]}” is no amount from 0 up.")
    return amount.quantize(PENNY, ROUND_HALF_UP)


def _years(
    yearly: str, total: str, begins: date, ends: date | None
) -> tuple[tuple[tuple[str, Decimal], ...], str]:
    """The money of each financial year, and what to say of it where a total was spread."""
    first = begins.year - (begins.month < 4)
    last = first if ends is None else ends.year - (ends.month < 4)
    names = [f"{year}-{(year + 1) % 100:02}" for year in range(first, min(last, first + MOST_YEARS - 1) + 1)]
    each = pounds_of(yearly)
    if each is not None:
        return tuple((name, each) for name in names), ""
    whole = pounds_of(total)
    if whole is None:
        raise Refused("It does not say what is paid. Enter 0 where nothing is.")
    part = (whole / len(names)).quantize(PENNY, ROUND_HALF_UP)
    spread = tuple((name, part) for name in names[:-1])
    rest = max(Decimal(0), whole - part * (len(names) - 1))
    return (*spread, (names[-1], rest)), "; its total spread evenly over its years" if len(names) > 1 else ""


def _known(kind: str, text: str, otherwise: str) -> str:
    plain = text.casefold()
    return next((key for key, pattern in patterns(kind).items() if plain and pattern.search(plain)), otherwise)
