"""Survey exports: columns guessed, what people say of themselves read into groups, nobody's name let in."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.lake.opening.model import Sheet
from commonweal.lake.store import StoreDamaged
from commonweal.lake.surveys.groups import age_group, ages_in, band, group_of, yes_or_no
from commonweal.lake.surveys.proposing import as_before, fingerprint, propose, questions_in
from commonweal.lake.surveys.reading import NoQuestion, read_answers
from commonweal.lake.surveys.store import AnswerStore
from commonweal.lake.surveys.words import Use

N = 40
COLUMNS = {
    "Respondent ID": [f"{1000 + at}" for at in range(N)],
    "Your name": [f"Ann Other{at}" for at in range(N)],
    "Contact": [f"ann{at}@example.com" for at in range(N)],
    "Mobile": [f"07700 900{100 + at}" for at in range(N)],
    "Postcode": [f"BS1 {at % 10}AA" for at in range(N)],
    "Age": ["16-24", "25 to 44", "45-64", "65+"] * 10,
    "Gender": ["Female", "male", "F", "Prefer not to say"] * 10,
    "Ethnic group": ["White British", "Indian", "Mixed: White and Asian", "Black African"] * 10,
    "Do you have a disability?": ["Yes", "No", "No", "Don't know"] * 10,
    "Do you dance?": ["Yes", "No", "Not sure", "Yes"] * 10,
    "Where?": ["At home", "In a hall", "Outside", "At home"] * 10,
    "What else?": ["Swimming; Music", "Music", "Swimming", ""] * 10,
    "Happy, 0 to 10": [str(at % 11) for at in range(N)],
    "Would pay": ["I would pay", ""] * 20,
    "Comments": [f"I, {at}, would rather write you a long letter about number {at}." for at in range(N)],
    "Visits last year": [str(20 + 3 * at) for at in range(N)],
    "Empty": [""] * N,
}
SHEET = Sheet("answers", pa.table(COLUMNS), 2)
USES = {one.name: one.use for one in propose(SHEET)}


def nowhere(cells):
    return ["Marsh" if cell.startswith("BS1 1") else None for cell in cells]


@pytest.mark.parametrize(("column", "use"), [
    ("Respondent ID", Use.PERSONAL), ("Your name", Use.PERSONAL), ("Contact", Use.PERSONAL),
    ("Mobile", Use.PERSONAL), ("Postcode", Use.AREA), ("Age", Use.AGE), ("Gender", Use.SEX),
    ("Ethnic group", Use.ETHNICITY), ("Do you have a disability?", Use.DISABILITY), ("Do you dance?", Use.YES_NO),
    ("Where?", Use.SINGLE), ("What else?", Use.MULTI), ("Happy, 0 to 10", Use.SCALE), ("Would pay", Use.TICK),
    ("Comments", Use.PERSONAL), ("Visits last year", Use.IGNORE), ("Empty", Use.IGNORE),
])
def test_what_each_column_seems_to_be(column, use):
    assert USES[column] is use


def test_a_second_column_of_the_same_is_a_question_like_any_other():
    wards = ["Marsh", "Mill", "Marsh", "Quay"] * 10
    cells = {"Ward": wards, "Ward you shop in": wards, "Is your ward safe?": ["Yes", "No"] * 20}
    sheet = Sheet("a", pa.table(cells), 2)
    assert [one.use for one in propose(sheet)] == [Use.AREA, Use.SINGLE, Use.YES_NO]


def test_every_guess_has_a_reason_and_personal_ones_no_example():
    for one in propose(SHEET):
        assert one.reason.endswith((".", "”"))
        assert one.use is not Use.PERSONAL or not one.examples


@pytest.mark.parametrize(("use", "cell", "group"), [
    (Use.AGE, "37", "35 to 44"), (Use.AGE, "16 - 24", "16 to 24"), (Use.AGE, "25–34 years", "25 to 34"),
    (Use.AGE, "75+", "75 and over"), (Use.AGE, "65 or over", "65 and over"), (Use.AGE, "Over 64", "65 and over"),
    (Use.AGE, "Under 16", "0 to 15"), (Use.AGE, "15 and under", "0 to 15"), (Use.AGE, "old", None),
    (Use.AGE, "140", None), (Use.AGE, "44-25", None), (Use.AGE, "Prefer not to say", None),
    (Use.SEX, "W", "Female"), (Use.SEX, "Man", "Male"), (Use.SEX, "Another term", None),
    (Use.ETHNICITY, "White and Black Caribbean", "Mixed or multiple ethnic groups"),
    (Use.ETHNICITY, "Chinese", "Asian or Asian British"), (Use.ETHNICITY, "Irish", "White"),
    (Use.ETHNICITY, "Any other ethnic group", "Other ethnic group"),
    (Use.DISABILITY, "Yes, limited a lot", "Disabled under the Equality Act"),
    (Use.DISABILITY, "Not limited", "Not disabled"), (Use.DISABILITY, "No", "Not disabled"),
    (Use.DISABILITY, "", None),
])
def test_what_people_say_of_themselves(use, cell, group):
    assert group_of(use, cell) == group


@given(st.integers(0, 120), st.integers(0, 120))
def test_bands_say_their_ages(first, last):
    words = band(first, last)
    if first > last:
        assert words is None
    else:
        assert ages_in(words) == (first, last)
        assert age_group(words) == words


@given(st.text(max_size=30))
def test_any_cell_is_read_without_a_fault(cell):
    assert age_group(cell.casefold()) is None or ages_in(age_group(cell.casefold()))[0] <= 120
    assert yes_or_no(cell) in (None, "Yes", "No", "Not sure")
    for use in (Use.SEX, Use.ETHNICITY, Use.DISABILITY):
        group_of(use, cell)


def test_nothing_that_points_at_a_person_is_kept():
    answers = read_answers(SHEET, USES, area_of=nowhere, personal=lambda cell: "@" in cell)
    kept = str(answers.table.to_pydict())
    for trace in ("Ann Other", "@example.com", "07700", "BS1", "1000", "long letter"):
        assert trace not in kept
    assert set(answers.left.columns) == {"Respondent ID", "Your name", "Contact", "Mobile", "Comments"}
    assert answers.table.num_rows == N
    assert [one.use for one in answers.questions] == [Use.YES_NO, Use.SINGLE, Use.MULTI, Use.SCALE, Use.TICK]
    assert answers.left.unread == {"area": 36}


def test_an_address_written_into_an_answer_is_not_kept():
    sheet = Sheet("a", pa.table({"Where?": ["Home", "Hall"] * 10 + ["write to ann@example.com"]}), 2)
    answers = read_answers(sheet, {"Where?": Use.SINGLE}, area_of=nowhere, personal=lambda cell: "@" in cell)
    assert set(answers.table["q1"].to_pylist()) == {"Home", "Hall", "Other answers"}
    assert answers.left.cells == 1


def test_rows_without_an_answer_are_counted_out():
    sheet = Sheet("a", pa.table({"Dance?": ["Yes", "", "No"], "Paid": ["", "", "Paid"]}), 2)
    uses = {"Dance?": Use.YES_NO, "Paid": Use.TICK}
    answers = read_answers(sheet, uses, area_of=nowhere, personal=lambda cell: False)
    assert (answers.table.num_rows, answers.left.rows) == (2, 1)


@pytest.mark.parametrize(("cells", "uses", "said"), [
    ({"Age": ["20"]}, {"Age": Use.AGE}, "No column is a question"),
    ({"Dance?": ["", ""]}, {"Dance?": Use.YES_NO}, "Nobody answered"),
])
def test_nothing_to_count_is_said(cells, uses, said):
    with pytest.raises(NoQuestion, match=said):
        read_answers(Sheet("a", pa.table(cells), 2), uses, area_of=nowhere, personal=lambda cell: False)


def test_a_mapping_is_remembered_whatever_the_order_but_never_for_people():
    assert fingerprint(("a", "b")) == fingerprint(("b", "a")) != fingerprint(("a", "c"))
    again = as_before(propose(SHEET), {"Where?": "ignore", "Contact": "single"})
    uses = {one.name: one.use for one in again}
    assert (uses["Where?"], uses["Contact"]) == (Use.IGNORE, Use.PERSONAL)
    assert questions_in(uses) == 4


def test_answers_are_kept_and_deleted_for_good(tmp_path):
    store = AnswerStore(tmp_path)
    key = fingerprint(("a",))
    store.keep(key, pa.table({"q1": ["Yes"]}))
    assert store.read(key)["q1"].to_pylist() == ["Yes"]
    assert [path.name for path in store.folder.iterdir()] == [f"{key}.parquet"]
    store.forget(key)
    with pytest.raises(StoreDamaged, match="Bring its file again"):
        store.read(key)
