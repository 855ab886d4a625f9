"""Entries that are one body come under one; what was joined is kept with its reason and can be taken back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event
from commonweal.core.errors import NotFound, Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.lake.registers.linking import Compared, Linkable, Linked, link
from commonweal.providers.classes import classified
from commonweal.providers.models import EntryPair, PairState, Profile, Provider, ProviderKind, RegisterEntry, Seen

BATCH = 2_000
DRAWN = ("name", "kind", "postcode", "district", "web", "classes", "search", "visibility", "closed")
MANY = 50       # entries that move
DECIDED = (PairState.SAME, PairState.APART)
PRIVATE_FIRST = (Seen.COUNTED, Seen.NAMED, Seen.PARTNERS, Seen.PUBLIC)
BEST_KIND = (
    ProviderKind.CHARITY, ProviderKind.CIC, ProviderKind.CLUB, ProviderKind.COMPANY, ProviderKind.GROUP,
    ProviderKind.OTHER,
)


class Looked(NamedTuple):
    """What linking needs of an entry."""

    id: UUID
    provider_id: UUID
    name: str
    postcode: str
    district: str
    numbers: list[list[str]]
    web: str
    scope: str
    example: bool


class Verb(models.TextChoices):
    """The deeds of linking."""

    DECIDED = "providers.pair_decided"


@transaction.atomic
def decide_pair(*, by: Viewer, pair: EntryPair, partnership: UUID, same: bool) -> None:
    """A person says whether two entries are one body; entries are linked anew under what was said."""
    require(by, Permission.UPLOAD, partnership)
    held = EntryPair.objects.select_for_update().filter(pk=pair.pk).first()
    if held is None:
        raise NotFound("This question is no longer open. Look at the list again.")
    said = PairState.SAME if same else PairState.APART
    if held.state == said:
        return
    if same and _numbers_differ(held.first, held.second):
        raise Refused("They have different numbers in the same register, so they are two bodies.")
    held.state, held.decided_by, held.decided_at = said, acting_person(by), clock.now()
    held.save()
    record_event(by=by, verb=Verb.DECIDED, subject=held, partnership=partnership)
    link_again(touched=[held.first, held.second])


def _numbers_differ(one: RegisterEntry, other: RegisterEntry) -> bool:
    mine = dict(map(tuple, one.numbers))
    return any(scheme in mine and mine[scheme] != value for scheme, value in other.numbers)


def link_again(*, touched: Sequence[RegisterEntry]) -> tuple[int, int]:
    """Link every entry; gives how many bodies were joined now, and how many questions wait for a person."""
    rows = [Looked(*row) for row in RegisterEntry.objects.order_by("id").values_list(*Looked._fields)]
    at = {row.id: place for place, row in enumerate(rows)}
    decided = EntryPair.objects.filter(state__in=DECIDED).values_list("first_id", "second_id", "state")
    said: dict[str, list[tuple[int, int]]] = {PairState.SAME: [], PairState.APART: []}
    for first, second, state in decided:
        said[state].append((at[first], at[second]))
    linked = link(
        [_linkable(row) for row in rows], same=said[PairState.SAME], apart=said[PairState.APART])
    moved, joined = _regroup(rows, linked)
    _keep_pairs([row.id for row in rows], linked)
    refresh({rows[at[one.pk]].provider_id for one in touched} | moved)
    return joined, len(linked.undecided)


def _linkable(row: Looked) -> Linkable:
    numbers = tuple((scheme, value) for scheme, value in row.numbers)
    world = "example" if row.example else ""
    return Linkable(row.name, row.postcode, row.district, numbers, row.web, row.scope, world)


def _regroup(rows: Sequence[Looked], linked: Linked) -> tuple[set[UUID], int]:
    """Each group under one body: the one claimed or that came first; a group split off gets its own."""
    groups: dict[int, list[Looked]] = defaultdict(list)
    for row, group in zip(rows, linked.groups.tolist(), strict=True):
        groups[group].append(row)
    homes = _homes(groups)
    claimed = set(Provider.objects.exclude(organisation=None, chosen=None).values_list("pk", flat=True))
    moves: dict[UUID, list[UUID]] = defaultdict(list)
    gone: dict[UUID, UUID] = {}
    moved: set[UUID] = set()
    for group, members in groups.items():
        own = [one for one in dict.fromkeys(row.provider_id for row in members) if homes[one] == group]
        kept = min(own, key=lambda one: (one not in claimed, one)) if own else _fresh(members[0])
        for row in members:
            if row.provider_id != kept:
                moves[kept].append(row.id)
                moved |= {kept, row.provider_id}
        gone |= {one: kept for one in own if one != kept}
    _move(moves)
    _retire(gone)
    return moved, len(gone)


def _move(moves: dict[UUID, list[UUID]]) -> None:
    """One statement for many bodies; for a few entries one a body is quicker."""
    if sum(map(len, moves.values())) < MANY:
        for target, ids in moves.items():
            RegisterEntry.objects.filter(pk__in=ids).update(provider=target)
        return
    rows = [RegisterEntry(pk=one, provider_id=target) for target, ids in moves.items() for one in ids]
    RegisterEntry.objects.bulk_update(rows, ["provider"], batch_size=200)


def _homes(groups: dict[int, list[Looked]]) -> dict[UUID, int]:
    """The group in which a body stays, where its entries are in several: the one that holds most of them."""
    best: dict[UUID, tuple[int, int]] = {}
    for group, members in groups.items():
        for provider, count in Counter(row.provider_id for row in members).items():
            best[provider] = max(best.get(provider, (0, 0)), (count, -group))
    return {provider: -group for provider, (_, group) in best.items()}


def _fresh(row: Looked) -> UUID:
    body = Provider(name=row.name, example=row.example, visibility=Seen.COUNTED)
    body.save()
    return body.pk


def _retire(gone: dict[UUID, UUID]) -> None:
    """A body whose entries all went elsewhere leads there; what it had chosen, the stricter, goes with it."""
    old = Provider.objects.in_bulk(list(gone))
    targets = Provider.objects.in_bulk(list(set(gone.values())))
    stricter: dict[UUID, Provider] = {}
    for pk, into in gone.items():
        was, now = old[pk], targets[into]
        was.merged_into = now
        if was.chosen and (not now.chosen or _stricter(was.visibility, now.visibility)):
            now.visibility, now.chosen = was.visibility, was.chosen
            stricter[into] = now
    for rows, fields in ((old, ["merged_into"]), (stricter, ["visibility", "chosen"])):
        Provider.objects.bulk_create(rows.values(), batch_size=BATCH, update_conflicts=True, unique_fields=["id"],
                                     update_fields=fields)


def _stricter(one: str, other: str) -> bool:
    order = [str(each) for each in PRIVATE_FIRST]
    return order.index(one) < order.index(other)


def _keep_pairs(ids: Sequence[UUID], linked: Linked) -> None:
    """What was joined and what is asked, with its reason; what people decided stays as it is."""
    EntryPair.objects.exclude(state__in=DECIDED).delete()
    decided = set(EntryPair.objects.values_list("first_id", "second_id"))

    def row(one: Compared, state: PairState) -> EntryPair:
        return EntryPair(first_id=ids[one.first], second_id=ids[one.second], state=state, levels=list(one.levels),
                         weights=[round(bits, 2) for bits in one.weights], chance=round(one.chance, 6))

    made = [row(one, PairState.JOINED) for one in linked.joined]
    made += [row(one, PairState.UNDECIDED) for one in linked.undecided]
    EntryPair.objects.bulk_create(
        [one for one in made if (one.first_id, one.second_id) not in decided], batch_size=BATCH)


def refresh(touched: set[UUID]) -> None:
    """Draw what bodies show from their entries anew; from published ones alone where they have any."""
    ids = sorted(touched)
    for start in range(0, len(ids), BATCH):
        rows = Provider.objects.filter(pk__in=ids[start:start + BATCH], merged_into=None)
        written = []
        for body in rows.prefetch_related("entries"):
            entries = sorted(body.entries.all(), key=lambda one: (one.scope != "", one.as_at is None, one.pk))
            if entries:
                _draw(body, entries)
                written.append(body)
        _save(written)


def _save(written: list[Provider]) -> None:
    """Written over what is there in one statement a batch: ten times as fast as an update a column."""
    Provider.objects.bulk_create(written, batch_size=BATCH, update_conflicts=True, unique_fields=["id"],
                                 update_fields=DRAWN)


def searchable(words: Sequence[str]) -> str:
    """Each word once, in the form that is searched."""
    return " ".join(dict.fromkeys(" ".join(words).casefold().split()))[:1500]


def _of_profile(body: Provider) -> list[str]:
    """What the body says of itself, which a search finds too."""
    if not body.organisation_id:
        return []
    profile = Profile.objects.filter(provider=body).prefetch_related("lines").first()
    return [profile.about, *(line.text for line in profile.lines.all())] if profile else []


def draw_own(body: Provider) -> None:
    """A body that has spoken for itself: what it shows, drawn anew from its registers and its own words."""
    if body.entries.exists():
        refresh({body.pk})
        return
    own = _of_profile(body)
    body.classes = classified(" ".join([body.name, *own]))
    body.search = searchable([body.name, *own])
    body.save()


def draw_new(body: Provider, entry: RegisterEntry) -> None:
    """What a body that was never written shows of its one entry, so that it is written once."""
    _draw(body, [entry])


def _draw(body: Provider, entries: Sequence[RegisterEntry]) -> None:
    public = [one for one in entries if not one.scope]
    shown = public or list(entries)
    kinds = {str(one.kind) for one in shown}
    if not body.organisation_id:
        body.name = shown[0].name
    body.kind = next(kind for kind in BEST_KIND if kind in kinds)
    # A postcode on a private list may be a treasurer's home: only a published one is shown.
    body.postcode = next((one.postcode for one in public if one.postcode), "")
    for name in ("district", "web"):
        setattr(body, name, next((getattr(one, name) for one in shown if getattr(one, name)), ""))
    text = " ".join(f"{one.name} {one.activities}" for one in shown)
    body.classes = classified(text)
    body.closed = all(one.removed for one in shown)
    numbers = [f"{scheme}-{value} {value}" for one in shown for scheme, value in one.numbers]
    words = [*dict.fromkeys(one.name for one in shown), *numbers, *(one.town for one in shown), text]
    body.search = searchable([*words, *_of_profile(body)])
    if not body.chosen:
        body.visibility = Seen.PUBLIC if public else Seen.COUNTED
