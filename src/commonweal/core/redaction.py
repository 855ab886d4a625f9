"""Who is named in words that go to somebody else: names, addresses and numbers are left out, and it is said so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from commonweal.core.models import Person
from commonweal.core.personal_data import Kind, declarations
from commonweal.core.rewording import reworded

NAME, ADDRESS, NUMBER = "[name left out]", "[address left out]", "[number left out]"
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?<![\w/.-])(?:\+44\s?|0)\d(?:[\s-]?\d){8,9}(?![\w/-])")


def names_held() -> Iterator[str]:
    """Every name of a person that is told of: accounts, contacts, advocates, whoever said or booked something."""
    yield from Person.objects.values_list("name", flat=True)
    for one in declarations().values():
        for field in one.of(Kind.NAMES) if one.model is not Person else ():
            yield from one.model._base_manager.exclude(**{field: ""}).values_list(field, flat=True).distinct()


class Redactor:
    """Leaves out everybody but whoever it is for. A single word is no name here: too much would go."""

    def __init__(self, names: Iterable[str], *, keep: Iterable[str] = ()) -> None:
        self._keep = {one.strip().casefold() for one in keep if one.strip()}
        self._names = {one.strip() for one in names if one and " " in one.strip()}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        left_out = sorted((one for one in self._names if one.casefold() not in self._keep), key=len, reverse=True)
        spelled = (rf"(?<!\w){re.escape(one)}(?!\w)" for one in left_out)
        return re.compile("|".join(spelled) or r"(?!)", re.IGNORECASE)

    def words(self, said: str) -> str:
        """A text without others' names, addresses and telephone numbers."""
        left = self._pattern.sub(NAME, said)
        left = _ADDRESS.sub(lambda found: found[0] if found[0].casefold() in self._keep else ADDRESS, left)
        return _NUMBER.sub(NUMBER, left)

    def value(self, held: Any) -> Any:
        """The same for whatever holds texts, however deep."""
        return reworded(held, self.words)

    def name(self, said: str) -> str:
        """A name field: whole, or left out."""
        return said if not said or said.strip().casefold() in self._keep else NAME

    def reach(self, said: str) -> str:
        """An address or number field: whole, or left out."""
        return said if not said or said.strip().casefold() in self._keep else ADDRESS
