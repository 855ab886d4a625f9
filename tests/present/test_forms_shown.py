from __future__ import annotations

import copy
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import formset_factory

from commonweal.present.forms import Affixed, DateField, Hinted, Renderer, error_links_of


class Everything(forms.Form):
    """One of each kind of question."""

    default_renderer = Renderer

    place = forms.CharField(label="Place", help_text="A district", widget=forms.TextInput({"class": "wide"}))
    email = forms.EmailField(label="Email address")
    started = DateField(label="When did it start?", help_text="For example, 27 3 2026")
    kind = forms.ChoiceField(
        label="Kind of place", choices=[("d", Hinted("A district", "One council")), ("w", "A ward")],
        widget=forms.RadioSelect,
    )
    themes = forms.MultipleChoiceField(
        label="Themes", choices=[("c", "Culture"), ("s", "Sport")], widget=forms.CheckboxSelectMultiple
    )
    year = forms.ChoiceField(label="Year", choices=[("", ""), ("1", "2024")])
    words = forms.CharField(label="Reasons", widget=forms.Textarea, max_length=200)
    money = forms.CharField(label="Budget", widget=Affixed(prefix="£", suffix="a year"))
    file = forms.FileField(label="Return")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    agreed = forms.BooleanField(label="I agree", help_text="It is short")
    hidden = forms.CharField(widget=forms.HiddenInput, initial="h")


@pytest.fixture
def blank() -> str:
    return str(Everything())


@pytest.fixture
def wrong() -> Everything:
    started = {"started_day": "31", "started_month": "2", "started_year": "2026"}
    return Everything({"email": "x", "hidden": "h", **started})


def test_every_question_has_its_component(blank):
    for name in ("govuk-input wide", "govuk-date-input", "govuk-radios", "govuk-checkboxes", "govuk-select",
                 "govuk-textarea", "govuk-input__prefix", "govuk-file-upload", "govuk-password-input",
                 "govuk-character-count"):
        assert name in blank, name
    assert "style=" not in blank
    assert " required" not in blank


def test_hints_belong_to_their_question(blank):
    assert 'id="id_place_helptext">A district' in blank
    assert 'aria-describedby="id_place_helptext"' in blank
    assert '<fieldset class="govuk-fieldset" aria-describedby="id_started_helptext">' in blank
    assert 'aria-describedby="id_kind_0-hint"' in blank
    assert 'id="id_kind_0-hint">One council' in blank


def test_groups_have_a_legend_and_others_a_label(blank):
    assert blank.count("<fieldset") == blank.count("<legend") == 3
    for name in ("place", "email", "year", "words", "money", "file", "secret", "agreed"):
        assert f'for="id_{name}"' in blank, name
    for part in ("id_started_0", "id_kind_1", "id_themes_1"):
        assert f'for="{part}"' in blank


def test_errors_say_what_to_do_and_lead_there(wrong):
    links = {link.href: link.text for link in error_links_of(wrong)}
    assert links == {
        "#id_place": "Enter place",
        "#id_email": "Enter a valid email address.",
        "#id_started_0": "This must be a real date, such as 27 3 2026",
        "#id_kind_0": "Choose kind of place",
        "#id_themes_0": "Choose themes",
        "#id_year": "Choose year",
        "#id_words": "Enter reasons",
        "#id_money": "Enter budget",
        "#id_file": "Upload return",
        "#id_secret": "Enter password",
        "#id_agreed": "Tick the box: I agree",
    }
    page = str(wrong)
    for href in links:
        assert f'id="{href[1:]}"' in page, href


def test_errors_are_told_with_their_question(wrong):
    page = str(wrong)
    assert 'id="id_email_error"' in page
    assert 'aria-describedby="id_email_error"' in page
    assert 'aria-invalid="true"' in page
    assert page.count("govuk-form-group--error") == 11
    assert "govuk-input--error" in page


def test_what_was_typed_is_kept(wrong):
    page = str(wrong)
    assert 'name="started_day" value="31"' in page
    assert 'name="started_year" value="2026"' in page


def test_a_form_without_answers_has_no_errors():
    assert error_links_of(Everything()) == ()


def test_the_forms_own_errors_lead_to_its_first_question():
    class Strict(forms.Form):
        default_renderer = Renderer
        a = forms.CharField(label="A", required=False)

        def clean(self):
            raise ValidationError("Choose one or the other")

    (link,) = error_links_of(Strict({}))
    assert (link.text, link.href) == ("Choose one or the other", "#id_a")


