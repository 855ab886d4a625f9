"""The shape of a bid's parts, each on a page of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from commonweal.policy.competing import Reserved
from commonweal.present.forms import Affixed
from commonweal.procurement.bid_checks import above_the_sum, words_in
from commonweal.procurement.forms_rules import Pounds
from commonweal.procurement.package import Member, Package
from commonweal.procurement.queries.competing import CompetitionCard, Criterion

MOST_MEMBERS = 6
LETTERS_A_WORD = 14     # a box is cut off only where no honest answer reaches


def seen_box() -> forms.IntegerField:
    """How often the part had been saved when its page was shown."""
    return forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class BeginBid(forms.Form):
    """Who begins it. `website` is a trap for programs: people never see it."""

    activity = "commissioning"
    name = forms.CharField(label="Your club or organisation", max_length=200)
    contact = forms.CharField(label="Your name", max_length=120)
    reach = forms.CharField(label="Telephone or e-mail", max_length=200,
                            help_text="It is sealed with your answer, and read only after the deadline.")
    website = forms.CharField(required=False, widget=forms.HiddenInput)


class Who(forms.Form):
    """Who bids, and how to reach them."""

    activity = "commissioning"
    seen = seen_box()
    name = forms.CharField(label="Your club or organisation", max_length=200)
    contact = forms.CharField(label="Who can be asked about it?", max_length=120)
    reach = forms.CharField(label="Telephone or e-mail", max_length=200)

    def __init__(self, *args: Any, reserved: Reserved | None, **more: Any) -> None:
        super().__init__(*args, **more)
        if reserved is not None:
            self.fields["eligible"] = forms.BooleanField(
                label=reserved.tick, required=False, help_text=f"It is kept for: {reserved.name}.")


class Together(forms.Form):
    """Alone, or with whom: who, what each does, and its share."""

    seen = seen_box()
    alone = forms.ChoiceField(label="Do you do it alone?", widget=forms.RadioSelect, choices=[
        ("yes", "Yes, alone"), ("no", "No, together with others")])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for at in range(1, MOST_MEMBERS + 1):
            who = "Who leads" if at == 1 else f"Organisation {at}"
            self.fields[f"name-{at}"] = forms.CharField(label=who, max_length=200, required=False)
            self.fields[f"part-{at}"] = forms.CharField(label="What it does", max_length=300, required=False)
            self.fields[f"share-{at}"] = forms.IntegerField(
                label="Its share", min_value=1, max_value=99, required=False,
                widget=Affixed({"class": "govuk-input--width-3", "inputmode": "numeric"}, suffix="%"))

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """Three boxes a member."""
        return [[self[f"{name}-{at}"] for name in ("name", "part", "share")] for at in range(1, MOST_MEMBERS + 1)]

    def clean(self) -> dict[str, Any]:
        """Those who bid together are two or more, each whole."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("alone") == "yes":
            self._pass_over_the_rest()
        if given.get("alone") != "no" or self.errors:
            return given
        for at in range(1, MOST_MEMBERS + 1):
            three = [given.get(f"{name}-{at}") for name in ("name", "part", "share")]
            if any(three) and not all(three):
                lacking = ("name", "part", "share")[[bool(one) for one in three].index(False)]
                self.add_error(f"{lacking}-{at}", f"Organisation {at}: give its name, what it does and its share.")
        if not self.errors and len(self.members()) < 2:
            self.add_error("name-2", "Name at least one other organisation, or say that you do it alone.")
        return given

    def _pass_over_the_rest(self) -> None:
        """Alone, whatever was left in the boxes about others counts for nothing, and refuses nothing."""
        for name in [one for one in self.errors if one != "alone"]:
            del self.errors[name]

    def members(self) -> tuple[Member, ...]:
        """Those named."""
        given = self.cleaned_data
        if given.get("alone") != "no":
            return ()
        return tuple(Member(given[f"name-{at}"], given[f"part-{at}"], given[f"share-{at}"])
                     for at in range(1, MOST_MEMBERS + 1) if given.get(f"name-{at}"))


class AnswerQuestion(forms.Form):
    """One question: too many words are kept, and said."""

    seen = seen_box()

    def __init__(self, *args: Any, criterion: Criterion, most: int, **more: Any) -> None:
        super().__init__(*args, **more)
        asked = criterion.question
        counts = f"It counts for {criterion.share:.3g}% of the score." if criterion.weight else "It is not scored."
        self.fields["words"] = forms.CharField(
            label=asked.words,
            help_text=f"{asked.help} {most:,} words at most. A good answer shows: {asked.looked_for} {counts}",
            validators=[MaxLengthValidator(4 * most * LETTERS_A_WORD)], required=False,
            widget=forms.Textarea({"rows": 6 if most <= 200 else 12}))
        self.most = most

    @property
    def over(self) -> int:
        """How many words too many."""
        return max(0, words_in(self.cleaned_data.get("words", "")) - self.most)


class Price(forms.Form):
    """The price, and what it is made of."""

    seen = seen_box()
    price = Pounds(label="Your price", required=True)
    price_made_of = forms.CharField(label="What is it made of?", max_length=2000, required=False,
                                    help_text="The main parts, with a fair share of rent, insurance and office.",
                                    widget=forms.Textarea({"rows": 6}))

    def __init__(self, *args: Any, card: CompetitionCard, years: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.card = card
        price = self.fields["price"]
        price.help_text = f"In all{years}, without VAT."
        if card.deal == "grant":
            price.label = "How much do you ask for?"
            price.help_text = card.sum_words or f"In all{years}."

    def clean_price(self) -> Any:
        """A price of nought is no price."""
        if not self.cleaned_data["price"]:
            raise forms.ValidationError("Give a price above nought.")
        over = above_the_sum(self.card.available, self.cleaned_data["price"])
        if over and not self.card.may_exceed:
            raise forms.ValidationError(f"{over[:1].upper()}{over[1:]}")
        return self.cleaned_data["price"]


class AttachFile(forms.Form):
    """One file."""

    file = forms.FileField(label="Choose a file", allow_empty_file=True, max_length=255)


def held_who(package: Package) -> dict[str, Any]:
    """What the page about who bids begins with."""
    return {"name": package.name, "contact": package.contact, "reach": package.reach, "eligible": package.eligible,
            "seen": package.seen.get("who", 0)}


def held_together(package: Package) -> dict[str, Any]:
    """What the page about others begins with."""
    held: dict[str, Any] = {"seen": package.seen.get("together", 0)}
    if package.alone is not None:
        held["alone"] = "yes" if package.alone else "no"
    for at, one in enumerate(package.members, start=1):
        held |= {f"name-{at}": one.name, f"part-{at}": one.part, f"share-{at}": one.share}
    if not package.members:
        held["name-1"] = package.name
    return held
