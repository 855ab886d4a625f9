"""The shape of the questions when partnerships are joined or split."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from commonweal.core.actions.succession import Part
from commonweal.core.queries.succession import Kept, ToSplit
from commonweal.present.forms import DateField, Hinted

NAMES = "Both parts"
DAY = "Until this day everything goes on as it is."


class JoinPartnerships(forms.Form):
    """Which, under what name, from when?"""

    before = forms.MultipleChoiceField(
        label="Which partnerships are joined?", widget=forms.CheckboxSelectMultiple, help_text="Two or more.",
    )
    name = forms.CharField(label="What is the new one called?", max_length=300)
    day = DateField(label="From which day?", help_text=DAY)

    def __init__(self, going_on: tuple[Kept, ...], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["before"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (str(one.id), Hinted(one.name, "Invented" if one.invented else f"Since {one.start:%-d %B %Y}"))
            for one in going_on
        ]

    def chosen(self) -> tuple[UUID, ...]:
        """Which were ticked."""
        return tuple(UUID(key) for key in self.cleaned_data["before"])


class SplitPartnership(forms.Form):
    """What are the two parts called, from when, and what goes on in which?"""

    first = forms.CharField(label="What is the first part called?", max_length=300)
    second = forms.CharField(label="What is the second part called?", max_length=300)
    day = DateField(label="From which day?", help_text=DAY)

    def __init__(self, page: ToSplit, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.page = page
        choices = [("first", "The first part"), ("second", "The second part"), ("both", NAMES)]
        for key, name in (*page.organisations, *page.places):
            self.fields[str(key)] = forms.ChoiceField(
                label=f"In which part does {name} go on?", choices=choices, widget=forms.RadioSelect
            )

    def parts(self) -> tuple[Part, Part]:
        """The answer, as the action takes it."""
        first, second = (self._part(which) for which in ("first", "second"))
        return first, second

    def _part(self, which: str) -> Part:
        def goes(key: UUID) -> bool:
            return self.cleaned_data[str(key)] in {which, "both"}

        return Part(
            self.cleaned_data[which], frozenset(key for key, _ in self.page.organisations if goes(key)),
            frozenset(key for key, _ in self.page.places if goes(key)),
        )
