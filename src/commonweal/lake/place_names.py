"""Place names as people type them: made comparable, and the nearest of those known."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

# Words councils add to their area's name and people leave out, or the other way round.
_STYLE = re.compile(
    r"\b(council|borough|metropolitan|district|unitary|authority|ua|lb|mbc|bc|dc|cc|county council|city council)\b"
)
_LEADING = re.compile(r"^(the |city of |city and county of |county of |london of |royal of |of |county )+")
_TRAILING = re.compile(r"( city of| county of| the| county| city)+$")


def plain(name: str) -> str:
    """Small letters, no accents, "and" for "&", "st" for "saint", one space between words."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    spaced = re.sub(r"[^a-z0-9]+", " ", letters.replace("&", " and ").replace("'", "").replace("’", ""))
    return re.sub(r"\bsaint\b", "st", spaced).strip()


def core(name: str) -> str:
    """The name without what councils add: "London Borough of Hackney" is hackney, "Bristol, City of" bristol."""
    without = " ".join(_STYLE.sub(" ", plain(name)).split())
    for pattern in (_LEADING, _TRAILING):
        shorter = pattern.sub("", f"{without} " if pattern is _LEADING else without).strip()
        without = shorter or without
    return without or plain(name)


def pairs(text: str) -> frozenset[str]:
    """The letter pairs of a name, its first letter and last marked."""
    marked = f"^{text}$"
    return frozenset(marked[i : i + 2] for i in range(len(marked) - 1))


class Nearest:
    """Finds the names most like a text: by shared letter pairs, so that slips of the finger are forgiven."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: list[tuple[str, frozenset[str]]] = []
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        for name in dict.fromkeys(names):
            for form in {plain(name), core(name)}:
                mine = pairs(form)
                for pair in mine:
                    self._by_pair[pair].append(len(self._names))
                self._names.append((name, mine))

    def to(self, text: str, *, most: int = 5, least: float = 0.34) -> tuple[str, ...]:
        """Up to `most` names, the most alike first (Dice's coefficient of letter pairs at or above `least`)."""
        wanted = pairs(core(text))
        shared: dict[int, int] = defaultdict(int)
        for pair in wanted:
            for at in self._by_pair.get(pair, ()):
                shared[at] += 1
        best: dict[str, float] = {}
        for at, count in shared.items():
            name, mine = self._names[at]
            best[name] = max(best.get(name, 0.0), 2 * count / (len(wanted) + len(mine)))
        ranked = sorted((-score, name) for name, score in best.items() if score >= least)
        return tuple(name for _, name in ranked[:most])
