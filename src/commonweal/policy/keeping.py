"""How long what bidders wrote is kept once a competition is over, as dated and cited data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from commonweal.policy.procurement_law import Cited, law_content


@dataclass(frozen=True, slots=True)
class Keeping(Cited):
    """One rule; without `years` it stays."""

    key: str
    words: str
    years: int | None

    def goes_on(self, since: date) -> date | None:
        """The day from which it may go; a leap day counts as the first of March."""
        if self.years is None:
            return None
        try:
            return since.replace(year=since.year + self.years)
        except ValueError:
            return date(since.year + self.years, 3, 1)


@cache
def keeping() -> dict[str, Keeping]:
    """Every rule by its key."""
    return {row["key"]: Keeping(row["citation"], row["verification"], row["key"], row["words"], row.get("years"))
            for row in law_content("keeping")["rules"]}
