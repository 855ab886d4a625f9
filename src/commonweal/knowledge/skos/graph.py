"""A word list as an RDF graph in SKOS, and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS

from commonweal.knowledge.skos.model import Concept, Scheme, settled, tidy
from commonweal.lake.opening.model import CannotOpen

CW = Namespace("urn:commonweal:words#")   # what SKOS has no word for: whose word it is, and what they mean by it
LINKS = {
    "exact": SKOS.exactMatch, "close": SKOS.closeMatch, "broad": SKOS.broadMatch, "narrow": SKOS.narrowMatch,
    "related": SKOS.relatedMatch,
}
ENGLISH = ("en", "en-gb")


def graph_of(scheme: Scheme) -> Graph:
    """The list as a graph."""
    scheme = settled(scheme)
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.bind("dct", DCTERMS)
    graph.bind("cw", CW)
    top = URIRef(scheme.uri)
    graph.add((top, RDF.type, SKOS.ConceptScheme))
    graph.add((top, RDFS.label, Literal(scheme.title, lang="en")))
    graph.add((top, DCTERMS.title, Literal(scheme.title, lang="en")))
    for one in scheme.concepts:
        _add(graph, top, one)
    return graph


def _add(graph: Graph, top: URIRef, one: Concept) -> None:
    node = URIRef(one.uri)
    graph.add((node, RDF.type, SKOS.Concept))
    graph.add((node, SKOS.inScheme, top))
    graph.add((node, SKOS.prefLabel, Literal(one.label, lang="en")))
    for form in sorted({*one.also, *(word for _, word, _ in one.words)} - {one.label}):
        graph.add((node, SKOS.altLabel, Literal(form, lang="en")))
    for predicate, text in ((SKOS.definition, one.plain), (DCTERMS.source, one.source)):
        if text:
            graph.add((node, predicate, Literal(text, lang="en")))
    if one.id:
        graph.add((node, DCTERMS.identifier, Literal(one.id)))
    for uri in one.broader:
        graph.add((node, SKOS.broader, URIRef(uri)))
    if not one.broader:
        graph.add((node, SKOS.topConceptOf, top))
        graph.add((top, SKOS.hasTopConcept, node))
    for uri in one.related:
        graph.add((node, SKOS.related, URIRef(uri)))
    for match, uri in one.links:
        graph.add((node, LINKS[match], URIRef(uri)))
    for sector, word, meaning in one.words:
        said = BNode(sha256("|".join((one.uri, sector, word, meaning)).encode()).hexdigest()[:24])  # ever the same
        graph.add((node, CW.sectorWord, said))
        graph.add((said, CW.sector, Literal(sector)))
        graph.add((said, CW.word, Literal(word, lang="en")))
        if meaning:
            graph.add((said, CW.meaning, Literal(meaning, lang="en")))


def scheme_of(graph: Graph) -> tuple[Scheme, tuple[str, ...]]:
    """The list in a graph, and what was left out; CannotOpen where it is not a sound list of words."""
    nodes = sorted({node for node in graph.subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef)})
    if not nodes:
        raise CannotOpen("There are no SKOS concepts in this file, so there are no words to bring in.")
    tops = sorted(node for node in graph.subjects(RDF.type, SKOS.ConceptScheme) if isinstance(node, URIRef))
    top = tops[0] if tops else URIRef("urn:commonweal:brought")
    title = _text(graph, top, (RDFS.label, DCTERMS.title, SKOS.prefLabel)) or "A list of words"
    notes: list[str] = []
    concepts = [one for node in nodes if (one := _concept(graph, node, notes)) is not None]
    narrower = [(uri, above) for above in nodes for uri in graph.objects(above, SKOS.narrower)]
    return settled(Scheme(str(top), title, tuple(_with_narrower(concepts, narrower)))), tuple(notes)


def _concept(graph: Graph, node: URIRef, notes: list[str]) -> Concept | None:
    labels = sorted({tidy(one) for one in _english(graph.objects(node, SKOS.prefLabel))})
    if len(labels) > 1:
        raise CannotOpen(
            f"{node} has {len(labels)} preferred labels (“{labels[0]}” and “{labels[1]}”). "
            "A concept has one in each language: make the others alternative labels, and bring it again."
        )
    if not labels or not labels[0]:
        notes.append(f"{node} has no label in English and was left out.")
        return None
    words = tuple(
        (str(graph.value(said, CW.sector, default="")), tidy(graph.value(said, CW.word, default="")),
         tidy(graph.value(said, CW.meaning, default="")))
        for said in graph.objects(node, CW.sectorWord)
    )
    return Concept(
        uri=str(node), label=labels[0], plain=_text(graph, node, (SKOS.definition, SKOS.scopeNote)),
        also=tuple(tidy(one) for one in _english(graph.objects(node, SKOS.altLabel))), words=words,
        broader=_addresses(graph.objects(node, SKOS.broader)),
        related=_addresses(graph.objects(node, SKOS.related)),
        links=tuple(
            (match, uri) for match, kind in LINKS.items() for uri in _addresses(graph.objects(node, kind))
        ),
        source=_text(graph, node, (DCTERMS.source,)), id=_plain(graph, node),
    )


def _with_narrower(concepts: Iterable[Concept], narrower: list[tuple[Any, URIRef]]) -> Iterable[Concept]:
    """A list may say only what is below; what is above follows."""
    above: dict[str, list[str]] = {}
    for uri, top in narrower:
        above.setdefault(str(uri), []).append(str(top))
    for one in concepts:
        yield replace(one, broader=(*one.broader, *above.get(one.uri, ())))


def _english(values: Iterable[Any]) -> list[Any]:
    """Labels in English, or in no language at all."""
    literals = [one for one in values if isinstance(one, Literal)]
    return [one for one in literals if (one.language or "").lower() in ENGLISH] or [
        one for one in literals if not one.language
    ]


def _text(graph: Graph, node: URIRef, predicates: Iterable[URIRef]) -> str:
    for predicate in predicates:
        found = sorted(tidy(one) for one in _english(graph.objects(node, predicate)))
        if found:
            return found[0]
    return ""


def _plain(graph: Graph, node: URIRef) -> str:
    known = (one for one in graph.objects(node, DCTERMS.identifier) if isinstance(one, Literal))
    return min((tidy(one) for one in known), default="")


def _addresses(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(one) for one in values if isinstance(one, URIRef))
