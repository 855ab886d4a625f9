"""The papers of a commission, filled in from what is known of it; nothing is asked that its tier forbids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from commonweal.core import clock
from commonweal.policy.papers import (
    GuidedQuestion,
    Paper,
    Section,
    answer_questions,
    interest_questions,
    papers_version,
    score_words,
    words_each,
)
from commonweal.policy.tiers import Tier, tier_risks
from commonweal.present.document import (
    Ask,
    AskBlock,
    Blank,
    Block,
    BulletList,
    Document,
    Heading,
    Inline,
    Link,
    PageBreak,
    Paragraph,
    Status,
    Strong,
    SummaryBlock,
    TableBlock,
    Words,
)
from commonweal.present.status import long_date
from commonweal.present.table import Column, DataTable, Kind
from commonweal.procurement.pages.commissions import value_of
from commonweal.procurement.pages.rules import SHORT
from commonweal.procurement.queries.commissions import CommissionCard
from commonweal.procurement.queries.specifications import SpecificationCard

PARTS = re.compile(r"\{(\w+)\}|\[\[(.+?)\]\]")
LINES = {100: 6, 200: 9, 300: 11, 500: 14, 750: 18}     # of a box, by the words it may have
PAYS = {
    "grant": "It is paid in parts, the first when both have signed.",
    "contract": "Valid invoices are paid within 30 days.",
    "concession": "You earn from users, and bear the risk that fewer come.",
    "trade": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told since, in the calendar, the competition, the decision; empty, it is a box to fill in."""

    contact: str = ""
    interest_to: str = ""
    interest_by: str = ""
    answer_to: str = ""
    answer_by: str = ""
    quality: str = ""
    price: str = ""
    wait: str = ""
    other: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a paper is filled from."""

    card: CommissionCard
    spec: SpecificationCard | None
    tier: Tier
    told: Told = Told()

    @property
    def deal(self) -> str:
        """Grant, contract, concession or trade."""
        return self.card.facts.deal or "contract"


def paper_document(paper: Paper, filled: Filled, *, invented: bool) -> Document:
    """One paper of the commission."""
    card, (version, as_at, _) = filled.card, papers_version()
    return Document(
        title=paper.name, subtitle=card.title, status=Status.INVENTED if invented else Status.DRAFT,
        place=card.place, date=clock.today(), made_by=card.buyer, brief=True, explain=False,
        one_page=filled.tier.number == 1,
        blocks=(Paragraph(_said(paper.lead, filled), lead=True),
                *(block for one in paper.sections for block in _section(one, filled)),
                *_law(paper),
                Paragraph((f"Words of these papers: version {version}, {long_date(as_at)}. "
                           "Nobody with the law at hand has checked them: ask your legal officer.",))),
    )


def questions_of(paper: Paper, tier: Tier) -> tuple[GuidedQuestion, ...]:
    """What a bidder is asked in this paper."""
    slots = {one.slot for one in paper.sections}
    if "interest" in slots:
        return interest_questions(tier)
    return answer_questions(tier) if slots & {"answers", "questions", "marks"} else ()


def _section(section: Section, filled: Filled) -> Iterable[Block]:
    if section.page:
        yield PageBreak()
    yield Heading(section.title, section.level)
    for words in section.words:
        yield Paragraph(_said(words, filled))
    if section.points:
        yield BulletList(tuple(_said(one, filled) for one in section.points))
    if section.slot:
        yield from SLOTS[section.slot](filled)
    if section.asks:
        yield AskBlock(tuple(Ask(one.label, one.hint, one.lines, one.kind, one.choices) for one in section.asks))


def _said(text: str, filled: Filled) -> Words:
    """The text with what is known put in, and a box where it is not."""
    known, parts, at = _known(filled), list[Inline](), 0
    for found in PARTS.finditer(text):
        parts.append(text[at:found.start()])
        at = found.end()
        if found[2]:
            parts.append(Blank(found[2]))
        else:
            value = known[found[1]]
            parts.append(value or Blank(UNSAID.get(found[1], "to be written")))
    parts.append(text[at:])
    return tuple(one for one in parts if one)


UNSAID = {"contact": "name and number", "interest_to": "e-mail address", "interest_by": "day", "wait": "day",
          "answer_to": "e-mail address", "answer_by": "day and time", "quality": "how many", "price": "how many",
          "other": "name of the other side", "ends": "day", "start": "day",
          "difference": "the difference wanted", "people": "for whom", "where": "where",
          "known": "how both will know", "years": "how long"}


def _known(filled: Filled) -> dict[str, str]:
    card, spec, tier = filled.card, filled.spec, filled.tier
    returns = "one short return" if tier.returns == 1 else f"{tier.returns} short returns"
    years = card.facts.years
    return {
        **asdict(filled.told), "ends": filled.told.ends or _ends(card),
        "buyer": card.buyer, "title": card.title, "purpose": card.purpose, "place": card.place,
        "value": "" if card.facts.net is None else value_of(card),
        "start": long_date(card.starts_on) if card.starts_on else "",
        "years": "" if years is None else "one year" if years == 1 else f"{years.normalize():f} years",
        "difference": _open(spec.difference) if spec else "", "people": _open(spec.people) if spec else "",
        "where": _open(spec.where) if spec else _open(card.place), "known": spec.known if spec else "",
        "questions": str(len(tier.asked)), "words": str(words_each(tier)), "measures": str(tier.measures),
        "monitoring": tier.monitoring, "pays": PAYS[filled.deal],
        "monitors": f"We ask for {tier.measures} measures at most and {returns} a year. {tier.monitoring}",
    }


def _ends(card: CommissionCard) -> str:
    """The last day, where it lasts whole years from a day that is known."""
    start, years = card.starts_on, card.facts.years
    if start is None or not years or years != int(years):
        return ""
    after = start.year + int(years)
    leap = (start.month, start.day) == (2, 29)
    return long_date((date(after, 3, 1) if leap else start.replace(year=after)) - timedelta(days=1))


def _open(words: str) -> str:
    """Words that go on into a sentence of ours."""
    return words.strip().rstrip(".")


def _facts(filled: Filled) -> Iterable[Block]:
    card = filled.card
    rows = [("What", (card.title,)), ("Where", (card.place,)), ("Who asks", (card.buyer,)),
            ("Worth", (value_of(card),))]
    rows += [("We talk with you", (f"from {long_date(card.engage_on)}",))] if card.engage_on else []
    rows += [("It starts", (long_date(card.starts_on),))] if card.starts_on else []
    yield SummaryBlock(tuple(rows))


def _wanted(filled: Filled) -> Iterable[Block]:
    spec = filled.spec
    if spec is None:
        yield AskBlock((Ask("What should be different", lines=3), Ask("For whom and where", lines=2),
                        Ask("How it will be known", lines=2)))
        return
    yield SummaryBlock((("The difference", (spec.difference,)), ("For whom", (spec.people,)),
                        ("Where", (spec.where,)), ("How it is known", (spec.known,)),
                        ("Who may be missed", (spec.missed,))))


def _requirements(filled: Filled) -> Iterable[Block]:
    spec = filled.spec
    if spec is None or not spec.requirements:
        yield AskBlock((Ask("What is required", "As few as will do, each for a need.", lines=4),))
        return
    yield BulletList(tuple(((f"{one.words.rstrip('.')}.",)) for one in spec.requirements), numbered=True)


def _questions(filled: Filled) -> Iterable[Block]:
    yield BulletList(tuple((Strong(one.words), f" We look for: {_lowered(one.looked_for)}")
                           for one in answer_questions(filled.tier)), numbered=True)


def _answers(filled: Filled) -> Iterable[Block]:
    most = words_each(filled.tier)
    yield from _boxes(answer_questions(filled.tier), f"{most} words at most.", LINES[most])


def _interest(filled: Filled) -> Iterable[Block]:
    yield from _boxes(interest_questions(filled.tier), "A few sentences will do.", 5)


def _boxes(questions: tuple[GuidedQuestion, ...], limit: str, lines: int) -> Iterable[Block]:
    yield AskBlock(tuple(Ask(f"{at}. {one.words}", f"{one.help} {limit}", lines)
                         for at, one in enumerate(questions, start=1)))


def _scores(filled: Filled) -> Iterable[Block]:
    yield SummaryBlock(tuple((f"{one.score}: {one.name}", (one.words,)) for one in score_words()))


def _marks(filled: Filled) -> Iterable[Block]:
    choices = tuple(f"{one.score}: {one.name}" for one in score_words())
    for at, one in enumerate(answer_questions(filled.tier), start=1):
        yield AskBlock((
            Ask(f"{at}. {one.words}", f"We look for: {_lowered(one.looked_for)}", kind="choice", choices=choices),
            Ask("Your reason", lines=3)))


def _told(filled: Filled) -> Iterable[Block]:
    columns = (Column("Question", Kind.TEXT), Column("Yours", Kind.TEXT), Column("Chosen", Kind.TEXT),
               Column("Why", Kind.TEXT))
    rows = tuple((one.words, " ", " ", " ") for one in answer_questions(filled.tier))
    yield TableBlock(DataTable("Scores from 0 to 5, and the reasons given", columns, rows, key="told"))


def _timetable(filled: Filled) -> Iterable[Block]:
    steps = [tuple(one.split(": ", 1)) for one in filled.tier.timetable]
    yield SummaryBlock(tuple((one[0], (one[1] if len(one) > 1 else "",)) for one in steps))


def _measures(filled: Filled) -> Iterable[Block]:
    most = min(filled.tier.measures, 4)
    asks = tuple(Ask(f"Measure {at}", "Which need it answers; where it stands now; what by when.", 2)
                 for at in range(1, most + 1))
    yield AskBlock(asks)


def _risks(filled: Filled) -> Iterable[Block]:
    named = [one.label for one in tier_risks() if one.key in filled.card.risks]
    if not named:
        yield Paragraph(("None was ticked.",))
    for label in named:
        yield Heading(label, 2)
        yield AskBlock((Ask("How likely, how bad", kind="choice", choices=("Low", "Middle", "High")),
                        Ask("Whose it is"), Ask("What is done about it", lines=2)))


def _sign(filled: Filled) -> Iterable[Block]:
    for whose in (f"For {filled.card.buyer}", "For the other side"):
        yield Heading(whose, 2)
        yield AskBlock((Ask("Name and office"), Ask("Signed"), Ask("Day", kind="date")))


def _law(paper: Paper) -> Iterable[Block]:
    if not paper.law:
        return
    yield Heading("Where this is written", 2)
    yield BulletList(tuple(
        (f"{one.words}: ", Link(one.citation, one.address) if one.address else one.citation,
         f" ({SHORT[one.verification]}{'' if one.checked else ': confirm with your legal officer'})")
        for one in paper.law))


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


SLOTS: dict[str, Callable[[Filled], Iterable[Block]]] = {
    "facts": _facts, "wanted": _wanted, "requirements": _requirements, "questions": _questions,
    "answers": _answers, "interest": _interest, "scores": _scores, "marks": _marks, "told": _told,
    "timetable": _timetable, "measures": _measures, "risks": _risks, "sign": _sign,
}
