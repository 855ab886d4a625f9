"""Names that would tell a reader whose bid it is are hidden where they stand in its words."""

from __future__ import annotations

import re
from dataclasses import replace

from commonweal.procurement.package import Package, Said

HIDDEN = "[name hidden]"


def blinded(words: str, names: tuple[str, ...]) -> str:
    """The words without the names, however they are written large or small."""
    if not names:
        return words
    return re.compile("|".join(re.escape(one) for one in names), re.IGNORECASE).sub(HIDDEN, words)


def blind(package: Package) -> Package:
    """A bid without who it is from: no name, no price, no files, and its answers without names."""
    names = package.names()
    return replace(
        package, name="", contact="", reach="", members=(), price=None, price_made_of="", files=(), salt="",
        answers={key: Said(blinded(one.words, names)) for key, one in package.answers.items()})
