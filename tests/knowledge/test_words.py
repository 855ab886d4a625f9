"""The common language: the seeds, agreeing a meaning, lists in and out, and words explained where they stand."""

from __future__ import annotations

import io
import json
import re
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.world import signed_in

from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.permissions import Role
from commonweal.core.viewer import ANONYMOUS, viewer_of
from commonweal.knowledge.actions.saying import Saying, slug_for
from commonweal.knowledge.actions.terms import change_term, comment_on_term, propose_term, sign_term
from commonweal.knowledge.models import CommentKind, Term, TermState
from commonweal.knowledge.queries.lists import scheme_for
from commonweal.knowledge.queries.terms import explain, search_words, synonyms_of
from commonweal.knowledge.queries.words import own_words, term_record
from commonweal.knowledge.skos.model import Concept, Scheme, settled
from commonweal.knowledge.skos.reading import words_in
from commonweal.knowledge.skos.writing import ListForm, written
from commonweal.lake.opening import CannotOpen
from commonweal.policy.glossary import glossary

MEANING = Saying("Need", "What people must have to live well, whoever offers it.")


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture(autouse=True)
def sockets(monkeypatch):
    """Reading a list shuts its worker off from the net; here it is given back after each test."""
    for owner, name in ((socket.socket, "connect"), (socket, "getaddrinfo")):
        monkeypatch.setattr(owner, name, getattr(owner, name))


def proposed(world) -> Term:
    return propose_term(
        by=viewer_of(world.admin()), partnership=world.partnership, saying=MEANING, slug="need"
    ).identity


def test_words_of_other_scripts_stay_apart():
    slugs = [slug_for(word) for word in ("\u0996\u09c7\u09b2\u09be", "\U0001f984", "\u5065\u5eb7", "Need", "add")]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[-a-z0-9]+", slug) for slug in slugs)
    assert slugs[3:] == ["need", "add-word"]


def test_the_seeds_are_many_sourced_and_of_several_sectors():
    terms = glossary().terms
    assert len(terms) >= 120
    assert sum(len({word.sector for word in one.words}) >= 3 for one in terms.values()) >= 40
    assert {"laa", "lsp", "caa", "ni8"} <= {form.casefold() for one in terms.values()
                                           for form in (one.id, one.term, *one.also)}
    assert all(one.plain for one in terms.values())


@pytest.mark.parametrize(("address", "form", "source"), [
    ("https://openactive.io/activity-list#", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "openactive"),
    ("http://id.esd.org.uk/", r"(service|need)/\d+", "esd"),
])
def test_many_seeds_lead_to_the_lists_of_others_and_say_where_that_was_looked_up(address, form, source):
    every = [(one, link.uri) for one in glossary().terms.values() for link in one.links]
    linked = [(one, uri) for one, uri in every if uri.startswith(address)]
    assert len({one.id for one, _ in linked}) >= 20
    for one, uri in linked:
        assert re.fullmatch(re.escape(address) + form, uri)
        assert any(cited.key.startswith(source) for cited in one.sources), one.id


def test_a_meaning_is_proposed_signed_and_agreed(world):
    term = proposed(world)
    sign_term(by=viewer_of(world.admin()), term=term, seen=1)
    term.refresh_from_db()
    assert term.state == TermState.AGREED
    told = explain(viewer_of(world.admin()), "Every need counts.", world.partnership.pk)
    assert [(one.plain, one.agreed) for one in told] == [(MEANING.plain, True)]
    assert not any(one.agreed for one in explain(ANONYMOUS, "Every need counts."))


def test_whoever_read_an_older_meaning_signs_nothing(world):
    term, by = proposed(world), viewer_of(world.admin())
    change_term(by=by, term=term, saying=replace(MEANING, plain="What people lack."), reason="Shorter.", seen=1)
    with pytest.raises(Refused):
        sign_term(by=by, term=term, seen=1)
    term.refresh_from_db()
    assert term.state == TermState.PROPOSED


