"""People who said that they could help Larkmere, what they did, and who speaks of it."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.providers.actions.advisers import (
    AdviserSaid,
    WorkSaid,
    add_work,
    answer_reference,
    ask_adviser,
    ask_reference,
    reply_to,
    say_yes,
)
from commonweal.providers.models import AdviserKind, AdviserWork

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]
CHOICES = ("asked", "day", "price", "used", "again")


def build_advisers(world: World, _rng: np.random.Generator) -> None:
    """Each person on their day, with what they did and what was said of it."""
    content = yaml.safe_load(files("commonweal.example").joinpath("advisers.yaml").read_text("utf-8"))
    now = clock.now()
    assert world.partnership is not None
    for line in content["people"]:
        with clock.fixed(now - timedelta(days=line["days"])):
            row = ask_adviser(by=viewer_of(world.people[line["who"]]), partnership=world.partnership,
                              name=line["name"], email=line["email"], kind=AdviserKind(line["kind"]), letter=False)
            say_yes(adviser=row, said=AdviserSaid(
                **{name: line[name] for name in AdviserSaid.__dataclass_fields__}))
            for one in line["works"]:
                year = clock.today().year
                work = add_work(adviser=row, said=WorkSaid(
                    what=one["what"], client=one["client"], since=year + one["since"],
                    until=year + one["until"] if "until" in one else None))
                for spoken in one.get("references", ()):
                    _spoken(work, spoken)


def _spoken(work: AdviserWork, line: Line) -> None:
    asked = ask_reference(work=work, name=line["name"], email=line["email"], letter=False)
    said = {True: "yes", False: "no"}
    choices = {key: said.get(value, value) for key, value in zip(CHOICES, line["answers"], strict=True)}
    answer_reference(reference=asked, answers={"what": line["what"], "ties": line["ties"], **choices})
    if "reply" in line:
        reply_to(reference=asked, words=line["reply"])
