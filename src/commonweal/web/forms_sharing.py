"""The shape of what is asked when data is described and its sharing agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms

from commonweal.core.actions.linking import People
from commonweal.core.actions.sharing import Described, Terms
from commonweal.core.models import LinkedBy, PartyRole, Survives
from commonweal.core.purpose import Purpose
from commonweal.core.queries.sharing import HeldView
from commonweal.policy.lawful_basis import Basis, bases, conditions
from commonweal.present.forms import DateField, Hinted

PURPOSES = [one for one in Purpose if one is not Purpose.ADMINISTRATION]


class DescribeData(forms.Form):
    """What it is called, what it holds, field by field."""

    title = forms.CharField(
        label="What is it called?", max_length=300, help_text="For example: Swimming lessons, by month.")
    description = forms.CharField(
        label="What does it hold? (optional)", max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
    )
    fields_told = forms.CharField(
        label="Its fields, one a line", max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": 6000}),
        help_text="Put * before a field that is about a person, and ** before health, ethnicity, faith and the "
        "like. For example: month, or *age band, or **condition.",
    )
    about = forms.MultipleChoiceField(
        label="Is any of it", required=False, widget=forms.CheckboxSelectMultiple, choices=[
            ("police", Hinted("held for law enforcement?", "Part 3 of the Data Protection Act 2018 applies.")),
            ("health", Hinted("under the health service's duty of confidence?", "Ask the Caldicott guardian.")),
            ("children", Hinted("about children?", "They have a right to particular protection.")),
        ],
    )
    as_at = DateField(label="As at which day? (optional)", required=False)

    def clean_fields_told(self) -> list[dict[str, object]]:
        """One field a line, each once."""
        found: dict[str, dict[str, object]] = {}
        for line in self.cleaned_data["fields_told"].splitlines():
            name = line.strip().lstrip("*").strip()
            if name:
                stars = len(line.strip()) - len(line.strip().lstrip("*"))
                found[name] = {"name": name[:100], "words": "", "personal": stars >= 1, "special": stars > 1}
        if not found:
            raise forms.ValidationError("Write at least one field, such as: month")
        return list(found.values())

    def described(self) -> Described:
        """What was answered, as the action takes it."""
        said = self.cleaned_data
        fields = said["fields_told"]
        return Described(
            title=said["title"], description=said["description"], fields=tuple(fields), as_at=said["as_at"],
            personal=any(one["personal"] for one in fields), special=any(one["special"] for one in fields),
            police="police" in said["about"], health="health" in said["about"],
            children="children" in said["about"],
        )


class AgreementTerms(forms.Form):
    """What is shared, for what, on which basis, until when."""

    activity = "sharing"
    shared = forms.MultipleChoiceField(
        label="What is shared?", widget=forms.CheckboxSelectMultiple,
        help_text="The fewer fields, the lighter the agreement.",
    )
    purposes = forms.MultipleChoiceField(
        label="For what?", widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, one.label) for one in PURPOSES],
        help_text="It is visible for these and for nothing else.",
    )
    why = forms.CharField(label="Why is it needed?", max_length=1000,
                          widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}))
    basis = forms.ChoiceField(label="On which basis, if any of it is personal?", required=False)
    condition = forms.ChoiceField(label="Which condition, if any of it is of a special kind?", required=False)
    giver_role = forms.ChoiceField(label="What is the one that gives it?", choices=PartyRole.choices)
    taker_role = forms.ChoiceField(label="What is the one that receives it?", choices=PartyRole.choices)
    start = DateField(label="From which day?")
    end = DateField(label="Until which day?", help_text="It closes by itself at the beginning of this day.")
    review = DateField(label="When is it looked at again?")
    retention = forms.CharField(label="How long may the receiver keep it?", max_length=300,
                                help_text="For example: until the needs are agreed, then deleted.")
    contact = forms.CharField(label="Whom to ask", max_length=300,
                              help_text="A role or a shared mailbox, not a person.")
    survives = forms.ChoiceField(label="What may still be shown after it ends?", widget=forms.RadioSelect,
                                 choices=Survives.choices, initial=Survives.NOTHING)
    linking = forms.BooleanField(
        label="The two may link people, by keyed pseudonyms and only as counts", required=False)

    def __init__(self, sets: Iterable[HeldView], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [
            (f"{one.id}:{field.name}", f"{one.title}: {field.name}{_mark(field.personal, field.special)}")
            for one in sets for field in one.fields
        ]
        for name, offered in (
            ("shared", choices),
            ("basis", _of_law("None of it is personal", bases())),
            ("condition", _of_law("None of it is of a special kind", conditions())),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def terms(self, reason: str = "") -> Terms:
        """What was answered, as the action takes it."""
        said = dict(self.cleaned_data)
        sets: dict[UUID, list[str]] = {}
        for chosen in said.pop("shared"):
            key, _, name = chosen.partition(":")
            sets.setdefault(UUID(key), []).append(name)
        for name in ("title", "taker", "reason", "over"):
            said.pop(name, None)
        said["purposes"] = tuple(Purpose(one) for one in said["purposes"])
        return Terms(sets=sets, reason=reason, **said)


class WriteAgreement(AgreementTerms):
    """With whom, and the terms."""

    title = forms.CharField(label="A short name for the agreement", max_length=200)
    taker = forms.ChoiceField(label="Who receives it?")
    field_order = ["title", "taker"]

    def __init__(
        self, sets: Iterable[HeldView], others: Iterable[tuple[UUID, str]], *args: Any, **options: Any
    ) -> None:
        super().__init__(sets, *args, **options)
        field = self.fields["taker"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(key), name) for key, name in others]


class RewriteAgreement(AgreementTerms):
    """The terms anew, over the version that was read, and why."""

    reason = forms.CharField(label="Why is it written anew?", max_length=500)
    over = forms.IntegerField(widget=forms.HiddenInput)


class EndAgreement(forms.Form):
    """Why it ends."""

    reason = forms.CharField(label="Why is it ended?", max_length=500,
                             help_text="It closes at once. Files already downloaded cannot be called back.")


def _of_law(none: str, known: Mapping[str, Basis]) -> list[tuple[str, str]]:
    return [("", none), *((key, f"{one.title} ({one.article})") for key, one in known.items())]


def _mark(personal: bool, special: bool) -> str:
    return " (special kind)" if special else " (personal)" if personal else ""


class BringNumbers(forms.Form):
    """The table of a data set: which column holds the numbers, and what they count."""

    file = forms.FileField(label="The table, as CSV or Excel",
                           help_text="Its columns are the fields described. Counts, never rows about people.")
    measure = forms.ChoiceField(label="Which column holds the numbers?")
    base = forms.CharField(label="What does one number count?", max_length=200,
                           help_text="For example: calls to the police about noise or damage.")
    period = forms.CharField(label="Of which period?", max_length=100,
                             help_text="For example: April 2025 to March 2026.")

    def __init__(self, held: HeldView, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["measure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose one"), *((one.name, one.name) for one in held.fields)]


class BringLinkList(forms.Form):
    """Whom one's own organisation serves, as one column of identifiers."""

    activity = "linking"
    file = forms.FileField(label="The list, as CSV or Excel", max_length=255, allow_empty_file=True,
                           help_text="One column and nothing else: the identifier, one person a row.",
                           error_messages={"required": "Choose the file with the list"})
    identifier = forms.ChoiceField(
        label="What is the identifier?", choices=[("", "Choose one"), *LinkedBy.choices],
        help_text="Both organisations bring the same kind.")
    title = forms.CharField(label="Who is on it?", max_length=120,
                            help_text="For example: everybody with a leisure card. The other party sees this.")
    as_at = DateField(label="As at which day?")
    system = forms.ChoiceField(label="Which of your systems of visits is it from? (optional)", required=False)

    def __init__(self, systems: Iterable[tuple[UUID, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["system"]
        assert isinstance(field, forms.ChoiceField)
        own = [(str(key), title) for key, title in systems]
        field.choices = [("", "None of them"), *own]
        if not own:
            del self.fields["system"]

    def people(self) -> People:
        """What was answered, as the action takes it."""
        said, file = self.cleaned_data, self.cleaned_data["file"]
        system = said.get("system")
        return People(name=file.name, data=file.read(), title=said["title"], identifier=said["identifier"],
                      as_at=said["as_at"], system=UUID(system) if system else None)
