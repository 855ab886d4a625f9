"""What a column of an unknown table can mean, and a guess at it with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """The meanings a column can have; the value is how a person would say it."""

    AREA_CODE = "area code"
    AREA_NAME = "name of an area"
    POSTCODE = "postcode"
    LONGITUDE = "longitude"
    LATITUDE = "latitude"
    EASTING = "easting"
    NORTHING = "northing"
    DAY = "date"
    PERIOD = "period"
    COUNT = "count"
    PERCENTAGE = "percentage"
    MONEY = "money"
    NUMBER = "number"
    LOWER = "lower confidence limit"
    UPPER = "upper confidence limit"
    DENOMINATOR = "base or denominator"
    INDICATOR = "what is measured"
    UNIT = "unit"
    SEX = "sex"
    AGE = "age"
    CATEGORY = "category"
    NAME = "name of a place or organisation"
    IDENTIFIER = "identifier"
    WORDS = "free text"
    EMPTY = "nothing"
    EMAIL = "e-mail address of a person"
    PHONE = "telephone number of a person"
    PERSON = "name of a person"
    BIRTH = "date of birth"


PERSONAL = frozenset((Meaning.EMAIL, Meaning.PHONE, Meaning.PERSON, Meaning.BIRTH))
MEASURED = (Meaning.COUNT, Meaning.PERCENTAGE, Meaning.MONEY, Meaning.NUMBER)


@dataclass(frozen=True, slots=True)
class Guess:
    """What one column seems to mean, how sure that is (0 to 1), and why, in a sentence.

    `kind` is the kind of area of an area code, empty for all else.
    """

    column: str
    meaning: Meaning
    confidence: float
    reason: str
    kind: str = ""

    @property
    def personal(self) -> bool:
        """Whether the column is about people who could be known by it; it is never taken in."""
        return self.meaning in PERSONAL