def test_messages_a_form_sets_are_left_alone():
    class Own(forms.Form):
        default_renderer = Renderer
        a = forms.CharField(label="A", error_messages={"required": "Say which library"})
        b = forms.CharField(label="What is NHS number?")

    assert [link.text for link in error_links_of(Own({}))] == [
        "Say which library", "Answer the question: What is NHS number?",
    ]


def test_what_django_would_say_of_a_wrong_answer_names_the_question():
    class Plain(forms.Form):
        default_renderer = Renderer
        years = forms.IntegerField(label="Over how many years?", min_value=1, max_value=60)
        pounds = forms.DecimalField(label="Pounds a year", max_digits=4, decimal_places=2)
        title = forms.CharField(label="Title", max_length=3)
        kind = forms.ChoiceField(label="Kind", choices=[("a", "A")])
        several = forms.MultipleChoiceField(label="Several", choices=[("a", "A")])
        own = forms.IntegerField(label="Own", error_messages={"invalid": "Count them"})

    given = {"years": "x", "pounds": "NaN", "title": "{long}", "kind": "b", "several": ["b"], "own": "x"}
    assert [link.text for link in error_links_of(Plain(given))] == [
        "“Over how many years?” must be a whole number, such as 12",
        "“Pounds a year” must be a number, such as 12.5",
        "“Title” may have 3 letters; this has 6", "“Kind”: choose from the answers that are there",
        "“Several”: choose from the answers that are there", "Count them",
    ]
    others = Plain({**given, "years": "61", "pounds": "12345", "title": "a\x00"})
    assert [link.text for link in error_links_of(others)][:3] == [
        "“Over how many years?” must be 60 or less", "“Pounds a year” may have 4 digits at most",
        "“Title” holds letters nobody types. Write it anew",
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [(("7", "3", "2026"), date(2026, 3, 7)), ((" 07 ", "03", "2026"), date(2026, 3, 7)), (("", "", ""), None)],
)
def test_dates_are_read_from_three_boxes(typed, found):
    class Dated(forms.Form):
        default_renderer = Renderer
        on = DateField(label="On", required=False)

    form = Dated(dict(zip(("on_day", "on_month", "on_year"), typed, strict=True)))
    assert form.is_valid()
    assert form.cleaned_data["on"] == found
    assert 'value="7"' in str(Dated(initial={"on": date(2026, 3, 7)}))


@pytest.mark.parametrize("typed", [("31", "2", "2026"), ("a", "b", "c"), ("1", "1", "99999"), ("", "3", "2026"),
                                   ("1-1", "1", "2026"), ("1", "1", "-2026")])
def test_dates_that_are_not_are_refused(typed):
    class Dated(forms.Form):
        default_renderer = Renderer
        on = DateField(label="On")

    form = Dated(dict(zip(("on_day", "on_month", "on_year"), typed, strict=True)))
    assert not form.is_valid()
    assert str(form)


@pytest.mark.parametrize(("year", "taken"), [("0001", False), ("0026", False), ("1899", False), ("1900", True),
                                             ("2200", True), ("2201", False), ("9999", False)])
def test_a_year_nobody_means_is_refused_in_words(year, taken):
    class Dated(forms.Form):
        default_renderer = Renderer
        on = DateField(label="On")

    form = Dated({"on_day": "31", "on_month": "12", "on_year": year})
    assert form.is_valid() == taken
    assert taken or "The year must be from 1900 to 2200" in form.errors["on"][0]


def test_a_good_answer_passes():
    data = {
        "place": "Somewhere", "email": "a@example.org", "started_day": "1", "started_month": "2",
        "started_year": "2026", "kind": "d", "themes": ["c"], "year": "1", "words": "w", "money": "1",
        "secret": "s", "agreed": "on", "hidden": "h",
    }
    form = Everything(data, {"file": SimpleUploadedFile("a.csv", b"x")})
    assert form.is_valid(), form.errors


def test_words_of_people_are_escaped():
    class Hostile(forms.Form):
        default_renderer = Renderer
        a = forms.ChoiceField(label="<b>A</b>", choices=[("<i>", Hinted("<u>", "<s>"))], widget=forms.RadioSelect)

    page = str(Hostile({"a": "<script>"}))
    for tag in ("<b>A", "<i>", "<u>", "<s>", "<script>"):
        assert tag not in page


def test_hinted_labels_survive_copying():
    label = copy.deepcopy([("a", Hinted("A", "B"))])[0][1]
    assert (label, label.hint) == ("A", "B")


def test_formsets_are_drawn_too():
    found = str(formset_factory(Everything, extra=1, renderer=Renderer())())
    assert "TOTAL_FORMS" in found
    assert "govuk-radios" in found
