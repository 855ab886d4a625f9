"""What of the needs stage waits for somebody in a partnership."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from commonweal.core import clock
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.core.waiting import Waiting, waits
from commonweal.needs.content import read
from commonweal.needs.models import Reply
from commonweal.needs.queries.capacity import steps_due
from commonweal.needs.queries.needs import waiting_needs
from commonweal.needs.queries.ranking import rounds_for
from commonweal.needs.queries.relationships import Touch, contacts_for, steps_promised
from commonweal.needs.queries.services import to_ask
from commonweal.needs.queries.skills import help_for
from commonweal.needs.queries.statement import statement_for
from commonweal.needs.wording import fill

ANSWER_SHOWN = timedelta(days=14)


@waits("needs-plan-steps")
def plan_steps_due(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Steps of one's own organisation's plan that are due soon or late."""
    return tuple(
        Waiting(
            one.what.title, reverse("needs:capacity-step", args=[partnership, one.id]),
            "Late" if one.overdue else f"By {one.due:%-d %B}", "red" if one.overdue else "blue",
            f"{one.owner or 'Nobody yet'}: {one.what.smallest}", urgent=one.overdue,
        )
        for one in steps_due(viewer, partnership)
    )


@waits("needs-signatures")
def signatures(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Needs that wait for the signature of the viewer's organisation."""
    if not viewer.may(Permission.AGREE, partnership):
        return ()
    return tuple(
        Waiting(
            f"Sign: {one.title}", reverse("needs:need-sign", args=[partnership, one.id]),
            f"{one.signed} of {one.to_sign} signed", "blue", one.statement, urgent=True,
        )
        for one in waiting_needs(viewer, partnership)
    )


@waits("needs-contacts")
def contacts(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """The viewer's own contacts that lapsed, and what they promised that is due."""
    if not viewer.may(Permission.RECORD_EVIDENCE, partnership):
        return ()
    lapsed = tuple(
        Waiting(
            f"Pick up with {card.name}", reverse("needs:contact-log", args=[partnership, card.key]),
            f"{card.weeks_late} week{'' if card.weeks_late == 1 else 's'} late", "blue",
            f"Last spoken with on {card.last:%-d %B %Y}." if card.last else "No contact is written down yet.",
        )
        for card in contacts_for(viewer, partnership) if card.mine and card.touch is Touch.LAPSED
    )
    promised = tuple(
        Waiting(
            step.step, reverse("needs:contact", args=[partnership, step.key]),
            "Late" if step.late else f"By {step.by:%-d %B}", "red" if step.late else "blue",
            f"Promised to {step.name}.",
        )
        for step in steps_promised(viewer, partnership)
    )
    return lapsed + promised


@waits("needs-rankings")
def rankings(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Open rounds in which the viewer's organisation has not ranked."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return ()
    return tuple(
        Waiting(
            f"Put needs in order: {one.title}",
            reverse("needs:ranking-rank", args=[partnership, one.id, "partners"]),
            f"By {one.closes:%-d %B}", "blue", f"{one.given} of {one.seats} organisations have ranked.",
        )
        for one in rounds_for(viewer, partnership) if one.waits_for_me
    )


@waits("needs-statement")
def statement(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """The joint statement, where it waits for the signature of the viewer's organisation."""
    if not viewer.may(Permission.AGREE, partnership):
        return ()
    said = statement_for(viewer, partnership)
    if said is None or not said.waits_for_me:
        return ()
    signed = sum(bool(seat.signs) for seat in said.seats)
    return (Waiting(
        "Sign: Joint statement of needs", reverse("needs:statement-sign", args=[partnership]),
        f"{signed} of {len(said.seats)} signed", "blue", said.agreement, urgent=True,
    ),)


@waits("needs-services")
def services(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Services of one's own organisation that always ran and were not asked why, or whose day has come."""
    said = read("services")["waiting"]
    return tuple(
        Waiting(
            fill(said["again" if one.asked or not one.continues else "question"], name=one.name),
            reverse("needs:service-question" if one.continues else "needs:service", args=[partnership, one.id]),
            f"By {one.review:%-d %B}" if one.review else "Not asked", "blue",
            said["since"] if one.continues else one.reason.label,
        )
        for one in to_ask(viewer, partnership)
    )


@waits("needs-help")
def help_asked(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Who asked the viewer for help, and what came back to what they asked themselves."""
    asked = tuple(
        Waiting(
            f"{one.asker} asks for help: {one.title}", reverse("needs:help-answer", args=[partnership, one.id]),
            "To answer", "blue", f"{one.asked_for}. {one.skill_title}.",
        )
        for one in help_for(viewer, partnership) if one.to_me and not one.reply
    )
    since = clock.now() - ANSWER_SHOWN
    return asked + tuple(
        Waiting(f"{one.helper or 'Somebody'} answered: {one.title}", reverse("needs:skills", args=[partnership]),
                one.reply_title, "green" if one.reply is not Reply.NO else "grey", one.words)
        for one in help_for(viewer, partnership) if not one.to_me and one.replied_at and one.replied_at > since
    )
