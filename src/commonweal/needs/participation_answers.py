"""What people said in an online consultation, in a few sentences that point at nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commonweal.needs.content import read
from commonweal.needs.personal_text import personal_in

QUOTE = 300  # letters
CHOICES = 12  # a question with more different answers was answered in people's own words


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its votes; `person` is a code that is counted and never kept."""

    text: str
    day: date | None
    person: str
    agree: int
    disagree: int


def said_in_comments(comments: Sequence[Comment], *, voted: bool, people_known: bool) -> tuple[str, str]:
    """How many commented, how many agreed, and the comments most agreed with; and what they cannot say."""
    words = read("participation")["words"]
    said, limits = [_number(len(comments), "comment")], [words["left_out"]]
    agree, disagree = sum(one.agree for one in comments), sum(one.disagree for one in comments)
    if voted and agree + disagree:
        share = round(100 * agree / (agree + disagree))
        said.append(words["agreed"].format(agree=f"{agree:,}", votes=f"{agree + disagree:,}", share=share))
    quoted = _quoted(comments)
    if quoted:
        said += [words["quoted"], *(f"“{one}”" for one in quoted)]
        limits.append(words["chosen_by_votes"])
    if not people_known:
        limits.append(words["comments"])
    return "\n".join(said), "\n".join(limits)


def _quoted(comments: Sequence[Comment]) -> list[str]:
    """The comments with most agreement, of those that somebody agreed with and that seem to point at nobody."""
    liked = sorted((one for one in comments if one.agree > one.disagree), key=lambda one: one.disagree - one.agree)
    fit = (_short(one.text) for one in liked if not personal_in(one.text))
    return [*dict.fromkeys(fit)][: read("participation")["quoted"]]


def said_in_answers(answers: Sequence[str]) -> tuple[str, str]:
    """How many answered, and the share of each answer where they chose from a few; and what they cannot say."""
    rule = read("participation")
    said, counts = [_number(len(answers), "answer")], Counter(answers)
    chosen = len(counts) <= CHOICES and len(answers) >= 2 * len(counts)
    if chosen and len(answers) >= rule["least_shares"]:
        said.append(rule["words"]["shares"].format(shares="; ".join(_shares(counts))))
    elif not chosen:
        said.append(rule["words"]["open"])
    return "\n".join(said), str(rule["words"]["left_out"])


def _shares(counts: Counter[str]) -> list[str]:
    """Each answer with its share, commonest first; those of few people together, and never one of them alone."""
    rule, total = read("participation"), counts.total()
    ranked = counts.most_common()
    shown = [one for one in ranked if one[1] >= rule["least_shown"]]
    if len(ranked) - len(shown) == 1:
        shown = shown[:-1]
    said = [f"{_short(answer)} {round(100 * count / total)}%" for answer, count in shown]
    rest = total - sum(count for _answer, count in shown)
    return said + ([rule["words"]["folded"].format(share=round(100 * rest / total))] if rest else [])


def _number(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}."


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= QUOTE else f"{plain[: QUOTE - 1]}…"
