"""A word is proposed, changed, signed for, talked about and retired."""

from __future__ import annotations

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import Organisation, Partnership, PartnershipOrganisation
from commonweal.core.permissions import ROLES, Permission
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.knowledge.actions.saying import Saying, checked, person_of, slug_for
from commonweal.knowledge.models import (
    Agreement,
    CommentKind,
    LanguageRule,
    Rule,
    Term,
    TermComment,
    TermSignature,
    TermState,
    TermVersion,
)


class Verb(models.TextChoices):
    """The deeds of the common language."""

    TERM_PROPOSED = "language.term_proposed"
    TERM_CHANGED = "language.term_changed"
    TERM_SIGNED = "language.term_signed"
    TERM_AGREED = "language.term_agreed"
    TERM_RETIRED = "language.term_retired"
    COMMENT_MADE = "language.comment_made"
    COMMENT_TAKEN_BACK = "language.comment_taken_back"
    RULE_SET = "language.rule_set"
    WORDS_BROUGHT = "language.words_brought"


@transaction.atomic
def propose_term(*, by: Viewer, partnership: Partnership, saying: Saying, slug: str = "") -> TermVersion:
    """A word with the meaning somebody proposes; `slug` is the seed's where it stands on one."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    said = checked(saying)
    term = saved(Term(partnership=partnership, slug=slug or slug_for(said.label), title=said.label))
    version = _write(by, term, said)
    record_event(by=by, verb=Verb.TERM_PROPOSED, subject=term, partnership=partnership.pk, version=1)
    return version


@transaction.atomic
def change_term(*, by: Viewer, term: Term, saying: Saying, reason: str, seen: int) -> TermVersion:
    """The next version; signatures are asked for anew and the agreed one stands until then."""
    require(by, Permission.RECORD_EVIDENCE, term.partnership_id)
    locked, latest = _newest(term, seen)
    if not reason.strip() and latest.identity.state != TermState.BROUGHT:
        raise Refused("Say in a few words why the meaning should change.")
    said = checked(saying)
    if _same(latest, said):
        raise Refused("Nothing has changed. Change what it means, or go back.")
    version = _write(by, locked, said, reason=reason.strip())
    locked.title, locked.state = said.label, TermState.PROPOSED
    saved(locked)
    record_event(
        by=by, verb=Verb.TERM_CHANGED, subject=locked, partnership=locked.partnership_id, version=version.number
    )
    return version


@transaction.atomic
def retire_term(*, by: Viewer, term: Term, reason: str, seen: int) -> TermVersion:
    """Ask that a word be used no more: at once where it was never agreed, else once it is signed for."""
    require(by, Permission.RECORD_EVIDENCE, term.partnership_id)
    locked, latest = _newest(term, seen)
    if latest.retires:
        raise Refused("Somebody has already asked for this word to be retired.")
    if not reason.strip():
        raise Refused("Say in a few words why the word should no longer be used.")
    version = _write(by, locked, _saying_of(latest), reason=reason.strip(), retires=True)
    ever = Agreement.objects.filter(version__identity=locked).exists()
    locked.state = TermState.PROPOSED if ever else TermState.RETIRED
    saved(locked)
    record_event(
        by=by, verb=Verb.TERM_RETIRED, subject=locked, partnership=locked.partnership_id, version=version.number
    )
    return version


@transaction.atomic
def sign_term(*, by: Viewer, term: Term, seen: int, organisation: Organisation | None = None) -> TermSignature:
    """Sign the version that was read, for an organisation with a sign-off seat."""
    require(by, Permission.AGREE, term.partnership_id)
    locked, latest = _newest(term, seen)
    if locked.state == TermState.BROUGHT:
        raise Refused("This word has not been proposed yet. Say what it should mean here, then sign.")
    if locked.state not in {TermState.PROPOSED, TermState.DISPUTED}:
        raise Refused("There is nothing to sign: this version is settled.")
    signer = _signing_for(by, locked, latest, organisation)
    signature = saved(TermSignature(
        partnership=locked.partnership, version=latest, organisation=signer,
        person=person_of(by),
    ))
    record_event(
        by=by, verb=Verb.TERM_SIGNED, subject=locked, partnership=locked.partnership_id, version=latest.number
    )
    _settle(by, locked, latest)
    return signature


@transaction.atomic
def comment_on_term(
    *, by: Viewer, term: Term, body: str, seen: int, kind: CommentKind = CommentKind.COMMENT
) -> TermComment:
    """Say something about the version that was read; an objection keeps it from being agreed."""
    require(by, Permission.DISCUSS, term.partnership_id)
    locked, latest = _newest(term, seen)
    if not body.strip():
        raise Refused("Write what you want to say.")
    if kind == CommentKind.OBJECTION and locked.state not in {TermState.PROPOSED, TermState.DISPUTED}:
        raise Refused("This meaning is settled. To change it, propose another.")
    comment = saved(TermComment(
        partnership=locked.partnership, version=latest, kind=kind, body=body.strip(),
        person=person_of(by), organisation_id=acted_for(by, locked.partnership_id),
    ))
    record_event(by=by, verb=Verb.COMMENT_MADE, subject=comment, partnership=locked.partnership_id)
    _settle(by, locked, latest)
    return comment


@transaction.atomic
def take_back_comment(*, by: Viewer, comment: TermComment) -> None:
    """Its writer takes it back: the text goes, and an objection falls with it."""
    require(by, Permission.DISCUSS, comment.partnership_id)
    if comment.person_id != by.person:
        raise NotAllowed("Only the person who wrote this can take it back.")
    if comment.taken_back:
        raise Refused("It has been taken back already.")
    comment.body, comment.taken_back = "", clock.now()
    saved(comment)
    record_event(by=by, verb=Verb.COMMENT_TAKEN_BACK, subject=comment, partnership=comment.partnership_id)
    term = Term.objects.select_for_update().get(pk=comment.version.identity_id)
    latest = term.versions.order_by("-number").first()
    if latest is not None and latest.pk == comment.version_id:
        _settle(by, term, latest)


@transaction.atomic
def set_rule(*, by: Viewer, partnership: Partnership, rule: Rule, reason: str) -> LanguageRule:
    """How many seats must sign from now on; what was agreed before stays agreed."""
    require(by, Permission.MANAGE_PARTNERSHIP, partnership.pk)
    if not reason.strip():
        raise Refused("Say who decided this, and when.")
    row = LanguageRule.objects.select_for_update().filter(partnership=partnership).first()
    row = row or LanguageRule(partnership=partnership)
    row.rule, row.reason = rule, reason.strip()
    saved(row)
    record_event(by=by, verb=Verb.RULE_SET, subject=row, partnership=partnership.pk)
    return row


def rule_of(partnership: Partnership) -> Rule:
    """The rule in force: every seat, unless the partnership has said otherwise."""
    row = LanguageRule.objects.filter(partnership=partnership).first()
    return Rule(row.rule) if row else Rule.ALL


def _newest(term: Term, seen: int) -> tuple[Term, TermVersion]:
    """The word locked, and its newest version; Refused where that is not the one that was read."""
    locked = Term.objects.select_for_update().get(pk=term.pk)
    latest: TermVersion = locked.versions.order_by("-number")[0]
    if latest.number != seen:
        raise Refused(f"Somebody wrote version {latest.number} after you read version {seen}. Read it first.")
    return locked, latest


def _write(by: Viewer, term: Term, said: Saying, *, reason: str = "", retires: bool = False) -> TermVersion:
    return saved(TermVersion(
        partnership=term.partnership, identity=term, number=term.next_number(), label=said.label, plain=said.plain,
        also=list(said.also), words=[list(one) for one in said.words], broader=list(said.broader),
        related=list(said.related), links=[list(one) for one in said.links], source=said.source, reason=reason,
        retires=retires, written_by=person_of(by) if by.person else None,
    ))


def _saying_of(version: TermVersion) -> Saying:
    return Saying(
        version.label, version.plain, tuple(version.also),
        tuple((sector, word, meaning) for sector, word, meaning in version.words), tuple(version.broader),
        tuple(version.related), tuple((match, address) for match, address in version.links), version.source,
    )


def _same(version: TermVersion, said: Saying) -> bool:
    return checked(_saying_of(version)) == said and version.identity.state != TermState.BROUGHT and (
        not version.retires
    )


def _signing_for(
    by: Viewer, term: Term, latest: TermVersion, organisation: Organisation | None
) -> Organisation:
    """The organisation a signature is for: one the person may sign for, with a sign-off seat today."""
    may = {g.organisation for g in by.deeds_in(term.partnership_id) if Permission.AGREE in ROLES[g.role]}
    seats = {seat.organisation_id: seat.organisation for seat in _seats(term.partnership)}
    able = [seats[key] for key in seats if key in may and (organisation is None or key == organisation.pk)]
    if not able:
        raise Refused(
            "Your organisation has no sign-off seat in this partnership, so it cannot sign. "
            "An administrator of the partnership can give it one."
        )
    signed = set(latest.signatures.values_list("organisation_id", flat=True))
    return next((one for one in able if one.pk not in signed), able[0])


def _seats(partnership: Partnership) -> list[PartnershipOrganisation]:
    rows = PartnershipOrganisation.objects.on(clock.today()).filter(partnership=partnership, signs_off=True)
    return list(rows.select_related("organisation").order_by("organisation__name"))


def _settle(by: Viewer, term: Term, latest: TermVersion) -> None:
    """Agreed where the rule is met and no objection stands; disputed where one does."""
    if term.state not in {TermState.PROPOSED, TermState.DISPUTED}:
        return
    objections = latest.comments.filter(kind=CommentKind.OBJECTION, taken_back=None).exists()
    seats = {seat.organisation_id for seat in _seats(term.partnership)}
    signed = set(latest.signatures.values_list("organisation_id", flat=True)) & seats
    rule = rule_of(term.partnership)
    if objections:
        state = TermState.DISPUTED
    elif seats and len(signed) >= rule.needed(len(seats)):
        state = TermState.RETIRED if latest.retires else TermState.AGREED
        saved(Agreement(partnership=term.partnership, version=latest, rule=rule, seats=len(seats)))
        record_event(
            by=by, verb=Verb.TERM_AGREED, subject=term, partnership=term.partnership_id, version=latest.number
        )
    else:
        state = TermState.PROPOSED
    if state != term.state:
        term.state = state
        saved(term)
