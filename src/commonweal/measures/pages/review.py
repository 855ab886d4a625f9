"""What a review says: the decision in a sentence, then need then and now, what was done, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from commonweal.measures.performance_content import tag_of
from commonweal.measures.queries.review import ReviewView
from commonweal.measures.review_content import notice, review_content, verdicts
from commonweal.measures.reviewed import LineSeen, NeedThenNow, Reviewed
from commonweal.options.pages.told import Section, Told
from commonweal.present.provenance import in_brief
from commonweal.present.status import long_date
from commonweal.present.wording import listed


def review_told(view: ReviewView) -> Told:
    """The whole, on page and paper alike."""
    sections = [section for line in view.seen.lines for section in _line(line)]
    if view.seen.missed:
        sections.append(Section("Those who may be missed", tuple(_missed(view.seen))))
    lessons = [f"{line.title}: {line.lessons}" for line in view.seen.lines if line.lessons]
    if lessons:
        sections.append(Section("What we learned", tuple(lessons)))
    if view.carried:
        sections.append(Section("What the next round begins with", tuple(
            f"{one.item_title}, held against {one.need_title}." for one in view.carried)))
    kind = f"Review of {view.seen.period}"
    return Told(view.seen.title, kind, review_answer(view), tuple(sections),
                (*review_content()["unknown"], notice().words))


def review_answer(view: ReviewView) -> str:
    """What was decided, or how far it has come."""
    lines = view.seen.lines
    counts = Counter(line.verdict for line in lines if line.verdict)
    said = listed([f"{verdicts()[key].title[:1].lower()}{verdicts()[key].title[1:]} ({counts[key]})"
                   for key in verdicts() if counts[key]])
    many = f"{len(lines)} agreement{'s' * (len(lines) != 1)}"
    if view.decided:
        day = view.card.decided_on if view.card.number == view.numbers[-1] else None
        when = f" on {long_date(day)}" if day else ""
        return f"{view.body} decided{when} on {many}: {said}."
    judged = sum(line.verdict != "" for line in lines)
    if judged < len(lines):
        return f"{judged} of {many} judged. Nothing is decided yet."
    return f"All judged: {said}. It waits for a decision."


def _line(line: LineSeen) -> Iterable[Section]:
    ends = f" It ends on {long_date(date.fromisoformat(line.ends))}." if line.ends else " It has no end."
    yield Section(line.title, (_verdict(line), f"{line.provider}. {line.paid}{ends}"))
    yield Section(f"{line.title}: need then and now", tuple(
        words for need in line.needs for words in _need(need)) or ("It answers no need.",))
    yield Section(f"{line.title}: what it did", (line.returns, *line.reached, *_measures(line)))


def _missed(seen: Reviewed) -> Iterable[str]:
    """Those for whom something is done or said, then those for whom nothing is, and why."""
    yield from (f"{one.title}. {one.said} ({one.by})" for one in seen.missed if one.said)
    if seen.unanswered:
        why = f" Why not: {seen.missed_because}" if seen.missed_because else ""
        yield f"Nobody has said what this review does for {listed(list(seen.unanswered))}.{why}"


def _verdict(line: LineSeen) -> str:
    if not line.verdict:
        return "Nobody has judged it yet."
    day = f", from {long_date(line.day)}" if line.day else ""
    return f"{verdicts()[line.verdict].title}{day}. {line.reasons}"


def _need(need: NeedThenNow) -> Iterable[str]:
    then = long_date(date.fromisoformat(need.then_on))
    yield f"{need.title}, version {need.then_number} of {then}: {need.then_statement} {need.then_held}"
    if need.rewritten:
        yield f"Now version {need.now_number}, {need.state.lower()}: {need.now_statement} {need.now_held}"
    else:
        yield f"Now: the same words, {need.state.lower() or 'not to be seen'}. {need.now_held}"
    yield from need.outcomes
    yield from need.figures


def _measures(line: LineSeen) -> Iterable[str]:
    """Each measure with what it rests on, beside its target."""
    for one in line.measures:
        stands = tag_of("stands", one.stands).title
        told = f" {in_brief(one.figure)}." if one.figure else ""
        yield f"{one.title}. {stands}.{told} {one.words}"


def is_whole(seen: Reviewed) -> bool:
    """Whether every agreement is judged."""
    return all(line.verdict for line in seen.lines)
