"""An agreement's terms through its pages: what is kept, who bears what, what waits, and what is refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.agreements.test_measures_of_agreements import agreement, by  # noqa: F401  fixtures
from tests.world import signed_in

from commonweal.agreements.actions.corrections import correct_contact
from commonweal.agreements.actions.terms import (
    RiskSaid,
    add_agreement_contact,
    keep_paper,
    open_book_year,
    share_risk,
)
from commonweal.agreements.forgetting import forget_contacts
from commonweal.agreements.models import AgreementContact, AgreementDay, AgreementPaper
from commonweal.agreements.queries.terms import terms_of
from commonweal.agreements.sealing import unsealed
from commonweal.agreements.waiting import days
from commonweal.core import clock
from commonweal.core.errors import Immutable, NotAllowed, Refused
from commonweal.core.models import Event
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
PAID = RiskSaid(title="Swimming income", of="income", collar=D(25000), cap=D(200000), shared=D("0.5"),
                beyond=D(0), source="Schedule 4")


@pytest.fixture(autouse=True)
def at(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def day(name: str, when: date) -> dict[str, str]:
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


@pytest.mark.promise("M1")
def test_the_terms_of_an_agreement_are_kept_and_shown(world, by, agreement):  # noqa: F811
    browser, keys = signed_in(world.admin()), [world.partnership.pk, agreement.pk]

    def add(term: str, **typed: object) -> str:
        at = reverse("agreements:term-add", args=[*keys, term])
        return browser.post(at, typed, follow=True).content.decode()

    told = add("clause", number="4.2", words="Halls are free on four evenings.")
    assert "4.2 Halls are free on four evenings." in told
    assert "Answers no need and no outcome" in told
    told = add("day", kind="break", words="Either side may end it", ahead="120", **day("day", date(2027, 3, 1)))
    assert "1 March 2027: it may be ended early" in told
    assert [one.urgent for one in days(by, world.partnership.pk)] == [False]
    assert days(viewer_of(world.people[Role.OBSERVER]), world.partnership.pk) == ()
    assert "Give an e-mail address or a telephone number" in add("contact", party="Club", name="Ana Reed")
    assert "01632 960 111" in add("contact", party="Club", name="Ana Reed", phone="01632 960 111")
    told = add("variation", what="Two halls more.", reason="Girls wait.", ground="Act, section 74", pounds="900",
               **day("agreed_on", date(2026, 9, 1)), **day("ends", date(2028, 3, 31)))
    assert "Ground: Act, section 74" in told
    assert "to 31 March 2028" in told
    told = add("paper", title="Signed", file=SimpleUploadedFile("a.pdf", b"no pdf"))
    assert "not the pdf that its name says" in told
    add("paper", title="Signed", file=SimpleUploadedFile("a.pdf", b"%PDF-1.7 words"))
    kept = AgreementPaper.objects.get()
    taken = browser.get(reverse("agreements:term-paper", args=[keys[0], kept.pk]))
    assert (taken.content, taken.headers["Content-Type"]) == (b"%PDF-1.7 words", "application/octet-stream")
    assert b"words" not in bytes(kept.content)
    stranger = signed_in(world.outsider)
    assert stranger.get(reverse("agreements:term-paper", args=[keys[0], kept.pk])).status_code == 404
    for kind, row in (("paper", kept), ("day", AgreementDay.objects.get())):
        browser.post(reverse("agreements:term-remove", args=[keys[0], kind, row.pk]))
    kept.refresh_from_db()
    assert (kept.content, bool(kept.sha256)) == (None, True)
    assert days(by, world.partnership.pk) == ()
    with pytest.raises(Immutable):
        agreement.variations.get().save()


@pytest.mark.parametrize(("actual", "provider", "payer"), [
    (500_000, 0, 0), (480_000, -20_000, 0), (425_000, -50_000, -25_000), (200_000, -112_500, -187_500),
    (575_000, 50_000, 25_000),
])
def test_an_open_book_says_who_bears_what(world, by, agreement, actual, provider, payer):  # noqa: F811
    share = share_risk(by=by, agreement=agreement, said=PAID)
    open_book_year(by=by, share=share, year="2026-27", planned=D(500_000), actual=D(actual), source="Accounts")
    found = terms_of(by, world.partnership.pk, agreement.pk).risks[0].years[0]
    assert (found.provider, found.payer) == (D(provider), D(payer))
    assert found.provider + found.payer == D(actual) - D(500_000)
    told = signed_in(world.admin()).get(reverse("agreements:terms", args=[world.partnership.pk, agreement.pk]))
    assert "Schedule 4" in told.content.decode()


def test_terms_are_put_right_and_what_stood_before_stays_readable(world, by, agreement):  # noqa: F811
    share = share_risk(by=by, agreement=agreement, said=PAID)
    year = open_book_year(by=by, share=share, year="2026-27", planned=D(500_000), actual=D(480_000),
                          source="Draft")
    contact = add_agreement_contact(by=by, agreement=agreement, party="Dance Club", name="Ana Reed",
                                    phone="01632 960 111")
    browser, there = signed_in(world.admin()), world.partnership.pk

    def put_right(kind: str, row: object, **typed: object) -> str:
        address = reverse("agreements:term-correct", args=[there, kind, row.pk])
        held = {name: value for name, value in browser.get(address).context["form"].initial.items() if value != ""}
        return browser.post(address, held | typed, follow=True).content.decode()

    told = put_right("risk", share, collar="30000")
    assert "The provider bears the first £30,000 a year" in told
    until = r"Until \d+ \w+ \d{4}: "   # a record's own day, which no test sets
    assert re.search(until + "Swimming income: The provider bears the first £25,000", told)
    told = put_right("year", year, actual="475000", source="Accounts")
    assert re.search(until + "2026-27: £500,000 planned, £480,000 came. Source: Draft.", told)
    assert "Error:" in put_right("risk", share, collar="-1")
    told = put_right("contact", contact, phone="01632 960 222")
    assert "01632 960 222" in told
    assert "01632 960 111" not in told
    found = Event.objects.filter(verb="agreement.term_corrected").values_list("subject_id", flat=True)
    assert set(found) == {share.pk, year.pk, contact.pk}
    with pytest.raises(NotAllowed):
        correct_contact(by=viewer_of(world.people[Role.OBSERVER]), contact=contact, party="Club", name="Eve")
    address = reverse("agreements:term-correct", args=[there, "risk", share.pk])
    assert signed_in(world.outsider).post(address, {}).status_code == 404


def test_a_paper_is_bound_to_its_row_and_its_key(world, by, agreement, settings, tmp_path):  # noqa: F811
    paper = keep_paper(by=by, agreement=agreement, title="Signed", name="a.pdf", content=b"%PDF-1.7 words")
    with pytest.raises(Refused, match="cannot be opened"):
        unsealed(agreement.pk, bytes(paper.content))
    settings.VAR = tmp_path / "another"
    told = signed_in(world.admin()).get(reverse("agreements:term-paper", args=[world.partnership.pk, paper.pk]))
    assert (told.status_code, b"keys/papers.key" in told.content) == (400, True)


def test_what_cannot_be_shared_is_refused_and_who_is_forgotten_goes(world, by, agreement):  # noqa: F811
    with pytest.raises(Refused, match="cap is not below the collar"):
        share_risk(by=by, agreement=agreement, said=RiskSaid(
            title="x", of="cost", collar=D(9), cap=D(3), shared=D(0), beyond=D(0), source="x"))
    share = share_risk(by=by, agreement=agreement, said=PAID)
    with pytest.raises(Refused, match="financial year"):
        open_book_year(by=by, share=share, year="2026", planned=D(1), actual=D(1), source="x")
    person = world.people[Role.CONTRIBUTOR]
    AgreementContact.objects.create(partnership=world.partnership, agreement=agreement, party="Club",
                                    name=person.name, email=person.email)
    forget_contacts(person)
    assert not AgreementContact.objects.exists()
