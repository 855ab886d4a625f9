"""From an ambition to the evidence for and against: found by rule, graded as elsewhere, never one side alone."""

from __future__ import annotations

import inspect
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from types import SimpleNamespace

import pytest
from django.urls import reverse
from docx import Document as WordFile
from jsonschema import Draft202012Validator, FormatChecker
from pypdf import PdfReader
from tests.world import World, build_world, signed_in

from commonweal.core import clock
from commonweal.core.actions.partnerships import add_place
from commonweal.core.errors import Immutable, NotAllowed, NotFound, Refused
from commonweal.core.figure import Grade, PlaceRef, Quality
from commonweal.core.models import Event
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.needs import api_ambitions
from commonweal.needs.actions.ambition import (
    Aim,
    read_for_ambition,
    say_ambition,
    say_ambition_anew,
    withdraw_ambition,
)
from commonweal.needs.actions.evidence import Told, record_evidence, withdraw_evidence
from commonweal.needs.actions.evidence import place_evidence as place
from commonweal.needs.actions.need import Wording, write_need
from commonweal.needs.ambition_words import hit, sought
from commonweal.needs.assessment import Direction
from commonweal.needs.card import themes
from commonweal.needs.content import read
from commonweal.needs.documents.ambition import ambition_page
from commonweal.needs.models import AmbitionReading, AmbitionVersion, Bearing, Side
from commonweal.needs.queries import ambition_published
from commonweal.needs.queries.ambition_case import Case, CaseSide, Kind, case_for
from commonweal.needs.queries.ambitions import ambitions_for

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
AIM = Aim("More young people dancing", "Young people of 11 to 16", "", "Testshire", "culture",
          "The portfolio holder for culture")
DANCE = Told(
    title="Talks at the school gate", kind="interviews", perspective="community", summary="Three asked for dance.",
    chosen="invited", asked_by="in_person", covers="part", answered=40, gathered_to=date(2026, 6, 30),
    limits="One gate.",
)
CLUBS = replace(DANCE, title="Twenty clubs", perspective="providers", summary="Most have room.", limits="")
BOILER = replace(DANCE, title="Boilers", perspective="partners", summary="Two of them are old.", limits="")


