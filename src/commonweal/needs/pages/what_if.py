"""How what-if is set out: one sentence, today beside the change, and the prices that no other beats."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.core.figure import Unit
from commonweal.needs.content import read
from commonweal.needs.queries.benefit import Benefit
from commonweal.needs.queries.what_if import Asked, WhatIf
from commonweal.needs.wording import fill
from commonweal.present.provenance import short_citation
from commonweal.present.table import DataTable, number_column, text_column

MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that may be asked for."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class WhatIfView:
    """The whole page; no `answer` and no tables where no scenario can be given."""

    everybody: tuple[Option, ...]
    in_need: tuple[Option, ...]
    tenths: tuple[Option, ...]
    answer: str
    sure: str
    table: DataTable | None
    prices_said: str
    prices: DataTable | None
    assumption: str


def what_if_view(found: Benefit, asked: Asked, made: WhatIf | None) -> WhatIfView:
    """Everything the page shows."""
    rule = read("what_if")
    everybody = tuple(Option(str(one), _price(one), one == asked.everybody) for one in rule["everybody"])
    in_need = (
        Option("same", "the same as everybody", asked.in_need is None),
        *(Option(str(one), _price(one), one == asked.in_need) for one in rule["in_need"]),
    )
    tenths = tuple(Option(str(one), _tenths(one), one == asked.tenths) for one in rule["tenths"])
    if made is None:
        return WhatIfView(everybody, in_need, tenths, "", "", None, "", None, _say("cannot"))
    return WhatIfView(
        everybody, in_need, tenths, _answer(made), _sure(made), _table(found, made), _prices_said(made),
        _prices(found, made), _say("assumption"),
    )


def _say(key: str, **given: object) -> str:
    return fill(read("what_if")["words"][key], **given)


def _need(tenths: int) -> str:
    return _say("need_one") if tenths == 1 else _say("need_some", n=tenths)


def _tenths(tenths: int) -> str:
    return _say("tenth") if tenths == 1 else _say("tenths", n=tenths)


def _price(by: int) -> str:
    if by == -100:
        return _say("price_none")
    if by == 0:
        return _say("price_same")
    return _say("price_less" if by < 0 else "price_more", by=abs(by))


def _answer(made: WhatIf) -> str:
    asked, need = made.asked, _need(made.asked.tenths)
    one_price = asked.in_need is None or asked.in_need == asked.everybody
    if one_price and asked.everybody == 0:
        return _say("nothing")
    if one_price:
        start = _say("answer_free" if asked.everybody == -100 else "answer_all", everybody=_price(asked.everybody))
    else:
        lower = _price(asked.in_need or 0)
        start = _say("answer_two", need=need, in_need=lower, everybody=_price(asked.everybody))
    people = _tens(made.middle.people - made.now.people)
    in_need = _tens(made.middle.in_need - made.now.in_need)
    key = "people_even" if not people else "people_more" if people > 0 else "people_less"
    key += "_all" if people and people == in_need else ""
    said = _say(key, people=f"{abs(people):,}", in_need=f"{abs(in_need):,}", need=need)
    money = _thousands(made.middle.subsidy - made.now.subsidy)
    end = _say("money_even" if not money else "money_more" if money > 0 else "money_less", by=f"{abs(money):,}")
    return f"{start} {said}; {end}"


def _sure(made: WhatIf) -> str:
    money, people = made.between("subsidy"), made.between("people")
    least, most = money.least - made.now.subsidy, money.most - made.now.subsidy
    fewest, many = people.least - made.now.people, people.most - made.now.people
    if not _thousands(least) and not _thousands(most):
        return ""
    if (least > 0 or most < 0) and (fewest > 0 or many < 0):
        return _say("sure", money=_say("grow" if least > 0 else "fall"),
                    people=_say("more" if fewest > 0 else "fewer"))
    return _say("sure_not", least=_signed(least), most=_signed(most))


def _table(found: Benefit, made: WhatIf) -> DataTable:
    rows = []
    for name, round_to in (("people", _tens), ("in_need", _tens), ("visits", _hundreds), ("income", _thousands),
                           ("subsidy", _thousands)):
        between, pound = made.between(name), "£" if name in ("income", "subsidy") else ""
        values = [round_to(value) for value in (
            getattr(made.now, name), getattr(made.middle, name), between.least, between.most)]
        now, middle, least, most = (f"{'−' if value < 0 else ''}{pound}{abs(value):,}" for value in values)
        words = _say("need" if name == "in_need" else name, need=_need(made.asked.tenths))
        rows.append((words, now, middle, f"{least} to {most}"))
    columns = (text_column("In a year"), text_column("Today"), text_column("If so"), text_column("Between"))
    return DataTable(_say("table"), columns, tuple(rows), notes=(_say("table_note"),),
                     source=short_citation(found.source), key="what-if")


def _prices_said(made: WhatIf) -> str:
    universal = sum(one.universal for one in made.policies)
    return _say("prices_said", count=len(made.policies), universal=universal,
                targeted=len(made.policies) - universal, need=_need(made.asked.tenths))


def _prices(found: Benefit, made: WhatIf) -> DataTable:
    last = len(made.policies) - 1
    chosen = [made.policies[at] for at in sorted({round(last * n / (MOST_ROWS - 1)) for n in range(MOST_ROWS)})]
    columns = (text_column("Price for everybody else"), text_column(f"Price in {_tenths(made.asked.tenths)}"),
               number_column("Income", Unit.POUNDS), number_column("People who live here and come"))
    rows = tuple(
        (_capital(_price(round(100 * one.everybody) - 100)), _price(round(100 * one.in_need) - 100),
         _thousands(one.income), _tens(one.reach)) for one in chosen
    )
    return DataTable(_say("prices"), columns, rows, notes=(_say("prices_note"),),
                     source=short_citation(found.source), key="prices")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _tens(value: float) -> int:
    return round(value / 10) * 10


def _hundreds(value: float) -> int:
    return round(value / 100) * 100


def _thousands(value: float) -> int:
    return round(value / 1000) * 1000


def _signed(value: float) -> str:
    amount = _thousands(value)
    return f"−{-amount:,}" if amount < 0 else f"{amount:,}"
