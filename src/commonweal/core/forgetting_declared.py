"""A person's name and address leave every field that is told to hold somebody, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from commonweal.core.models import Person, SearchEntry
from commonweal.core.personal_data import READ, Declared, declarations
from commonweal.core.rewording import Reword, out_of_reach, reword_rows, without
from commonweal.core.search.indexing import reindex
from commonweal.core.search.kinds import kinds

APART = frozenset({"core.Person", "account.EmailAddress", "account.EmailConfirmation", "core.SearchEntry",
                   "core.SearchTerm"})  # erase_person's own


def signed(one: Declared) -> bool:
    """Whether its words carry a fingerprint: changing them would break what was signed, so they are kept."""
    return one.fixed and "digest" in {field.name for field in one.model._meta.fields}


def reworded_tables() -> Iterator[tuple[Declared, tuple[str, ...]]]:
    """Every table that names can be taken out of, with the fields concerned."""
    for label, one in declarations().items():
        fields = one.of(*READ)
        if fields and label not in APART and not signed(one):
            yield one, fields


def kept_as_signed() -> tuple[str, ...]:
    """The tables whose words stay as they were signed, in words (UK GDPR, Article 17(3)(b) and (e))."""
    told = (one for one in declarations().values() if one.of(*READ) and signed(one))
    return tuple(str(one.model._meta.verbose_name) for one in told)


def forget_in_words(person: Person) -> int:
    """How many rows changed; counts and links stay, and what can be found by searching is written anew."""
    said = [one.strip() for one in (person.name, person.email) if one.strip()]
    found = _found_by(said)
    changed = sum(reword_rows(one.model, fields, _taken_out(person)) for one, fields in reworded_tables())
    for kind, subjects in found.items():
        reindex(kinds()[kind], subjects)
    return changed


def _taken_out(person: Person) -> Reword:
    """Both in one reading: a table may be long."""
    name, address = person.name.strip(), person.email.strip()
    steps = [*([out_of_reach(address)] if address else []), *([without(name)] if name else [])]

    def reword(words: str) -> str:
        for step in steps:
            words = step(words)
        return words

    return reword


def _found_by(said: list[str]) -> dict[str, set[str]]:
    """What the search shows with these words, by its kind."""
    found: dict[str, set[str]] = {}
    for name in said:
        held = SearchEntry.objects.filter(Q(title__icontains=name) | Q(text__icontains=name))
        for kind, subject in held.order_by().values_list("kind", "subject"):
            found.setdefault(kind, set()).add(subject)
    return found
