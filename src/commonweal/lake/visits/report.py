"""What became of an export at the door: every row and column accounted for, each trouble with its effect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

EXAMPLES = 20


class Trouble(StrEnum):
    """What can be wrong with a row; the value is how a person would say it."""

    MISFIT = "has too many or too few cells"
    NO_DATE = "has no date"
    BAD_DATE = "has a date that cannot be read (days come before months)"
    FUTURE = "is dated in the future"
    TOO_OLD = "is dated before any system of this kind was"
    BAD_COUNT = "has a number of visits that is no whole number of 0 or more"
    DUPLICATE = "is the same as another row, to the minute"
    NEGATIVE_PRICE = "has a price below nothing"
    BAD_PRICE = "has a price that is no number"
    NO_MEMBER = "has no member"
    HOUSE_CARD = "is by a card used too often to be one person's"
    NO_POSTCODE = "has no postcode"
    PART_POSTCODE = "has a part of a postcode"
    UNKNOWN_POSTCODE = "has a postcode that is not in the published tables"
    BAD_BIRTH = "has a date of birth that cannot be"
    SAME_DAY = "is the same as another row, on a day without times"


# Rows with these are kept out; with the others the row stays and what is wrong in it counts as not known.
KEPT_OUT = (
    Trouble.MISFIT, Trouble.NO_DATE, Trouble.BAD_DATE, Trouble.FUTURE, Trouble.TOO_OLD, Trouble.BAD_COUNT,
    Trouble.DUPLICATE,
)
_EFFECT = {
    Trouble.MISFIT: "Visits may be more than counted, by as many.",
    Trouble.NO_DATE: "Visits may be more than counted, by as many.",
    Trouble.BAD_DATE: "Visits may be more than counted, by as many.",
    Trouble.FUTURE: "They are bookings or slips, and are not counted.",
    Trouble.TOO_OLD: "They are slips of the pen, and are not counted.",
    Trouble.BAD_COUNT: "Visits may be more than counted; by how many is not known.",
    Trouble.DUPLICATE: "They are counted once.",
    Trouble.NEGATIVE_PRICE: "Refunds or slips: the visit counts, the price does not, so income may be less.",
    Trouble.BAD_PRICE: "The visit counts; what was paid for it is not known, so income may be more.",
    Trouble.NO_MEMBER: "They may be anybody's: the number of people is given as a least and a most.",
    Trouble.HOUSE_CARD: "The visits count as nobody's in particular, so that one card is not taken for a person.",
    Trouble.NO_POSTCODE: "Where these people live is not known: results by area are a least and a most.",
    Trouble.PART_POSTCODE: "Where these people live is not known: results by area are a least and a most.",
    Trouble.UNKNOWN_POSTCODE: "They live outside the tables or moved: results by area are a least and a most.",
    Trouble.BAD_BIRTH: "Their age is not known: results by age are given as a least and a most.",
    Trouble.SAME_DAY: "They may be second visits of the day and are counted; if not, visits are fewer by as many.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """How many rows have one trouble, in which column, and some of their numbers; never what stood in them."""

    trouble: Trouble
    column: str
    rows: int
    visits: int
    examples: tuple[int, ...] = ()

    @property
    def effect(self) -> str:
        """What it does to the answer."""
        return _EFFECT[self.trouble]

    def sentence(self, of: int) -> str:
        """One finding as a person would read it, of so many rows in all."""
        share = f" ({self.rows / of:.1%})" if of else ""
        where = f" (column “{self.column}”)" if self.column else ""
        noun = "row" if self.rows == 1 else "rows"
        return f"{self.rows:,} {noun}{share}: each {self.trouble}{where}. {self.effect}"


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """One export: rows in, kept and kept out, columns never read, postcodes matched, months touched."""

    source: str
    sha256: str
    rows: int
    kept: int
    visits: int
    months: tuple[str, ...]
    known_member_visits: int
    placed_visits: int
    new_members: int
    postcodes: int
    postcodes_matched: int
    columns_dropped: tuple[str, ...]
    findings: tuple[Finding, ...]
    remarks: tuple[str, ...] = ()
    unchanged: bool = False

    @property
    def kept_out(self) -> int:
        """Rows that were not let in."""
        return self.rows - self.kept

    def found(self, trouble: Trouble) -> int:
        """Rows with a trouble."""
        return sum(one.rows for one in self.findings if one.trouble is trouble)

    def sentences(self) -> tuple[str, ...]:
        """All that a person should know, most rows first."""
        told = (one.sentence(self.rows) for one in sorted(self.findings, key=lambda one: -one.rows))
        return (*told, *self.remarks)

    def as_data(self) -> dict[str, Any]:
        """Plain JSON-ready data, from which `from_data` gives it back."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> IntakeReport:
        """A report that was kept."""
        lists = ("months", "columns_dropped", "remarks")
        return cls(**{
            **data, **{name: tuple(data[name]) for name in lists},
            "findings": tuple(
                Finding(**{**one, "trouble": Trouble(one["trouble"]), "examples": tuple(one["examples"])})
                for one in data["findings"]
            ),
        })


def mended(letters: int) -> str:
    """What letters that are not in UTF-8 do to the answer."""
    noun = "letter is" if letters == 1 else "letters are"
    return (
        f"{letters:,} {noun} saved in an older way (Windows-1252) and read so. No visit is lost by it; a name "
        "that looks odd, or stands twice among the sites, would part one site's visits: mend it in the export."
    )


class Tally:
    """Troubles counted batch by batch."""

    def __init__(self) -> None:
        self._found: dict[tuple[Trouble, str], list[Any]] = {}

    def add(
        self, trouble: Trouble, column: str, rows: int, *, visits: int = 0, examples: Iterable[int] = ()
    ) -> None:
        """Count rows with a trouble, and remember the first few of their numbers."""
        if rows:
            held = self._found.setdefault((trouble, column), [0, 0, []])
            held[0] += rows
            held[1] += visits
            held[2].extend(list(examples)[: EXAMPLES - len(held[2])])

    def findings(self) -> tuple[Finding, ...]:
        """All that was found, in the order of `Trouble`."""
        order = list(Trouble)
        rows = sorted(self._found.items(), key=lambda one: order.index(one[0][0]))
        return tuple(Finding(what, column, held[0], held[1], tuple(held[2])) for (what, column), held in rows)
