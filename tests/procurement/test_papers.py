"""Papers in proportion: right for the tier, filled in, real boxes in Word, one text, never a question more."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal as D
from importlib.resources import files
from io import BytesIO

import jsonschema
import pytest
import yaml
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from tests.access.commissions import FACTS, SPEC, made
from tests.access.competitions import published
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.policy import papers as data
from commonweal.policy.papers import DEALS, PapersAreMalformed, answer_questions, interest_questions, papers_for
from commonweal.policy.tiers import tier_risks, tiers
from commonweal.present.document import AskBlock, BulletList, Heading, SummaryBlock
from commonweal.procurement.actions.commission import choose_tier, size_commission, tell_facts
from commonweal.procurement.deadline import said
from commonweal.procurement.documents.papers import Filled, paper_document, questions_of
from commonweal.procurement.pages.papers import documents_of
from commonweal.procurement.queries.commissions import commission_for
from commonweal.procurement.queries.specifications import specification_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FOLDER = files("commonweal.policy") / "data" / "papers"
CONTENT = yaml.safe_load((FOLDER / "papers.yaml").read_text("utf-8"))
SCHEMA = json.loads((FOLDER / "papers.schema.json").read_text("utf-8"))
RISKS = [one.key for one in tier_risks()]


def as_json(content):
    return json.loads(json.dumps(content, default=str))


def test_the_papers_keep_their_schema_and_serve_every_document_a_tier_names():
    jsonschema.Draft202012Validator(SCHEMA).validate(as_json(CONTENT))
    elsewhere = {"Specification", "Business case"}      # a page of their own
    for tier in tiers():
        for deal in DEALS:
            served = {name for paper in papers_for(tier, deal) for name in paper.serves}
            assert set(tier.documents) - elsewhere - served in (set(), {"Letter of agreement"} - served)


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda c: c["interest"]["questions"][1].append("ease"), "more than tier 1 allows"),
    (lambda c: c["interest"]["questions"].__setitem__(1, ["staff"]), "more than tier 1 allows"),
    (lambda c: c["guides"].pop("who"), "one guide"),
    (lambda c: c["papers"][0]["sections"][0].__setitem__("risks", ["comets"]), "risk there is none of"),
])  # fmt: skip
def test_a_slip_in_the_words_is_caught(spoil, said):
    content = yaml.safe_load((FOLDER / "papers.yaml").read_text("utf-8"))
    spoil(content)
    with pytest.raises(PapersAreMalformed, match=said):
        data._sound(content)


@pytest.fixture
def filled(world):
    with clock.fixed(NOW):
        by = viewer_of(world.admin())
        card = commission_for(by, world.partnership.pk, made(world).pk)
        return Filled(card, specification_of(by, card), card.tier)


def boxes(document):
    return [ask for block in document.blocks if isinstance(block, AskBlock) for ask in block.asks]


@given(number=st.integers(1, 5), deal=st.sampled_from(DEALS), risks=st.sets(st.sampled_from(RISKS)),
       written=st.booleans())
def test_no_paper_asks_a_bidder_more_than_the_tier_allows(world_once, number, deal, risks, written):
    tier = tiers()[number - 1]
    for paper in papers_for(tier, deal, frozenset(risks)):
        asked = questions_of(paper, tier)
        assert len({one.key for one in asked}) <= len(tier.asked)
        slots = {one.slot for one in paper.sections}
        if slots & {"answers", "interest"}:     # a form for bidders: no box but for its questions and a name
            loose = [ask for one in paper.sections for ask in one.asks]
            assert {ask.label for ask in loose} <= {"Name", "For whom", "Day"}
            assert all(ask.lines == 1 for ask in loose)
    assert {one.key for one in answer_questions(tier)} == {one.key for one in tier.asked}
    assert len(interest_questions(tier)) <= min(len(tier.asked), 5)


def test_one_text_serves_bidder_buyer_and_public(filled, client):
    told = {row["tier"]: row for row in client.get("/api/procurement/questions").json()}
    public = [one["words"] for one in told[4]["answer"]]
    papers = {paper.key: paper_document(paper, filled, invented=False)
              for paper in papers_for(filled.tier, "contract")}
    bidder = [re.sub(r"^\d+\. ", "", one.label) for one in boxes(papers["answers"])][:len(public)]
    buyer = [re.sub(r"^\d+\. ", "", one.label) for one in boxes(papers["evaluation"]) if one.label[0].isdigit()]
    invited = [item[0].text for one in papers["invitation"].blocks if isinstance(one, BulletList)
               for item in one.items if hasattr(item[0], "text")]
    assert public == bidder == buyer
    assert public == [one for one in invited if one in public]


@pytest.mark.parametrize(("deal", "tier", "key", "holds", "lacks"), [
    ("grant", 1, "letter", "It is a grant: what you do not need for this you give back", "invoice"),
    ("grant", 3, "grant", "The recipient may reach this in its own way", "Children or adults"),
    ("contract", 4, "contract-full", "Schedule 7: handing over at the end", "Schedule 8"),
    ("concession", 4, "contract-full", "Prices to users and who pays less", "Paid for what"),
    ("trade", 2, "contract-short", "Each half year we look at the balance", "Each valid invoice"),
    ("contract", 3, "evaluation", "Have you, or anybody near you, an interest in it?", "Signed"),
    ("contract", 5, "feedback-lost", "What the chosen one had more of", "Nothing is agreed until"),
])  # fmt: skip
def test_each_paper_says_what_its_deal_and_tier_need(filled, deal, tier, key, holds, lacks):
    card = replace(filled.card, facts=replace(filled.card.facts, deal=deal), tier=tiers()[tier - 1])
    paper = next(one for one in papers_for(card.tier, deal) if one.key == key)
    text = str(paper_document(paper, Filled(card, filled.spec, card.tier), invented=False).blocks)
    assert holds in text
    assert lacks not in text
    assert not re.search(r"\{\w+\}|\[\[", text)
    numbers = [int(one.text.split(".")[0]) for one in paper_document(
        paper, filled, invented=False).blocks if isinstance(one, Heading) and one.text[0].isdigit()]
    if key in ("grant", "contract-short", "contract-full"):
        assert numbers == list(range(1, len(numbers) + 1))


def test_what_is_ticked_adds_its_clause_and_what_is_unknown_is_a_box(filled):
    guarded = papers_for(tiers()[1], "grant", frozenset({"safeguarding"}))
    assert any("Children or adults at risk" in section.title for paper in guarded for section in paper.sections)
    card = replace(filled.card, facts=replace(filled.card.facts, net=None, deal="grant"), starts_on=None)
    for paper in papers_for(tiers()[1], "grant"):
        document = paper_document(paper, Filled(card, None, tiers()[1]), invented=False)
        assert not any(None in dict(block.rows).values() for block in document.blocks
                       if isinstance(block, SummaryBlock))
    grant = next(one for one in papers_for(tiers()[1], "grant") if one.key == "grant")
    assert "Blank(text='the difference wanted')" in str(paper_document(grant, Filled(card, None, tiers()[1]),
                                                                       invented=False).blocks)


def test_as_many_documents_as_the_table_of_tiers_counts(filled):
    for tier in tiers():
        for deal in DEALS:
            card = replace(filled.card, tier=tier, facts=replace(filled.card.facts, deal=deal))
            assert len(documents_of(card, tier)) == len(tier.documents)
    assert "Grant agreement" in documents_of(
        replace(filled.card, facts=replace(filled.card.facts, deal="grant")), tiers()[3])


def paper_text(browser, one, key):
    """A paper as it is read: the boxes are named in its text."""
    word = Document(BytesIO(browser.get(reverse("procurement:paper-file", args=[*one, key, "docx"])).content))
    return "".join(node.text or "" for node in word.element.iter(qn("w:t")))


@pytest.mark.promise("R4")
def test_from_the_commission_to_a_form_that_can_be_filled_in(world, settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        browser, by, row = signed_in(world.admin()), viewer_of(world.admin()), made(world)
        one = [world.partnership.pk, row.pk]
        page = browser.get(reverse("procurement:commission", args=one)).content.decode()
        home = reverse("procurement:papers", args=one)
        assert home in page
        for number, papers, questions in ((4, 6, 12), (3, 4, 9)):
            choose_tier(by=by, commission=row, tier=number, reason="Fit")
            pack = browser.get(home).content.decode()
            assert f"Tier {number} has {papers} documents and asks bidders {questions} questions" in pack
        told = browser.get(f"/api/partnerships/{one[0]}/commissions/{one[1]}/papers").json()
        assert ["answers", 9, True] in [[line["key"], line["questions"], line["form"]] for line in told]
        answers = browser.get(reverse("procurement:paper-file", args=[*one, "answers", "docx"]))
        word = Document(BytesIO(answers.content))
        controls = [found.find(qn("w:sdtPr")) for found in word.element.iter(qn("w:sdt"))]
        titles = [found.find(qn("w:alias")).get(qn("w:val")) for found in controls]
        assert len(titles) == 9 + 3
        assert titles[0] == "1. Who are you, and who would do the work?"
        assert sum(found.find(qn("w:date")) is not None for found in controls) == 1
        sheet = Document(BytesIO(browser.get(
            reverse("procurement:paper-file", args=[*one, "evaluation", "docx"])).content))
        lists = list(sheet.element.iter(qn("w:dropDownList")))
        assert len(lists) == 9 + 1
        blank = paper_text(browser, one, "invitation")
        assert "day and time" in blank
        competition = published(world)
        paper = paper_text(browser, one, "invitation")
        assert f"http://testserver{reverse('procurement:competition', args=[competition.pk])} (no account" in paper
        assert f"by {said(competition.closes)}" in paper
        assert "day and time" not in paper
        assert f"price {competition.price_weight}." in paper
        assert f"Ring or write: {competition.contact}" in paper_text(browser, one, "feedback-lost")
        invited = browser.get(reverse("procurement:paper-file", args=[*one, "invitation", "pdf"]))
        assert invited.content.startswith(b"%PDF")
        for paper, ending in (("answers", "pdf"), ("contract-full", "docx"), ("invitation", "csv")):
            assert browser.get(reverse("procurement:paper-file", args=[*one, paper, ending])).status_code == 404


def test_before_the_tier_is_chosen_the_page_says_how_to_begin(world, settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        browser, row = signed_in(world.admin()), made(world)
        tell_facts(by=viewer_of(world.admin()), commission=row, facts=replace(FACTS, net=D(18000)))
        page = browser.get(reverse("procurement:papers", args=[world.partnership.pk, row.pk])).content.decode()
        assert "Choose it first" in page
        assert SPEC.difference not in page
        size_commission(by=viewer_of(world.admin()), commission=row, risks=(), able="few")
        assert "Choose the tier" in page
