"""What waits for somebody here: words to sign, scores and actions, cases to read."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.models import Organisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.core.waiting import Waiting, waits
from commonweal.knowledge.models import TermState
from commonweal.knowledge.queries.cases import own_cases
from commonweal.knowledge.queries.events import late_actions
from commonweal.knowledge.queries.history import may_sign
from commonweal.knowledge.queries.networks import unanswered_for
from commonweal.knowledge.queries.relationship import pairings_for
from commonweal.knowledge.queries.words import own_words


@waits("language")
def language(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """One line a word that the viewer's own organisation has not signed."""
    signing = may_sign(viewer, partnership)
    if not signing:
        return ()
    names = set(Organisation.objects.filter(pk__in=signing).values_list("name", flat=True))
    return tuple(
        Waiting(
            f"Say whether you agree what “{one.proposed.label}” means",
            reverse("knowledge:own-word", args=[partnership, one.slug]),
            "Disputed" if one.state == TermState.DISPUTED else "To sign",
            "red" if one.state == TermState.DISPUTED else "blue",
        )
        for one in own_words(viewer, partnership) if one.open and names & set(one.waits_for)
    )


@waits("working-together")
def working_together(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """A private score to give, and the viewer's own organisation's actions that are late."""
    told = []
    for pair in pairings_for(viewer, partnership):
        href = reverse("knowledge:pairing", args=[partnership, pair.id])
        if pair.open_round and not pair.i_scored and viewer.may(Permission.DISCUSS, partnership):
            told.append(Waiting(f"Score in private how {pair.name} work together", href, "Two minutes", "blue"))
        told += [
            Waiting(f"Late: {one.words}", href, "Late", "red") for one in pair.actions if one.mine and one.late
        ]
    return tuple(told)


@waits("events")
def events(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Actions agreed at events that are late."""
    return tuple(
        Waiting(f"Late: {one.words}", reverse("knowledge:own-event", args=[partnership, row.pk]), "Late", "red",
                f"Agreed at {row.title}.")
        for row, one in late_actions(viewer, partnership)
    )


@waits("networks")
def networks(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Questions of one's networks that nobody has answered."""
    return tuple(
        Waiting(f"Answer your peers: {row.title}", reverse("knowledge:network", args=[partnership, row.pk]),
                f"{count} question{'' if count == 1 else 's'}", "blue")
        for row, count in unanswered_for(viewer, partnership)
    )


@waits("cases")
def cases(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Cases that the viewer's side has still to read."""
    if not viewer.may(Permission.DISCUSS, partnership):
        return ()
    return tuple(
        Waiting(f"Read and agree the case “{one.case.title}”",
                reverse("knowledge:own-case", args=[partnership, one.id]), "To read", "blue")
        for one in own_cases(viewer, partnership) if one.waits_for_me
    )
