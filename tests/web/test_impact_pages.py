"""The impact assessment through the pages and its files: a draft, advice recorded, and only then a signature."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.web.test_sharing_documents import pdf_words, words
from tests.web.test_sharing_pages import answers, dates, described, seat, text
from tests.world import signed_in

from commonweal.core.models import ImpactAdvice, SharingAgreement, SharingSignature


@pytest.fixture
def there(world):
    """The council's browser, the receiver's, a third one's, and the addresses of an agreement about children."""
    council = signed_in(world.admin())
    trust, receiving = seat(world, "Splash", "kim@trust.example.org")
    _, third = seat(world, "Rowing club", "kim@club.example.org")
    held = described(council, world, about=["children", "police"])
    council.post(reverse("web:agreement-write", args=[world.partnership.pk]), answers(held, trust))
    keys = [world.partnership.pk, SharingAgreement.objects.get().pk]
    at = {name: reverse(f"web:{name}", args=keys) for name in (
        "agreement", "agreement-sign", "impact", "impact-advise")}
    at |= {ending: reverse("web:impact-file", args=[*keys, ending]) for ending in ("docx", "pdf")}
    return council, receiving, third, at


def test_from_the_draft_by_the_advice_to_the_signature(there):
    council, receiving, third, at = there
    page = text(council.get(at["impact"]))
    for part in ("A draft, made from", "Harm to children", "Section 36(4)", "lets Splash (controller) see",
                 "Fields shared: 2 of the 3 described. About a person: 1", "Fields left out: 1.",
                 "None recorded for this version yet"):
        assert part in page, part
    page = text(council.get(at["agreement"]))
    assert "data about children and data held for law enforcement" in page
    assert "Sign version 1" not in page
    page = text(council.post(at["agreement-sign"], {"number": "1"}, follow=True))
    assert "Nothing was signed" in page
    said = {"number": "1", "kind": "refused", "officer": "Data protection officer", "advice": "Wait for totals",
            "reason": "Totals hide who is missed", **dates(given=0)}
    page = text(council.post(at["impact-advise"], said, follow=True))
    assert "for Testshire District Council: Wait for totals. Not accepted: Totals hide who is missed." in page
    assert "Sign version 1" in text(council.get(at["agreement"]))
    text(council.post(at["agreement-sign"], {"number": "1"}, follow=True))
    assert SharingSignature.objects.count() == 1
    for read in (words(receiving.get(at["docx"])), " ".join(pdf_words(receiving.get(at["pdf"])).split())):
        for part in ("DRAFT", "Harm to children", "Wait for totals", "Recital 38", "Article 36"):
            assert part in read, part
    for address in (at["impact"], at["impact-advise"], at["docx"]):
        assert third.get(address).status_code == 404
    assert council.get(at["docx"].replace("docx", "exe")).status_code == 404


@pytest.mark.parametrize(("said", "sentence"), [
    ({}, "There is a problem"), ({"kind": "accepted"}, "Say who advised"),
    ({"kind": "accepted", "officer": "x"}, "Write what they advised"), ({"kind": "none"}, "Say why it is not"),
    ({"kind": "accepted", "officer": "x", "advice": "y", **dates(given=2)}, "cannot have been given after today"),
    ({"kind": "none", "reason": "x", "number": "9"}, "written meanwhile"),
    ({"kind": "none", "reason": "x", "number": "99999999999"}, "There is a problem"),
])
def test_what_is_answered_wrongly_is_said(there, said, sentence):
    council, *_, at = there
    assert sentence in text(council.post(at["impact-advise"], {"number": "1", **said}))
    assert not ImpactAdvice.objects.exists()
