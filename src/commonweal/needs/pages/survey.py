"""How a survey's results are set out: each question, by group, who is missing, and everything as one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commonweal.core.figure import Unit
from commonweal.methods.survey import FEWEST, Reading
from commonweal.needs.content import read
from commonweal.needs.queries.survey_results import QuestionResult, shown_counts
from commonweal.needs.queries.survey_weights import unheard_words
from commonweal.needs.queries.surveys import Results, SurveyCard
from commonweal.present.table import Cell, DataTable, Missing, number_column, text_column

FEW = Missing("hidden")
HIDDEN = f"Hidden: fewer than {FEWEST} people, or a count from which such a one could be worked out."


def question_table(one: QuestionResult, card: SurveyCard) -> DataTable:
    """A question's answers, weighted with bounds beside the plain share."""
    note = f"{one.answered:,} answered, worth {one.effective:,.0f}. Bounds are of 95%."
    if one.mean is not None or not one.options:
        mean = (_number(one.mean), _bounds(one.mean, percent=False), _plain(one.plain_mean))
        columns = (text_column("Answer"), number_column("Weighted mean", decimals=1), text_column("Between"),
                   number_column("Unweighted", decimals=1))
        return DataTable(one.words, columns, (("Mean", *mean),), source=owner_of(card), notes=(note,), key=one.key)
    columns = (text_column("Answer"), number_column("Weighted", Unit.PERCENT), text_column("Between"),
               number_column("Unweighted", Unit.PERCENT))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (option.label, _percent(option.weighted), _bounds(option.weighted), _plain(option.plain, times=100))
        for option in one.options
    )
    return DataTable(one.words, columns, rows, source=owner_of(card), notes=(note, *_hidden(rows)), key=one.key)


def groups_table(one: QuestionResult, by: str, card: SurveyCard) -> DataTable | None:
    """The weighted answers of each group that has enough of them."""
    if not one.groups:
        return None
    scale = one.mean is not None or not one.options
    heads = ("Mean",) if scale else tuple(option.label for option in one.options)
    unit = None if scale else Unit.PERCENT
    each = (number_column(head, unit, 1 if scale else 0) for head in heads)
    columns = (text_column(by), number_column("Answered"), *each)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (group.label, FEW if group.answered is None else group.answered,
         *((_number if scale else _percent)(reading) for reading in group.readings))
        for group in one.groups
    )
    return DataTable(
        f"{one.words}, by {by.lower()}", columns, rows, source=owner_of(card), notes=_hidden(rows),
        key=f"{one.key}-groups",
    )


def owner_of(card: SurveyCard) -> str:
    """Whose figures they are, and of when."""
    day = f", gathered to {card.gathered:%-d %B %Y}" if card.gathered else ", date not known"
    return f"{card.whose}, {card.title}{day}"


def heard_table(results: Results) -> DataTable | None:
    """Who answered beside who lives there, group by group."""
    if not results.weighted.heard:
        return None
    rows: list[tuple[Cell, ...]] = []
    titles, unheard = read("survey")["titles"], results.weighted.unheard
    base = {titles[one.use.value].lower(): f" ({one.every - one.groups} of {one.every} heard)" for one in unheard}
    for margin in dict.fromkeys(line.margin for line in results.weighted.heard):
        lines = [line for line in results.weighted.heard if line.margin == margin]
        for line, count in zip(lines, shown_counts([one.answered for one in lines]), strict=True):
            known = count is not None
            rows.append((
                f"{margin.capitalize()}{base.get(margin, '')}: {line.group}", count if count is not None else FEW,
                100 * line.share_answered if known else FEW, 100 * line.share_people,
                line.ratio if known else FEW,
            ))
    columns = (text_column("Group"), number_column("Answered"), number_column("Of answers", Unit.PERCENT),
               number_column("Of people", Unit.PERCENT), number_column("Ratio", decimals=1))
    used = dict.fromkeys(f"{one.source}, {one.period}" for one in results.weighted.by)
    return DataTable(
        "Who answered, and who lives here", columns, tuple(rows), source="; ".join(used), key="who-answered",
        notes=("A ratio of 1 is heard as often as it lives here; of 0.5, half as often.",
               *(unheard_words(one) for one in unheard), *_hidden(rows)),
    )


