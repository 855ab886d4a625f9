"""A changed weight answered on an appraisal of the worked example: seconds of the part and of the whole page."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

TIMES, PROMISED = 15, 0.2


def main() -> None:
    """Print a line a question; exits with 1 where a part takes longer than is promised, by processor seconds."""
    kept = Path(os.environ.get("COMMONWEAL_VAR", "var")) / "commonweal.sqlite3"
    if not kept.exists():
        sys.exit("appraisal_answers: begin the worked example first (commonweal run), or set COMMONWEAL_VAR")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.web.settings")
    import django

    django.setup()
    from commonweal.options.models import Appraisal

    slowest = max((measured(one) for one in Appraisal.objects.order_by("title")), default=0.0)
    raise SystemExit(slowest > PROMISED)


def measured(appraisal) -> float:
    """Each weight another than the one before, so that nothing kept can answer."""
    from django.test import Client
    from django.urls import reverse

    from commonweal.core.models import Person

    browser = Client(HTTP_HOST="localhost")
    browser.force_login(Person.objects.get(email="officer@larkmere.example"))
    address = reverse("options:what-if", args=[appraisal.partnership_id, appraisal.pk])
    names = [f"w-{one}" for one in appraisal.criteria.order_by("pk").values_list("pk", flat=True)]
    browser.get(address)
    slowest = 0.0
    for what, headers in (("part", {"HX-Request": "true"}), ("page", {})):
        spent, worked = [], []
        for at in range(TIMES):
            weights = {name: str(10 + (7 * at + 13 * place) % 90) for place, name in enumerate(names)}
            start, busy = perf_counter(), process_time()
            answer = browser.get(address, weights, headers=headers)
            spent.append(perf_counter() - start)
            worked.append(process_time() - busy)
            assert answer.status_code == 200, answer.status_code
        name = appraisal.title.split()[0].lower()
        print(f"weight_{what}_{name} {median(spent):.3f} - -")
        print(f"weight_{what}_{name}_processor {median(worked):.3f} - -")
        slowest = max(slowest, median(worked)) if what == "part" else slowest
    return slowest


if __name__ == "__main__":
    main()
