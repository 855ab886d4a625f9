"""The shape of an event, of a booking, of three answers, and of what follows."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.knowledge.actions.booking import Booker
from commonweal.knowledge.actions.events import GatheringSaid, Recording
from commonweal.knowledge.event_summary import words
from commonweal.knowledge.models import GatheringKind
from commonweal.knowledge.queries.events import BookingLine
from commonweal.present.forms import DateField, Hinted

HOURS = {"input_formats": ["%H:%M", "%H.%M"], "help_text": "For example 18:30."}


class PlanEvent(forms.Form):
    """What it is, when, where, and what the place offers."""

    activity = "events"
    kind = forms.ChoiceField(label="What is it?", choices=GatheringKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="Its name", max_length=120)
    about = forms.CharField(label="What is it for, and for whom?", max_length=800,
                            widget=forms.Textarea({"rows": 4, "maxlength": 800}))
    day = DateField(label="On which day?")
    begins = forms.TimeField(label="From", **HOURS)  # type: ignore[arg-type]
    ends = forms.TimeField(label="Until", **HOURS)  # type: ignore[arg-type]
    where = forms.CharField(label="Where?", max_length=200, help_text="An address, or “online”.")
    access = forms.CharField(label="What does the place offer for access?", max_length=400,
                             help_text="Level entrance, hearing loop, quiet room, parking. Say too what it lacks.",
                             widget=forms.Textarea({"rows": 3, "maxlength": 400}))
    joining = forms.CharField(label="Notes for those who have a place", max_length=600, required=False,
                              help_text="How to get in, a link to join. Only they see it.",
                              widget=forms.Textarea({"rows": 3, "maxlength": 600}))
    places = forms.IntegerField(label="How many places?", min_value=1, max_value=2000, required=False,
                                help_text="Leave it empty where there is room for all.",
                                widget=forms.TextInput({"class": "govuk-input--width-4", "inputmode": "numeric"}))
    contact = forms.CharField(label="Whom may people ring or write to?", max_length=200)
    public = forms.BooleanField(label="Anybody may come: it stands in the public list", required=False)

    def said(self) -> GatheringSaid:
        """What was answered."""
        return GatheringSaid(**self.cleaned_data)


class BookPlace(forms.Form):
    """Only what is needed. `website` is a trap for programs: people never see it."""

    activity = "events"
    name = forms.CharField(label="Your name", max_length=120)
    email = forms.EmailField(label="Your e-mail address", max_length=254)
    access_needs = forms.CharField(label="Do you need anything to take part?", max_length=300, required=False,
                                   help_text="Leave it empty if not. Only whoever hosts it sees it.")
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def booker(self) -> Booker:
        """Who books."""
        said = self.cleaned_data
        return Booker(name=said["name"], email=said["email"], access_needs=said["access_needs"])


class OwnPlace(forms.Form):
    """Somebody with an account is known already."""

    activity = "events"
    access_needs = forms.CharField(label="Do you need anything to take part?", max_length=300, required=False,
                                   help_text="Leave it empty if not. Only whoever hosts it sees it.")


class Answers(forms.Form):
    """Three questions."""

    worth = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)
    useful = forms.CharField(max_length=600, required=False, widget=forms.Textarea({"rows": 3, "maxlength": 600}))
    next = forms.CharField(max_length=600, required=False, widget=forms.Textarea({"rows": 3, "maxlength": 600}))
    quote = forms.BooleanField(label="My words may be shown, without my name", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for key, question in words()["questions"].items():
            self.fields[key].label = question
        worth = self.fields["worth"]
        assert isinstance(worth, forms.ChoiceField)
        worth.choices = [(str(mark), title) for mark, title in words()["worth"].items()]


class Attendance(forms.Form):
    """Who came."""

    came = forms.MultipleChoiceField(label="Who came?", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, lines: tuple[BookingLine, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["came"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(one.id), Hinted(one.name or "Taken out", one.access_needs)) for one in lines]
        field.initial = [str(one.id) for one in lines if one.came]


class Notes(forms.Form):
    """A line each."""

    notes = forms.CharField(label="What was said, a line each", max_length=6000, required=False,
                            help_text="Leave names out.", widget=forms.Textarea({"rows": 10, "maxlength": 6000}))


class Recorded(forms.Form):
    """Where its sound is."""

    address = forms.URLField(label="Address of the recording", max_length=400, assume_scheme="https",
                             help_text="Begins with https:// and ends with .mp3, .m4a, .ogg or .wav.")
    megabytes = forms.DecimalField(label="How large is it, in megabytes?", min_value=0, max_value=2000,
                                   max_digits=7, decimal_places=2)
    minutes = forms.IntegerField(label="How many minutes?", min_value=1, max_value=600)
    about = forms.CharField(label="Who speaks of what?", max_length=600,
                            help_text="Everybody who is heard must have agreed to it.",
                            widget=forms.Textarea({"rows": 3, "maxlength": 600}))

    def recording(self) -> Recording:
        """What was answered."""
        said = self.cleaned_data
        return Recording(address=said["address"], octets=int(said["megabytes"] * 1_000_000),
                         minutes=said["minutes"], about=said["about"])


class EventDeed(forms.Form):
    """What was agreed, whose it is, by when."""

    words = forms.CharField(label="What will be done?", max_length=300)
    owner = forms.ChoiceField(label="Whose is it?")
    due = DateField(label="By when?")

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *owners]


class Cancel(forms.Form):
    """Why not."""

    because = forms.CharField(label="Why does it not take place?", max_length=300)
