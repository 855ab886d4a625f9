"""The market in sentences and tables: each with its base, days and sources; few are said as few."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from commonweal.core.figure import Figure, Grade, PlaceRef, Quality, Release, SourceRef, Unit
from commonweal.methods.median import middle
from commonweal.present.status import long_date
from commonweal.present.table import Cell, DataTable, Linked, Missing, number_column, text_column
from commonweal.procurement.queries.market import ImportCard, Market, MarketSought

SHOWN = 25
FEWEST = 6          # below this no interval of a middle reaches 95%
LISTED = 5
NO_PRICE = Missing("no price told")
CAUTION = ("Prices are as published: mostly without VAT, for the whole length, and of frameworks the most "
           "that may be spent. Awards below £12,000 or £30,000 need not be published, so small ones are missing.")


def market_answer(market: Market) -> str:
    """The market in a sentence."""
    if not market.imports:
        return "No notices were brought in yet. Bring a file of Contracts Finder or Find a Tender."
    if not market.wins:
        return "No award that was brought in fits that. Ask for less."
    count, firms = len(market.wins), len(market.winners)
    top = market.winners[0] if market.winners else None
    said = f"{count:,} award{'' if count == 1 else 's'} to {firms:,} supplier{'' if firms == 1 else 's'}"
    if top and top.wins > 1:
        said += f"; {top.name} won most, {top.wins}"
    elif top and count > 1:
        said += "; none won more than one"
    return f"{said}. {base_words(market)}"


def base_words(market: Market, source: str = "Source: ") -> str:
    """What it rests on: days, sources, files."""
    span = ""
    if market.first and market.last:
        span = f"Awarded {long_date(market.first)} to {long_date(market.last)}. "
    sources = ", ".join(f"{name} ({count:,})" for name, count in market.sources)
    brought = f", the last brought in on {market.brought:%-d %B %Y}" if market.brought else ""
    count = f"{market.imports} file{'' if market.imports == 1 else 's'}"
    return f"{span}{source}{sources or 'none'}; {count}{brought}."


def price_figure(market: Market, place: PlaceRef) -> Figure | None:
    """The middle price of awards with one supplier, with its interval; None where there are too few to say one."""
    if len(market.prices) < FEWEST:
        return None
    found = middle([float(one) for one in market.prices])
    first, last = market.first or date.min, market.last or date.min
    day = f"{market.brought:%-d %B %Y}" if market.brought else ""
    return Figure(
        value=found.value, unit=Unit.POUNDS, decimals=0, n=found.n, lower=found.lower, upper=found.upper,
        base="Awards to one supplier with a price above £1, as sought here", place=place,
        period=f"{long_date(first)} to {long_date(last)}", period_end=last, release=Release.RESTRICTED,
        source=SourceRef("market", "; ".join(name for name, _ in market.sources), "Buyers, through their portals",
                         "Open Government Licence 3.0", day, invented=place.invented),
        method="Median", method_version="1", interval_method="order statistics",
        quality=Quality(Grade.D, ("Only awards that were published and brought in; not a sample of all", CAUTION)))


def price_words(market: Market) -> str:
    """Few prices as they are, instead of a middle that would pretend more."""
    count = len(market.prices)
    if count >= FEWEST:
        return ""
    if not count:
        return "No award to a single supplier has a price here."
    if count <= LISTED:
        listed = ", ".join(f"£{one:,.0f}" for one in sorted(market.prices))
        return f"Only {count} price{'' if count == 1 else 's'}: {listed}. Too few for a middle."
    return f"Only {count} prices: too few for a middle."


def winners_table(market: Market, address: str, *, every: bool = False) -> DataTable:
    """Who wins."""
    columns = (text_column("Supplier"), number_column("Awards"), number_column("Of these alone"),
               number_column("Priced"), number_column("Price of these", Unit.POUNDS), number_column("Buyers"),
               text_column("Last"))
    rows = []
    for one in market.winners if every else market.winners[:SHOWN]:
        name: Cell = one.name if every else Linked(one.name, f"{address}?{urlencode({'supplier': one.match})}")
        rows.append((name, one.wins, one.alone, one.priced, float(one.pounds) if one.priced else NO_PRICE,
                     len(one.buyers), one.last or Missing("no day told")))
    notes = [f"{len(rows)} of {len(market.winners)} suppliers, most awards first. Names are joined by their "
             "register's number, or by their words without Ltd and the like; two firms of one name would be one.",
             "The price is of what each won alone: where several won, nobody says who gets how much."]
    return DataTable("Who wins", columns, tuple(rows), tuple(notes), base_words(market, ""), key="winners")


def awards_table(market: Market, *, every: bool = False) -> DataTable:
    """What was won."""
    columns = (text_column("What"), text_column("Buyer"), text_column("Won by"),
               number_column("Price", Unit.POUNDS), text_column("When"), text_column("Where"), text_column("CPV"))
    rows = []
    for one in market.wins if every else market.wins[:SHOWN]:
        title: Cell = Linked(one.title, one.address) if one.address and not every else one.title
        rows.append((title, one.buyer, ", ".join(one.suppliers) or Missing("not named"), _price(one.pounds),
                     one.day or Missing("no day told"), one.region or Missing("not told"),
                     f"{one.cpv} {one.cpv_words}".strip() or Missing("not told")))
    cut = (f"{len(rows)} of {len(market.wins)} awards, newest first.",) if len(rows) < len(market.wins) else ()
    return DataTable("What was won", columns, tuple(rows), (*cut, CAUTION), base_words(market, ""), key="awards")


def defects_table(card: ImportCard) -> DataTable:
    """What was wrong with a file."""
    columns = (text_column("Defect"), number_column("Times"), number_column("Of 100 notices", None, 1),
               text_column("First rows"))
    rows = tuple((words, count, 100 * count / card.read if card.read else 0.0,
                  ", ".join(str(one) for one in first)) for words, count, first in card.defects)
    return DataTable("What was wrong with it, and what was done", columns, rows, key="defects",
                     source=f"{card.name}, {card.read:,} notices, read on {card.brought_at:%-d %B %Y}",
                     notes=("A notice may have several. A row is a line of the file, or a place in its list.",))


def sought_words(sought: MarketSought, kinds: dict[str, str]) -> str:
    """What was asked, in words, for a table that is taken along."""
    parts = [f"“{sought.words}”" if sought.words else "", kinds.get(sought.kind, ""), sought.where,
             f"buyer {sought.buyer}" if sought.buyer else "",
             f"from {long_date(sought.since)}" if sought.since else ""]
    return ", ".join(one for one in parts if one) or "everything"


def _price(pounds: Decimal | None) -> Cell:
    return NO_PRICE if pounds is None else float(pounds)
