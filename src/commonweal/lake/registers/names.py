"""Names of organisations in a form that can be compared: no case, legal form, or everyday shortening."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROPPED = frozenset((
    "the", "of", "and", "for", "in", "at", "a", "an", "ltd", "limited", "plc", "cic", "cio", "llp", "inc",
    "incorporated", "company", "co", "charity", "charitable", "trading", "registered", "uk",
))
_SAME = {
    "assoc": "association", "assn": "association", "ass": "association", "soc": "society", "cmty": "community",
    "comm": "community", "ctr": "centre", "center": "centre", "cntr": "centre", "grp": "group", "gp": "group",
    "st": "saint", "fc": "football", "afc": "football", "rfc": "rugby", "rufc": "rugby", "cc": "cricket",
    "jnr": "junior", "jr": "junior", "juniors": "junior", "ent": "enterprise", "mus": "museum", "lib": "library",
    "orch": "orchestra", "dramatics": "dramatic", "amdram": "dramatic", "hist": "history",
    "historical": "history", "clubs": "club", "meml": "memorial", "mem": "memorial",
    "yth": "youth", "theater": "theatre",
    "bros": "brothers", "arts": "art", "crafts": "craft", "sports": "sport", "singers": "singer",
}
_JOINED = (
    (re.compile(r"\bcommunity interest compan(y|ies)\b|\bc\s*\.?\s*i\s*\.?\s*c\b"), " "),
    (re.compile(r"\bcharitable incorporated organisation\b|\bc\s*\.?\s*i\s*\.?\s*o\b"), " "),
    (re.compile(r"\bf\s*\.\s*c\b\.?"), " fc "),
    (re.compile(r"\b([a-z]) ([a-z])\b(?= ?(fc|cc|club)\b)"), r"\1\2"),
    (re.compile(r"\bfootball club\b"), "football"), (re.compile(r"\brugby (union )?(football )?club\b"), "rugby"),
    (re.compile(r"\bcricket club\b"), "cricket"),
)
_PERSONAL = re.compile(r"^(?:mr|mrs|ms|miss|mx|dr|prof|professor)\.?\s+[a-z' -]+$", re.IGNORECASE)


@lru_cache(maxsize=500_000)
def tokens(name: str) -> tuple[str, ...]:
    """The words that tell a name apart, sorted, each once; where nothing is left, all its words."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    plain = re.sub(r"\(.*?\)", " ", plain) if re.sub(r"\(.*?\)", "", plain).strip() else plain
    plain = re.sub(r"['’`]", "", plain)
    for pattern, by in _JOINED:
        plain = pattern.sub(by, plain)
    words = [_SAME.get(word, word) for word in re.findall(r"[a-z0-9]+", plain)]
    kept = {word for word in words if word not in _DROPPED}
    return tuple(sorted(kept or set(words)))


def looks_like_a_person(name: str) -> bool:
    """Whether a name begins with a title and goes on as a person's does."""
    return bool(_PERSONAL.match(" ".join(name.split())))


def domain(web: str) -> str:
    """The site a web address is on, without www; "" where many share it."""
    found = re.sub(r"^[a-z]+://", "", web.strip().casefold()).split("/")[0].split("?")[0].removeprefix("www.")
    shared = ("facebook.", "twitter.", "instagram.", "google.", "wordpress.com", "wixsite.com", "pitchero.com")
    return "" if "." not in found or " " in found or any(one in found for one in shared) else found
