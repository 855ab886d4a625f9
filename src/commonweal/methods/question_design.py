"""What is likely to go wrong with a question of a questionnaire, by rules that anybody can check by eye."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

WORD = re.compile(r"[A-Za-z’']+")
RANGE = re.compile(r"^\D*?(\d+)\s*(?:-|–|to)\s*(\d+)\D*$")
LONGEST = 20      # words of a question
MOST_ANSWERS = 11


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that may be wrong: the rule's key, and the words it is about."""

    key: str
    about: str = ""


Words = Mapping[str, Sequence[str]]


def slips_of(question: str, answers: Sequence[str], words: Words) -> tuple[Slip, ...]:
    """Every rule that a question and its answers break, in the order in which they are worth mending.

    `words` holds lists of lower-case regular expressions: joins, pairs (fixed expressions that count as one
    thing), leading, assuming, negative, absolute, vague, hard, frequency, period, good, bad, middle, open_out,
    agree. `answers` may be empty: an open question. Source: Krosnick and Presser (2010), Question and
    questionnaire design, in Handbook of Survey Research; Payne (1951), The Art of Asking Questions; Saris et al.
    (2010) on agree-disagree scales, Survey Research Methods 4(1). The rules find words, not meaning: a slip may
    be none, and none found is no proof.
    """
    plain = " ".join(question.casefold().replace("’", "'").split())
    offered = [" ".join(one.split()) for one in answers if one.strip()]
    found = [*_of_question(plain, words), *_of_answers(offered, words)]
    if _hit(plain, words["frequency"]) and not _hit(plain, words["period"]):
        found.append(Slip("no-period", _hit(plain, words["frequency"])))
    return tuple(found)


def _of_question(plain: str, words: Words) -> list[Slip]:
    found = []
    joined = plain
    for pair in words["pairs"]:
        joined = re.sub(pair, " ", joined)
    doubled = _hit(joined, words["joins"])
    if doubled:
        found.append(Slip("double", doubled))
    for key in ("leading", "assuming", "absolute", "vague", "hard"):
        hit = _hit(plain, words[key])
        if hit:
            found.append(Slip(key, hit))
    negatives = [match.group() for one in words["negative"] for match in re.finditer(one, plain)]
    if negatives:
        key = "two-negatives" if len(negatives) > 1 else "negative"
        found.append(Slip(key, ", ".join(dict.fromkeys(negatives))))
    count = len(WORD.findall(plain))
    if count > LONGEST:
        found.append(Slip("long", str(count)))
    if plain.count("?") > 1:
        found.append(Slip("double", "?"))
    return found


def _of_answers(answers: Sequence[str], words: Words) -> list[Slip]:
    if not answers:
        return []
    plain = [one.casefold() for one in answers]
    found = []
    good = [one for one in plain if _hit(one, words["good"]) and not _hit(one, words["bad"])]
    bad = [one for one in plain if _hit(one, words["bad"])]
    if (good or bad) and len(good) != len(bad):
        found.append(Slip("unbalanced", f"{len(good)} : {len(bad)}"))
    if len(good) + len(bad) > 1 and not any(_hit(one, words["middle"]) for one in plain):
        found.append(Slip("no-middle"))
    if any(_hit(one, words["agree"]) for one in plain):
        found.append(Slip("agree"))
    if not any(_hit(one, words["open_out"]) for one in plain):
        found.append(Slip("no-way-out"))
    if len(set(plain)) < len(plain):
        found.append(Slip("twice"))
    if len(plain) > MOST_ANSWERS:
        found.append(Slip("many", str(len(plain))))
    return [*found, *_ranges(answers)]


def _ranges(answers: Sequence[str]) -> list[Slip]:
    """Ranges of numbers that overlap, or leave one out."""
    read = [(int(match[1]), int(match[2]), one) for one in answers if (match := RANGE.match(one))]
    found = []
    for (_, end, first), (start, _, second) in pairwise(read):
        if start <= end:
            found.append(Slip("overlap", f"{first}; {second}"))
        elif start > end + 1:
            found.append(Slip("gap", f"{first}; {second}"))
    return found


def _hit(plain: str, patterns: Sequence[str]) -> str:
    """The first words that any pattern finds, or nothing."""
    return next((match.group().strip() for one in patterns if (match := re.search(one, plain))), "")
