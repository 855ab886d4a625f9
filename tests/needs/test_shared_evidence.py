"""Evidence that rests on shared data closes with its agreement; a decision keeps of it what the agreement says."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from tests.needs.test_keeping import larkmere  # noqa: F401 - the fixture is used by name
from tests.needs.test_ranking import TITLES, given, newcomer, opened
from tests.sharing_deeds import sign_with_reason
from tests.world import build_world, signed_in

from commonweal.core import clock
from commonweal.core.actions.sharing import Described, Terms, describe_data, end_agreement, write_agreement
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Organisation, Person
from commonweal.core.purpose import Purpose
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.queries.sharing import agreement_for
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.evidence import Told, correct_evidence, place_evidence, record_evidence
from commonweal.needs.actions.need import hold_evidence, propose_need, sign_need
from commonweal.needs.actions.statement import write_statement
from commonweal.needs.models import (
    EvidenceItem,
    FrozenEvidence,
    KeptAssessment,
    KeptAssessmentVersion,
    Need,
    NeedVersion,
    Verdict,
)
from commonweal.needs.queries.agreed import agreed_needs, as_may_be_shown
from commonweal.needs.queries.evidence_items import evidence_for, perspectives_of
from commonweal.needs.queries.needs import need_for, needs_for
from commonweal.needs.replay import assessment_json

SECRET, AGAINST = "312 of 1,000 lessons were missed by girls", "Of 90 girls asked, 51 would not come"
WITHDRAWN = "it rested on “Swimming lessons” of Testshire District Council"
COUNTS = "it lets counts and figures already in a decision stay"


class There:
    """The council gives lessons to the health body, which brings two pieces of evidence; both sign a need."""

    def __init__(self, survives: str) -> None:
        self.world = build_world()
        self.partnership = self.world.partnership
        self.council = viewer_of(self.world.admin())
        self.person = newcomer(self.world, "Testshire Health")
        self.held = describe_data(by=self.council, partnership=self.partnership, described=Described(
            title="Swimming lessons", fields=({"name": "month"}, {"name": "age band", "personal": True})))
        today = clock.today()
        self.agreement = write_agreement(
            by=self.council, partnership=self.partnership, title="Lessons", giver=self.world.council.pk,
            taker=Organisation.objects.get(name="Testshire Health").pk, terms=Terms(
                sets={self.held.pk: ["month"]}, purposes=(Purpose.ASSESSMENT,), why="To know need.", start=today,
                end=today + timedelta(days=90), review=today + timedelta(days=30), retention="A year",
                contact="data@x.gov.uk", giver_role="controller", taker_role="controller", survives=survives),
        ).identity
        for viewer in (self.council, self.health):
            sign_with_reason(by=viewer, agreement=self.agreement, number=1)
        self.round = opened(self.world)
        self.items = [self._brought(SECRET), self._brought(AGAINST)]
        self.need = Need.objects.get(title=TITLES[0])
        for item, verdict in zip(self.items, (Verdict.SUPPORTS, Verdict.AGAINST), strict=True):
            hold_evidence(by=self.council, need=self.need, item=item.pk, verdict=verdict, note=item.summary)
        number = propose_need(by=self.council, need=self.need).number
        for viewer in (self.council, self.health):
            sign_need(by=viewer, need=self.need, number=number)
        for person in (self.world.admin(), self.person):
            given(self.round, person, (1, 2, 3))
        with clock.fixed(clock.now() + timedelta(days=8)):
            write_statement(by=self.council, ranked=self.round)

    @property
    def health(self):
        return viewer_of(self.person)

    def told(self, summary, **more):
        return Told(title=f"What the lessons say: {summary}", kind="records", perspective="users", summary=summary,
                    answered=312, dataset_id=self.held.pk, **more)

    def _brought(self, summary) -> EvidenceItem:
        item = record_evidence(by=self.health, partnership=self.partnership, told=self.told(summary))
        return place_evidence(by=self.health, partnership=self.partnership, item=item.pk)

    def keep(self, made) -> list[object]:
        """A kept assessment that carries the agreed needs, by the keys of its address."""
        frozen = assessment_json(made)
        place = KeptAssessment.objects.create(partnership=self.partnership, place_code="Z07000001", place_name="X")
        KeptAssessmentVersion.objects.create(
            partnership=self.partnership, identity=place, number=1, kept_by=self.world.admin(), reason="March",
            headline="x", store_version="1", method_version="1", frozen=frozen,
            digest=hashlib.sha256(frozen.encode()).hexdigest())
        return [self.partnership.pk, place.pk, 1]

    def view(self) -> PartnershipView:
        return partnership_for(self.council, self.partnership.pk)

    def end(self) -> None:
        end_agreement(by=self.council, agreement=self.agreement, reason="Done")


@pytest.fixture(params=["nothing", "counts"])
def there(request, db, settings, tmp_path):
    settings.VAR = tmp_path
    return There(request.param)


@pytest.fixture
def counts(there):
    return there.agreement.versions.get().survives == "counts"


def page(person: Person, name: str, *keys: object) -> str:
    answer = signed_in(person).get(reverse(name, args=keys))
    assert answer.status_code == 200, answer
    if "officedocument" in answer["Content-Type"]:
        return "\n".join(node.text or "" for node in docx.Document(BytesIO(answer.content)).element.iter("{*}t"))
    return unescape(answer.content.decode())


def test_live_evidence_closes_with_the_agreement_for_everybody(there):
    key = there.partnership.pk
    address = f"/api/partnerships/{key}/evidence/{there.items[0].pk}"
    html = page(there.world.admin(), "needs:evidence-item", key, there.items[0].pk)
    assert SECRET in html
    named = f'<a class="govuk-link" href="{reverse("web:agreement", args=[key, there.agreement.pk])}">'
    assert f"Swimming lessons, Testshire District Council: shared under {named}" in html
    assert f", under “{there.agreement.title}”</option>" in page(there.person, "needs:evidence-add", key)
    assert SECRET in signed_in(there.person).get(address).content.decode()
    assert len(agreement_for(there.council, key, there.agreement.pk).uses.uses) == 2
    there.end()
    for person in (there.world.admin(), there.person):
        viewer, browser = viewer_of(person), signed_in(person)
        assert not evidence_for(viewer, key, Purpose.ASSESSMENT).lines
        assert all(one.missing for one in perspectives_of(viewer, key))
        assert not need_for(viewer, key, there.need.pk).evidence
        assert not any(side.items for card in needs_for(viewer, key) for side in card.strip)
        for gone in (address, reverse("needs:evidence-item", args=[key, there.items[0].pk])):
            assert browser.get(gone).status_code == 404
    with pytest.raises(NotFound):
        record_evidence(by=there.health, partnership=there.partnership, told=there.told("x"))
    other = Need.objects.get(title=TITLES[1])
    with pytest.raises(NotFound):
        hold_evidence(by=there.council, need=other, item=there.items[0].pk, verdict=Verdict.SUPPORTS)
    with pytest.raises(Refused, match="at least one piece"):
        propose_need(by=there.council, need=other)


def test_the_end_by_date_closes_it_too(there):
    with clock.fixed(clock.now() + timedelta(days=90)):
        assert not evidence_for(there.council, there.partnership.pk, Purpose.ASSESSMENT).lines
        (item, _) = need_for(there.council, there.partnership.pk, there.need.pk).frozen
        assert item.ended


def test_a_signed_need_shows_what_survives(there, counts):
    key, person = there.partnership.pk, there.world.admin()
    address = f"/api/partnerships/{key}/needs/{there.need.pk}"
    assert SECRET in page(person, "needs:need", key, there.need.pk)
    digest = NeedVersion.objects.exclude(digest="").get().digest
    there.end()
    html, said = page(person, "needs:need", key, there.need.pk), signed_in(there.person).get(address).json()
    assert (SECRET in html) is counts
    assert (COUNTS if counts else WITHDRAWN) in html
    assert [one["withdrawn"] for one in said["frozen"]] == [not counts] * 2
    assert (SECRET in json.dumps(said)) is counts
    assert bool(re.search(r"\b312\b", json.dumps(said))) is counts
    assert said["frozen"][0]["verdict"] == "supports"
    if not counts:
        frozen = json.loads(FrozenEvidence.objects.get().whole)["evidence"][0]
        said_whole = json.dumps(frozen, sort_keys=True, ensure_ascii=False)
        assert hashlib.sha256(said_whole.encode()).hexdigest()[:12] in said["frozen"][0]["ended"]
    assert NeedVersion.objects.exclude(digest="").get().digest == digest
    assert need_for(there.council, key, there.need.pk).whole


def test_the_joint_statement_says_what_its_needs_rested_on(there, counts):
    key, expected = there.partnership.pk, COUNTS if counts else WITHDRAWN
    third = newcomer(there.world, "Testshire Third")
    link = reverse("web:agreement", args=[key, there.agreement.pk])
    rests = "Rests on “Swimming lessons” of Testshire District Council, shared under"
    for person, party in ((there.person, True), (third, False)):
        said = page(person, "needs:statement", key)
        assert (rests in said, f'{link}">{there.agreement.title}</a>' in said) == (True, party)
    assert f"{rests} an agreement" in page(there.person, "needs:statement-file", key, "docx")
    for name, more in (("needs:statement", ()), ("needs:statement-file", ("docx",))):
        assert expected not in page(there.person, name, key, *more)
    there.end()
    for name, more in (("needs:statement", ()), ("needs:statement-file", ("docx",))):
        assert expected in page(there.person, name, key, *more)


@pytest.mark.parametrize("ending", ["json", "docx", ""])
def test_a_kept_assessment_shows_what_survives(there, counts, larkmere, ending):  # noqa: F811
    keys = there.keep(replace(larkmere, agreed=agreed_needs(there.council, there.view())))
    name, more = ("needs:kept-file", (ending,)) if ending else ("needs:kept-version", ())
    before = page(there.person, name, *keys, *more)
    assert SECRET in before
    assert AGAINST in before
    there.end()
    after = page(there.person, name, *keys, *more)
    assert (SECRET in after) is counts
    assert (AGAINST in after) is counts
    assert (COUNTS if counts else WITHDRAWN) in after
    assert "is not what was" not in after
    masked = agreed_needs(there.council, there.view())  # kept after the end, it is not masked a second time
    assert as_may_be_shown(masked) == masked


def test_only_data_that_one_is_opened_to_can_be_rested_on(there):
    other = viewer_of(newcomer(there.world, "Testshire Third"))
    with pytest.raises(NotFound):
        record_evidence(by=other, partnership=there.partnership, told=there.told("x"))
    form = page(there.person, "needs:evidence-add", there.partnership.pk)
    assert "Swimming lessons, Testshire District Council" in form
    assert "data shared with you" not in page(there.world.admin(), "needs:evidence-add", there.partnership.pk)
    changed = correct_evidence(by=there.health, partnership=there.partnership, item=there.items[0].pk,
                               told=there.told("Less", gathered_to=date(2026, 1, 1)))
    assert changed.dataset_id == there.held.pk

