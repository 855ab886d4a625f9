"""Pages of a partnership that holds 100,000 pieces of evidence: seconds a page, warm, the median of several."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from datetime import date, timedelta
from statistics import median
from time import perf_counter
from typing import Any

ITEMS = int(os.environ.get("COMMONWEAL_BENCH_ITEMS", "100000"))
NEEDS, HELD, TIMES, SEED = 40, 25, 7, 11
NEWEST = date(2026, 11, 20)


def main() -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        os.environ |= {"COMMONWEAL_VAR": place, "DJANGO_SETTINGS_MODULE": "commonweal.web.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure(*seeded())


def seeded() -> tuple[Any, Any]:
    """A partnership, its analyst, the evidence in one go, and needs through the actions."""
    from commonweal.core.actions.organisations import create_organisation
    from commonweal.core.actions.partnerships import add_organisation, create_partnership
    from commonweal.core.actions.people import add_person
    from commonweal.core.actions.roles import give_role
    from commonweal.core.models import OrganisationKind
    from commonweal.core.permissions import Role
    from commonweal.core.viewer import SYSTEM

    council = create_organisation(by=SYSTEM, name="Bench Council", kind=OrganisationKind.DISTRICT, example=True)
    together = create_partnership(by=SYSTEM, name="Bench together", invented=True)
    add_organisation(by=SYSTEM, partnership=together, organisation=council, signs_off=True)
    person = add_person(by=SYSTEM, email="analyst@bench.example", name="An Analyst", example=True)
    give_role(by=SYSTEM, partnership=together, person=person, organisation=council, role=Role.ANALYST)
    bring(together, council, person)
    write_needs(together, person)
    return together, person


def bring(partnership: Any, organisation: Any, person: Any) -> None:
    """Pieces of every kind, written past the actions because only reading is measured."""
    from commonweal.core import clock
    from commonweal.core.models import Organisation, OrganisationKind
    from commonweal.needs.models import EvidenceItem

    rng, now = random.Random(SEED), clock.now()
    trust = Organisation.objects.create(name="Bench Trust", kind=OrganisationKind.THIRD_SECTOR, example=True)
    rows = (one_piece(rng, number, partnership=partnership, recorded_by=person, placed=now,
                      organisation=rng.choice((organisation, trust))) for number in range(ITEMS))
    EvidenceItem.objects.bulk_create(rows, batch_size=2000)


def one_piece(rng: random.Random, number: int, **whose: Any) -> Any:
    from commonweal.needs.models import AskedBy, Chosen, Covers, EvidenceItem, EvidenceKind
    from commonweal.needs.queries.evidence_items import ASKED

    asked = rng.choice((None, rng.randint(200, 5000)))
    answered = rng.choice((None, rng.randint(1, 200)))
    day = NEWEST - timedelta(days=rng.randint(0, 4000))
    return EvidenceItem(
        title=f"What was heard, {number}", kind=rng.choice(EvidenceKind.values), perspective=rng.choice(ASKED),
        summary="They would come if it cost less and the bus ran later. " * rng.randint(1, 12),
        chosen=rng.choice(Chosen.values), asked_by=rng.choice(AskedBy.values), covers=rng.choice(Covers.values),
        gathered_to=day, answered=answered, asked=asked, **whose,
    )


def write_needs(partnership: Any, person: Any) -> None:
    from commonweal.core.viewer import viewer_of
    from commonweal.needs.actions.need import Wording, hold_evidence, write_need
    from commonweal.needs.models import EvidenceItem, Side, Verdict

    by, rng = viewer_of(person), random.Random(SEED)
    items = [*EvidenceItem.objects.values_list("pk", flat=True)[: NEEDS * HELD]]
    for number in range(NEEDS):
        said = Wording("Everybody over 60", "the whole district", "something within a walk", "They said so.")
        need = write_need(by=by, partnership=partnership, title=f"Need {number}", side=Side.FOR_CULTURE,
                          theme="culture", said=said).identity
        for item in items[number * HELD: (number + 1) * HELD]:
            hold_evidence(by=by, need=need, item=item, verdict=rng.choice([*Verdict]))


def measure(partnership: Any, person: Any) -> None:
    from django.test import Client

    browser = Client(HTTP_HOST="localhost")
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    for name, address in addresses(partnership).items():
        times = [timed(browser, address) for _ in range(TIMES)]
        print(f"evidence_{name} {median(times):.3f} - -", file=sys.stdout)


def timed(browser: Any, address: str) -> float:
    start = perf_counter()
    answer = browser.get(address)
    assert answer.status_code == 200, f"{address} answered {answer.status_code}"
    return perf_counter() - start


def addresses(partnership: Any) -> dict[str, str]:
    from commonweal.needs.models import EvidenceItem, Need

    item = EvidenceItem.objects.order_by("id")[ITEMS // 2].pk
    need = Need.objects.order_by("id")[NEEDS // 2].pk
    home = f"/partnership/{partnership.pk}/"
    return {
        "home": home, "list": f"{home}evidence/", "list_one_side": f"{home}evidence/?from=partners",
        "list_deep": f"{home}evidence/?after={item}", "list_words": f"{home}evidence/?q=bus+4711",
        "list_no_words": f"{home}evidence/?q=zebra", "item": f"{home}evidence/{item}/",
        "needs": f"{home}needs/", "need": f"{home}needs/{need}/",
        **{f"ambition_{key}": f"{home}ambitions/{aim}/" for key, aim in aims(partnership).items()},
    }


def aims(partnership: Any) -> dict[str, Any]:
    """An aim whose words stand in everything, and one whose words stand nowhere."""
    from commonweal.core.models import Person
    from commonweal.core.viewer import viewer_of
    from commonweal.needs.actions.ambition import Aim, say_ambition

    by = viewer_of(Person.objects.get(email="analyst@bench.example"))
    said = {"everywhere": "Cheaper buses that run later", "nowhere": "More zebra polo"}
    return {key: say_ambition(by=by, partnership=partnership, aim=Aim(
        words, "Everybody", "", "Testshire", "culture", "A member")).identity.pk for key, words in said.items()}


if __name__ == "__main__":
    main()
