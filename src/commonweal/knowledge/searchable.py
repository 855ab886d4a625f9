"""What can be found of know-how: words, cases, events, networks of peers."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.urls import reverse

from commonweal.core.permissions import Permission
from commonweal.core.search.gathered import chosen, fixed, still_visible
from commonweal.core.search.kinds import Doc, Kind, Scope, searchable
from commonweal.core.viewer import ANONYMOUS, Viewer
from commonweal.knowledge.cases import Case
from commonweal.knowledge.models import CaseStudy, Gathering, PeerNetwork, Term, TermState, TermVersion
from commonweal.knowledge.queries.cases import cases_for
from commonweal.policy.glossary import glossary


def seeds() -> Iterator[Doc]:
    """Everybody's words."""
    for one in glossary().terms.values():
        said = " ".join(f"{each.word} {each.meaning}" for each in one.words)
        yield Doc(one.id, one.term, one.plain, reverse("knowledge:word", args=[one.id]), Scope(),
                  f"{' '.join(one.also)} {said}")


def own_words(subjects: Collection[str] | None) -> Iterator[Doc]:
    """A partnership's own, in their newest version."""
    for row in chosen(Term.objects.exclude(state__in=(TermState.RETIRED, TermState.BROUGHT)), subjects):
        said = TermVersion.objects.filter(identity=row).order_by("-number").first()
        if said is not None:
            yield Doc(str(row.pk), said.label, said.plain,
                      reverse("knowledge:own-word", args=[row.partnership_id, row.slug]),
                      Scope(row.partnership_id, Permission.VIEW_PARTNERSHIP), " ".join(said.also))


def cases(subjects: Collection[str] | None) -> Iterator[Doc]:
    """The library, and what partnerships of real places have published; the example's own is in its own list."""
    return (_case(one) for one in cases_for(ANONYMOUS) if subjects is None or one.key in subjects)


def _case(one: Case) -> Doc:
    more = (one.place, one.needed or "", *one.did, *one.failed, *one.lessons)
    return Doc(one.key, one.title, one.answer, reverse("knowledge:case", args=[one.key]), Scope(), " ".join(more))


def published_still(viewer: Viewer, subjects: Collection[str]) -> Collection[str]:
    """What was taken back is not shown."""
    known = {one.key for one in cases_for(viewer)}
    return [one for one in subjects if one in known]


def events(subjects: Collection[str] | None) -> Iterator[Doc]:
    """Public ones by everybody, the others by their partnership."""
    for row in chosen(Gathering.objects.select_related("partnership"), subjects):
        inside = Scope(row.partnership_id, Permission.VIEW_PARTNERSHIP)
        open_to = Scope(invented=row.partnership.invented) if row.public else inside
        href = reverse("knowledge:event", args=[row.pk]) if row.public else reverse(
            "knowledge:own-event", args=[row.partnership_id, row.pk])
        yield Doc(str(row.pk), row.title, row.about, href, open_to, row.where)


def networks(subjects: Collection[str] | None) -> Iterator[Doc]:
    """By what they are for, in their own partnership; never who is in one, or what is said there."""
    for row in chosen(PeerNetwork.objects.filter(ended_on=None), subjects):
        href = reverse("knowledge:network", args=[row.partnership_id, row.pk])
        yield Doc(str(row.pk), row.title, row.about, href,
                  Scope(row.partnership_id, Permission.VIEW_PARTNERSHIP), row.get_among_display())


searchable(Kind("word", "Words", fixed(seeds)))
searchable(Kind("own_word", "Our words", own_words, still_visible(Term), Term.objects.all,
                {"knowledge.term": "pk", "knowledge.termversion": "versions"}))
searchable(Kind("case", "Cases", cases, published_still, CaseStudy.objects.all, {"knowledge.casestudy": "pk"}))
searchable(Kind("event", "Events", events, still_visible(Gathering), Gathering.objects.all,
                {"knowledge.gathering": "pk"}))
searchable(Kind("network", "Networks of peers", networks, still_visible(PeerNetwork), PeerNetwork.objects.all,
                {"knowledge.peernetwork": "pk"}))
