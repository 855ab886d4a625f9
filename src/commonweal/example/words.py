"""How Larkmere's partners came to agree a dozen words: proposed, objected to, changed, signed, one retired."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.knowledge.actions.saying import Saying
from commonweal.knowledge.actions.terms import change_term, comment_on_term, propose_term, retire_term, sign_term
from commonweal.knowledge.models import CommentKind, Term
from commonweal.knowledge.queries.words import own_word, seed_words
from commonweal.knowledge.words import Word

if TYPE_CHECKING:
    from commonweal.example.world import World

Deed = dict[str, Any]


def build_words(world: World, _rng: np.random.Generator) -> None:
    """The deeds of words.yaml, each on its own day."""
    content = yaml.safe_load(files("commonweal.example").joinpath("words.yaml").read_text("utf-8"))
    today = clock.now()
    for deed in content["deeds"]:
        with clock.fixed(today - timedelta(days=deed["days"])):
            _DEEDS[deed["do"]](world, deed, content["signers"])


def _propose(world: World, deed: Deed, _signers: list[str]) -> None:
    assert world.partnership is not None
    seed = seed_words().get(deed["slug"])
    saying = _saying(deed, seed)
    propose_term(by=_who(world, deed["who"]), partnership=world.partnership, saying=saying, slug=deed["slug"])


def _change(world: World, deed: Deed, _signers: list[str]) -> None:
    by, term = _who(world, deed["who"]), _term(world, deed)
    before = own_word(by, term.partnership_id, term.slug)
    assert before is not None
    change_term(
        by=by, term=term, saying=_saying({"label": before.proposed.label, **deed}, before.proposed),
        reason=deed["reason"], seen=before.latest,
    )


def _say(world: World, deed: Deed, _signers: list[str]) -> None:
    kind = CommentKind.OBJECTION if deed["do"] == "object" else CommentKind.COMMENT
    term = _term(world, deed)
    comment_on_term(by=_who(world, deed["who"]), term=term, body=deed["body"], seen=_latest(term), kind=kind)


def _sign(world: World, deed: Deed, signers: list[str]) -> None:
    term = _term(world, deed)
    for email in signers if deed.get("all") else deed["by"]:
        sign_term(by=_who(world, email), term=term, seen=_latest(term))


def _retire(world: World, deed: Deed, _signers: list[str]) -> None:
    term = _term(world, deed)
    retire_term(by=_who(world, deed["who"]), term=term, reason=deed["reason"], seen=_latest(term))


_DEEDS: dict[str, Callable[[World, Deed, list[str]], None]] = {
    "propose": _propose, "change": _change, "say": _say, "object": _say, "sign": _sign, "retire": _retire,
}


def _saying(deed: Deed, before: Word | None) -> Saying:
    """What the deed says; the rest as the seed or the version before has it."""
    also = deed["also"].split(",") if "also" in deed else before.also if before else ()
    return Saying(
        deed["label"], deed["plain"], also=also,
        words=tuple((cell.sector, cell.word, cell.meaning) for cell in before.words) if before else (),
        broader=before.broader if before else (), related=before.related if before else (),
        links=tuple((link.match, link.uri) for link in before.links) if before else (),
    )


def _who(world: World, email: str) -> Viewer:
    return viewer_of(world.people[email])


def _term(world: World, deed: Deed) -> Term:
    found: Term = Term.objects.get(partnership=world.partnership, slug=deed["slug"])
    return found


def _latest(term: Term) -> int:
    return term.next_number() - 1
