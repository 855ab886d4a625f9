"""The shape of one question of a return: a big box, or several, or words, or why there is no answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from commonweal.core.ids import uuid7
from commonweal.measures.actions.answering import Said
from commonweal.measures.asking import Asked
from commonweal.measures.queries.sheet import AnswerView
from commonweal.policy.returns import QuestionKind, cannot_reasons
from commonweal.present.forms import Affixed, DateField

PART = "part-"


def number_box(**look: Any) -> forms.TextInput:
    """A box for a number on a telephone's number keys."""
    return Affixed({"inputmode": "numeric", "autocomplete": "off", "class": "cw-number", "spellcheck": "false"},
                   **look)


class AnswerForm(forms.Form):
    """One question on its own page; `key` names this save and `seen` what the page showed."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    cannot = forms.ChoiceField(label="Cannot answer because", required=False, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, view: AnswerView) -> None:
        super().__init__(data, initial={"key": uuid7(), "seen": view.number, "cannot": view.cannot},
                         auto_id="%s")
        self.asked = view.asked
        self.fields.update(answer_fields(view.asked, view.value))
        reasons = self.fields["cannot"]
        assert isinstance(reasons, forms.ChoiceField)
        reasons.choices = [(one.key, one.label) for one in cannot_reasons()]

    @property
    def boxes(self) -> list[forms.BoundField]:
        """Where the answer is typed."""
        return [self[name] for name in self.fields if name == "answer" or name.startswith(PART)]

    @property
    def reasons(self) -> forms.BoundField:
        """Why there is no answer."""
        return self["cannot"]

    def said(self) -> Said:
        """What was typed, as it is; who now says why they cannot, and leaves the old number there, means that."""
        given = self.cleaned_data
        key: UUID | None = given.get("key")
        left = given.get("cannot") not in ("", self.initial["cannot"]) and all(
            given.get(box.name, "") == ("" if box.initial is None else str(box.initial)) for box in self.boxes)
        return Said(question=self.asked.key, typed=typed_in(self.asked, {} if left else given),
                    cannot=given.get("cannot") or "", key=key, seen=given.get("seen") or 0)


class SpokenForm(forms.Form):
    """A whole return on one page, for whoever enters what was said by telephone."""

    activity = "returns"
    said_by = forms.CharField(label="Who said it?", max_length=120, help_text="Their name, as they gave it.")
    said_on = DateField(label="On which day?")

    def __init__(self, *args: Any, views: tuple[AnswerView, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.views = views
        for view in views:
            for name, field in answer_fields(view.asked, view.value).items():
                self.fields[f"{view.asked.key}:{name}"] = field
            if view.asked.kind is not QuestionKind.TEXT:
                choices = [("", "It is answered"), *((one.key, one.label) for one in cannot_reasons())]
                self.fields[f"{view.asked.key}:cannot"] = forms.ChoiceField(
                    label=f"{view.asked.question.short}: or why not", required=False, choices=choices,
                    initial=view.cannot)

    def said(self) -> tuple[Said, ...]:
        """Every question's answer, as typed."""
        found = []
        for view in self.views:
            head = f"{view.asked.key}:"
            given = {name.removeprefix(head): value for name, value in self.cleaned_data.items()
                     if name.startswith(head)}
            found.append(Said(question=view.asked.key, typed=typed_in(view.asked, given),
                              cannot=given.get("cannot") or "", seen=view.number))
        return tuple(found)


def answer_fields(asked: Asked, value: object) -> dict[str, forms.Field]:
    """The boxes of a question with what stands in them."""
    if asked.parts:
        held = value if isinstance(value, dict) else {}
        return {f"{PART}{key}": forms.CharField(label=title, required=False, initial=held.get(key),
                                                widget=number_box())
                for key, title in asked.parts}
    if asked.kind is QuestionKind.TEXT:
        box: forms.Widget = forms.Textarea({"rows": 6, "maxlength": asked.question.most})
    else:
        box = number_box(prefix="£") if asked.kind is QuestionKind.POUNDS else number_box()
    return {"answer": forms.CharField(label=asked.words, help_text=asked.question.hint, required=False,
                                      initial=value, widget=box)}


def typed_in(asked: Asked, given: dict[str, Any]) -> object:
    """What was typed in the boxes of a question."""
    if asked.parts:
        return {key: given.get(f"{PART}{key}") for key, _ in asked.parts}
    return given.get("answer")
