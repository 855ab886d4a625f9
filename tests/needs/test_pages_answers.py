"""Every page and file of an assessment answers what people type: right, odd, mistaken or hostile."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.needs.conftest import words_of

from commonweal.needs.urls import urlpatterns

PLACE = "/place/Z07000001/"
TITLES = {
    "": "Larkmere",
    "people/": "Who lives here: Larkmere",
    "needs/": "Needs by theme: Larkmere",
    "needs/physical-activity/": "Being active: Larkmere",
    "measure/inactive-adults/": "Inactive adults: Larkmere",
    "areas/": "Small areas: Larkmere",
    "areas/Z01000001/": "",
    "weights/": "Change the weights: Larkmere",
    "missed/": "Who may be missed: Larkmere",
    "provision/": "What is provided: Larkmere",
    "reach/": "Who can reach it: Larkmere",
    "limits/": "What is not known: Larkmere",
    "sources/": "Sources and method: Larkmere",
    "take/": "Take it away: Larkmere",
    "evidence/": "Evidence of need in Larkmere, for a bid: Larkmere",
}
FILES = (
    "assessment.docx", "assessment.pdf", "assessment.xlsx", "assessment.json", "evidence.docx", "evidence.pdf",
    "tables/areas.csv", "tables/ages.csv", "reach.csv",
)
HOSTILE = (
    "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd", "%00", "{{ 7*7 }}", "=1+1", "\u202e",
    "a" * 3000,
)


def title_of(html: str) -> str:
    return re.search(r"<title>(.*?)</title>", html, re.DOTALL).group(1)


def test_every_route_of_the_stage_is_looked_at_here():
    covered = {*TITLES, *FILES, "areas/chosen/"}
    own = {str(route.pattern) for route in urlpatterns if str(route.pattern).startswith("place/")}
    asked = {"place", "people", "themes", "theme", "measure", "areas", "area", "weights", "missed", "provision",
             "limits", "sources", "take", "evidence", "chosen", "file", "evidence-file", "table"}
    named = {route.name for route in urlpatterns if str(route.pattern) in own}
    assert asked <= named
    assert len(covered) >= len(asked)


@pytest.mark.parametrize("page", TITLES)
def test_a_page_answers_says_what_it_is_and_that_it_is_invented(pages, page):
    answer = pages.get(PLACE + page)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("<h1") == 1
    if TITLES[page]:
        assert title_of(html) == f"{TITLES[page]} - Commonweal"
    assert "Invented example" in html
    assert not re.findall(r".{40}\b(?:nan|None|inf|null|NaN)\b.{20}|.{40}\{\{", words_of(html))


@pytest.mark.parametrize("page", TITLES)
def test_a_page_answers_head_and_refuses_post(pages, page):
    head = pages.head(PLACE + page)
    assert (head.status_code, head.content) == (200, b"")
    assert pages.post(PLACE + page).status_code == 405
    assert pages.delete(PLACE + page).status_code == 405


@pytest.mark.parametrize("file", FILES)
def test_a_file_answers_head_and_refuses_post(pages, file):
    assert pages.head(PLACE + file).status_code == 200
    assert pages.post(PLACE + file).status_code == 405


@pytest.mark.parametrize("code", ["z07000001", "Z07000001+Z07000001", "z07000001+Z07000001"])
def test_a_code_may_be_written_small_or_twice(pages, code):
    answer = pages.get(f"/place/{code}/", follow=True)
    assert answer.status_code == 200
    assert "Larkmere" in title_of(answer.content.decode())


@pytest.mark.parametrize(("code", "says"), [
    ("Z07999999", "No area has the code Z07999999"),
    ("Z01999999", "No area has the code Z01999999"),
    ("Z07000001+E07000001", "Invented places and real ones are never put together"),
    ("E07000001+Z01000001", "Invented places and real ones are never put together"),
    ("E08000011", "published files"),
    ("ZZZZ", "no such place"),
])
@pytest.mark.parametrize("page", ["", "take/", "areas/", "weights/", "assessment.docx", "tables/areas.csv"])
def test_an_unknown_place_is_said_in_words(pages, code, says, page):
    answer = pages.get(f"/place/{code}/{page}")
    assert answer.status_code == 404
    assert says.lower() in words_of(answer.content.decode()).lower()


@pytest.mark.parametrize("page", [
    "needs/no-such-theme/", "measure/no-such-card/", "areas/Z01999999/", "areas/E01000001/", "assessment.exe",
    "assessment.csv", "evidence.xlsx", "evidence.json", "tables/none.csv", "tables/compare-none.csv",
    "tables/trend-.csv", "tables/provision-none.csv", "nowhere/",
])
def test_what_an_assessment_does_not_hold_is_not_found(pages, page):
    answer = pages.get(PLACE + page)
    assert answer.status_code == 404
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("where", ["/place/{}/", PLACE + "needs/{}/", PLACE + "areas/{}/", PLACE + "assessment.{}",
                                   PLACE + "tables/{}.csv", "/api/places/{}/assessment"])
def test_hostile_addresses_are_refused_quietly(pages, where, typed):
    answer = pages.get(where.format(typed))
    assert answer.status_code in {400, 404}
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("sort", ["1", "-1", "2", "-2", "3", "-3", "4", "-4"])
def test_small_areas_sort_by_any_column(pages, sort):
    html = pages.get(PLACE + "areas/", {"sort": sort}).content.decode()
    assert f'aria-sort="{"descending" if sort.startswith("-") else "ascending"}"' in html
    assert html.count('name="area"') == 90


def test_sorting_takes_the_ticks_along(pages):
    codes = area_codes(pages)
    html = pages.get(PLACE + "areas/", {"sort": "-3", "area": [codes[2], codes[7], "nonsense"]}).content.decode()
    assert set(re.findall(r'name="area" value="(\w+)" id="\S+" checked', html)) == {codes[2], codes[7]}
    assert html.count(f'formaction="{PLACE}areas/"') == 4


@pytest.mark.parametrize("sort", ["", "0", "5", "--1", "name", "1 ", "-", "²", *HOSTILE])
def test_an_order_nobody_knows_is_greatest_need_first(pages, sort):
    plain = pages.get(PLACE + "areas/").content.decode()
    html = pages.get(PLACE + "areas/", {"sort": sort}).content.decode()
    order = re.compile(r'name="area" value="(\w+)"')
    assert order.findall(html) == order.findall(plain)
    assert "aria-sort" not in html


def chosen(client, codes):
    return client.get(reverse("needs:chosen", kwargs={"code": "Z07000001"}), {"area": codes})


def area_codes(pages):
    return re.findall(r'name="area" value="(\w+)"', pages.get(PLACE + "areas/").content.decode())


def test_ticked_areas_lead_to_their_own_assessment(pages):
    codes = area_codes(pages)[:3]
    answer = chosen(pages, [codes[0].lower(), *codes])
    assert answer.headers["Location"] == f"/place/{'+'.join(sorted(codes))}/"
    html = pages.get(answer.headers["Location"]).content.decode()
    assert title_of(html) == "3 small areas of Larkmere - Commonweal"
    assert "Invented example" in html


@pytest.mark.parametrize("ticked", [
    [], ["nonsense", "<script>", "Z0100000"],
    ["\uff25\uff10\uff11000001", "\ufb03" * 9, "E01" + "\u00df" * 6, "\u0160" * 9],
])
def test_where_none_is_ticked_the_table_says_so(pages, ticked):
    answer = chosen(pages, ticked)
    assert answer.headers["Location"] == f"{PLACE}areas/?ticked=none"
    html = pages.get(answer.headers["Location"]).content.decode()
    assert title_of(html).startswith("Error: ")
    assert '<a href="#every-area">Tick one or more small areas' in html
    assert html.count('id="every-area"') == 1


def test_too_many_ticked_are_refused_in_words(pages):
    answer = chosen(pages, [f"Z01{at:06}" for at in range(1, 202)])
    assert answer.status_code == 404
    assert "at most 150" in words_of(answer.content.decode())


def test_two_hundred_codes_in_an_address_are_one_place_or_a_sentence(pages):
    every = area_codes(pages)
    assert pages.get(f"/place/{'+'.join(every)}/").status_code == 200
    many = [f"Z01{at:06}" for at in range(1, 201)]
    answer = pages.get(f"/place/{'+'.join(many)}/")
    assert answer.status_code in {200, 404}
    assert pages.get(f"/place/{'+'.join([*many, 'Z01000201'])}/").status_code == 404


DOMAINS = ("health", "money", "reach", "community", "learning")


def weighed(pages, *values):
    return pages.get(PLACE + "weights/", dict(zip(DOMAINS, values, strict=False)))


def test_other_weights_say_what_moves(pages):
    html = weighed(pages, "0", "0", "100", "0", "0").content.decode()
    assert re.search(r"With these weights \d+ of the 90 small areas change their tenth\.", words_of(html))
    assert "Tenth before" in html
    same = words_of(weighed(pages, "50", "50", "40", "30", "30").content.decode())
    assert "With these weights none of the 90 small areas changes its tenth." in same


@pytest.mark.parametrize("values", [
    ("a", "1", "1", "1", "1"), ("-1", "1", "1", "1", "1"), ("1e9", "1", "1", "1", "1"), ("", "1", "1", "1", "1"),
    ("101", "1", "1", "1", "1"), ("NaN", "1", "1", "1", "1"), ("Infinity", "1", "1", "1", "1"), ("1",),
    ("0.001", "1", "1", "1", "1"), ("<script>", "1", "1", "1", "1"), ("9" * 400, "1", "1", "1", "1"),
])
def test_a_weight_that_is_no_weight_is_said_beside_its_field(pages, values):
    answer = weighed(pages, *values)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in html
    assert title_of(html).startswith("Error: ")
    assert "Enter a number from 0 to 100" in html
    assert "<script>" not in html.replace('<script type="module"', "")


def test_no_weight_at_all_is_said_in_words(pages):
    assert "at least one part" in words_of(weighed(pages, "0", "0", "0", "0", "0").content.decode())


@pytest.mark.parametrize(("codes", "said"), [
    ([f"E01{at:06d}" for at in range(151)], "151 small areas; at most 150"),
    ([f"Z01{at:06d}" for at in range(1_990)], "1,990 small areas; at most 150"),
    ([f"E07{at:06d}" for at in range(81)], "81 districts; at most 80"),
])
@pytest.mark.parametrize("where", ["/place/{}/", "/place/{}/assessment.docx", "/place/{}/evidence.pdf"])
def test_too_many_areas_at_once_are_refused_before_any_work(pages, monkeypatch, codes, said, where):
    monkeypatch.setattr("commonweal.needs.pages.loading.stores", lambda: pytest.fail("the store was asked"))
    answer = pages.get(where.format("+".join(codes)))
    assert answer.status_code == 404
    assert said in answer.content.decode()


def test_districts_joined_are_worked_out_once(pages, monkeypatch):
    joined = "/place/Z07000001+Z07000002/"
    first = pages.get(joined)
    assert first.status_code == 200
    monkeypatch.setattr("commonweal.needs.pages.loading.assess", lambda *_, **__: pytest.fail("made again"))
    assert pages.get(joined).content == first.content
