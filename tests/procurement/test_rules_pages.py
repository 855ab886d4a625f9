"""Which rules apply, asked without an account: each regime, what is missing, what cannot be read."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from commonweal.core import clock

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TOLD = {"deal": "contract", "buyer": "sub-central", "nation": "england", "what": "light-touch", "net": "£900,000",
        "vat_rate": "0.2", "begun_day": "1", "begun_month": "12", "begun_year": "2026"}


@pytest.fixture
def browser(db):
    with clock.fixed(NOW):
        yield Client()


def asked(browser, **facts):
    page = browser.get(reverse("procurement:rules"), TOLD | facts).content.decode()
    return page + " ".join(re.sub(r"<[^>]*>", "", page).split())


def began(day, month, year):
    return {"begun_day": str(day), "begun_month": str(month), "begun_year": str(year)}


# what is told, and what the answer says: which rule, which threshold, since when
REGIMES = [
    (began(1, 6, 2009) | {"net": "200000"}, (
        "The Public Contracts Regulations 2006 apply, lightly", "£139,893 without VAT; this is £200,000",
        "Part B", "within 48 days", "since 31 January 2006", "unchecked: confirm")),
    (began(1, 6, 2020) | {"net": "60000", "what": "services", "advertised": "yes"}, (
        "The full rules do not apply: £60,000 without VAT is below the threshold of £189,330", "Contracts Finder",
        "PCR 2015 reg 110", "since 1 January 2020")),
    ({}, ("The Procurement Act 2023 applies, lightly: £1,080,000 with VAT reaches the threshold of £663,540",
          "since 1 January 2026", "Tender notice (UK4)", "Within 120 days", "No standstill is required",
          "ukpga/2023/54/section/50", "See whether £416,461 less would do", "Not due, and why")),
    ({"net": "18000"}, ("The full rules do not apply", "No national notice is due under £30,000")),
    ({"deal": "grant"}, ("A genuine grant is not procurement", "£315,000", "Subsidy Control Act 2022 s36",
                         "since 4 January 2023")),
    ({"buyer": "charity"}, ("does not bind a charity", "Procurement Act 2023 s2")),
    ({"deal": "trade"}, ("A trade is judged by what each side gives",)),
    ({"nation": "wales"}, ("Wales has regulations of its own", "unchecked: confirm")),
    ({"net": "60000", "reserve": "local"}, ("it must still be a competition",)),
    ({"reserve": "local"}, ("Not allowed", "Only a competition below the threshold may be reserved")),
]


@pytest.mark.promise("R2")
@pytest.mark.parametrize(("facts", "said"), REGIMES)
def test_the_answer_says_which_rule_which_threshold_since_when(browser, facts, said):
    page = asked(browser, **facts)
    assert not [words for words in said if words not in page]


@pytest.mark.parametrize(("facts", "said"), [
    ({"nation": "scotland"}, "not covered here"), ({"what": "mixed"}, "take legal advice"),
    ({"deal": "", "net": ""}, "Cannot determine yet: tell me whether it is a contract"),
    ({"vat_rate": ""}, "tell me whether VAT is charged"), ({"net": "abc"}, "This must be a number of pounds"),
    ({"net": "-5"}, "Error: Which rules apply?"), ({"net": "NaN"}, "This must be a number of pounds"),
    ({"net": "9" * 30}, "may have 14 digits at most"), (began(31, 2, 2026), "This must be a real date"),
    (began(1, 1, 1999), "No rules are held for the day"), ({"buyer": "<b>"}, "from the answers that are there"),
    ({"years": "soon"}, "This must be a number of years"), ({"reserve": "mutual"}, "tell me how long it lasts"),
])  # fmt: skip
def test_what_is_missing_or_cannot_be_read_gets_a_sentence(browser, facts, said):
    assert said in asked(browser, **facts)


def test_the_questions_come_first_with_what_is_often_believed(browser):
    page = browser.get(reverse("procurement:rules")).content.decode()
    assert "What do you want to do?" in page
    assert "Grants are procurement." in page
    assert "What would make it lighter" not in page


def test_the_answer_is_taken_along_as_word_and_pdf(browser):
    got = browser.get(reverse("procurement:rules-file", args=["docx"]), TOLD)
    text = "\n".join(one.text for one in Document(BytesIO(got.content)).paragraphs)
    for said in ("£1,080,000 with VAT", "What to publish", "Procurement Act 2023 s50", "not legal advice"):
        assert said in text
    assert browser.get(reverse("procurement:rules-file", args=["pdf"]), TOLD).content[:4] == b"%PDF"
    assert browser.get(reverse("procurement:rules-file", args=["docx"]), {"net": "abc"}).status_code == 404


def test_rules_as_data(browser):
    told = {"deal": "contract", "buyer": "sub-central", "nation": "england", "what": "light-touch",
            "net": "900000", "vat_rate": "0.2", "begun": "2026-12-01"}
    found = browser.get("/api/procurement/rules", told).json()
    assert found["determined"]
    assert len(found["notices"]) == 17
    assert found["threshold"]["since"] == "1 January 2026"
    assert found["settles"] == ["engaged"]
    lacking = browser.get("/api/procurement/rules").json()["missing"]
    assert lacking == ["deal", "buyer", "nation", "begun", "what", "net", "vat_rate"]
    assert browser.get("/api/procurement/rules", {"net": "much"}).status_code == 400
    assert "not an answer" in browser.get("/api/procurement/rules", {"deal": "gift"}).json()["answer"]


def test_past_their_review_the_rules_give_no_answer(browser):
    with clock.fixed(datetime(2027, 6, 1, 9, tzinfo=UTC)):
        assert "nobody has, so they give no answer" in asked(browser)
        assert "Confirm before you rely on one" in browser.get(reverse("procurement:myths")).content.decode()


@pytest.mark.parametrize(("words", "said"), [
    ("", "40 things people say"), ("Official", "1 of 40 has"), ("grants", "of 40 have"), ("zebra", "0 of 40 have"),
    ("<script>", "&lt;script&gt;"), ("\x00local", "2 of 40"), ("x" * 5000, "0 of 40"),
])
def test_myths_are_found_by_words(browser, words, said):
    assert said in browser.get(reverse("procurement:myths"), {"q": words}).content.decode()


def test_myths_as_data(browser):
    found = browser.get("/api/procurement/myths", {"q": "grants"}).json()
    assert {"number", "truth", "since", "source", "checked"} <= set(found[0])
    assert any(not one["checked"] for one in found)


def test_every_notice_says_who_when_and_who_need_not(browser):
    page = browser.get(reverse("procurement:notices")).content.decode()
    assert all(f'id="UK{n}"' in page for n in range(1, 18))
    assert "Light touch above the threshold: within 120 days" in page


def test_a_stranger_finds_them_from_the_first_page(browser, settings, tmp_path):
    settings.VAR = tmp_path
    assert reverse("procurement:rules") in browser.get("/").content.decode()
