"""One slug for a domain, whoever writes its name."""

from __future__ import annotations

import pytest

from commonweal.lake.readers.deprivation_names import DATA_YEARS, domain_of, indicator


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("IMD", ""),
        ("Index of Multiple Deprivation", ""),
        ("Index of Multiple Deprivation (IMD)", ""),
        ("a. Index of Multiple Deprivation (IMD)", ""),
        ("Income", "income"),
        ("Income Deprivation", "income"),
        ("b. Income Deprivation Domain", "income"),
        ("c. Employment Deprivation Domain", "employment"),
        ("Education, Skills and Training", "education"),
        ("Education, Skills and Training Deprivation", "education"),
        ("education_skills_and_training_domain", "education"),
        ("Health and Disability", "health"),
        ("Health Deprivation and Disability", "health"),
        ("e. Health Deprivation and Disability Domain", "health"),
        ("f. Crime Domain", "crime"),
        ("Housing_and_Access", "housing"),
        ("Housing_and_Services", "housing"),
        ("Barriers to Housing and Services", "housing"),
        ("Living Environment", "environment"),
        ("h. Living Environment Deprivation Domain", "environment"),
        ("IDACI", "idaci"),
        ("i. Income Deprivation Affecting Children Index (IDACI)", "idaci"),
        ("Income Deprivation Affecting Children", "idaci"),
        ("Income Deprivation Affecting Older People (IDAOPI)", "idaopi"),
        ("j. Income Deprivation Affecting Older People Index (IDAOPI)", "idaopi"),
        ("Children and Young People Sub-domain", "sub-children-and-young-people"),
        ("children_young_people_sub_domain", "sub-children-and-young-people"),
        ("skills_sub_domain", "sub-adult-skills"),
        ("Adult Skills Sub-domain", "sub-adult-skills"),
        ("Geographical Barriers Sub-domain", "sub-geographical-barriers"),
        ("wider_barriers", "sub-wider-barriers"),
        ("Indoors Sub-domain", "sub-indoors"),
        ("outdoors_sub_domain", "sub-outdoors"),
        ("LSOA", None),
        ("Total population", None),
        ("", None),
    ],
)
def test_a_domain_has_one_slug(name, domain):
    assert domain_of(name) == domain


def test_slugs_name_edition_domain_and_measure():
    assert indicator(2025, "", "score") == "imd2025-score"
    assert indicator(2019, "sub-indoors", "rank") == "imd2019-sub-indoors-rank"


def test_every_edition_says_the_year_of_its_data():
    assert {year: (span.start.year, span.end > span.start) for year, span in DATA_YEARS.items()} == {
        2004: (2001, True), 2007: (2005, True), 2010: (2008, True),
        2015: (2012, True), 2019: (2015, True), 2025: (2022, True),
    }
    assert all(str(year) in span.label for year, span in DATA_YEARS.items())
