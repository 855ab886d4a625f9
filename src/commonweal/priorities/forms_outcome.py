"""The shape of what is asked when an outcome is written and a target set."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.policy.frameworks import frameworks
from commonweal.present.forms import DateField, Hinted
from commonweal.priorities.models import Level

LEVELS = {
    Level.OVERARCHING: "Long-term, for everybody in the place, and shared with other services.",
    Level.INTERMEDIATE: "What changes for people through culture and sport, such as health, skills or belonging.",
    Level.SERVICE: "What changes in culture and sport themselves, such as who takes part.",
}
OWN = "own"


class WriteOutcome(forms.Form):
    """What should be different, for whom, where, and what it answers."""

    title = forms.CharField(label="A short name for it", max_length=120,
                            help_text="For example: More girls dance.")
    statement = forms.CharField(
        label="What should be different?", max_length=1000,
        help_text="In one or two plain sentences. Say what changes for people, not what is done.",
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
    )
    who = forms.CharField(label="For whom?", max_length=300)
    where = forms.CharField(label="Where?", max_length=300, help_text="One place or several.")
    level = forms.ChoiceField(label="On which level?", widget=forms.RadioSelect, choices=[
        (level.value, Hinted(level.label, hint)) for level, hint in LEVELS.items()])
    needs = forms.MultipleChoiceField(label="Which needs does it answer?", required=False,
                                      widget=forms.CheckboxSelectMultiple)
    above = forms.MultipleChoiceField(label="Which outcomes above it does it lead to?", required=False,
                                      widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label="Why is it written anew?", max_length=500)
    over = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, needs: list[tuple[str, str]], above: list[tuple[str, str]], anew: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self._offer("needs", needs)
        self._offer("above", above)
        for name in ("level",) if anew else ("reason", "over"):
            del self.fields[name]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        if not choices:
            del self.fields[name]


class ChooseMeasure(forms.Form):
    """By which measure one would know, and in which place."""

    measure = forms.ChoiceField(label="By what would you know?")
    place = forms.CharField(
        label="In which place?", max_length=300,
        help_text="One place, or several districts together: name each. For one target a district, set several.")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["measure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(OWN, "A measure of our own"), *(
            (framework.title, [(one.key, one.title) for one in framework.indicators if not one.unknown])
            for framework in frameworks() if any(not one.unknown for one in framework.indicators)
        )]


class SetTarget(forms.Form):
    """Where it is and where it should be."""

    own_measure = forms.CharField(label="What do you count?", max_length=300,
                                  help_text="Whom or what, out of whom, and how often.")
    unit = forms.CharField(label="In which unit?", max_length=60, help_text="For example: %, people, visits.")
    baseline = forms.DecimalField(label="Where is it now?", required=False, max_digits=14, decimal_places=4,
                                  help_text="Leave empty where nobody has measured it.")
    baseline_on = DateField(label="Measured on which day?", required=False)
    baseline_source = forms.CharField(label="Where is that number from?", max_length=300, required=False)
    target = forms.DecimalField(label="Where should it be?", max_digits=14, decimal_places=4)
    target_on = DateField(label="By which day?")
    minimum_change = forms.DecimalField(
        label="What is the smallest change this measure can show?", required=False, max_digits=14,
        decimal_places=4,
        help_text="In the same unit; a smaller change could be chance. Empty where it is not known.",
    )

    def __init__(self, *args: Any, own: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not own:
            del self.fields["own_measure"]
            del self.fields["unit"]
