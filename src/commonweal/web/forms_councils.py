"""The shape of the questions when organisations merge or one is divided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from commonweal.core.actions.councils import Piece
from commonweal.core.queries.councils import Council, ToDivide
from commonweal.present.forms import DateField, Hinted

DAY = "Until this day everything goes on as it is. In England usually 1 April."
LAW = "For example: the structural changes order, with its number."


class MergeOrganisations(forms.Form):
    """Which, into what, from when, by which law?"""

    before = forms.MultipleChoiceField(
        label="Which organisations merge?", widget=forms.CheckboxSelectMultiple, help_text="All that become one.",
    )
    into = forms.ChoiceField(label="Does one of them go on and take the others in?", required=False)
    name = forms.CharField(
        label="If not, what is the new one called?", max_length=300, required=False,
    )
    day = DateField(label="From which day?", help_text=DAY)
    law = forms.CharField(label="By which order, act or deed?", max_length=300, help_text=LAW)

    def __init__(self, going_on: tuple[Council, ...], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        before, into = self.fields["before"], self.fields["into"]
        assert isinstance(before, forms.MultipleChoiceField)
        assert isinstance(into, forms.ChoiceField)
        before.choices = [
            (str(one.id), Hinted(one.name, "Invented" if one.invented else one.kind)) for one in going_on
        ]
        into.choices = [("", "No, a new one begins"), *((str(one.id), one.name) for one in going_on)]

    def chosen(self) -> tuple[UUID, ...]:
        """Which were ticked."""
        return tuple(UUID(key) for key in self.cleaned_data["before"])


class DivideOrganisation(forms.Form):
    """What are the two called, from when, by which law, and who goes to the second?"""

    first = forms.CharField(
        label="What is the first called?", max_length=300,
        help_text="It keeps what the old one held alone, and its part in agreements.",
    )
    second = forms.CharField(label="What is the second called?", max_length=300)
    people = forms.MultipleChoiceField(
        label="Who goes to the second?", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="Everybody else goes to the first.",
    )
    day = DateField(label="From which day?", help_text=DAY)
    law = forms.CharField(label="By which order, act or deed?", max_length=300, help_text=LAW)

    def __init__(self, page: ToDivide, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = self.fields["people"]
        assert isinstance(people, forms.MultipleChoiceField)
        people.choices = [(str(key), name) for key, name in page.people]
        if not page.people:
            del self.fields["people"]

    def pieces(self) -> tuple[Piece, Piece]:
        """The answer, as the action takes it."""
        away = frozenset(UUID(key) for key in self.cleaned_data.get("people", ()))
        return Piece(self.cleaned_data["first"], frozenset()), Piece(self.cleaned_data["second"], away)
