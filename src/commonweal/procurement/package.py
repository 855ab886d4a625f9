"""What a bid says, as one value: written in one fixed way, so that the same bid always has the same hash."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Member:
    """One of a consortium: who, what it would do, and its share of the work in per cent."""

    name: str
    part: str
    share: int


@dataclass(frozen=True, slots=True)
class Attached:
    """One file that goes with the bid."""

    id: str
    name: str
    size: int
    sha256: str
    kind: str


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: its words, how often it was saved, and whether it was taken over and not read yet."""

    words: str
    number: int = 0
    taken_over: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """A bid as it stands. `salt` keeps others from guessing what a hash is of."""

    name: str = ""
    contact: str = ""
    reach: str = ""
    eligible: bool = False
    members: tuple[Member, ...] = ()
    alone: bool | None = None
    answers: dict[str, Said] = field(default_factory=dict)
    price: Decimal | None = None
    price_made_of: str = ""
    files: tuple[Attached, ...] = ()
    salt: str = ""
    seen: dict[str, int] = field(default_factory=dict)   # how often each part was saved

    def answer(self, key: str) -> Said:
        """One answer, empty where there is none yet."""
        return self.answers.get(key, Said(""))

    def with_answer(self, key: str, said: Said) -> Package:
        """The same with one answer changed."""
        return replace(self, answers={**self.answers, key: said})

    def names(self) -> tuple[str, ...]:
        """Every name by which a reader could know who it is from, longest first."""
        found = {self.name, self.contact, self.reach, *(one.name for one in self.members)}
        return tuple(sorted((one for one in found if len(one) > 2), key=len, reverse=True))


def fresh(name: str = "", contact: str = "", reach: str = "") -> Package:
    """An empty bid."""
    return Package(name=name, contact=contact, reach=reach, salt=secrets.token_hex(16))


def kept(package: Package) -> bytes:
    """A draft as it is kept."""
    return json.dumps(asdict(package), default=str, ensure_ascii=False).encode()


def read(clear: bytes) -> Package:
    """A draft as it was kept."""
    data: dict[str, Any] = json.loads(clear)
    return Package(**{
        **data, "members": tuple(Member(**one) for one in data["members"]),
        "files": tuple(Attached(**one) for one in data["files"]),
        "answers": {key: Said(**one) for key, one in data["answers"].items()},
        "price": None if data["price"] is None else Decimal(data["price"]),
    })


def written(bid: UUID, competition: UUID, package: Package) -> bytes:
    """What is sent, byte for byte: sorted keys, no blanks, no marks of how it came to be."""
    body = {
        "competition": str(competition), "bid": str(bid), "name": package.name, "contact": package.contact,
        "reach": package.reach, "eligible": package.eligible, "members": [asdict(one) for one in package.members],
        "answers": {key: one.words for key, one in package.answers.items()},
        "price": None if package.price is None else f"{package.price:.2f}", "price_made_of": package.price_made_of,
        "files": [asdict(one) for one in package.files], "salt": package.salt,
    }
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sent(clear: bytes) -> Package:
    """What was sent, read again."""
    data: dict[str, Any] = json.loads(clear)
    return Package(
        data["name"], data["contact"], data["reach"], data["eligible"],
        tuple(Member(**one) for one in data["members"]), not data["members"],
        {key: Said(words) for key, words in data["answers"].items()},
        None if data["price"] is None else Decimal(data["price"]), data["price_made_of"],
        tuple(Attached(**one) for one in data["files"]), data["salt"],
    )


def hash_of_sent(clear: bytes) -> str:
    """Its SHA-256."""
    return sha256(clear).hexdigest()
