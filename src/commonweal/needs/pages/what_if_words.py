"""The words and roundings that what-if pages share."""

from __future__ import annotations

from commonweal.needs.content import read
from commonweal.needs.wording import fill


def say(key: str, **given: object) -> str:
    """A sentence of the page."""
    return fill(read("what_if")["words"][key], **given)


def need_words(tenths: int) -> str:
    """Those in need, as areas."""
    return say("need_one") if tenths == 1 else say("need_some", n=tenths)


def tenths_words(tenths: int) -> str:
    """So many of the most deprived tenths."""
    return say("tenth") if tenths == 1 else say("tenths", n=tenths)


def price_words(by: int) -> str:
    """A price as so many per cent off today's, or on it."""
    if by == -100:
        return say("price_none")
    if by == 0:
        return say("price_same")
    return say("price_less" if by < 0 else "price_more", by=abs(by))


def times_words(factor: float) -> str:
    """A price as a multiple of today's."""
    return price_words(round(100 * factor) - 100)


def capital(words: str) -> str:
    """With a capital to begin."""
    return words[:1].upper() + words[1:]


def tens(value: float) -> int:
    """To the nearest ten."""
    return round(value / 10) * 10


def hundreds(value: float) -> int:
    """To the nearest hundred."""
    return round(value / 100) * 100


def thousands(value: float) -> int:
    """To the nearest thousand."""
    return round(value / 1000) * 1000
