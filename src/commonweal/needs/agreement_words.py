"""Agreement told in words: how far, whether more than chance, what hangs on what, and what to talk about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commonweal.methods.agreement import FEW
from commonweal.needs.agreement import Agreement, Flip, Split
from commonweal.needs.content import read
from commonweal.needs.pages.ranking import whose
from commonweal.needs.wording import fill
from commonweal.present import charts, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.table import DataTable, number_column, text_column

SHOWN = 3


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of the workshop."""

    minutes: int
    what: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the page and the one-pager say, in the same words."""

    answer: str
    chance: str
    method: str
    split: str
    question: str
    agenda: tuple[AgendaItem, ...]
    sensitivity: tuple[str, ...]
    missing: tuple[str, ...]
    chart: Chart
    order: DataTable


def told(found: Agreement) -> Told:
    """The picture of a round in words, with its chart and its order."""
    said = read("ranking")["agreement"]
    return Told(
        answer=_answer(found, said), chance=_chance(found, said), method=_method(found, said),
        split=_split(found.split, said), question=_question(found.split, said), agenda=_agenda(found, said),
        sensitivity=tuple(_flip(found, one, said) for one in found.flips), missing=_missing(found, said),
        chart=_chart(found, said), order=order_table(found),
    )


def order_table(found: Agreement) -> DataTable:
    """The one order by the rule."""
    rows = tuple((wording.ordinal(line.place), line.need.title, line.points) for line in found.order)
    columns = (text_column("Place"), text_column("Need"), number_column("Points", decimals=1))
    said = read("ranking")["agreement"]["points"][found.rule.value]
    return DataTable("What comes first", columns, rows, notes=(" ".join(said.split()),), key="order")


def _answer(found: Agreement, said: Any) -> str:
    if found.w is None:
        return fill(said["level"])
    band = next(one["words"] for one in said["bands"] if found.w.w >= one["least"])
    return fill(said["answer"], band=band, w=wording.number(found.w.w, 2))


def _chance(found: Agreement, said: Any) -> str:
    if found.w is None:
        return ""
    percent = round(100 * found.w.chance)
    often = "fewer than 1 in 100" if percent < 1 else f"about {percent} in 100"
    words = said["chance_rare"] if found.w.chance < 0.05 else said["chance_common"]
    few = f" {fill(said['few'], few=FEW)}" if found.w.few else ""
    return fill(words, often=often, by_chance=wording.number(found.w.by_chance, 2)) + few


def _method(found: Agreement, said: Any) -> str:
    latest = max(line.given_at for line in found.lines)
    return fill(said["method"], orders=len(found.lines), needs=len(found.order),
                day=f"{latest:%-d %B %Y}")


def _place(place: int | None) -> str:
    return "left it out" if place is None else f"put it {wording.ordinal(place)}"


def _split(split: Split | None, said: Any) -> str:
    if split is None:
        return fill(said["no_split"])
    return fill(said["split"], need=split.need.title, high=whose(split.high), low=whose(split.low),
                high_place=_place(split.high_place), low_place=_place(split.low_place))


def _question(split: Split | None, said: Any) -> str:
    if split is None:
        return fill(said["no_question"])
    return fill(said["question"], need=split.need.title, high=whose(split.high), low=whose(split.low))


def _agenda(found: Agreement, said: Any) -> tuple[AgendaItem, ...]:
    """The items that apply: without a split none about it, with nobody missing none about them."""
    absent = _absent(found)
    values = {"missing": absent, "question": _question(found.split, said)}
    if found.split is not None:
        values |= {"need": found.split.need.title, "high": whose(found.split.high), "low": whose(found.split.low)}
    return tuple(
        AgendaItem(one["minutes"], fill(one["what"], **values)) for one in said["agenda"]
        if not (one.get("when") == "split" and found.split is None)
        and not (one.get("when") == "missing" and not absent)
    )


def _absent(found: Agreement) -> str:
    names = [str(side.label).lower() for side in found.missing_sides] + [seat.name for seat in found.missing_seats]
    return wording.listed(names)


def _flip(found: Agreement, one: Flip, said: Any) -> str:
    who = fill(said["without"], name=one.without) if one.without else fill(
        said["by_other"], rule=str(found.other_rule.label).lower())
    if not one.pairs:
        return fill(said["same"], who=who)
    shown = [f"{first.title} would come before {second.title}" for first, second in one.pairs[:SHOWN]]
    if len(one.pairs) > SHOWN:
        shown.append(f"{len(one.pairs) - SHOWN} more pairs would change")
    return fill(said["flips"], who=who, changes=wording.listed(shown))


def _missing(found: Agreement, said: Any) -> tuple[str, ...]:
    sides = wording.listed([str(side.label).lower() for side in found.missing_sides])
    seats = wording.listed([seat.name for seat in found.missing_seats])
    return tuple(
        fill(said[key], names=names)
        for key, names in (("missing_sides", sides), ("missing_seats", seats)) if names
    )


def _chart(found: Agreement, said: Any) -> Chart:
    names = tuple(whose(line) for line in found.lines)
    known = [one for one in found.pairs if one.tau is not None]
    sentence = fill(said["nothing_alike"])
    if known:
        most, least = max(known, key=lambda one: one.tau or 0), min(known, key=lambda one: one.tau or 0)
        sentence = fill(
            said["one_pair"] if most is least else said["pairs"],
            most=f"{names[most.one]} and {names[most.other]}", highest=wording.number(most.tau or 0, 2),
            least=f"{names[least.one]} and {names[least.other]}", lowest=wording.number(least.tau or 0, 2),
        )
    pairs = tuple((one.one, one.other, one.tau) for one in found.pairs)
    return charts.agreement(Message(said["chart"], sentence), names, pairs)
