"""Words as the index holds them: small letters without accents or the plural's s, the smallest left out."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[a-z0-9]+")
LONGEST = 40
STOP = frozenset(re.split(r"\s+", """
    a an and are as at be been but by can do for from had has have he her his how i if in into is it its
    of on or our she so that the their them there they this to us was we were what when which who will
    with you your
""".strip()))


def words_of(text: str) -> list[str]:
    """The words in their order, without the smallest."""
    return [stem(word) for word in every_word(text) if word not in STOP]


def every_word(text: str) -> list[str]:
    """The words as they stand, the smallest among them."""
    joined = text.replace("’", "").replace("'", "")
    bare = unicodedata.normalize("NFKD", joined).encode("ascii", "ignore").decode()
    return [word[:LONGEST] for word in WORD.findall(bare.lower())]


def stem(word: str) -> str:
    """Without the plural's ending: clubs becomes club, libraries becomes library."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def grams_of(word: str) -> set[str]:
    """Threes of letters in a row, the ends marked."""
    padded = f"^{word}$"
    return {padded[at:at + 3] for at in range(max(len(padded) - 2, 1))}


def apart(one: str, other: str, most: int) -> int:
    """How many letters are wrong, left out, put in or swapped with the next; more than `most` is `most` + 1.

    Source: optimal string alignment distance, as in Damerau, 1964, Communications of the ACM 7(3).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, last = list[int](), list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, against in enumerate(other, 1):
            least = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                least = min(least, before[column - 2] + 1)
            current.append(least)
        if min(current) > most:
            return most + 1
        before, last = last, current
    return last[-1]
