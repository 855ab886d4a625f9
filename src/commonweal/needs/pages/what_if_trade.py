"""The trade between income and people in need reached, drawn, with what the range of answers rests on."""

from __future__ import annotations

from commonweal.core.figure import Unit
from commonweal.methods.whatif import Trade
from commonweal.needs.content import read
from commonweal.needs.pages.what_if_words import capital, need_words, say, tens, thousands, times_words
from commonweal.needs.queries.benefit import Benefit
from commonweal.needs.queries.what_if import WhatIf
from commonweal.needs.wording import fill
from commonweal.policy.price_answers import price_answers
from commonweal.present import charts
from commonweal.present.chart import Chart, Message
from commonweal.present.period_words import said
from commonweal.present.provenance import short_citation
from commonweal.present.table import DataTable, number_column, text_column


def trade_chart(found: Benefit, made: WhatIf) -> Chart | None:
    """Needs-led prices beside one price for everybody; nothing where there is no needs-led one."""
    if not made.needs_led or not made.universal:
        return None
    need = need_words(made.asked.tenths)
    message = Message(say("trade"), trade_said(made), source=short_citation(found.source))
    axes = read("what_if")["axes"]
    words = charts.TradeWords(axes["along"], fill(axes["up"], need=need), axes["today"])
    lines = (_line("needs_led", made.needs_led), _line("universal", made.universal))
    return charts.trade(message, lines, (made.now.income, made.now.in_need), words, _table(found, made))


def trade_said(made: WhatIf) -> str:
    """What the picture says, in one sentence or two."""
    best, need = made.as_good, need_words(made.asked.tenths)
    if best is None or tens(best.reached[0] - made.now.in_need) <= 0:
        return say("trade_none", need=need)
    more, least, most = (
        f"{tens(value - made.now.in_need):,}" for value in (best.reached[0], min(best.reached), max(best.reached))
    )
    return say("trade_said", need=need, in_need=times_words(best.in_need), everybody=times_words(best.everybody),
               more=more, least=least, most=most)


def assumption() -> str:
    """What is assumed of how people answer a price, in numbers."""
    answers = price_answers().answers
    people, visits = ([abs(getattr(one, name)) for one in answers] for name in ("people", "visits"))
    return say("assumption", few=_one(min(people)), many=_one(max(people)), rare=_one(min(visits)),
               often=_one(max(visits)))


def rests() -> tuple[str, ...]:
    """What the range rests on, and who told it."""
    held = price_answers()
    first = say("rests", checked=said(held.checked.isoformat()), says=held.basis)
    return (first, *(
        say("account", about=capital(one.about), says=one.says, source=one.source, verification=one.verification,
            told_by=one.told_by) for one in held.accounts
    ))


def _one(value: float) -> str:
    return f"{value:g}%"


def _line(key: str, points: tuple[Trade, ...]) -> charts.TradeLine:
    return charts.TradeLine(say(key), tuple(
        charts.TradePoint(one.income[0], one.reached[0], min(one.reached), max(one.reached)) for one in points
    ))


def _table(found: Benefit, made: WhatIf) -> DataTable:
    columns = (
        text_column("Prices"), number_column("Income", Unit.POUNDS), number_column("People in need who come"),
        number_column("From"), number_column("To"),
    )
    rows = tuple(
        (_prices(one), thousands(one.income[0]), tens(one.reached[0]), tens(min(one.reached)),
         tens(max(one.reached)))
        for one in (*made.universal, *made.needs_led)
    )
    return DataTable(say("trade"), columns, rows, notes=(say("trade_note"),), source=short_citation(found.source),
                     key="trade")


def _prices(one: Trade) -> str:
    if one.universal:
        return capital(say("trade_pays", price=times_words(one.everybody)))
    return capital(say("trade_pays_two", in_need=times_words(one.in_need), everybody=times_words(one.everybody)))
