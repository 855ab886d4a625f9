"""A consultation's export becomes one piece a question; nobody who answered comes in with it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from importlib.resources import files

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.needs.conftest import words_of
from tests.needs.test_capacity import partner
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.errors import Refused
from commonweal.core.permissions import Role
from commonweal.needs.content import read
from commonweal.needs.models import EvidenceItem
from commonweal.needs.participation import Grid, results_in

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
COMMENTS = """Topic,Comment,Submitted at,Likes,Dislikes,Author ID,Author name,E-mail
Parks,More lights by the river,2026-09-01T10:15:00Z,"1,020",30,a1,Ann Abel,ann@post.example
Parks,Ring me on 020 7946 0018,2026-09-03T10:15:00Z,500,0,b2,Bo Bell,bo@post.example
Parks,Benches,2026-09-02,0,20,a1,Ann Abel,ann@post.example
Pools,Open on Sundays,04/09/2026 18:00,50,50,c3,Cy Coe,cy@post.example
Pools,,05/09/2026,9,9,d4,Di Dee,di@post.example
"""


def grid(headings, *rows) -> Grid:
    return Grid(tuple(headings), tuple(tuple(row) for row in rows), tuple(range(2, 2 + len(rows))))


def comments() -> Grid:
    rows = [line.replace('"1,020"', "1020").split(",") for line in COMMENTS.splitlines()]
    return grid(rows[0], *rows[1:])


def test_the_words_that_recognise_columns_fit_their_schema():
    schema = json.loads(files("commonweal.needs.content").joinpath("participation.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(read("participation"))


def test_comments_of_one_question_are_one_finding():
    found = results_in(comments(), name="consultation")
    parks, pools = found.questions
    assert (parks.title, parks.answered, parks.first, parks.last) == (
        "Parks", 2, date(2026, 9, 1), date(2026, 9, 3)), "two people wrote three comments"
    assert "3 comments." in parks.summary
    assert "1,520 of 1,570 votes agreed with what was said (97%)." in parks.summary
    assert "“More lights by the river”" in parks.summary
    assert (pools.answered, pools.first) == (1, date(2026, 9, 4)), "an empty comment is none"
    assert "“" not in pools.summary, "as many disagreed as agreed"
    assert found.left == ("Author ID", "Author name", "E-mail")


def test_nothing_that_points_at_a_person_is_in_what_comes_out():
    said = repr(results_in(comments(), name="consultation").questions)
    for personal in ("7946", "Ann", "Bell", "post.example", "a1", "b2"):
        assert personal not in said


def test_comments_without_people_say_that_people_are_not_known():
    question, = results_in(grid(["Comment"], ["Yes"], ["No"]), name="Ideas for Kiln Lane").questions
    assert (question.title, question.answered, question.first) == ("Ideas for Kiln Lane", 2, None)
    assert "Comments are counted, not people" in question.limits
    assert "votes" not in question.summary


def answered(*counts: tuple[str, int]) -> str:
    rows = [[answer, "SW1A 1AA"] for answer, count in counts for _ in range(count)]
    return results_in(grid(["1. Would you swim?", "2. Where do you live?"], *rows), name="x").questions[0].summary


@pytest.mark.parametrize(("counts", "said"), [
    ([("Yes", 60), ("No", 40)], "What they answered: Yes 60%; No 40%."),
    ([("Yes", 60), ("No", 31), ("Maybe", 9)], "What they answered: Yes 60%; other answers 40%."),
    ([("Yes", 80), ("No", 12), ("Maybe", 4), ("Often", 4)], "Yes 80%; No 12%; other answers 8%."),
    ([("Yes", 20), ("No", 9)], "29 answers."),
])
def test_answers_of_few_people_are_not_shown_and_cannot_be_worked_out(counts, said):
    assert answered(*counts).endswith(said)


def test_a_column_of_postcodes_is_left_at_the_door_whatever_it_is_called():
    found = results_in(grid(["1. Would you swim?", "2. And where?", "3. What is your name?"],
                            *([["Yes", "SW1A 1AA", "Ann"]] * 40)), name="x")
    assert [one.title for one in found.questions] == ["1. Would you swim?"]
    assert found.left == ("2. And where?", "3. What is your name?")


def test_answers_in_own_words_are_counted_and_not_kept():
    table = grid(["What would help?"], *([f"Reason {number}"] for number in range(40)))
    question, = results_in(table, name="x").questions
    assert question.answered == 40
    assert "Reason" not in question.summary
    assert "in their own words" in question.summary


@pytest.mark.parametrize(("table", "said"), [
    (grid(["Comment", "Likes"], ["Yes", "4"], ["No", "many"]), "Row 3, column “Likes”: “many” is not a whole"),
    (grid(["Comment", "Likes"], ["Yes", "-4"]), "“-4” is not a whole number"),
    (grid(["Name", "Age"], ["Ann", "44"]), "No comment and no answer was found"),
    (grid(["Topic", "Comment"], *([f"Topic {number}", "Yes"] for number in range(61))), "holds 61 questions"),
    (grid(["Comment"], [""]), "No comment and no answer was found"),
])
def test_what_cannot_be_read_says_where_and_what_to_do(table, said):
    with pytest.raises(Refused, match=said):
        results_in(table, name="x")


ROWS = st.tuples(
    st.sampled_from(["Parks", "", "Pools"]), st.text(max_size=20), st.text(max_size=12),
    st.text(alphabet="0123456789,.-x", max_size=6), st.sampled_from(["", "p1", "p2"]),
)


@settings(max_examples=40)
@given(st.lists(ROWS, max_size=8))
def test_any_table_gives_findings_or_a_sentence(rows):
    headings = ["Topic", "Comment", "Date", "Likes", "User ID"]
    try:
        found = results_in(grid(headings, *rows), name="x")
    except Refused as refusal:
        event(str(refusal)[:20])
        return
    assert 1 <= sum(one.answered for one in found.questions) <= len(rows)
    assert all(one.first is None or one.first <= one.last for one in found.questions)


@pytest.fixture
def world(world):
    with clock.fixed(NOW):
        yield world


def sent(world, person, content=COMMENTS, *, name="parks and pools.csv", **more):
    address = reverse("needs:evidence-participation", args=[world.partnership.pk])
    file = SimpleUploadedFile(name, content.encode())
    asked = {"file": file, "perspective": "community", "asked_by": "online", "covers": "whole", **more}
    return signed_in(person).post(address, asked, follow=True)


def test_a_file_comes_in_through_the_page_once(world):
    trust = partner(world)
    said = words_of(sent(world, trust).content.decode())
    assert "2 questions are kept. Left at the door: Author ID, Author name and E-mail." in said
    kept = {row.title: row for row in EvidenceItem.objects.all()}
    assert set(kept) == {"Parks", "Pools"}
    assert (kept["Parks"].answered, kept["Parks"].kind, kept["Parks"].placed) == (2, "participation", None)
    again = words_of(sent(world, trust).content.decode())
    assert "is here already. Nothing was brought a second time." in again
    assert EvidenceItem.objects.count() == 2
    assert "Parks" not in words_of(signed_in(world.admin()).get(
        reverse("needs:evidence-list", args=[world.partnership.pk])).content.decode())


@pytest.mark.parametrize(("content", "name", "said"), [
    ("", "empty.csv", "empty.csv"),
    ("Name,Age\nAnn,44\n", "people.csv", "No comment and no answer was found"),
    ("\x00\x01", "what.exe", "what.exe"),
    ("Comment,Date\nYes,2030-01-01\n", "later.csv", "gathered after today"),
    ("Topic,Comment\nMrs Patel,Yes\n", "named.csv", "I have checked"),
])
def test_a_file_that_will_not_do_gets_a_sentence_and_nothing_is_kept(world, content, name, said):
    answer = sent(world, world.people[Role.CONTRIBUTOR], content, name=name)
    assert answer.status_code == 200
    assert said in words_of(answer.content.decode())
    assert not EvidenceItem.objects.exists()