def missing_sentence(results: Results) -> str:
    """The groups heard least, in one sentence."""
    heard = [line for line in results.weighted.heard if line.share_people > 0 and line.ratio < 0.8]
    if not results.weighted.heard:
        return ""
    if not heard:
        return "No group is heard much less than it lives here."
    names = [f"{line.margin} {line.group}" for line in sorted(heard, key=lambda line: line.ratio)[:3]]
    return f"Heard least for their number: {', '.join(names)}."


def whole_table(results: Results, *others: Results) -> DataTable:
    """Every question, over all and by each characteristic, as one long table for a spreadsheet."""
    columns = (
        text_column("Question"), text_column("By"), text_column("Group"), text_column("Answer"),
        number_column("Answered"), number_column("Effective"), number_column("Weighted"),
        number_column("Lower 95%"), number_column("Upper 95%"), number_column("Unweighted"), text_column("Unit"),
        text_column("Gathered"), text_column("Weighted by"), text_column("Whose it is"),
    )
    whose = results.card.whose
    day = results.card.gathered.isoformat() if results.card.gathered else "not known"
    used = "; ".join(
        f"{read('survey')['titles'][one.use.value]} ({one.source}, {one.period})" for one in results.weighted.by)
    rows = [(*line, day, used or "not weighted", whose) for line in _overall(results)]
    rows += [(*line, day, used or "not weighted", whose) for other in others for line in _by_group(other)]
    return DataTable(results.card.title, columns, tuple(rows), key="survey")


def _overall(results: Results) -> Iterator[tuple[Cell, ...]]:
    for one in results.questions:
        if one.mean is not None or not one.options:
            yield (one.words, "", "", "Mean", *_cells(one.mean, one.answered, 1), _plain(one.plain_mean), "mean")
        for option in one.options:
            plain = _plain(option.plain, times=100)
            yield (one.words, "", "", option.label, *_cells(option.weighted, one.answered, 100), plain, "percent")


def _by_group(results: Results) -> Iterator[tuple[Cell, ...]]:
    title = read("survey")["titles"][results.by.value] if results.by else ""
    for one in results.questions:
        heads = [option.label for option in one.options] or ["Mean"]
        for group in one.groups:
            for head, reading in zip(heads, group.readings, strict=False):
                times, unit = (100, "percent") if one.options else (1, "mean")
                yield (one.words, title, group.label, head, *_cells(reading, group.answered or 0, times), "", unit)


def _cells(reading: Reading | None, answered: int, times: int) -> tuple[Cell, ...]:
    if reading is None:
        return (FEW, FEW, FEW, FEW, FEW)
    numbers = (round(times * value, 1) for value in (reading.value, reading.lower, reading.upper))
    return (answered, round(reading.effective), *numbers)


def _hidden(rows: Iterable[tuple[Cell, ...]]) -> tuple[str, ...]:
    return (HIDDEN,) if any(cell is FEW for row in rows for cell in row) else ()


def _percent(reading: Reading | None) -> Cell:
    return FEW if reading is None else round(100 * reading.value)


def _number(reading: Reading | None) -> Cell:
    return FEW if reading is None else round(reading.value, 1)


def _plain(value: float | None, times: int = 1) -> Cell:
    return FEW if value is None else round(times * value, 1 if times == 1 else None)


def _bounds(reading: Reading | None, *, percent: bool = True) -> Cell:
    if reading is None:
        return FEW
    if percent:
        return f"{100 * reading.lower:.0f} to {100 * reading.upper:.0f}%"
    return f"{reading.lower:.1f} to {reading.upper:.1f}"
