"""Two people at the same moment, each on a connection of their own: one signs what the other writes anew."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from tests.core.test_sharing_rules import Parties
from tests.needs.test_need import SAID, proposed, written
from tests.sharing_deeds import sign_with_reason
from tests.world import World, build_world

from commonweal.core import clock
from commonweal.core.actions.sharing import rewrite_agreement, sign_agreement
from commonweal.core.actions.sharing_advice import Advised, record_advice
from commonweal.core.errors import Refused
from commonweal.core.models import Event, SharingDoor, SharingSignature
from commonweal.core.models.search import SearchPosting, SearchTerm
from commonweal.core.search import indexing
from commonweal.core.search.indexing import reindex
from commonweal.core.search.kinds import kinds
from commonweal.core.viewer import viewer_of
from commonweal.knowledge.actions.saying import Saying
from commonweal.knowledge.actions.terms import change_term, propose_term, sign_term
from commonweal.knowledge.models import Agreement, TermSignature, TermState
from commonweal.needs.actions.need import rewrite_need, sign_need
from commonweal.needs.models import Need, NeedState, SignOff

HELD_FOR = 0.4  # seconds in which the second has certainly begun, and waits


@dataclass(frozen=True)
class Pair:
    """What one signs and another rewrites, both having read the same version; and how it stands afterwards."""

    sign: Callable[[], Any]
    rewrite: Callable[[], Any]
    signed: Callable[[], list[int]]    # the versions that bear a signature
    in_force: Callable[[], list[int]]  # the versions that count as agreed


def a_need(world: World) -> Pair:
    need, version = proposed(world)
    by, said = viewer_of(world.admin()), replace(SAID, what="a hall to dance in", reason="Said better")
    number = version.number

    def in_force() -> list[int]:
        need.refresh_from_db()
        return [need.next_number() - 1] if need.state == NeedState.AGREED else []

    return Pair(
        lambda: sign_need(by=by, need=need, number=number),
        lambda: rewrite_need(by=by, need=need, said=said, over=number),
        lambda: [*SignOff.objects.values_list("version__number", flat=True)], in_force,
    )


def a_word(world: World) -> Pair:
    by, say = viewer_of(world.admin()), Saying("Need", "What people must have to live well.")
    term = propose_term(by=by, partnership=world.partnership, saying=say, slug="need").identity
    other = Saying("Need", "What people here must have.")

    def in_force() -> list[int]:
        term.refresh_from_db()
        agreed = term.state == TermState.AGREED
        return [*Agreement.objects.values_list("version__number", flat=True)] if agreed else []

    return Pair(
        lambda: sign_term(by=by, term=term, seen=1),
        lambda: change_term(by=by, term=term, saying=other, reason="Shorter", seen=1),
        lambda: [*TermSignature.objects.values_list("version__number", flat=True)], in_force,
    )


def an_agreement(world: World) -> Pair:
    there = Parties(world)
    today = clock.today()
    days = {"start": today, "review": today, "end": today.replace(year=today.year + 1)}
    version = there.write(**days)
    agreement, giver, taker = version.identity, there.giver(), there.taker()
    sign_with_reason(by=giver, agreement=agreement, number=1)
    record_advice(by=taker, agreement=agreement, number=1, advised=Advised(reason="The county advises us."))
    terms = there.terms(**days, survives="nothing", reason="More of it")
    return Pair(
        lambda: sign_agreement(by=taker, agreement=agreement, number=1),
        lambda: rewrite_agreement(by=giver, agreement=agreement, terms=terms, over=1),
        lambda: [*SharingSignature.objects.exclude(organisation=there.council).values_list(
            "version__number", flat=True)],
        lambda: [*SharingDoor.objects.filter(closed=None).values_list("version__number", flat=True)],
    )


@pytest.fixture
def there(transactional_db, tmp_path, settings) -> World:
    """The small world as others see it too; on SQLite in a file, as it is in use."""
    settings.VAR = tmp_path
    return build_world()


@contextmanager
def two_people(folder: Path) -> Iterator[ThreadPoolExecutor]:
    """Two threads, each with a connection of its own to what has been written so far."""
    known = connections.settings["default"]
    kept = known["NAME"]
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / "raced.sqlite3")) as copy:
            connection.connection.backup(copy)
        known["NAME"] = str(folder / "raced.sqlite3")
    try:
        with ThreadPoolExecutor(2) as people:
            yield people
    finally:
        known["NAME"] = kept


def on_its_own(deed: Callable[[], Any]) -> Any:
    """What came of a deed, or why it was refused."""
    try:
        return deed()
    except Refused as refused:
        return str(refused)
    finally:
        connection.close()


def one_in_the_middle_of(
    people: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch, where: tuple[Any, str],
    deeds: Sequence[Callable[[], Any]],
) -> tuple[Any, Any]:
    """The first has done `where` and not committed when the second begins; what came of both."""
    writing, kept, holder = threading.Event(), getattr(*where), []

    def slowly(*args: Any, **more: Any) -> Any:
        came = kept(*args, **more)
        if threading.get_ident() in holder and not writing.is_set():
            writing.set()
            threading.Event().wait(HELD_FOR)
        return came

    def first() -> Any:
        holder.append(threading.get_ident())
        return deeds[0]()

    monkeypatch.setattr(*where, slowly)
    one = people.submit(on_its_own, first)
    assert writing.wait(10)
    return people.submit(on_its_own, deeds[1]).result(30), one.result(30)


@pytest.mark.parametrize("kind", [a_need, a_word, an_agreement], ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("signs_first", [False, True], ids=["writes-first", "signs-first"])
def test_nobody_signs_what_somebody_is_writing_anew(there, tmp_path, monkeypatch, kind, signs_first):
    pair = kind(there)
    deeds = (pair.sign, pair.rewrite) if signs_first else (pair.rewrite, pair.sign)
    with two_people(tmp_path) as people:
        second, first = one_in_the_middle_of(people, monkeypatch, (Event, "save"), deeds)
        signed, in_force = people.submit(on_its_own, lambda: (pair.signed(), pair.in_force())).result(30)
    assert not isinstance(first, str), first
    if signs_first:
        assert not isinstance(second, str), second  # written over what was signed: the signature stays where it is
        assert len(signed) == 1
    else:
        assert "version" in second                  # one sentence that says which to read
        assert second.endswith(".")
        assert signed == []
    assert in_force in ([], signed)


def test_what_two_change_at_once_is_counted_once_by_the_search(there, tmp_path, monkeypatch):
    need = written(there)

    def catch_up() -> None:
        Need.objects.filter(pk=need.pk).update(title=f"Dance {threading.get_ident()}")
        reindex(kinds()["need"], {str(need.pk)})

    with two_people(tmp_path) as people:
        one_in_the_middle_of(people, monkeypatch, (indexing, "_remove"), (catch_up, catch_up))
        wrong = people.submit(on_its_own, lambda: [
            one.word for one in SearchTerm.objects.all()
            if one.entries != SearchPosting.objects.filter(term=one).count()
        ]).result(30)
    assert wrong == []
