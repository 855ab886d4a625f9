"""The shape of what is asked for an ambition: the aim itself, and what one thing read says of it."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.needs.content import read
from commonweal.needs.models import Bearing
from commonweal.needs.queries.partnership_areas import Area
from commonweal.present.forms import Hinted

NEED_HINTS = {
    Bearing.FOR: "The aim would answer it.", Bearing.AGAINST: "It competes for the same people, places or money.",
    Bearing.MIXED: "Both.", Bearing.SILENT: "It has nothing to do with it.",
}


class SayAmbition(forms.Form):
    """What, for whom, where, on which theme, and whose aim it is."""

    activity = "evidence"
    aim = forms.CharField(label="What is wanted?", max_length=120,
                          help_text="As somebody would say it at a meeting. Such as: More young people dancing.")
    who = forms.CharField(label="For whom?", max_length=120, help_text="For example: Young people of 11 to 16.")
    place = forms.ChoiceField(label="Where?")
    theme = forms.ChoiceField(label="Theme")
    said_by = forms.CharField(
        label="Whose ambition is it?", max_length=200,
        help_text="The office or the body, not a name. For example: The portfolio holder for culture.",
    )

    def __init__(self, areas: tuple[Area, ...], name: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.names = {area.code: area.name for area in areas} or {"": name}
        place, theme = self.fields["place"], self.fields["theme"]
        assert isinstance(place, forms.ChoiceField)
        assert isinstance(theme, forms.ChoiceField)
        wards = {area.code for area in areas if area.kind == "ward"}
        place.choices = [(key, f"{said} ward" if key in wards else said) for key, said in self.names.items()]
        place.required = bool(areas)
        theme.choices = [(one["key"], one["title"]) for one in read("themes")["themes"]]


class SayAnew(SayAmbition):
    """The same over the version that was read, with why."""

    reason = forms.CharField(label="Why is it said anew?", max_length=500)
    over = forms.IntegerField(widget=forms.HiddenInput)


class ReadFor(forms.Form):
    """What the thing read says of the aim, and why."""

    bearing = forms.ChoiceField(label="What does it say of this ambition?", widget=forms.RadioSelect,
                                choices=Bearing.choices)
    reason = forms.CharField(
        label="Why?", max_length=500, help_text="Everybody who reads this page sees it, with your name.",
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
    )

    def __init__(self, *args: Any, need: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if need:
            field = self.fields["bearing"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(one.value, Hinted(str(one.label), NEED_HINTS[one])) for one in Bearing]
