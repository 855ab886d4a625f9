"""The search as a person uses it: what the glossary knows under other names is found under any of them."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from commonweal.core.search.finding import Alternatives, Found, find
from commonweal.core.search.words import STOP, every_word, stem, words_of
from commonweal.core.viewer import Viewer
from commonweal.policy.glossary import glossary

MOST_NAMES = 8
Phrase = tuple[str, ...]


def search(viewer: Viewer, text: str, kind: str = "") -> Found:
    """Everything the viewer may see that fits."""
    return find(viewer, text, kind=kind, expand=with_other_names)


def with_other_names(words: list[str]) -> list[Alternatives]:
    """Phrases of the glossary with their other names, longest first; other words each for themselves."""
    names, at, found = _names(), 0, list[Alternatives]()
    longest = max(map(len, names), default=1)
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            phrase = tuple(stem(word) for word in words[at:at + size])
            if phrase in names:
                own = tuple(word for word in phrase if word not in STOP) or phrase
                found.append((own, *(one for one in names[phrase] if one != own))[:MOST_NAMES])
                at += size
                break
        else:
            if words[at] not in STOP:
                found.append(((stem(words[at]),),))
            at += 1
    return found or [((stem(word),),) for word in words]


@cache
def _names() -> dict[Phrase, tuple[Phrase, ...]]:
    """Every name of a term, and all the names that mean the same."""
    found: dict[Phrase, dict[Phrase, None]] = defaultdict(dict)
    for term in glossary().terms.values():
        if term.everyday:
            continue
        names = [name for name in (term.term, *term.also) if words_of(name)]
        same = dict.fromkeys(tuple(words_of(name)) for name in names)
        for name in names:
            found[tuple(stem(word) for word in every_word(name))] |= same
    return {name: tuple(same) for name, same in found.items()}
