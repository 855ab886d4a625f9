"""The shape of what is asked to bring in notices, and to look in the market."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.present.forms import DateField
from commonweal.procurement.queries.market import KINDS


class BringNotices(forms.Form):
    """One file."""

    file = forms.FileField(
        label="The file", allow_empty_file=True, max_length=255,
        help_text="OCDS releases of Contracts Finder, Find a Tender, Public Contracts Scotland or Sell2Wales as "
                  "JSON: a package, a list, or one release a line.")


class SeekMarket(forms.Form):
    """What somebody looks for."""

    words = forms.CharField(label="What", max_length=100, required=False)
    kind = forms.ChoiceField(label="Kind", required=False,
                             choices=[("", "Any"), *((key, one[0]) for key, one in KINDS.items())])
    where = forms.ChoiceField(label="Where", required=False)
    buyer = forms.CharField(label="Buyer", max_length=100, required=False)
    since = DateField(label="Awarded since", required=False)

    def __init__(self, *args: Any, regions: tuple[str, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["where"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Anywhere"), *((one, one) for one in regions)]