@pytest.fixture
def world(db, settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield build_world()


def said(world: World, aim: Aim = AIM, role: Role = Role.ELECTED_MEMBER):
    return say_ambition(by=viewer_of(world.people[role]), partnership=world.partnership, aim=aim).identity


def brought(world: World, told: Told, *, placed: bool = True):
    by = viewer_of(world.admin())
    item = record_evidence(by=by, partnership=world.partnership, told=told).pk
    if placed:
        place(by=by, partnership=world.partnership, item=item)
    return item


def judged(world: World, ambition, bearing: Bearing, reason: str = "It says so.", **thing) -> AmbitionReading:
    by = viewer_of(world.people[Role.ELECTED_MEMBER])
    return read_for_ambition(by=by, ambition=ambition, bearing=bearing, reason=reason, **thing)


def case(world: World, ambition) -> Case:
    return case_for(viewer_of(world.people[Role.OBSERVER]), world.partnership.pk, ambition.pk)


def titles(lines) -> list[str]:
    return [line.title for line in lines]


def both(world: World):
    ambition = said(world)
    judged(world, ambition, Bearing.FOR, "Families ask.", item=brought(world, DANCE))
    judged(world, ambition, Bearing.AGAINST, "There is room now.", item=brought(world, CLUBS))
    return ambition


def test_content_keeps_its_schema_and_knows_every_theme():
    schema = json.loads((files("commonweal.needs.content") / "ambition.schema.json").read_text("utf-8"))
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    assert not list(checker.iter_errors(read("ambition")))
    assert set(read("ambition")["themes"]) == {one.key for one in themes()}


def test_an_aim_is_looked_for_by_its_words_its_group_and_its_theme():
    look = sought(AIM.aim, AIM.who, "culture", "Marsh End")
    assert (look.words, look.said) == (("danc*",), ("dancing",))
    assert look.fits("Dances in Marsh End for girls") > look.fits("Dances in Marsh End") > look.fits("A choir") > 0
    assert look.fits("A boiler in Marsh End") == 0
    assert not hit(("art", "men"), "A party with many mental arithmetic tests")
    assert hit(("over 60",), "People over 60.")


def test_evidence_is_found_and_waits_until_somebody_reads_it(world):
    ambition = said(world)
    brought(world, DANCE)
    brought(world, BOILER)
    brought(world, replace(DANCE, title="Own"), placed=False)
    found = case(world, ambition)
    assert titles(found.unread) == ["Talks at the school gate"]
    assert found.supporting.lines == found.opposing.lines == ()
    assert "1 found and not yet read." in found.summary
    assert "2 pieces of evidence placed before the partnership; 1 fit." in found.searched


def test_its_own_words_are_looked_at_before_the_themes(world, monkeypatch):
    monkeypatch.setitem(read("ambition")["most"], "looked", 2)
    ambition, wanted = said(world), brought(world, DANCE)
    for number in range(3):
        brought(world, replace(DANCE, title=f"Music {number}", summary="Some would sing."))
    found = case(world, ambition)
    assert found.unread[0].key == str(wanted)
    assert len(found.unread) == 2
    assert any(line.startswith("Only 2 that fit were looked at") for line in found.searched)


def test_what_was_read_stands_on_its_side_with_grade_and_reason(world):
    found = case(world, both(world))
    pro, con = found.supporting.lines[0], found.opposing.lines[0]
    assert (pro.title, pro.why, pro.quality.grade) == ("Talks at the school gate", "Families ask.", Grade.D)
    assert (con.title, con.why, con.kind) == ("Twenty clubs", "There is room now.", Kind.EVIDENCE)
    assert pro.read_by == "Pat Elected member, 22 November 2026"
    assert found.summary[:2] == (
        "1 piece of evidence speaks for it, at best graded D.",
        "1 piece of evidence speaks against it, at best graded D.",
    )


def test_the_grade_is_that_of_the_evidence_and_orders_either_side_alike(world):
    ambition = said(world)
    strong = replace(DANCE, title="Post", kind="survey", chosen="random", asked_by="several", covers="whole",
                     answered=900, asked=1200)
    for told in (DANCE, strong):
        judged(world, ambition, Bearing.AGAINST, item=brought(world, told))
    grades = [line.quality.grade for line in case(world, ambition).opposing.lines]
    assert grades == sorted(grades)
    assert grades[0] is Grade.A


def test_an_empty_side_says_that_this_is_no_evidence_of_absence(world):
    ambition = said(world)
    judged(world, ambition, Bearing.FOR, item=brought(world, DANCE))
    found = case(world, ambition)
    assert found.opposing.sentence == "Nothing found against; that is not evidence that there is none."
    assert found.opposing.sentence in found.summary
    with pytest.raises(ValueError, match="says in words"):
        CaseSide("against", "Speaks against it", "", ())


def test_a_need_is_answered_or_competes(world):
    ambition = said(world)
    wording = Wording("girls", "Testshire", "somewhere to dance", "They said so.")
    need = write_need(by=viewer_of(world.admin()), partnership=world.partnership, title="Dance near home",
                      side=Side.FOR_CULTURE, theme="culture", said=wording).identity
    assert titles(case(world, ambition).unread) == ["Dance near home"]
    judged(world, ambition, Bearing.AGAINST, "The same hall.", need=need.pk)
    line = case(world, ambition).opposing.lines[0]
    assert (line.kind, line.quality) == (Kind.NEED, None)
    assert case(world, ambition).opposing.sentence == "1 stated need speaks against it."


def test_silence_is_kept_in_view_and_counts_for_neither_side(world):
    ambition = said(world)
    judged(world, ambition, Bearing.SILENT, "Nobody spoke of dance.", item=brought(world, DANCE))
    found = case(world, ambition)
    assert titles(found.silent) == ["Talks at the school gate"]
    assert found.unmeasured[:2] == (
        "Nobody has asked of this: existing users, partners and service providers.",
        "Asked of other things, and silent on this: wider community.",
    )
    assert "No published figures are held for Testshire." in found.unmeasured
    assert "No research on this theme is held here, for or against." in found.unmeasured


def test_withdrawn_evidence_leaves_the_case(world):
    ambition, item = said(world), brought(world, DANCE)
    judged(world, ambition, Bearing.FOR, item=item)
    withdraw_evidence(by=viewer_of(world.admin()), partnership=world.partnership, item=item, why="Counted twice.")
    assert case(world, ambition).supporting.lines == ()
    assert ambitions_for(viewer_of(world.admin()), world.partnership.pk)[0].read_for == 0


def test_research_stands_where_its_authors_found_it(world):
    found = case(world, said(world, replace(AIM, theme="community")))
    assert [line.kind for line in found.supporting.lines] == [Kind.RESEARCH]
    assert "no more and no less likely" in found.opposing.lines[0].says
    assert found.both_ways


@pytest.mark.parametrize(("card", "certain", "stands", "grade"), [
    ("arts-council-grants", True, "resource", None),
    ("far-from-pool", None, "for", Grade.A),
    ("arts-event", True, "for", Grade.A),
    ("arts-event", None, "for", Grade.B),
])
def test_money_takes_no_side_and_a_difference_unjudged_is_graded_lower(card, certain, stands, grade):
    place = PlaceRef("country", "E92000001", "England", 2025)
    beside = SimpleNamespace(direction=Direction.WORSE, certain=certain, figure=SimpleNamespace(place=place))
    figure = SimpleNamespace(quality=Quality(Grade.A, ("Recent.",)))
    measure = SimpleNamespace(card=card, comparisons=(beside,), figure=figure)
    assert ambition_published._stands(measure) == stands
    assert grade is None or ambition_published._quality(measure).grade is grade


def test_versions_are_added_and_never_changed(world):
    ambition = said(world)
    by = viewer_of(world.people[Role.ELECTED_MEMBER])
    again = replace(AIM, who="Girls", reason="Schools asked.")
    assert say_ambition_anew(by=by, ambition=ambition, aim=again, over=1).number == 2
    with pytest.raises(Refused, match="version 2 meanwhile"):
        say_ambition_anew(by=by, ambition=ambition, aim=again, over=1)
    with pytest.raises(Refused, match="Nothing was changed"):
        say_ambition_anew(by=by, ambition=ambition, aim=again, over=2)
    with pytest.raises(Refused, match="why it is said anew"):
        say_ambition_anew(by=by, ambition=ambition, aim=replace(again, reason=" "), over=2)
    with pytest.raises(Immutable):
        AmbitionVersion.objects.filter(identity=ambition).update(aim="Less")
    assert Event.objects.filter(verb="ambition.said", subject_id=ambition.pk).count() == 2


def test_what_is_withdrawn_is_read_and_not_changed(world):
    ambition, item = both(world), brought(world, DANCE)
    by = viewer_of(world.people[Role.ELECTED_MEMBER])
    withdraw_ambition(by=by, ambition=ambition)
    withdraw_ambition(by=by, ambition=ambition)
    assert Event.objects.filter(verb="ambition.withdrawn").count() == 1
    for deed in (lambda: judged(world, ambition, Bearing.FOR, item=item),
                 lambda: say_ambition_anew(by=by, ambition=ambition, aim=replace(AIM, reason="x"), over=1)):
        with pytest.raises(Refused, match="was withdrawn"):
            deed()
    assert case(world, ambition).opposing.lines


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.CERTIFIER, Role.PROVIDER])
def test_others_record_nothing(world, role):
    ambition, item = said(world), brought(world, DANCE)
    by = viewer_of(world.people[role])
    for deed in (
        lambda: say_ambition(by=by, partnership=world.partnership, aim=AIM),
        lambda: read_for_ambition(by=by, ambition=ambition, bearing=Bearing.FOR, reason="So.", item=item),
        lambda: withdraw_ambition(by=by, ambition=ambition),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_what_names_a_person_or_gives_no_reason_is_refused(world):
    with pytest.raises(Refused, match="Write the office"):
        said(world, replace(AIM, said_by="Councillor Whitfield"))
    with pytest.raises(Refused, match="no such theme"):
        said(world, replace(AIM, theme="weather"))
    ambition, item = said(world), brought(world, DANCE)
    with pytest.raises(Refused):
        judged(world, ambition, Bearing.FOR, " ", item=item)
    with pytest.raises(Refused, match="which one"):
        judged(world, ambition, Bearing.FOR)


def test_what_not_all_partners_can_read_is_not_held(world):
    own = brought(world, DANCE, placed=False)
    with pytest.raises(NotFound):
        judged(world, said(world), Bearing.FOR, item=own)


def test_another_partnership_sees_nothing(world):
    ambition = both(world)
    there, outsider = viewer_of(world.outsider), signed_in(world.outsider)
    for partnership in (world.partnership, world.other_partnership):
        with pytest.raises((NotFound, NotAllowed)):
            case_for(there, partnership.pk, ambition.pk)
        assert outsider.get(reverse("needs:ambition", args=[partnership.pk, ambition.pk])).status_code == 404
        assert outsider.get(f"/api/partnerships/{partnership.pk}/ambitions/{ambition.pk}").status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_the_data_is_for_those_who_see_evidence(world, role):
    ambition, client = said(world), signed_in(world.people[role])
    base = f"/api/partnerships/{world.partnership.pk}/ambitions"
    found = (client.get(base).status_code, client.get(f"{base}/{ambition.pk}").status_code)
    assert found == ((403, 404) if role is Role.PROVIDER else (200, 200))


@pytest.mark.parametrize("asked", [{}, {"side": "for"}, {"only": "supporting"}, {"against": "0"}])
def test_no_parameter_takes_one_side_away(world, asked):
    ambition = both(world)
    client, keys = signed_in(world.people[Role.OBSERVER]), [world.partnership.pk, ambition.pk]
    base = f"/api/partnerships/{keys[0]}/ambitions/{keys[1]}"
    assert not asked or client.get(base, asked).status_code >= 400, "a parameter it does not know is refused"
    given = client.get(base).json()
    assert [one["title"] for one in given["supporting"]["lines"]] == ["Talks at the school gate"]
    assert [one["title"] for one in given["opposing"]["lines"]] == ["Twenty clubs"]
    assert "Pat " not in json.dumps(given)
    page = client.get(reverse("needs:ambition", args=keys), asked).content.decode()
    word = client.get(reverse("needs:ambition-file", args=[*keys, "docx"]), asked).content
    pdf = client.get(reverse("needs:ambition-file", args=[*keys, "pdf"]), asked).content
    for text in (page, words_of(word), words_on(pdf)):
        assert "Families ask." in text
        assert "There is room now." in text


def test_a_sheet_with_an_empty_side_says_so_and_a_full_one_stays_one_sheet(world):
    ambition = said(world, replace(AIM, aim="More dance " * 10, who="Young people " * 9))
    keys, client = [world.partnership.pk, ambition.pk, "pdf"], signed_in(world.admin())
    text = words_on(client.get(reverse("needs:ambition-file", args=keys)).content)
    for sentence in read("ambition")["empty"].values():
        assert text.count(sentence) == 2, "once summed up, once in its column"
    by = viewer_of(world.admin())
    wider = replace(AIM, aim="More dance " * 10, theme="community", reason="It is about trouble.")
    say_ambition_anew(by=by, ambition=ambition, aim=wider, over=1)
    for number in range(12):
        item = brought(world, replace(DANCE, title=f"Dance {number} " + "in the hall " * 20))
        judged(world, ambition, (Bearing.FOR, Bearing.AGAINST)[number % 2], "Because of it. " * 30, item=item)
    text = words_on(client.get(reverse("needs:ambition-file", args=keys)).content)
    assert text.count("3 more on the page.") == 2
    assert "Jugl, Bender and Lösel" in text


def test_nothing_that_makes_an_export_takes_a_side():
    assert set(inspect.signature(ambition_page).parameters) == {"case", "partnership", "invented"}
    assert set(inspect.signature(api_ambitions.one_ambition).parameters) == {
        "request", "partnership", "ambition"}
    for side in ("supporting", "opposing"):
        assert api_ambitions.CaseOut.model_fields[side].is_required()


def words_on(pdf: bytes) -> str:
    """The words of the one sheet that there is."""
    (sheet,) = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(sheet.extract_text().split())


def words_of(word: bytes) -> str:
    file = WordFile(io.BytesIO(word))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return " ".join([*(one.text for one in file.paragraphs), *cells])


@pytest.mark.real_data
@pytest.mark.promise("N7")
def test_figures_of_a_real_place_stand_on_the_side_their_comparison_puts_them(real_store, world, settings):
    """Knowsley, from the files as published: fewer active adults than in England, more active children."""
    (settings.VAR / "lake").mkdir()
    (settings.VAR / "lake" / "published").symlink_to(real_store.root, target_is_directory=True)
    ambition = said(world, replace(AIM, aim="Everybody moving", who="Everybody", theme="physical-activity",
                                   place_code="E08000011", place_name="Knowsley"))
    found = case(world, ambition)
    stands = {line.key: (line.figure.value, side) for side, lines in (
        ("for", found.supporting.lines), ("against", found.opposing.lines), ("both", found.both_ways),
    ) for line in lines}
    assert stands == {"active-adults": (60.4, "for"), "active-children": (54.7, "against"),
                      "inactive-adults": (27.2, "both")}
    brief = found.supporting.lines[0].brief
    assert brief.startswith("60.4%, ")
    assert "worse than England (68.0%), about the same as its 15 nearest statistical neighbours (60.4%)." in brief
    base = f"/api/partnerships/{world.partnership.pk}/ambitions"
    given = signed_in(world.admin()).get(f"{base}/{ambition.pk}").json()
    assert given["supporting"]["lines"][0]["figure"]["source"]["publisher"]
    assert given["opposing"]["lines"][0]["figure"]["value"] == 54.7


@pytest.mark.promise("N7")
def test_a_member_goes_from_an_ambition_to_both_sides(example_var, settings, db):
    """Through the pages: said, found, read both ways, with the place's figures, and taken away whole."""
    settings.VAR = example_var
    with clock.fixed(NOW):
        world = build_world()
        add_place(by=SYSTEM, partnership=world.invented, kind="district", code="Z07000001", vintage=2023,
                  name="Larkmere")
        by, client = viewer_of(world.invented_person), signed_in(world.invented_person)
        for told in (DANCE, CLUBS):
            item = record_evidence(by=by, partnership=world.invented, told=told).pk
            place(by=by, partnership=world.invented, item=item)
        home = client.get(reverse("web:partnership", args=[world.invented.pk])).content.decode()
        assert reverse("needs:ambitions", args=[world.invented.pk]) in home
        asked = {"aim": AIM.aim, "who": AIM.who, "place": "Z07000001", "theme": "culture", "said_by": AIM.said_by}
        gone = client.post(reverse("needs:ambition-say", args=[world.invented.pk]), asked)
        page = client.get(gone.url)
        found = page.context["case"]
        assert titles(found.unread) == ["Talks at the school gate"]
        assert "arts-council-grants" in [line.key for line in found.silent], "money takes no side"
        assert "active-children" in [line.key for line in found.opposing.lines]
        assert all(line.figure.source.title for side in found.sides for line in side.lines)
        assert "Not measured in Larkmere: " in " ".join(found.unmeasured)
        more = client.get(f"{gone.url}more/", {"q": "clubs"}).content.decode()
        assert "Twenty clubs" in more
        for key, bearing in ((found.unread[0].key, "for"), (str(item), "against")):
            client.post(f"{gone.url}evidence/{key}/", {"bearing": bearing, "reason": f"It is {bearing}."})
        client.post(f"{gone.url}evidence/{item}/", {"bearing": "against", "reason": ""})
        text = client.get(gone.url).content.decode()
        for words in ("It is for.", "It is against.", "Nobody has asked of this: existing users and partners."):
            assert words in text
        sheet = words_on(client.get(f"{gone.url}for-and-against.pdf").content)
        for words in ("It is for.", "It is against."):
            assert words in sheet
