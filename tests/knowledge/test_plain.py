"""Plain words: what is found in a text, wordings accepted, a Word file back with comments, and who may ask."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.world import signed_in

from commonweal.core.permissions import Role
from commonweal.core.viewer import ANONYMOUS, viewer_of
from commonweal.knowledge.actions.saying import Saying
from commonweal.knowledge.actions.terms import propose_term, sign_term
from commonweal.knowledge.plain import Kind, accepted, check_text
from commonweal.knowledge.plain_document import LARGEST, MOST_COMMENTS, commented
from commonweal.knowledge.plain_pages import marked
from commonweal.knowledge.queries.jargon import instead_of, jargon_for
from commonweal.knowledge.queries.words import seed_words
from commonweal.lake.opening import CannotOpen
from commonweal.policy.plain_words import PlainWordsWrong, plain_words, plain_words_from

TEXT = "In order to help, the LSP was asked to utilise its money. " + "It goes on and on " * 6 + "without an end."


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


def word_file(*paragraphs: str) -> bytes:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    made.add_table(1, 1).cell(0, 0).text = "Staff utilise the hall."
    filled = io.BytesIO()
    made.save(filled)
    return filled.getvalue()


def comments_in(content: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(content)).comments]


def test_every_kind_is_found_where_it_stands():
    check = check_text(TEXT, jargon_for(ANONYMOUS))
    said = {(one.kind, one.said) for one in check.findings if one.kind is not Kind.LONG}
    assert said == {
        (Kind.WORDY, "In order to"), (Kind.JARGON, "LSP"), (Kind.PASSIVE, "was asked"), (Kind.WORDY, "utilise"),
    }
    assert check.counted(Kind.LONG) == 1
    assert all(TEXT[one.start:one.end] == one.said for one in check.findings)
    assert check.counts == (
        "Look again at 1 long sentence, 1 sentence that does not say who, 2 longer wordings "
        "and 1 word of the trade."
    )


@pytest.mark.parametrize(("text", "said"), [
    ("", "There are no words to check."),
    ("Short and sweet.", "Too short for a reading age to mean much (3 words in 1 sentence; it takes 100 words)."),
    ("We help people swim. " * 30, "A reader of about 6 years can follow this (120 words in 30 sentences)."),
])
def test_the_verdict_gives_its_base(text, said):
    assert check_text(text).verdict.startswith(said)


def test_accepted_wordings_keep_the_case_and_leave_the_rest():
    check = check_text("In order to win, utilise it PRIOR TO noon.")
    keys = [one.key for one in check.findings]
    assert accepted(check, keys) == "To win, use it before noon."
    assert accepted(check, keys[1:2]) == "In order to win, use it PRIOR TO noon."
    assert accepted(check, ["wordy-999-1000", "nonsense"]) == check.text


PARTS = ("in order to", "swim", "was paid", "LSP", "\n\n", ".", "utilise", "£", "é")


@given(st.lists(st.sampled_from(PARTS), max_size=30))
@settings(max_examples=40)
def test_marks_lose_nothing_and_every_wording_can_be_accepted(parts):
    check = check_text(" ".join(parts), jargon_for(ANONYMOUS))
    assert "".join(one.text for one in marked(check)) == check.text
    again = check_text(accepted(check, [one.key for one in check.findings]), ())
    assert again.counted(Kind.WORDY) == 0


def test_a_word_of_the_trade_is_explained_or_replaced():
    known = {one.key: one for one in jargon_for(ANONYMOUS)}
    assert known["lsp"].href == reverse("knowledge:word", args=["lsp"])
    assert not any(word.everyday and word.slug in known for word in seed_words().values())
    offered = [instead_of(word) for word in seed_words().values() if not word.everyday]
    assert sum(map(bool, offered)) > len(offered) / 2


def test_what_partners_agreed_is_what_their_texts_are_checked_against(world):
    admin = viewer_of(world.admin())
    saying = Saying("Blue offer", "Free swimming for people sent by a doctor.")
    term = propose_term(by=admin, partnership=world.partnership, saying=saying, slug="blue-offer").identity
    sign_term(by=admin, term=term, seen=1)
    ours = {one.key for one in jargon_for(admin, world.partnership.pk)}
    theirs = {one.key for one in jargon_for(viewer_of(world.outsider), world.partnership.pk)}
    assert "blue-offer" in ours
    assert "blue-offer" not in theirs


@pytest.mark.promise("P4")
def test_a_text_is_checked_and_a_wording_accepted_in_one_press(db):
    browser = Client()
    page = browser.post(reverse("knowledge:plain"), {"text": TEXT.replace(". ", ".\r\n")}).content.decode()
    assert '<mark class="cw-plain__wordy">utilise</mark>' in page
    assert "A group of local public, private and voluntary bodies" in page
    key = re.search(r'name="use" value="(wordy-\d+-\d+)">Say “use”', page)[1]
    text = unescape(re.search(r'name="text" value="([^"]*)"', page)[1])
    sent = {"text": text.replace("\n", "\r\n"), "use": key}
    after = browser.post(reverse("knowledge:plain"), sent).content.decode()
    assert "asked to use its money" in after
    assert "1 longer wording" in after
    every = browser.post(reverse("knowledge:plain"), {"text": text, "use": "all"}).content.decode()
    assert "longer wording" not in every.split("Change it here")[0].split("Your text, marked")[0]


@pytest.mark.parametrize("sent", [
    {}, {"text": ""}, {"text": "x" * 60_001}, {"text": "\x00"}, {"text": "a", "partnership": "nonsense"},
    {"text": "a", "use": ["long-1", "wordy-9-1", "💥"]}, {"text": "\u202eאבג " * 900}, {"text": "." * 60_000},
    {"text": "is " * 20_000}, {"text": "a" * 60_000},
])
def test_whatever_is_sent_is_answered(db, sent):
    assert Client().post(reverse("knowledge:plain"), sent).status_code in {200, 400}


@pytest.mark.promise("P4")
def test_a_word_file_comes_back_with_comments(world):
    browser = signed_in(world.people[Role.CONTRIBUTOR])
    sent = word_file(TEXT, "The LSP again, prior to noon.")
    answer = browser.post(reverse("knowledge:plain-word"), {"file": SimpleUploadedFile("ours.docx", sent)})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="in-plain-words.docx"'
    said = comments_in(answer.content)
    assert any("Shorter wording: “In order to”" in one and "Say instead: “to”." in one for one in said)
    assert sum("LSP" in one for one in said) == 1  # once a document
    assert sum("utilise" in one for one in said) == 2  # the table too
    assert any(one.startswith("Too short for a reading age") for one in said)
    body = docx.Document(io.BytesIO(answer.content))
    assert [one.text for one in body.paragraphs] == [TEXT, "The LSP again, prior to noon."]


@pytest.mark.parametrize(("name", "content", "says"), [
    ("notes.docx", b"just words", "is not a Word file that can be opened"),
    ("old.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is not a Word file that can be opened"),
    ("broken.docx", b"PK\x03\x04" + b"\0" * 50, "damaged archive"),
    ("empty.docx", b"", "The file is empty"),
])
def test_a_file_that_is_no_word_file_gets_a_sentence(world, name, content, says):
    browser = signed_in(world.people[Role.CONTRIBUTOR])
    page = browser.post(reverse("knowledge:plain-word"), {"file": SimpleUploadedFile(name, content)})
    assert page.status_code == 200
    assert says in page.content.decode()


def test_hostile_word_files_get_a_sentence():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 40_000_000)
    with pytest.raises(CannotOpen, match="times its size"):
        commented("bomb.docx", bomb.getvalue(), ())
    none = io.BytesIO()
    docx.Document().save(none)
    with pytest.raises(CannotOpen, match="holds no text"):
        commented("none.docx", none.getvalue(), ())
    assert LARGEST == 10 * 1024 * 1024


def test_a_very_wordy_file_gets_its_first_comments_and_is_told_of_the_rest():
    made = commented("long.docx", word_file(*["Utilise it prior to noon."] * 200), ())
    assert (made.comments, made.left_out) == (MOST_COMMENTS, 401 - MOST_COMMENTS)
    assert f"{made.left_out} more things to look at" in comments_in(made.content)[-1]


def test_what_is_written_here_says_how_it_reads(world):
    from django.template import Context, Template

    told = Template("{% load plain_words %}{% plainly a b partnership=p %}")
    context = {"viewer": viewer_of(world.admin()), "a": "Utilise it.", "b": "", "p": world.partnership.pk}
    shown = told.render(Context(context))
    assert "Look again at 1 longer wording." in shown
    assert f'value="{world.partnership.pk}"' in shown
    assert told.render(Context({**context, "a": " "})).strip() == ""


@pytest.mark.parametrize(("change", "says"), [
    ({"more": 1}, "missing or unknown"),
    ({"shorter": [{"say": "use", "for": []}]}, "needs `say` and `for`"),
    ({"shorter": [{"say": "use", "for": ["utilise", "utilise"]}]}, "stands twice"),
    ({"shorter": [{"say": "use", "for": ["Utilise"]}]}, "small letters"),
])
def test_a_wrong_file_of_words_is_refused(change, says):
    known = plain_words()
    whole = {
        "checked": known.checked, "next_review": known.next_review, "author": "x",
        "limits": {"long_sentence_words": 25, "reading_age": {"public": 13, "officers": 15}}, "sources": [],
        "shorter": [], "be": [], "between": [], "participles": [], "describes": [], "abbreviations": [],
    }
    assert plain_words_from(whole).shorter == {}
    with pytest.raises(PlainWordsWrong, match=says):
        plain_words_from({**whole, **change})
