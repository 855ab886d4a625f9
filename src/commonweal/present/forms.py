"""Forms that look and read like the rest: one renderer, so that plain Django forms need nothing more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.forms.widgets import Input
from django.http import HttpRequest, QueryDict

from commonweal.core.errors import ActForWhom, CommonwealError, PartnershipEnded

T = TypeVar("T")

CHOSEN = (forms.ChoiceField, forms.ModelChoiceField, forms.TypedChoiceField)
REQUIRED_BY_DJANGO = str(forms.Field.default_error_messages["required"])
SAID_BY_DJANGO: tuple[tuple[object, str], ...] = (  # and what is said instead, naming the question
    (forms.IntegerField.default_error_messages["invalid"], "“{label}” must be a whole number, such as 12"),
    (forms.DecimalField.default_error_messages["invalid"], "“{label}” must be a number, such as 12.5"),
    (forms.FloatField.default_error_messages["invalid"], "“{label}” must be a number, such as 12.5"),
    (validators.MinValueValidator.message, "“{label}” must be {limit_value} or more"),
    (validators.MaxValueValidator.message, "“{label}” must be {limit_value} or less"),
    (validators.DecimalValidator.messages["max_digits"], "“{label}” may have {max} digits at most"),
    (validators.DecimalValidator.messages["max_decimal_places"], "“{label}” may have {max} decimal places"),
    (validators.DecimalValidator.messages["max_whole_digits"], "“{label}” may have {max} digits before its point"),
    (validators.MaxLengthValidator.message, "“{label}” may have {limit_value:,} letters; this has {show_value:,}"),
    (validators.ProhibitNullCharactersValidator.message, "“{label}” holds letters nobody types. Write it anew"),
    *(
        (kind.default_error_messages["invalid_choice"], "“{label}”: choose from the answers that are there")
        for kind in (
            forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField, forms.ModelMultipleChoiceField
        )
    ),
)


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """One thing wrong, and the address of the answer it is about."""

    text: str
    href: str


class Hinted(str):
    """A choice's label that carries a hint under it: `("yes", Hinted("Yes", "You can change this later"))`."""

    hint: str

    def __new__(cls, label: str, hint: str = "") -> Hinted:
        """A label with its hint."""
        made = super().__new__(cls, label)
        made.hint = hint
        return made

    def __deepcopy__(self, memo: Any) -> Hinted:
        return self


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.FileInput):
        return "govuk-file-upload"
    if isinstance(widget, forms.Textarea):
        return "govuk-textarea govuk-js-character-count" if widget.attrs.get("maxlength") else "govuk-textarea"
    if isinstance(widget, forms.PasswordInput):
        return "govuk-input govuk-password-input__input govuk-js-password-input-input"
    if isinstance(widget, forms.CheckboxInput):
        return "govuk-checkboxes__input"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return ""
    if isinstance(widget, forms.Select):
        return "govuk-select"
    return "govuk-input" if isinstance(widget, Input) else ""


def _required_words(field: forms.Field, label: str) -> str:
    """What is asked when an answer is missing: 'Enter your phone number', 'Choose a place'."""
    words = label.rstrip("?:. ")
    if isinstance(field.widget, forms.CheckboxInput):
        return f"Tick the box: {words}"
    if label.rstrip().endswith("?"):
        return f"Answer the question: {words}?"
    verb = "Choose" if isinstance(field, CHOSEN) else "Upload" if isinstance(field, forms.FileField) else "Enter"
    lowered = words if words[1:2].isupper() else words[:1].lower() + words[1:]
    return f"{verb} {lowered}"


