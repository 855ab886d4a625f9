"""A letter to the others of a team and the heads of an agreement, drafted from what the finder found."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from commonweal.core import clock
from commonweal.present.document import (
    Block,
    BulletList,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Status,
    TableBlock,
)
from commonweal.procurement.pages.consortium import answer_of, gap_words, strain_words, team_told
from commonweal.procurement.queries.consortium import BriefCard, TeamCard


@lru_cache(maxsize=1)
def heads() -> dict[str, Any]:
    """What the letter says and what an agreement settles."""
    text = files("commonweal.procurement").joinpath("content/team_agreement.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def letter_document(card: BriefCard, team: TeamCard, *, invented: bool) -> Document:
    """The letter first, the heads on their own page."""
    return Document(
        title=f"A team for {card.title}", subtitle="Letter to those who could be in it, and heads of an agreement",
        status=Status.INVENTED if invented else Status.DRAFT, place=", ".join(card.areas), date=clock.today(),
        blocks=tuple(_blocks(card, team)), summary="", made_by="", brief=True, explain=False,
    )


def _blocks(card: BriefCard, team: TeamCard) -> Iterable[Block]:
    told, content = team_told(card, team, ""), heads()
    ours = next((one for one in team.partners if one.ours), None)
    us = "us" if ours is None or ours.name.startswith("A group") else ours.name
    yield Paragraph(("To each of the organisations below",))
    for line in content["letter"]:
        yield Paragraph((line.format(title=card.title, buyer=card.buyer, answer=answer_of(card, team), us=us),))
    yield TableBlock(told.matrix)
    if team.gaps:
        yield Heading("What we would still lack", 2)
        yield BulletList(tuple((one,) for one in gap_words(team.gaps)))
    yield PageBreak()
    yield Heading("Heads of an agreement")
    yield Paragraph((content["status"],))
    yield TableBlock(told.partners)
    for one in content["heads"]:
        yield Heading(one["title"], 2)
        yield Paragraph((one["words"].format(title=card.title, buyer=card.buyer),))
    strain = strain_words(card, team)
    if strain:
        yield Heading("What the lead body has to bear", 2)
        yield BulletList(tuple((one,) for one in strain))
