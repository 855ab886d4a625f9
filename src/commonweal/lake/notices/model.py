"""What a file of notices gives: notices, the defects found in them, and what could not be taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Defect(StrEnum):
    """What is wrong with a notice, and what was done about it."""

    UNREADABLE = "This line or part is no JSON, so it is left out"
    NOT_A_NOTICE = "This part is no notice, so it is left out"
    NO_OCID = "It has no open contracting id; it is known by its own id or its title and buyer alone"
    NO_ID = "It has no release id"
    SAME_ID = "Its release id stands on another notice of this file that says something else"
    SAME_NOTICE = "It says the same as another notice of this file; one is kept"
    OLDER = "A later notice of the same award is in this file; the later one is kept"
    NO_DATE = "It has no date of publication that can be read"
    NO_TITLE = "It has no title"
    NO_BUYER = "It does not name the buyer"
    NO_CPV = "It has no code of the common procurement vocabulary of eight digits"
    MANY_CPV = "It puts several codes in one; the first is kept"
    UNKNOWN_TAG = "Its tag is none of the standard's"
    NO_VALUE = "The award has no value"
    ZERO_VALUE = "Its value is nought or a token; it is not counted in prices"
    BAD_VALUE = "Its value is no number, so it is left out"
    NOT_POUNDS = "Its value is not in pounds, so it is not counted in prices"
    NO_SUPPLIER = "The award names no supplier"
    NO_AWARD = "Its supplier says that nobody got it"
    JOINED_SUPPLIERS = "It names several suppliers in one; they are taken apart"
    NO_NUMBER = "A supplier has no number of a register"
    SHORT_NUMBER = "A Companies House number lacks its leading noughts; they are put back"
    PERSON = "A supplier looks like one person; the name is left out"
    CONTACT = "It carries a contact point; it is left out"
    PERSONAL_TEXT = "Its text holds an e-mail address or a telephone number; it is taken out"
    BROKEN_LETTERS = "Its letters were read in the wrong code; they are mended"
    LOST_LETTERS = "It has letters that nobody can bring back"
    LOST_BREAKS = "Its line breaks became “rn”; they are mended"
    ENTITIES = "It holds the codes of a web page (&amp;); they are mended"
    CUT = "Its description is cut off at 500 letters"
    ENDS_FIRST = "It ends before it begins; both days are left out"
    BAD_DAY = "A day in it cannot be read"
    LATER_AWARD = "It says that it was awarded after it was published"


@dataclass(frozen=True, slots=True)
class Found:
    """One defect: which, and where in the file."""

    defect: Defect
    row: int


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who won; a person stands without a name."""

    name: str
    scheme: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One award, or one notice before any award. `value` is in pounds, as published."""

    row: int
    key: str                     # what makes it the same notice in a later file
    source: str
    ocid: str
    stage: str
    published: date | None
    title: str
    description: str
    buyer: str
    cpv: str
    cpv_words: str
    category: str
    method: str
    region: str
    value: Decimal | None
    awarded: date | None
    starts: date | None
    ends: date | None
    suppliers: tuple[Supplier, ...]
    sme: bool | None
    vcse: bool | None
    address: str


@dataclass(frozen=True, slots=True)
class NoticeFile:
    """Everything a file gives: `read` counts its notices, `kept` are those that stay."""

    read: int
    kept: tuple[Notice, ...]
    found: tuple[Found, ...]
    form: str