def test_an_objection_keeps_it_from_being_agreed(world):
    term = proposed(world)
    comment_on_term(by=viewer_of(world.people[Role.CONTRIBUTOR]), term=term, body="Too wide.", seen=1,
                    kind=CommentKind.OBJECTION)
    sign_term(by=viewer_of(world.admin()), term=term, seen=1)
    term.refresh_from_db()
    assert term.state == TermState.DISPUTED


@pytest.mark.parametrize(
    ("saying", "said"),
    [
        (Saying(" ", "x"), "Enter the word"),
        (Saying("Need", " "), "in plain words"),
        (Saying("Need", "x", words=(("wizards", "spell", ""),)), "none of the eight sectors"),
        (Saying("Need", "x", links=(("exact", "javascript:alert(1)"),)), "begins with http"),
    ],
)
def test_what_cannot_be_said_is_told(world, saying, said):
    with pytest.raises(Refused, match=said):
        propose_term(by=viewer_of(world.admin()), partnership=world.partnership, saying=saying)


def test_nobody_of_another_partnership_sees_or_signs(world):
    term, outsider = proposed(world), viewer_of(world.outsider)
    with pytest.raises((NotFound, NotAllowed)):
        term_record(outsider, world.partnership.pk, "need")
    with pytest.raises(NotAllowed):
        sign_term(by=outsider, term=term, seen=1)
    assert own_words(outsider, world.other_partnership.pk) == ()


# rdflib itself warns of its own older names while it reads JSON-LD.
QUIET = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@QUIET
@pytest.mark.parametrize("form", list(ListForm))
def test_everybodys_words_go_out_and_come_back_the_same(form):
    scheme = scheme_for(ANONYMOUS, "https://example.org/words/")
    back = words_in(f"words.{form.value}", written(scheme, form))
    assert settled(back.scheme) == settled(scheme)


TEXT = st.text(st.characters(categories=("L", "N"), include_characters=" -'"), min_size=1, max_size=30).filter(
    lambda text: text.strip() and text.strip().lower() not in {"yes", "no"}
)
CONCEPTS = st.lists(
    st.builds(
        lambda number, label, plain, also: Concept(
            f"https://example.org/{number}", label.strip(), plain.strip(), tuple(one.strip() for one in also)
        ),
        st.integers(1, 500), TEXT, TEXT, st.lists(TEXT, max_size=2),
    ),
    min_size=1, max_size=5, unique_by=(lambda one: one.uri, lambda one: one.label.casefold()),
)


@QUIET
@settings(max_examples=15)
@given(CONCEPTS, st.sampled_from(list(ListForm)))
def test_any_list_goes_out_and_comes_back_the_same(concepts, form):
    scheme = settled(Scheme("https://example.org/", "A list", tuple(concepts)))
    assert settled(words_in(f"w.{form.value}", written(scheme, form)).scheme) == scheme


HEAD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix e: <https://example.org/> .\n"
REMOTE = json.dumps({"@context": "http://10.255.255.1/context.jsonld", "@id": "x", "prefLabel": "y"})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ring.ttl", HEAD + "e:a a skos:Concept ; skos:prefLabel 'A' ; skos:broader e:b . "
                            "e:b a skos:Concept ; skos:prefLabel 'B' ; skos:broader e:a ."),
        ("broken.ttl", "this is not turtle <"),
        ("remote.jsonld", REMOTE),
        ("broken.json", "{"),
        ("empty.csv", ""),
        ("unclosed.csv", 'word\n"' + "x" * 200_000),
        ("nothing.ttl", HEAD),
    ],
)
def test_a_list_that_cannot_be_read_is_answered_in_a_sentence(name, data):
    with pytest.raises(CannotOpen) as said:
        words_in(name, data.encode())
    assert str(said.value).strip().endswith((".", "”"))


