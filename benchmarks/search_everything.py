"""The search over 100,000 things: seconds of each question, warm, medians; and a fingerprint of the answers."""

from __future__ import annotations

import hashlib
import os
import random
import tempfile
from statistics import median
from time import perf_counter
from typing import Any

THINGS = int(os.environ.get("COMMONWEAL_BENCH_ITEMS", "100000"))
WORDS, PARTNERSHIPS, TIMES, SEED = 60_000, 20, 7, 11
PROMISED = 0.15
ASKED = {
    "one common word": "w1", "two common words": "w1 w2", "three words": "w3 w40 w700", "a rare word": "w31999",
    "a word begun": "w31", "a word misspelled": "wandrign lanterns", "another name": "hard to reach w2",
    "all that is common": "w0 w1 w2 w3", "nothing": "qqqqzz",
}


def main() -> None:
    """Print a line a question; exits with 1 where one takes longer than is promised."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        os.environ |= {"COMMONWEAL_VAR": place, "DJANGO_SETTINGS_MODULE": "commonweal.web.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        viewer = seeded()
        slowest = measured(viewer)
    raise SystemExit(slowest > PROMISED)


def seeded() -> Any:
    """As many things as are asked for in twenty partnerships, of which the viewer belongs to ten."""
    from uuid import UUID

    from commonweal.core.permissions import Permission, Role
    from commonweal.core.search import indexing
    from commonweal.core.search.kinds import Doc, Kind, Scope, searchable
    from commonweal.core.viewer import Grant, Viewer

    rng = random.Random(SEED)
    keys = [UUID(int=number + 1) for number in range(PARTNERSHIPS)]

    def text(count: int) -> str:
        return " ".join(f"w{min(int(rng.paretovariate(0.7)) - 1, WORDS)}" for _ in range(count))

    def docs(_: object) -> Any:
        for number in range(THINGS):
            name = "wandering lanterns" if number % 5000 == 0 else ""
            heard = "seldom heard" if number % 500 == 0 else ""
            yield Doc(f"{number:08}", f"{name} {text(5)}", f"{heard} {text(25)}", "/", Scope(
                rng.choice(keys), Permission.VIEW_EVIDENCE))

    kind = searchable(Kind("bench", "Bench", docs))
    began = perf_counter()
    indexing._write(kind, kind.docs(None))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"indexed {THINGS:,} things in {perf_counter() - began:.0f} s on {connection.vendor}", flush=True)
    return Viewer(UUID(int=99), tuple(Grant(key, UUID(int=77), Role.ANALYST) for key in keys[:PARTNERSHIPS // 2]))


def measured(viewer: Any) -> float:
    """The slowest median."""
    from commonweal.web.searching import search

    slowest, seen = 0.0, hashlib.sha256()
    for name, text in ASKED.items():
        taken = []
        for _ in range(TIMES):
            began = perf_counter()
            found = search(viewer, text)
            taken.append(perf_counter() - began)
        seen.update(repr([(one.kind, one.subject) for one in found.hits]).encode())
        print(f"{name:24} {median(taken):7.3f} s   {len(found.hits)} found", flush=True)
        slowest = max(slowest, median(taken))
    print(f"answers: {seen.hexdigest()[:16]}")
    return slowest


if __name__ == "__main__":
    main()
