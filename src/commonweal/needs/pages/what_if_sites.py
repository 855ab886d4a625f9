"""How what-if of sites and outreach is set out: a sentence each, today beside the change, what is assumed."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.needs.content import read
from commonweal.needs.pages.what_if_words import hundreds, need_words, say, tens, thousands
from commonweal.needs.queries.benefit import Benefit
from commonweal.needs.queries.benefit_place import BenefitPlace, area_choices
from commonweal.needs.queries.reach import ways
from commonweal.needs.queries.what_if_sites import (
    Known,
    OutreachAsked,
    SiteAsked,
    SiteWhatIf,
    outreach_what_if,
    site_what_if,
)
from commonweal.present.provenance import short_citation
from commonweal.present.table import DataTable, text_column
from commonweal.present.wording import listed

Choice = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario: its sentence, how sure it is, and the table; no table where none can be given."""

    answer: str
    sure: str
    table: DataTable | None


@dataclass(frozen=True, slots=True)
class SitesView:
    """The whole page; no choices where nothing can be said, and `cannot` then says why."""

    cannot: str
    changes: tuple[Choice, ...] = ()
    sites: tuple[Choice, ...] = ()
    places: tuple[Choice, ...] = ()
    by: tuple[Choice, ...] = ()
    tenths: tuple[Choice, ...] = ()
    site: Scenario | None = None
    outreach: Scenario | None = None
    assumed: tuple[str, ...] = ()


def cannot_view() -> SitesView:
    """Where no scenario can be given."""
    return SitesView(say("sites_cannot"))


def sites_view(
    found: Benefit, land: BenefitPlace, known: Known, asked: SiteAsked, more: OutreachAsked
) -> SitesView:
    """Everything the page shows."""
    names = dict(area_choices(land))
    kinds = read("what_if")["changes"]
    unsaid = [one.site for one in found.money.sites if one.site not in known.sites] if found.money else []
    assumed = [say("sites_assumed", minutes=f"{asked.way.minutes:g}", by=asked.way.by), say("outreach_assumed")]
    if unsaid:
        assumed.append(say("sites_unsaid", sites=listed(unsaid)))
    return SitesView(
        "", _chosen(kinds.items(), asked.change), _chosen(((one, one) for one in known.sites), asked.site),
        _chosen(((code, words) for code, words in names.items() if code in {one.code for one in known.areas}),
                asked.where),
        _chosen(((one.key, one.title) for one in ways()), asked.way.key),
        _chosen(((str(n), say("tenth_of", n=n)) for n in range(1, 11)), str(more.tenth)),
        _scenario(found, site_what_if(known, asked), _site_words(asked, names)),
        _scenario(found, outreach_what_if(known, more), say(
            "outreach_if", people=f"{more.people:,}", tenth=say("tenth_of", n=more.tenth), cost=f"{more.cost:,}")),
        tuple(assumed),
    )


def _site_words(asked: SiteAsked, names: dict[str, str]) -> str:
    words = say(f"site_{asked.change}", site=asked.site, where=names.get(asked.where, asked.where))
    return f"{words}{say('site_cost', cost=f'{asked.cost:,}')}" if asked.cost else words


def _scenario(found: Benefit, made: SiteWhatIf | None, start: str) -> Scenario:
    if made is None:
        return Scenario(say("sites_none"), "", None)
    people, need = (tens(getattr(made.middle, name) - getattr(made.now, name)) for name in ("people", "in_need"))
    money = thousands(made.middle.subsidy - made.now.subsidy)
    key = "people_even" if not people else "people_more" if people > 0 else "people_less"
    words = need_words(read("what_if")["first"]["tenths"])
    middle = say(key, people=f"{abs(people):,}", in_need=f"{abs(need):,}", need=words)
    end = say("money_even" if not money else "money_more" if money > 0 else "money_less", by=f"{abs(money):,}")
    return Scenario(f"{start}: {middle}; {end}", _sure(made), _table(found, made))


def _sure(made: SiteWhatIf) -> str:
    people = made.between("people")
    least, most = tens(people.least - made.now.people), tens(people.most - made.now.people)
    each = f"{_signed(least)} to {_signed(most)}"
    if not least and not most:
        return say("sites_even")
    return say("sites_sure" if least > 0 or most < 0 else "sites_unsure", between=each)


def _table(found: Benefit, made: SiteWhatIf) -> DataTable:
    rows = []
    for name, to in (("people", tens), ("in_need", tens), ("visits", hundreds), ("income", thousands),
                     ("subsidy", thousands)):
        between, pound = made.between(name), "£" if name in ("income", "subsidy") else ""
        now, middle, least, most = (
            f"{'−' if to(value) < 0 else ''}{pound}{abs(to(value)):,}"
            for value in (getattr(made.now, name), getattr(made.middle, name), between.least, between.most))
        words = say("need" if name == "in_need" else name, need=need_words(read("what_if")["first"]["tenths"]))
        rows.append((words, now, middle, f"{least} to {most}"))
    columns = (text_column("In a year"), text_column("Today"), text_column("If so"), text_column("Between"))
    return DataTable(say("table"), columns, tuple(rows), notes=(say("sites_note"),),
                     source=short_citation(found.source), key="what-if-sites")


def _chosen(choices: object, chosen: str) -> tuple[Choice, ...]:
    return tuple((str(key), str(words), str(key) == chosen) for key, words in choices)  # type: ignore[attr-defined]


def _signed(value: int) -> str:
    return f"−{-value:,}" if value < 0 else f"{value:,}"