def test_a_table_with_the_line_ends_of_old_is_read():
    read = words_in("old.csv", b"word,plain words\rDance,To move\rSong,To sing\r")
    assert [one.label for one in read.scheme.concepts] == ["Dance", "Song"]


BROUGHT = {
    "activities.json": json.dumps({
        "@context": "https://openactive.io/", "id": "https://openactive.io/activity-list", "title": "Activities",
        "concept": [{"id": "https://openactive.io/activity-list#1", "prefLabel": "Dance", "altLabel": ["Dance"]},
                    {"id": "https://openactive.io/activity-list#2", "prefLabel": "Ballet",
                     "broader": ["https://openactive.io/activity-list#1"]}],
    }),
    "esd.json": json.dumps({"list": {"uri": "http://id.esd.org.uk/list/services", "label": "Services", "items": [
        {"identifier": "885", "label": "Sports development", "uri": "http://id.esd.org.uk/service/885"}]}}),
    "own.csv": "word,plain words,also\nDance,To move,dance|Dancing\nSong,To sing,\n",
    "own.ttl": "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix e: <https://example.org/> .\n"
               "e:a a skos:Concept ; skos:prefLabel 'A', 'Le A'@fr ; skos:narrower e:b ; skos:related e:b . "
               "e:b a skos:Concept ; skos:prefLabel 'B' ; skos:altLabel 'B' .",
}


def sound(body: bytes, form: ListForm) -> str:
    """What an outsider's reader and checker find wrong with a list; nothing where it is sound."""
    from pyshacl import validate
    from rdflib import Graph

    made = Graph().parse(data=body, format={"ttl": "turtle", "jsonld": "json-ld"}[form.value])
    shapes = Graph().parse(Path(__file__).with_name("skos_shapes.ttl"), format="turtle")
    conforms, _, report = validate(made, shacl_graph=shapes)
    return "" if conforms else str(report)


@QUIET
@pytest.mark.parametrize("name", ["seeds", *BROUGHT])
def test_what_goes_out_and_what_came_in_is_sound_to_others(name):
    """As Turtle and as JSON-LD, and the same after it went out as a table and came back."""
    scheme = scheme_for(ANONYMOUS, "https://example.org/words/") if name == "seeds" else (
        words_in(name, BROUGHT[name].encode()).scheme)
    assert len(scheme.concepts) == {"seeds": len(glossary().terms), "esd.json": 1}.get(name, 2)
    by_table = words_in("w.csv", written(scheme, ListForm.CSV)).scheme
    for form in (ListForm.TURTLE, ListForm.JSON_LD):
        assert not sound(written(scheme, form), form)
    assert not sound(written(by_table, ListForm.TURTLE), ListForm.TURTLE)


@pytest.mark.parametrize(("said", "path"), [
    ("skos:broader e:b ; skos:related e:b", "oneOrMorePath"), ("skos:altLabel 'A'@en", "prefLabel"),
    ("skos:prefLabel 'AA'@en", "prefLabel"), ("skos:exactMatch e:x ; skos:broadMatch e:x", "exactMatch"),
])
def test_the_checker_would_see_what_is_unsound(said, path):
    body = HEAD + ("e:l a skos:ConceptScheme ; <http://purl.org/dc/terms/title> 'L' ; skos:hasTopConcept e:b . "
                   "e:b a skos:Concept ; skos:prefLabel 'B'@en ; skos:inScheme e:l . "
                   f"e:a a skos:Concept ; skos:prefLabel 'A'@en ; skos:inScheme e:l ; {said} .")
    assert path in sound(body.encode(), ListForm.TURTLE)


def test_hard_to_reach_finds_seldom_heard():
    found = [one.word.label.casefold() for one in search_words(ANONYMOUS, "hard to reach")]
    assert any("seldom heard" in label for label in found[:3])
    assert any("seldom heard" in one.casefold() for one in synonyms_of("hard to reach"))
    assert search_words(ANONYMOUS, "comissioning")


