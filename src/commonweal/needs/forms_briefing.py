"""The shape of what is asked for a briefing: which place, whether it may go out, and which polls are held."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.needs.content import read
from commonweal.needs.queries.partnership_areas import Area
from commonweal.present.forms import DateField


class MakeBriefing(forms.Form):
    """Which place or ward."""

    code = forms.ChoiceField(label="Which place or ward?")

    def __init__(self, areas: tuple[Area, ...], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        named = [(area.code, f"{area.name} ward" if area.kind == "ward" else area.name) for area in areas]
        field.choices = [("", "Choose one"), *named]


class Publish(forms.Form):
    """The version that was read goes with the answer."""

    confirmed = forms.BooleanField(required=False)
    number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["confirmed"].label = read("briefing")["publish"]["confirm"]


class SayPoll(forms.Form):
    """Whether a council holds an election on a day."""

    council = forms.ChoiceField(label="Which council?", error_messages={
        "invalid_choice": "Choose a council from the list. Others say it themselves."})
    day = DateField(label="Polling day", help_text="For example, 6 5 2027")
    held = forms.ChoiceField(label="Is an election held there on that day?", widget=forms.RadioSelect,
                             choices=[("yes", "Yes"), ("no", "No")])
    notice = DateField(label="Day of the notice of election (if it is known)", required=False)

    def __init__(self, councils: tuple[tuple[Any, str], ...], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["council"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose one"), *((str(key), name) for key, name in councils)]
