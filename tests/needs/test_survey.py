"""Surveys through the pages: brought, columns confirmed, weighted to the place, made evidence, deleted."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.needs.conftest import words_of
from tests.world import build_world, signed_in

from commonweal.core import clock
from commonweal.core.actions.partnerships import add_place
from commonweal.core.errors import Refused
from commonweal.core.jobs.running import run
from commonweal.core.models import Event, Job, Upload
from commonweal.core.quarantine import quarantine
from commonweal.core.stores import own_store
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.example.geography import land
from commonweal.example.survey import survey_rows
from commonweal.lake.surveys.words import Use
from commonweal.needs.actions.survey import SurveyTold, bring_survey
from commonweal.needs.models import EvidenceItem, Survey, SurveyState
from commonweal.needs.queries.surveys import results_for

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TOLD = {
    "title": "Residents' survey", "perspective": "community", "gathered_to_day": "30", "gathered_to_month": "6",
    "gathered_to_year": "2026", "chosen": "random", "asked_by": "several", "covers": "whole", "asked": "2400",
}
ROWS = survey_rows(np.random.default_rng(7), 612)


@pytest.fixture
def world(db, settings, example_var, tmp_path):
    settings.VAR = tmp_path
    (tmp_path / "lake").mkdir()
    (tmp_path / "lake" / "example").symlink_to(example_var / "lake" / "example")
    with clock.fixed(NOW):
        made = build_world()
        main = land().main
        add_place(by=SYSTEM, partnership=made.invented, kind="district", code=main.code, vintage=2024,
                  name=main.name)
        yield made


@pytest.fixture
def officer(world):
    return signed_in(world.invented_person)


def at(world, name, **more):
    return reverse(f"needs:{name}", kwargs={"partnership": world.invented.pk, **more})


def csv_bytes(table: pa.Table) -> bytes:
    kept = io.BytesIO()
    arrow_csv.write_csv(table, kept)
    return kept.getvalue()


def brought(world, officer, data: bytes | None = None, name: str = "survey.csv") -> Survey:
    """Sent in through the form, and looked at by the worker."""
    before = set(Survey.objects.values_list("pk", flat=True))
    file = SimpleUploadedFile(name, csv_bytes(ROWS) if data is None else data)
    answer = officer.post(at(world, "survey-bring"), {**TOLD, "file": file})
    assert answer.status_code == 302, words_of(answer.content.decode())
    run(Job.objects.get(state="waiting").pk)
    return Survey.objects.exclude(pk__in=before).get()


def confirmed(world, officer, survey: Survey, **changes: str) -> Survey:
    """The guesses sent back as they stand, but for the changes."""
    page = officer.get(at(world, "survey-columns", survey=survey.pk))
    form = page.context["form"]
    said = {field.name: changes.get(column["name"], column["use"]) for field, column in form.columns()}
    answer = officer.post(at(world, "survey-columns", survey=survey.pk), said)
    assert answer.status_code == 302, words_of(answer.content.decode())
    run(Job.objects.get(state="waiting").pk)
    survey.refresh_from_db()
    return survey


@pytest.fixture
def weighed(world, officer) -> Survey:
    return confirmed(world, officer, brought(world, officer))


def test_a_survey_is_weighted_to_the_place_and_becomes_evidence(world, officer):
    survey = brought(world, officer)
    assert survey.state == SurveyState.ASKED
    asked = words_of(officer.get(at(world, "survey-columns", survey=survey.pk)).content.decode())
    assert "E-mail for the prize draw. " in asked
    assert "larkmere.example" not in asked
    confirmed(world, officer, survey)
    assert (survey.state, survey.answered) == (SurveyState.READ, 612)
    page = words_of(officer.get(at(world, "survey", survey=survey.pk)).content.decode())
    assert "612 answered of 2,400 asked, weighted by age and ward and disability" in page
    assert re.search(r"Heard least for their number: .*age (16 to 24|16 to 34|25 to 34)", page), page[:3000]
    assert page.index("What they said") < page.index("Who is missing")
    assert "Deming and Stephan 1940" in page
    officer.post(at(world, "survey-evidence", survey=survey.pk))
    item = EvidenceItem.objects.get()
    assert (item.kind, item.answered, item.asked, item.chosen) == ("survey", 612, 2400, "random")
    assert 200 < item.effective < 612
    assert "weighted by age and ward and disability" in item.summary
    page = officer.get(reverse("needs:evidence-item", args=[world.invented.pk, item.pk])).content.decode()
    assert "Between a fifth and a half of those asked answered." in words_of(page)
    officer.post(at(world, "survey-evidence", survey=survey.pk))
    assert EvidenceItem.objects.count() == 1


def test_weights_put_the_young_back_in_their_place(world, weighed):
    results = results_for(viewer_of(world.invented_person), world.invented.pk, weighed.pk)
    library = results.questions[0]
    monthly = next(one for one in library.options if one.label == "At least once a month")
    assert monthly.weighted.value < monthly.plain - 0.01
    ages = np.array([one or "" for one in results.weighted.groups[Use.AGE]])
    heard = {one.group: one.share_people for one in results.weighted.heard if one.margin == "age"}
    known = results.weighted.weights[ages != ""].sum()
    assert results.weighted.weights[ages == "75 and over"].sum() / known == pytest.approx(
        heard["75 and over"], abs=0.03)
    assert monthly.weighted.lower < monthly.weighted.value < monthly.weighted.upper
    assert sum(one.weighted.value for one in library.options) == pytest.approx(1)
    assert results.effective == pytest.approx(612 / results.deff)
    assert results.heaviest <= 5 + 1e-6
    assert [one.use for one in results.weighted.by] == [Use.AGE, Use.AREA, Use.DISABILITY]
    assert any("did not say" in line for line in results.also)
    assert len(results.said) <= 5


def test_groups_of_few_are_hidden_everywhere(world, officer, weighed):
    results = results_for(viewer_of(world.invented_person), world.invented.pk, weighed.pk, Use.AGE)
    ages = [one for one in results.weighted.groups[Use.AGE] if one]
    assert results.questions[0].groups
    for question in results.questions:
        for group in question.groups:
            assert group.answered is None or group.answered >= 10
            if ages.count(group.label) < 10:
                assert set(group.readings) == {None}
    body = officer.get(at(world, "survey-csv", survey=weighed.pk)).content.decode("utf-8-sig")
    assert body.startswith("Question,By,Group,Answer,Answered,Effective,Weighted")
    numbers = re.findall(r'^"?[^\n]*?,(\d+),\d+,[\d.]+,', body, re.MULTILINE)
    assert numbers
    assert min(map(int, numbers)) >= 10


def test_nothing_personal_reaches_the_store_or_the_database(world, weighed):
    stored = (own_store(world.invented.pk).root / "surveys" / f"{weighed.pk}.parquet").read_bytes()
    for place in (stored.decode("latin-1"), str(Survey.objects.values().get()), str(list(Event.objects.values()))):
        assert "larkmere.example" not in place
        assert "More buses" not in place
    assert not quarantine().holds(Upload.objects.get().pk)
    assert set(weighed.left["columns"]) == {
        "Response ID", "E-mail for the prize draw", "Is there anything else?",
    }


def test_what_was_said_of_the_columns_is_remembered(world, officer):
    first = brought(world, officer)
    confirmed(world, officer, first, **{"How old are you?": "ignore"})
    again = brought(world, officer)
    column = next(one for one in again.columns if one["name"] == "How old are you?")
    assert column["use"] == "ignore"
    assert "As confirmed" in column["reason"]


@pytest.mark.parametrize(("name", "data", "said"), [
    ("letters.csv", b"Comment,More\n" + b"\n".join(b"Letter %d to you,and more %d" % (at, at) for at in range(50)),
     "nothing to weight"),
    ("broken.xlsx", b"PK\x03\x04 no workbook", "broken.xlsx"),
])
def test_a_file_that_will_not_do_is_refused_in_words(world, officer, name, data, said):
    survey = brought(world, officer, data, name)
    assert survey.state == SurveyState.REFUSED
    assert said in survey.said
    page = words_of(officer.get(at(world, "survey", survey=survey.pk)).content.decode())
    assert "Bring it again" in page
    assert not quarantine().holds(survey.upload_id)


def test_an_empty_file_and_bad_answers_are_said_on_the_form(world, officer):
    page = officer.post(at(world, "survey-bring"), {**TOLD, "file": SimpleUploadedFile("a.csv", b"")})
    assert "The file is empty" in words_of(page.content.decode())
    survey = brought(world, officer)
    form = officer.get(at(world, "survey-columns", survey=survey.pk)).context["form"]
    for use, said in (("ignore", "at least one column that it is a question"), ("age", "Two columns are said")):
        names = {field.name: use for field, _ in form.columns()}
        names |= {"column_0": "single"} if use == "age" else {}
        page = officer.post(at(world, "survey-columns", survey=survey.pk), names)
        assert said in words_of(page.content.decode())


def test_columns_that_cannot_be_asked_about_are_said_with_the_results(world, officer):
    names = [f"Question {at}, {'as long as people write them, ' * 5}?" for at in range(123)]
    rows = [",".join("Yes" if (at + of) % 3 else "No" for of in range(123)) for at in range(40)]
    survey = brought(world, officer, "\n".join([",".join(f'"{one}"' for one in names), *rows]).encode())
    page = officer.post(at(world, "survey-columns", survey=survey.pk), {"column_0": "nonsense"})
    said = words_of(page.content.decode())
    assert "Say what “Question 0, as long as people write them, as long as people…” is" in said
    confirmed(world, officer, survey)
    told = "The last 3 columns of the file are not here: 120 are asked about at once."
    assert told in words_of(officer.get(at(world, "survey", survey=survey.pk)).content.decode())
    officer.post(at(world, "survey-evidence", survey=survey.pk))
    assert told in EvidenceItem.objects.get().limits


@pytest.mark.parametrize(("first", "rows", "reason"), [
    ("", 45, "The file has no headings: every line is taken as an answer."),
    ("What would you miss?\n", 45, "The first line, “What would you miss?”, is taken as the heading"),
])
def test_a_file_of_one_column_says_what_became_of_its_first_line(world, officer, first, rows, reason):
    wants = ("Somewhere to dance near home", "Company on a Sunday afternoon", "Evenings in the parks")
    survey = brought(world, officer, (first + "\n".join(wants[at % 3] for at in range(45))).encode())
    assert reason in words_of(officer.get(at(world, "survey", survey=survey.pk)).content.decode())
    confirmed(world, officer, survey)
    survey.refresh_from_db()
    assert survey.answered == rows


def test_deleted_answers_are_gone_and_evidence_stays(world, officer, weighed):
    officer.post(at(world, "survey-evidence", survey=weighed.pk))
    officer.post(at(world, "survey-delete", survey=weighed.pk))
    weighed.refresh_from_db()
    assert weighed.state == SurveyState.REMOVED
    assert not list((own_store(world.invented.pk).root / "surveys").iterdir())
    assert EvidenceItem.objects.count() == 1
    assert officer.get(at(world, "survey-csv", survey=weighed.pk)).status_code == 404


def test_a_place_without_figures_is_not_weighted_and_says_so(world):
    from tests.access.surveys import weighed as plain

    keys = plain(world)
    results = results_for(viewer_of(world.admin()), world.partnership.pk, keys["survey"])
    assert results.weighted.weights.tolist() == [1.0] * 30
    assert any("not weighted" in line for line in results.said)
    assert results.questions[0].options[0].weighted.value == pytest.approx(2 / 3)


def test_make_ups_that_cannot_be_met_together_leave_it_unweighted_in_a_sentence(world, officer):
    """All the young live in one ward, all the old in another: no weights give both age and ward their share."""
    wards = [name for _, name, _ in land().wards][:2]
    lines = [f"Yes,{21 if at % 2 else 80},{wards[at % 2]}" for at in range(200)]
    data = "\n".join(["Would you come more often?,How old are you?,Which ward do you live in?", *lines]).encode()
    survey = brought(world, officer, data)
    assert {one["use"] for one in survey.columns} == {"yes_no", "age", "area"}
    confirmed(world, officer, survey)
    page = words_of(officer.get(at(world, "survey", survey=survey.pk)).content.decode())
    assert "cannot reach its share together with the other make-ups" in page
    results = results_for(viewer_of(world.invented_person), world.invented.pk, survey.pk)
    assert set(results.weighted.weights.tolist()) == {1.0}


@pytest.mark.parametrize(("changes", "said"), [
    ({"gathered_to": datetime(2027, 1, 1, tzinfo=UTC).date()}, "after today"),
    ({"title": "For ann@example.com"}, "e-mail address"),
])
def test_what_cannot_be_brought_is_said(world, changes, said):
    told = SurveyTold(**{"title": "Survey", "perspective": "users", **changes})
    with pytest.raises(Refused, match=said):
        bring_survey(by=viewer_of(world.admin()), partnership=world.partnership, told=told)
