"""The papers of a commission as dated data: which a tier gives, what each says and asks, and on what it rests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from commonweal.policy.procurement_law import Cited
from commonweal.policy.tiers import Tier, tier_risks, tiers

DEALS = ("contract", "concession", "grant", "trade")
EVERY = (1, 2, 3, 4, 5)


class PapersAreMalformed(ValueError):
    """The papers' data cannot be used; the words say why."""


@dataclass(frozen=True, slots=True)
class GuidedQuestion:
    """One question in the words that buyer, bidder and public read, with what helps and what is looked for."""

    key: str
    words: str
    help: str
    looked_for: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One box to fill in."""

    label: str
    hint: str = ""
    lines: int = 1
    kind: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper; `slot` is filled from the commission."""

    title: str
    level: int
    page: bool
    words: tuple[str, ...]
    points: tuple[str, ...]
    slot: str
    asks: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Written(Cited):
    """What a paper rests on."""

    words: str


@dataclass(frozen=True, slots=True)
class ScoreWord:
    """What a score means."""

    score: int
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as a tier, a kind of deal and its risks have it."""

    key: str
    name: str
    reader: str
    form: bool
    lead: str
    sections: tuple[Section, ...]
    law: tuple[Written, ...]
    serves: frozenset[str]


def papers_for(tier: Tier, deal: str, risks: frozenset[str] = frozenset()) -> tuple[Paper, ...]:
    """Every paper that the tier gives for this kind of deal."""
    return tuple(_paper(row, tier, deal, risks) for row in _content()["papers"] if _fits(row, tier, deal, risks))


def interest_questions(tier: Tier | None) -> tuple[GuidedQuestion, ...]:
    """What an expression of interest asks; the fewest while the tier is not chosen."""
    number = tier.number if tier else 1
    return tuple(guided(key) for key in _content()["interest"]["questions"][number])


def answer_questions(tier: Tier) -> tuple[GuidedQuestion, ...]:
    """What an answer form asks: what the tier allows, and nothing else."""
    return tuple(guided(one.key) for one in tier.asked)


@cache
def guided(key: str) -> GuidedQuestion:
    """One question by its key."""
    for one in tiers()[-1].asked:
        if one.key == key:
            return GuidedQuestion(key, one.words, **_content()["guides"][key])
    for row in _content()["interest"]["own"]:
        if row["key"] == key:
            return GuidedQuestion(**row)
    raise PapersAreMalformed(f"There is no question “{key}”.")


def words_each(tier: Tier) -> int:
    """How many words an answer may have."""
    return int(_content()["answers"]["words"][tier.number])


@cache
def score_words() -> tuple[ScoreWord, ...]:
    """What each score means, lowest first."""
    return tuple(ScoreWord(**row) for row in _content()["score_words"])


def papers_version() -> tuple[int, date, date]:
    """The number of these words, when they were written and by when they are read again."""
    content = _content()
    return content["version"], content["as_at"], content["review_by"]


def papers_checked() -> bool:
    """Whether anybody with the law at hand has read these words."""
    return bool(_content()["verification"] != "K")


@cache
def _content() -> dict[str, Any]:
    text = (files("commonweal.policy") / "data" / "papers" / "papers.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    _sound(content)
    return content


def _sound(content: dict[str, Any]) -> None:
    """What a schema cannot see: the questions, risks and numbers fit the tiers."""
    known = {one.key for one in tiers()[-1].asked}
    own = {row["key"] for row in content["interest"]["own"]}
    if set(content["guides"]) != known:
        raise PapersAreMalformed("Each question of the tiers needs one guide, and no other.")
    for tier in tiers():
        asked = content["interest"]["questions"][tier.number]
        if len(asked) > len(tier.asked) or set(asked) - {one.key for one in tier.asked} - own:
            raise PapersAreMalformed(f"An expression of interest asks more than tier {tier.number} allows.")
    risks = {one.key for one in tier_risks()}
    for paper in content["papers"]:
        for section in paper["sections"]:
            if not set(section.get("risks", ())) | set(section.get("without", ())) <= risks:
                raise PapersAreMalformed(f"{paper['name']} speaks of a risk there is none of.")


def _fits(row: Mapping[str, Any], tier: Tier, deal: str, risks: frozenset[str]) -> bool:
    return (tier.number in row.get("tiers", EVERY) and deal in row.get("deals", DEALS)
            and ("risks" not in row or bool(risks & set(row["risks"])))
            and not risks & set(row.get("without", ())))


def _paper(row: Mapping[str, Any], tier: Tier, deal: str, risks: frozenset[str]) -> Paper:
    fitting = [one for one in row["sections"] if _fits(one, tier, deal, risks)]
    sections = tuple(_section(one) for one in (_numbered(fitting) if row.get("numbered") else fitting))
    law = tuple(Written(one["citation"], one["verification"], one["words"]) for one in row.get("law", ())
                if _fits(one, tier, deal, risks))
    name = row.get("names", {}).get(tier.number, row["name"])
    return Paper(row["key"], name, row["reader"], bool(row.get("form")), row["lead"], sections, law,
                 frozenset(row.get("serves", ())))


def _numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Clauses counted as they stand here, so that none is missing; signatures and schedules have no number."""
    clauses = [row for row in rows if row.get("slot") != "sign"]
    last = next((at for at, row in enumerate(clauses) if row.get("page")), len(clauses))
    at = {id(row): number for number, row in enumerate(clauses[:last], start=1)}
    return [row | {"title": f"{at[id(row)]}. {row['title']}"} if id(row) in at else row for row in rows]


def _section(row: Mapping[str, Any]) -> Section:
    asks = tuple(Asked(one["label"], one.get("hint", ""), one.get("lines", 1), one.get("kind", "text"),
                       tuple(one.get("choices", ()))) for one in row.get("asks", ()))
    return Section(row["title"], row.get("level", 1), bool(row.get("page")), tuple(row.get("words", ())),
                   tuple(row.get("points", ())), row.get("slot", ""), asks)
