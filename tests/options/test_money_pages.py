"""The worked example's money, through its pages and files, by the right people."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.core.models import Partnership, Person
from commonweal.options.models import Allocation, Bid, ComparatorSet, ContractCase, MoneySheet, PublicVote


def client_of(email):
    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(Person.objects.get(email=email), backend=backend)
    return client


@pytest.fixture
def there(example_records):
    return Partnership.objects.get(end=None).pk


@pytest.fixture
def officer(there):
    return client_of("officer@larkmere.example")


def words(client, name, *keys, query=""):
    answer = client.get(reverse(f"options:{name}", args=keys) + query)
    assert answer.status_code == 200, answer
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sheet(title="How our leisure centres are run"):
    return MoneySheet.objects.get(title=title)


@pytest.mark.promise("A4")
def test_options_in_pounds_with_what_would_turn_the_answer(officer, there):
    page = words(officer, "money-sheet", there, sheet().pk)
    for part in ("comes out ahead in pounds", "Net present value at other rates", "Rate under review",
                 "How wrong a line of", "Benefits by need", "Weighted by income", "VAT"):
        assert part in page
    assert "Do not decide on it" in page


@pytest.mark.promise("A5")
def test_who_could_carry_the_risk_and_what_share_is_proposed(officer, there):
    page = words(officer, "risk", there, ContractCase.objects.get().pk)
    for part in ("could survive the worst year in twenty", "The community group, with £22,000 put by",
                 "A proportionate share of risk", "must be subsidised", "As a rule better: the council",
                 "seed 20261127"):
        assert part in page


@pytest.mark.promise("A3")
def test_whether_size_matters_and_what_joining_may_save(officer, there):
    found = ComparatorSet.objects.get()
    some = list(found.bodies.order_by("size").values_list("pk", flat=True)[:2])
    page = words(officer, "scale", there, found.pk, query=f"?body={some[0]}&body={some[1]}&share=100&once=50,000")
    for part in ("twice the size", "Where a single body may lie", "best size", "spend £",
                 "£50,000 of changing over"):
        assert part in page


@pytest.mark.promise("A6")
def test_a_trust_weighs_a_bid_that_nobody_else_sees(officer, there):
    bid = Bid.objects.get()
    page = words(client_of("secretary@larkmeretrust.example"), "bid", there, bid.pk)
    for part in ("Do not bid: your objects", "Objects and powers", "Subsidy needed", "you would still win at",
                 "Reserves run out in", "Partner or compete", "Only people of Larkmere Leisure and Culture Trust"):
        assert part in page
    assert officer.get(reverse("options:bid", args=[there, bid.pk])).status_code == 404
    assert bid.title not in words(officer, "money", there)
    assert bid.title in words(client_of("chief@larkmeretrust.example"), "money", there)


def test_a_budget_and_a_vote(officer, there):
    page = words(officer, "budget", there, Allocation.objects.get().pk)
    for part in ("Fund ", "keeps the floors", "What does fairness cost?", "proven", "(must be)"):
        assert part in page
    page = words(officer, "vote", there, PublicVote.objects.get().pk)
    for part in ("projects are funded", "method of equal shares", "Mark of the rule", "By plain most votes"):
        assert part in page


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx", "exe"])
def test_each_page_as_a_file(officer, there, ending):
    trust = client_of("secretary@larkmeretrust.example")
    asked = [
        (officer, "money-file", sheet().pk), (officer, "risk-file", ContractCase.objects.get().pk),
        (officer, "scale-file", ComparatorSet.objects.get().pk), (trust, "bid-file", Bid.objects.get().pk),
        (officer, "budget-file", Allocation.objects.get().pk), (officer, "vote-file", PublicVote.objects.get().pk),
    ]
    for client, name, pk in asked[:2] if ending == "pdf" else asked:
        answer = client.get(reverse(f"options:{name}", args=[there, pk, ending]))
        assert answer.status_code == (404 if ending == "exe" else 200)
        assert ending == "exe" or "invented" in answer["Content-Disposition"]


def test_the_home_leads_to_it(officer, there):
    assert reverse("options:money", args=[there]) in officer.get(
        reverse("web:partnership", args=[there])).content.decode()
