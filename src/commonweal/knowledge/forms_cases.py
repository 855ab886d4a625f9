"""The shape of a search of the library, of a partnership's own case, and of an offer to be rung."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms

from commonweal.core.cycle import step_keys, step_title
from commonweal.knowledge.actions.cases import CaseSaid
from commonweal.knowledge.cases import titles
from commonweal.knowledge.models import CaseText, SeenBy
from commonweal.knowledge.queries.cases import Wanted
from commonweal.policy.delivery_vehicles import Kind, catalogue
from commonweal.present.forms import DateField

TEXTS = (
    "title", "years", "step", "answer", "did", "lessons", "vehicle", "needed", "money", "results", "results_n",
    "failed", "missing", "contact",
)


def _all(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [("", "All"), *words.items()]


def _services() -> dict[str, str]:
    return {one.key: one.title for one in catalogue().services}


def _vehicles() -> dict[str, str]:
    return {one.key: one.title for one in catalogue().rows if one.kind is Kind.VEHICLE}


def _steps() -> dict[str, str]:
    return {key: step_title(key) for key in step_keys()}


class Search(forms.Form):
    """Everything may stay as it is."""

    q = forms.CharField(label="Words in it", required=False, max_length=100)
    place = forms.ChoiceField(label="Kind of place", required=False, choices=lambda: _all(titles("places")))
    need = forms.ChoiceField(label="Need", required=False, choices=lambda: _all(titles("needs")))
    service = forms.ChoiceField(label="Service", required=False, choices=lambda: _all(_services()))
    vehicle = forms.ChoiceField(label="Who runs it", required=False, choices=lambda: _all(_vehicles()))
    step = forms.ChoiceField(label="Step it helps with", required=False, choices=lambda: _all(_steps()))

    def wanted(self) -> Wanted:
        """What is looked for; a choice that is not in its list narrows nothing."""
        self.full_clean()
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class CaseForm(forms.Form):
    """A case in the order in which it is read. What is not known is left empty."""

    activity = "learning"
    client = forms.ChoiceField(label="Who commissioned or paid?")
    provider = forms.ChoiceField(label="Who did it?")
    title = forms.CharField(label="Title", max_length=90, help_text="The place and what was done")
    answer = forms.CharField(
        label="What should others know?", max_length=220, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One sentence that could be read aloud. Name no person anywhere in the case.",
    )
    years = forms.CharField(label="When?", max_length=40, help_text="For example, 2024 to 2026")
    services = forms.MultipleChoiceField(
        label="Which services?", choices=lambda: list(_services().items()), widget=forms.CheckboxSelectMultiple
    )
    needs = forms.MultipleChoiceField(
        label="Which needs did it answer? (optional)", required=False,
        choices=lambda: list(titles("needs").items()), widget=forms.CheckboxSelectMultiple,
    )
    step = forms.ChoiceField(label="Which step does it help others with?", choices=lambda: list(_steps().items()))
    vehicle = forms.ChoiceField(
        label="Who ran it? (optional)", required=False,
        choices=lambda: [("", "Not recorded"), *_vehicles().items()],
    )
    needed = forms.CharField(
        label="What was needed? (optional)", max_length=320, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    did = forms.CharField(
        label="What was done?", max_length=1500, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="A line a step",
    )
    money = forms.CharField(
        label="What did it cost, and who paid? (optional)", max_length=320, required=False,
        widget=forms.Textarea(attrs={"rows": 2}), help_text="With the year",
    )
    results = forms.CharField(
        label="What came of it? (optional)", max_length=320, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    results_n = forms.CharField(
        label="How many people, sites or answers does that rest on? (optional)", max_length=120, required=False,
        help_text="Needed where you give results",
    )
    failed = forms.CharField(
        label="What did not work? (optional)", max_length=1500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="A line each. Others learn most from this.",
    )
    lessons = forms.CharField(
        label="What would you tell others to do?", max_length=800, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A line each",
    )
    missing = forms.CharField(
        label="What is not known? (optional)", max_length=800, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="A line each",
    )
    contact = forms.CharField(
        label="Who can be asked? (optional)", max_length=200, required=False,
        help_text="A post and a public number, not somebody's name. Everybody can read it.",
    )

    def __init__(
        self, *args: Any, sides: Iterable[tuple[UUID, str]] = (), fixed: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if fixed:
            del self.fields["client"], self.fields["provider"]
            return
        choices = [("", "Choose one"), *((str(key), name) for key, name in sides)]
        for name in ("client", "provider"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def said(self) -> CaseSaid:
        """What was written."""
        told = self.cleaned_data
        return CaseSaid(
            services=tuple(told["services"]), needs=tuple(told["needs"]), **{name: told[name] for name in TEXTS}
        )


def written(text: CaseText) -> dict[str, Any]:
    """A version as the form's first answers."""
    return {name: getattr(text, name) for name in (*TEXTS, "services", "needs")}


class OfferPeer(forms.Form):
    """What one may be rung about, how, by whom, and until when."""

    activity = "learning"
    about = forms.CharField(label="What can you tell others about?", max_length=200)
    case = forms.ChoiceField(label="Is it about one case? (optional)", required=False)
    reach = forms.CharField(
        label="How can you be reached?", max_length=200,
        help_text="A number or address of your work, and good hours",
    )
    seen_by = forms.ChoiceField(
        label="Who may see this?", choices=SeenBy.choices, widget=forms.RadioSelect, initial=SeenBy.PARTNERS
    )
    until = DateField(label="Until which day?", help_text="Within a year. For example, 27 3 2027")
    agree = forms.BooleanField(
        label="I agree that my name, organisation and the answers above are shown to them",
        help_text="You can end it in one press. Then nothing of it is kept.",
    )

    def __init__(self, *args: Any, cases: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["case"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "No, about anything"), *cases]
