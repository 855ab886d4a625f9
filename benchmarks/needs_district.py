"""One district's assessment and pages, from a store already built: seconds cold, warm, kept, and served."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from commonweal.lake.pull import pull_folder
from commonweal.lake.store import Store

ROOT = Path(__file__).resolve().parent.parent
TIMES = 7


def timed(work) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def main() -> None:
    folder = Path(os.environ.get("COMMONWEAL_PUBLISHED") or ROOT.parent / "shared" / "data")
    if not folder.exists():
        sys.exit("needs_district: the published files are not here; set COMMONWEAL_PUBLISHED")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        os.environ |= {"COMMONWEAL_VAR": place, "DJANGO_SETTINGS_MODULE": "commonweal.web.settings"}
        store = Store(Path(place) / "lake" / "published")
        pull_folder(store, folder)
        measure(store)


def measure(store: Store) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from commonweal.needs.queries.assessments import assess

    day = date(2026, 11, 22)
    print(f"assess_first_in_process {timed(lambda: assess(store, 'Knowsley', today=day)):.2f} - -")
    others = ("Ipswich", "Wigan", "Bedford")
    again = median(timed(lambda name=name: assess(store, name, today=day)) for name in others)
    print(f"assess_next_in_process {again:.2f} - -")
    call_command("migrate", verbosity=0)
    browser = Client(HTTP_HOST="localhost")
    browser.get("/place/E08000011/")
    for page in ("", "areas/", "measure/inactive-adults/", "people/"):
        served = median(timed(lambda page=page: browser.get(f"/place/E08000011/{page}")) for _ in range(TIMES))
        print(f"page_warm_{page.split('/')[0] or 'place'} {served:.3f} - -")


if __name__ == "__main__":
    main()
