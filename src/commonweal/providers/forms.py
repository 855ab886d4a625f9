"""The shape of what is asked: a search, a file, a profile, who may see it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from commonweal.present.forms import Hinted
from commonweal.providers.actions.profile import Line, Told
from commonweal.providers.classes import titles
from commonweal.providers.models import LineKind, ProviderKind, Seen
from commonweal.providers.needs_asked import NeedAsked

_UNTIL = re.compile(r"^(.*?)[,;]?\s*(?:until|expires|to)\s+(\d{1,2})[ /.](\d{1,2})[ /.](\d{4})$", re.IGNORECASE)
PUBLISHED, OURS = "published", "ours"
HINTS = {
    LineKind.ACTIVITY: "One a line. For example: weekly chair-based exercise.",
    LineKind.OUTCOME: "One a line. For example: older people are steadier on their feet.",
    LineKind.GROUP: "One a line. For example: people over 65, disabled people.",
    LineKind.AREA: "One a line: wards, towns or districts.",
    LineKind.STANDARD: "One a line, with the day it runs out if it does: Quest, until 31 3 2027.",
    LineKind.REFERENCE: "One a line: organisations that can speak for your work, not people's names.",
    LineKind.POLICY: "One a line: safeguarding, until 1 9 2026.",
    LineKind.INSURANCE: "One a line: public liability £5m, until 1 4 2027.",
}
FIRST = (LineKind.ACTIVITY, LineKind.GROUP, LineKind.AREA)


class Find(forms.Form):
    """What is looked for, in the list and on the map alike; `needs` where a partnership has some."""

    q = forms.CharField(label="Name, number or what they do", max_length=100, required=False)
    place = forms.CharField(label="District", max_length=100, required=False)
    need = forms.ChoiceField(label="A need they could answer", required=False)
    does = forms.ChoiceField(label="What they do", required=False)
    group = forms.CharField(label="Whom they say they reach", max_length=60, required=False,
                            help_text="A word of it: older, disabled, young.")
    kind = forms.ChoiceField(label="Kind of body", required=False, choices=[("", "Any"), *ProviderKind.choices])

    def __init__(self, *args: Any, needs: tuple[NeedAsked, ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["does"].choices = [("", "Anything"), *titles().items()]  # type: ignore[attr-defined]
        if needs:
            self.fields["need"].choices = [  # type: ignore[attr-defined]
                ("", "Any"), *((str(one.id), one.title) for one in needs)]
        else:
            del self.fields["need"]


class BringList(forms.Form):
    """A register or a list, and whether everybody may have it."""

    file = forms.FileField(
        label="The file", allow_empty_file=True, max_length=255,
        help_text="A charity, company or grants register as published, an Open Referral feed saved as JSON, or "
                  "your own list as CSV or Excel with a column headed “Name”.",
    )
    whose = forms.ChoiceField(
        label="Where is it from?", widget=forms.RadioSelect, choices=[
            (OURS, Hinted("It is our own list", "Groups on it are only counted until they choose to be seen.")),
            (PUBLISHED, Hinted("It is published for everybody", "A public register in a form we know. It is "
                               "shown to everyone with its source.")),
        ],
    )


class SayWhatWeDo(forms.Form):
    """A profile: the first part takes five minutes, the rest can wait."""

    activity = "directory"
    about = forms.CharField(label="Who you are and what you do, in two sentences", max_length=600,
                            widget=forms.Textarea(attrs={"rows": 3, "maxlength": 600}))
    people = forms.IntegerField(label="How many people run it, paid or not", required=False, min_value=0,
                                max_value=1_000_000)
    hours = forms.IntegerField(label="Hours of activity in a usual week", required=False, min_value=0,
                               max_value=100_000)
    turnover = forms.DecimalField(label="Money in last year, in pounds", required=False, min_value=0,
                                  max_digits=14, decimal_places=2)
    turnover_year = forms.RegexField(label="Which year was that? For example 2024/25", required=False,
                                     regex=r"^\d{4}/\d{2}$")
    room = forms.CharField(label="What more could you take on?", required=False, max_length=300)
    wants = forms.CharField(label="What would you like to become?", required=False, max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rest = {name: self.fields.pop(name) for name in ("people", "hours", "turnover", "turnover_year", "room",
                                                         "wants")}
        for kind in sorted(LineKind, key=lambda one: one not in FIRST):
            self.fields[kind.value] = forms.CharField(
                label=kind.label, help_text=HINTS[kind], required=False, max_length=3000,
                widget=forms.Textarea(attrs={"rows": 3}))
        self.fields.update(rest)

    def clean(self) -> dict[str, Any]:
        """Each line fits."""
        cleaned = super().clean() or {}
        for kind in LineKind:
            if any(len(line.text) > 200 for line in lines_of(kind, cleaned.get(kind.value, ""))):
                self.add_error(kind.value, "Keep each line to 200 letters.")
        return cleaned

    def told(self) -> Told:
        """What was answered, as the action takes it."""
        said = self.cleaned_data
        lines = tuple(line for kind in LineKind for line in lines_of(kind, said[kind.value]))
        return Told(said["about"], said["people"], said["hours"], said["turnover"], said["turnover_year"],
                    said["room"], said["wants"], lines)


class WhoMaySee(forms.Form):
    """Who may see the entry."""

    seen = forms.ChoiceField(label="Who may see you in the directory?", widget=forms.RadioSelect, choices=[
        (Seen.PUBLIC, Hinted("Everyone", "Anybody can find you by name, place and what you do.")),
        (Seen.PARTNERS, Hinted("Partnerships you belong to", "People who sign in there can find you.")),
        (Seen.NAMED, Hinted("Only organisations you name below")),
        (Seen.COUNTED, Hinted("Nobody: only count us", "No search, list, map, file or interface shows you.")),
    ])
    named = forms.MultipleChoiceField(label="Organisations that may see you", required=False,
                                      widget=forms.CheckboxSelectMultiple)

    def __init__(self, partners: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["named"].choices = partners  # type: ignore[attr-defined]


class WhoCould(forms.Form):
    """What is asked of whoever would do it."""

    does = forms.ChoiceField(label="What should they do?", required=False)
    group = forms.CharField(label="Whom should they reach?", required=False, max_length=60,
                            help_text="A word of it: older, disabled, young.")
    standard = forms.CharField(label="What must they hold?", required=False, max_length=60,
                               help_text="A word of it: safeguarding, Quest, liability.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["does"].choices = [("", "Anything"), *titles().items()]  # type: ignore[attr-defined]


def lines_of(kind: str, text: str) -> list[Line]:
    """One line each, a day at its end being the day it runs out."""
    return [_line(kind, " ".join(one.split())) for one in text.replace("\x00", "").splitlines() if one.strip()]


def _line(kind: str, text: str) -> Line:
    found = _UNTIL.match(text)
    try:
        until = date(int(found[4]), int(found[3]), int(found[2])) if found else None
    except ValueError:
        until = None
    return Line(kind, found[1] if found and until else text, until)
