"""A list of words is brought, looked at, and confirmed."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from commonweal.core import clock
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.knowledge.actions.saying import person_of, slug_for
from commonweal.knowledge.actions.terms import Verb
from commonweal.knowledge.models import Term, TermState, TermVersion, WordImport
from commonweal.knowledge.skos.model import Concept, WordsRead


@transaction.atomic
def keep_list(*, by: Viewer, partnership: Partnership, read: WordsRead) -> WordImport:
    """What was found in a file, waiting for a yes."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    rows = [
        [one.uri, one.label, one.plain, list(one.also), [list(word) for word in one.words], list(one.broader),
         list(one.related), [list(link) for link in one.links], one.source, one.id]
        for one in read.scheme.concepts
    ]
    return saved(WordImport(
        partnership=partnership, title=read.scheme.title[:300], found=rows, notes=list(read.notes[:100]),
        person=person_of(by),
    ))


@transaction.atomic
def confirm_list(*, by: Viewer, brought: WordImport) -> int:
    """The words of the list that the partnership does not have yet, brought in and not proposed; how many."""
    require(by, Permission.RECORD_EVIDENCE, brought.partnership_id)
    row = WordImport.objects.select_for_update().get(pk=brought.pk)
    if row.confirmed:
        raise Refused("This list has been brought in already.")
    concepts = [_concept(one) for one in row.found]
    taken = set(Term.objects.filter(partnership=row.partnership_id).values_list("slug", flat=True))
    known = set(Term.objects.filter(partnership=row.partnership_id).exclude(concept="").values_list(
        "concept", flat=True))
    slugs = _slugs([one for one in concepts if one.uri not in known], taken)
    person = person_of(by)
    terms, versions = [], []
    for one in concepts:
        if one.uri not in slugs:
            continue
        term = Term(partnership=row.partnership, slug=slugs[one.uri], title=one.label[:120],
                    state=TermState.BROUGHT, concept=one.uri[:400])
        terms.append(term)
        versions.append(TermVersion(
            partnership=row.partnership, identity=term, number=1, label=one.label[:120],
            plain=one.plain or "No meaning came with it.", also=list(one.also), words=[list(w) for w in one.words],
            broader=[slugs[uri] for uri in one.broader if uri in slugs],
            related=[slugs[uri] for uri in one.related if uri in slugs], links=[list(link) for link in one.links],
            source=one.source[:500], written_by=person,
        ))
    Term.objects.bulk_create(terms, batch_size=200)
    TermVersion.objects.bulk_create(versions, batch_size=200)
    row.confirmed = clock.now()
    saved(row)
    record_event(by=by, verb=Verb.WORDS_BROUGHT, subject=row, partnership=row.partnership_id)
    return len(terms)


def _concept(row: list[object]) -> Concept:
    uri, label, plain, also, words, broader, related, links, source, key = row
    return Concept(
        uri=str(uri), label=str(label), plain=str(plain), also=tuple(also),  # type: ignore[arg-type]
        words=tuple(tuple(w) for w in words), broader=tuple(broader),  # type: ignore[attr-defined, arg-type]
        related=tuple(related), links=tuple(tuple(link) for link in links),  # type: ignore[arg-type, attr-defined]
        source=str(source), id=str(key),
    )


def _slugs(concepts: list[Concept], taken: set[str]) -> dict[str, str]:
    """An address for each word that the partnership does not have yet: its own id, or its label."""
    found: dict[str, str] = {}
    for one in concepts:
        if one.id and slugify(one.id) == one.id and one.id in taken:
            continue  # the same word, brought before
        own = one.id and slugify(one.id) == one.id and not one.id.isdigit()
        base = slug = slug_for(one.id if own else one.label)
        number = 2
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        taken.add(slug)
        found[one.uri] = slug
    return found