class Answer(BoundField):
    """A bound field with our classes and our words for a missing answer."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Our class beside the widget's own; no `required`, because the page itself says what is wrong."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        base = _class_of(widget)
        wrong = f"{base.split()[0]}--error" if base and self.errors and "checkboxes" not in base else ""
        named = " ".join(part for part in (base, wrong, str(widget.attrs.get("class", ""))) if part)
        return {**built, "class": named} if named else built

    @property
    def errors(self) -> ErrorList:
        """The field's errors, a missing answer in words about this answer."""
        found: ErrorList = super().errors
        data = [self._worded(error) for error in found.as_data()]
        return self.form.error_class(
            data, error_class=found.error_class, renderer=self.form.renderer, field_id=self.auto_id
        )

    def _worded(self, error: ValidationError) -> ValidationError:
        if error.code == "required" and str(error.message) == REQUIRED_BY_DJANGO:
            return ValidationError(_required_words(self.field, str(self.label)), code="required")
        label = str(self.label).rstrip(":. ")
        for theirs, ours in SAID_BY_DJANGO:
            if error.message is theirs:
                return ValidationError(ours.format(label=label, **(error.params or {})), code=error.code)
        return error

    @property
    def kind(self) -> str:
        """Which way the field template lays it out."""
        widget = self.field.widget
        if isinstance(widget, forms.CheckboxInput):
            return "tick"
        if self.use_fieldset:
            return "group"
        if isinstance(widget, forms.Textarea) and widget.attrs.get("maxlength"):
            return "counted"
        if isinstance(widget, forms.PasswordInput):
            return "password"
        return "file" if isinstance(widget, forms.FileInput) else "plain"

    @property
    def maximum(self) -> Any:
        """How many characters may be written."""
        return self.field.widget.attrs.get("maxlength")

    @property
    def first_id(self) -> str:
        """The id an error leads to: the first choice, the first part of a date, or the field itself."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.auto_id


class Renderer(TemplatesSetting):
    """Set as FORM_RENDERER: every form of every app is drawn with our templates."""

    form_template_name = "present/forms/form.html"
    formset_template_name = "present/forms/formset.html"
    field_template_name = "present/forms/field.html"
    bound_field_class = Answer


def error_links_of(form: forms.BaseForm) -> tuple[ErrorLink, ...]:
    """What is wrong, in the order of the page; a form's own errors lead to its first field."""
    visible = form.visible_fields() if form.is_bound else []
    first = f"#{getattr(visible[0], 'first_id', visible[0].auto_id)}" if visible else ""
    links = [ErrorLink(str(text), first) for text in (form.non_field_errors() if form.is_bound else [])]
    links += [ErrorLink(str(text), first) for field in (form.hidden_fields() if form.is_bound else ())
              for text in field.errors]
    for field in visible:
        links += [ErrorLink(str(text), f"#{getattr(field, 'first_id', field.auto_id)}") for text in field.errors]
    return tuple(links)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: what was sent, even where that is nothing; None on a first visit."""
    return request.POST if request.method == "POST" else None


def tried(form: forms.BaseForm, deed: Callable[[], T]) -> T | None:
    """What the deed gives; where it is refused, its sentence on the form and nothing."""
    try:
        return deed()
    except (ActForWhom, PartnershipEnded):
        raise  # these lead to a page of their own
    except CommonwealError as refusal:
        form.add_error(None, str(refusal))
        return None


class DatePartsWidget(forms.MultiWidget):
    """A date as three short boxes, because people know dates as day, month and year."""

    template_name = "present/forms/date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        narrow = {"class": "govuk-input govuk-date-input__input govuk-input--width-2", "inputmode": "numeric"}
        wide = {**narrow, "class": "govuk-input govuk-date-input__input govuk-input--width-4"}
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.TextInput(narrow), "month": forms.TextInput(narrow), "year": forms.TextInput(wide),
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """A date, or what was typed, as day, month, year."""
        if isinstance(value, date):
            return [value.day, value.month, value.year]
        return list(reversed(str(value).split("-", 2))) if value else ["", "", ""]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Year, month and day joined, or empty where nothing was typed."""
        day, month, year = (str(part or "").strip() for part in super().value_from_datadict(data, files, name))
        return f"{year}-{month}-{day}" if day or month or year else ""


FIRST_YEAR, LAST_YEAR = 1900, 2200


class DateField(forms.DateField):
    """A date asked for as day, month and year."""

    widget = DatePartsWidget

    def __init__(self, **options: Any) -> None:
        messages = {"invalid": "This must be a real date, such as 27 3 2026", **options.pop("error_messages", {})}
        super().__init__(input_formats=["%Y-%m-%d"], error_messages=messages, **options)

    def validate(self, value: Any) -> None:
        """A day of our time: a year with a digit too few or wrong is a slip, and would be believed later."""
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise forms.ValidationError(
                f"The year must be from {FIRST_YEAR} to {LAST_YEAR}, with all four digits, such as 2026", "year")


class Affixed(forms.TextInput):
    """A short answer with a mark before or after it: £, %, people."""

    template_name = "present/forms/affixed.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, prefix: str = "", suffix: str = "") -> None:
        super().__init__(attrs)
        self.prefix, self.suffix = prefix, suffix

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The marks go with the widget."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"prefix": self.prefix, "suffix": self.suffix}
        return context
