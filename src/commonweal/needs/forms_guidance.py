"""The shape of a checklist."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.needs.queries.guidance import TickCard
from commonweal.present.forms import Hinted


class Checklist(forms.Form):
    """Which lines are done."""

    done = forms.MultipleChoiceField(label="What is done?", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, lines: tuple[TickCard, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["done"]
        field.initial = [one.key for one in lines if one.done]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.key, Hinted(one.text, _said(one))) for one in lines]


def _said(line: TickCard) -> str:
    return f"{line.who}, {line.when:%-d %B %Y}" if line.when else ""
