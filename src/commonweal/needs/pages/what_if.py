"""How what-if is set out: one sentence, today beside the change, and the prices that no other beats."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.core.figure import Unit
from commonweal.needs.content import read
from commonweal.needs.pages.what_if_trade import assumption, rests, trade_chart
from commonweal.needs.pages.what_if_words import (
    capital,
    hundreds,
    need_words,
    price_words,
    say,
    tens,
    tenths_words,
    thousands,
    times_words,
)
from commonweal.needs.queries.benefit import Benefit
from commonweal.needs.queries.what_if import Asked, WhatIf
from commonweal.present.chart import Chart
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
    trade: Chart | None
    rests: tuple[str, ...]


def what_if_view(found: Benefit, asked: Asked, made: WhatIf | None) -> WhatIfView:
    """Everything the page shows."""
    rule = read("what_if")
    everybody = tuple(Option(str(one), price_words(one), one == asked.everybody) for one in rule["everybody"])
    in_need = (
        Option("same", "the same as everybody", asked.in_need is None),
        *(Option(str(one), price_words(one), one == asked.in_need) for one in rule["in_need"]),
    )
    tenths = tuple(Option(str(one), tenths_words(one), one == asked.tenths) for one in rule["tenths"])
    if made is None:
        return WhatIfView(everybody, in_need, tenths, "", "", None, "", None, say("cannot"), None, ())
    return WhatIfView(
        everybody, in_need, tenths, _answer(made), _sure(made), _table(found, made), _prices_said(made),
        _prices(found, made), assumption(), trade_chart(found, made), rests(),
    )


def _answer(made: WhatIf) -> str:
    asked, need = made.asked, need_words(made.asked.tenths)
    one_price = asked.in_need is None or asked.in_need == asked.everybody
    if one_price and asked.everybody == 0:
        return say("nothing")
    if one_price:
        key = "answer_free" if asked.everybody == -100 else "answer_all"
        start = say(key, everybody=price_words(asked.everybody))
    else:
        lower = price_words(asked.in_need or 0)
        start = say("answer_two", need=need, in_need=lower, everybody=price_words(asked.everybody))
    people = tens(made.middle.people - made.now.people)
    in_need = tens(made.middle.in_need - made.now.in_need)
    key = "people_even" if not people else "people_more" if people > 0 else "people_less"
    key += "_all" if people and people == in_need else ""
    said = say(key, people=f"{abs(people):,}", in_need=f"{abs(in_need):,}", need=need)
    money = thousands(made.middle.subsidy - made.now.subsidy)
    end = say("money_even" if not money else "money_more" if money > 0 else "money_less", by=f"{abs(money):,}")
    return f"{start} {said}; {end}"


def _sure(made: WhatIf) -> str:
    money, people = made.between("subsidy"), made.between("people")
    least, most = money.least - made.now.subsidy, money.most - made.now.subsidy
    fewest, many = people.least - made.now.people, people.most - made.now.people
    if not thousands(least) and not thousands(most):
        return ""
    if (least > 0 or most < 0) and (fewest > 0 or many < 0):
        return say("sure", money=say("grow" if least > 0 else "fall"),
                    people=say("more" if fewest > 0 else "fewer"))
    return say("sure_not", least=_signed(least), most=_signed(most))


def _table(found: Benefit, made: WhatIf) -> DataTable:
    rows = []
    for name, round_to in (("people", tens), ("in_need", tens), ("visits", hundreds), ("income", thousands),
                           ("subsidy", thousands)):
        between, pound = made.between(name), "£" if name in ("income", "subsidy") else ""
        values = [round_to(value) for value in (
            getattr(made.now, name), getattr(made.middle, name), between.least, between.most)]
        now, middle, least, most = (f"{'−' if value < 0 else ''}{pound}{abs(value):,}" for value in values)
        words = say("need" if name == "in_need" else name, need=need_words(made.asked.tenths))
        rows.append((words, now, middle, f"{least} to {most}"))
    columns = (text_column("In a year"), text_column("Today"), text_column("If so"), text_column("Between"))
    return DataTable(say("table"), columns, tuple(rows), notes=(say("table_note"),),
                     source=short_citation(found.source), key="what-if")


def _prices_said(made: WhatIf) -> str:
    universal = sum(one.universal for one in made.policies)
    return say("prices_said", count=len(made.policies), universal=universal,
                targeted=len(made.policies) - universal, need=need_words(made.asked.tenths))


def _prices(found: Benefit, made: WhatIf) -> DataTable:
    last = len(made.policies) - 1
    chosen = [made.policies[at] for at in sorted({round(last * n / (MOST_ROWS - 1)) for n in range(MOST_ROWS)})]
    columns = (text_column("Price for everybody else"), text_column(f"Price in {tenths_words(made.asked.tenths)}"),
               number_column("Income", Unit.POUNDS), number_column("People who live here and come"))
    rows = tuple(
        (capital(times_words(one.everybody)), times_words(one.in_need),
         thousands(one.income), tens(one.reach)) for one in chosen
    )
    return DataTable(say("prices"), columns, rows, notes=(say("prices_note"),),
                     source=short_citation(found.source), key="prices")


def _signed(value: float) -> str:
    amount = thousands(value)
    return f"−{-amount:,}" if amount < 0 else f"{amount:,}"
