"""The names the Indices of Deprivation go by, in six editions and four hands, as one set of slugs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.readers.base import ReadTable
from commonweal.lake.readers.cells import Period, fractions_as_percent, slug
from commonweal.lake.readers.wide import Measure

# The edition's year and the year most of its data speak of (population denominators or tax year).
# Source: each edition's technical report; for 2025 the mid-2022 denominators in File 7's own headers.
DATA_YEARS = {
    2004: Period("2004 (data of 2001)", date(2001, 1, 1), date(2002, 1, 1)),
    2007: Period("2007 (data of 2005)", date(2005, 1, 1), date(2006, 1, 1)),
    2010: Period("2010 (data of 2008)", date(2008, 1, 1), date(2009, 1, 1)),
    2015: Period("2015 (data of 2012/13)", date(2012, 4, 1), date(2013, 4, 1)),
    2019: Period("2019 (data of 2015/16)", date(2015, 4, 1), date(2016, 4, 1)),
    2025: Period("2025 (data of 2022)", date(2022, 1, 1), date(2023, 1, 1)),
}

# The whole index has the empty name, so that its slugs read imd2025-score.
_DOMAINS = {
    "": "imd, index-of-multiple-deprivation, index-of-multiple-deprivation-imd",
    "income": "income",
    "employment": "employment",
    "education": "education, education-skills-and-training",
    "health": "health, health-and-disability, health-deprivation-and-disability",
    "crime": "crime",
    "housing": "housing-and-access, housing-and-services, barriers-to-housing-and-services",
    "environment": "environment, living-environment",
    "idaci": "idaci, income-deprivation-affecting-children, income-deprivation-affecting-children-index-idaci",
    "idaopi": "idaopi, income-deprivation-affecting-older-people, "
    "income-deprivation-affecting-older-people-idaopi, income-deprivation-affecting-older-people-index-idaopi",
    "sub-children-and-young-people": "children-young-people, children-and-young-people",
    "sub-adult-skills": "skills, adult-skills",
    "sub-geographical-barriers": "geographical-barriers",
    "sub-wider-barriers": "wider-barriers",
    "sub-indoors": "indoors",
    "sub-outdoors": "outdoors",
}
_BY_NAME = {name: domain for domain, names in _DOMAINS.items() for name in names.split(", ")}
_AROUND = re.compile(r"^[a-j]-(?=[a-z]{4})|(-sub)?-domain$|(?<!multiple)-deprivation(-domain)?$")

# The scores of these are shares of people, so that they may also be shown as a per cent.
_SHARES = r"^imd\d{4}-(income|employment|idaci|idaopi)-(average-)?score$"

UNITS = {"score": "score", "rank": "rank", "decile": "decile"}


def domain_of(name: str) -> str | None:
    """The domain a publisher's name means: "" for the whole index, None where it is none.

    "c. Employment Deprivation Domain", "Employment" and "employment" are all "employment".
    """
    plain = slug(name)
    return _BY_NAME.get(plain, _BY_NAME.get(_AROUND.sub("", _AROUND.sub("", plain))))


def indicator(year: int, domain: str, measure: str) -> str:
    """The slug of a domain's measure in one edition: imd2025-score, imd2025-sub-indoors-rank."""
    return "-".join(part for part in (f"imd{year}", domain, measure) if part)


def rated(measures: Iterable[Measure]) -> list[Measure]:
    """The measures, and again in per cent (imd2025-income-rate) each score that is a share of people."""
    given = list(measures)
    rates = [
        Measure(one.column, re.sub("score$", "rate", one.indicator), "percent", percent=True)
        for one in given
        if re.match(_SHARES, one.indicator)
    ]
    return given + rates


def with_rates(read: ReadTable) -> ReadTable:
    """As `rated`, for rows already read."""
    shares = read.rows.filter(pc.match_substring_regex(read.rows.column("indicator"), _SHARES))
    if shares.num_rows == 0:
        return read
    rates = {
        "indicator": pc.replace_substring_regex(shares.column("indicator"), "score$", "rate"),
        "value": fractions_as_percent(shares.column("value")),
        "unit": pa.repeat("percent", shares.num_rows),
    }
    columns = [rates.get(name, shares.column(name)) for name in shares.column_names]
    return replace(read, rows=pa.concat_tables([read.rows, pa.table(columns, schema=shares.schema)]))