def test_a_page_explains_its_words_once_and_leaves_links_alone(world):
    proposed(world)
    client = signed_in(world.admin())
    for address in (reverse("knowledge:words"), reverse("knowledge:own-words", args=[world.partnership.pk])):
        assert client.get(address).status_code == 200
    text = client.get(reverse("knowledge:word", args=["need"])).content.decode()
    assert text.count('id="term-') == len(set(re.findall(r'id="term-[^"]+"', text)))


def test_the_glossary_is_a_word_file_and_a_tagged_pdf(world):
    from docx import Document as opened
    from pypdf import PdfReader

    proposed(world)
    sign_term(by=viewer_of(world.admin()), term=Term.objects.get(), seen=1)
    client = signed_in(world.admin())

    def taken(route: str, *keys: object) -> bytes:
        response = client.get(reverse(route, args=keys))
        assert response.status_code == 200
        return response.content

    word = opened(io.BytesIO(taken("knowledge:own-file", world.partnership.pk, "docx")))
    heads = [one.text for one in word.paragraphs if (one.style.name or "").startswith("Heading")]
    assert heads.index("What the partners have agreed") < heads.index("Other words, A to Z")
    assert MEANING.plain in " ".join(paragraph.text for paragraph in word.paragraphs)
    pages = PdfReader(io.BytesIO(taken("knowledge:seeds-file", "pdf"))).pages
    assert "Local Area Agreement" in "".join(page.extract_text() for page in pages)
    assert client.get(reverse("knowledge:seeds-file", args=["exe"])).status_code == 404


TEXTS = (
    ("<p>The LAA and the LAA.</p>", ["LAA"]),
    ("<p>An agreed <a href='/x'>LAA</a>, <code>LSP</code> and LSP.</p>", ["LSP"]),
    ("<h2>LAA</h2><form><p>LSP</p></form><details><p>CAA</p></details>", []),
    ("<p>A cat sat. A CAT took a year.</p>", ["CAT"]),
    ("<p>Hard-to-reach people’s needs</p>", ["Hard-to-reach"]),
    ("<p title='LAA > LSP'>PCTs</p><div data-unexplained><div>x</div><p>LAA</p></div><p>LSPs</p>",
     ["PCTs", "LSPs"]),
    ("LAA outside any paragraph", []),
    ("<p>Larkmere Leisure and Culture Trust. Culture trusts differ.</p>", ["Culture trusts"]),
    ("<p>" + " ".join(("LAA", "LSP", "CAA", "NI8", "PCT", "ICB", "JSNA", "DPIA")) + "</p>",
     ["LAA", "LSP", "CAA", "NI8", "PCT", "ICB"]),
)


@pytest.mark.parametrize(("html", "marked"), TEXTS)
def test_the_first_use_of_a_term_is_marked_in_running_text_alone(html, marked):
    from commonweal.present.explaining import explained
    from commonweal.present.terms import seeds

    made = explained(html, seeds())
    assert re.findall(r'class="cw-term"[^>]*>([^<]*)<', made) == marked
    assert made.count("popovertarget=") == made.count("<div popover")
    assert re.sub(r'<button type="button" class="cw-term"[^>]*>([^<]*)</button>', r"\1", made).startswith(html)


PLAIN_WORDS = re.compile(r"[A-Za-z']+")


def reading_age(text: str) -> float:
    """The Flesch-Kincaid grade and five years, with syllables guessed from runs of vowels."""
    words = PLAIN_WORDS.findall(text)
    sentences = max(1, len(re.findall(r"[.!?](?:\s|$)", text)))
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", word.lower())))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59 + 5


def test_plain_words_are_plain():
    ages = sorted((reading_age(one.plain), key) for key, one in glossary().terms.items())
    assert ages[len(ages) // 2][0] <= 12
    assert sum(age <= 14 for age, _ in ages) / len(ages) >= 0.8
