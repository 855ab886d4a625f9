"""200,000 organisations: a register of 180,000 and 20,000 grants of bodies that stand in it, taken in and linked.

Beside it splink 5 with its defaults over the same rows, where it is installed (`uv pip install splink`): linking
alone, since it writes no records. COMMONWEAL_BENCH_ITEMS makes it smaller.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import io
import os
import random
import resource
import tempfile
from time import perf_counter
from typing import Any

ROWS = int(os.environ.get("COMMONWEAL_BENCH_ITEMS", "200000"))
AGAIN = ROWS // 10
SEED, PROMISED, MEMORY = 7, 300.0, 4.0
PLACES = [start + end for start in ["Ash", "Bram", "Clay", "Dun", "Elm", "Fen", "Gold", "Hill", "Iver", "Kings"]
          for end in ["ford", "ton", "ley", "bury", "mere", "wick", "stead", "combe", "field", "worth"]]
THINGS = ("Choral Society", "Bowls Club", "Village Hall", "Youth Theatre", "Playgroup", "Football Club",
          "Museum Trust", "Arts Centre", "Swimming Club", "Friends of the Library", "Cricket Club")
SAINTS = [f"St {name}" for name in (
    "Mary", "John", "Peter", "Anne", "James", "Oswald", "Hilda", "Chad", "Giles", "Alban")]


def bodies() -> list[dict[str, str]]:
    """As a register lists them: names made of common and rare words, real-looking postcodes, one number each."""
    rng, found = random.Random(SEED), []
    for at in range(ROWS - AGAIN):
        rare = f"{rng.choice('BCDFGHLMNPRSTW')}{rng.choice('aeiou')}{rng.choice('bdglmnrst')}{at % 977:03}"
        saint = f"{rng.choice(SAINTS)} " if rng.random() < 0.2 else ""
        name = f"{saint}{rng.choice(PLACES)} {rare} {rng.choice(THINGS)}"
        outward = f"{rng.choice('BCDGHLMNST')}{rng.randint(1, 20)}"
        inward = rng.choice("ABDEFG") + rng.choice("HJLN")
        found.append({"org_id": f"GB-CHC-{1_000_000 + at}", "reg_number": str(1_000_000 + at),
                      "name": name.upper(), "postcode": f"{outward} {rng.randint(1, 9)}{inward}",
                      "date_registered": "2001-04-01", "activities": name})
    return found


def grants(listed: list[dict[str, str]]) -> list[dict[str, str]]:
    """Some of them again, as people write them: The, Ltd, a slip of the pen, often without a number."""
    rng, found = random.Random(SEED + 1), []
    for one in rng.sample(listed, AGAIN):
        name = one["name"].title()
        name = rng.choice((name, f"The {name}", f"{name} Ltd", name.replace("Society", "Soc.")))
        if rng.random() < 0.2:
            place = rng.randrange(2, len(name) - 2)
            name = name[:place] + name[place + 1:]
        found.append({"Name": name, "Postcode": one["postcode"] if rng.random() < 0.8 else "", "Town": "",
                      "Charity number": one["reg_number"] if rng.random() < 0.4 else ""})
    return found


def as_csv(rows: list[dict[str, str]]) -> bytes:
    """The file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def ours(listed: list[dict[str, str]], again: list[dict[str, str]]) -> float:
    """Read, written and linked, as the background job does it; then the register brought anew with one change."""
    from commonweal.core.actions.partnerships import create_partnership
    from commonweal.core.viewer import SYSTEM
    from commonweal.lake.opening import open_bytes
    from commonweal.lake.registers.reading import read_registers
    from commonweal.providers.actions.importing import take_register
    from commonweal.providers.models import Provider

    there = create_partnership(by=SYSTEM, name="Bench")
    begun = perf_counter()
    for name, rows, public in (("register.csv", listed, True), ("list.csv", again, False)):
        taken = take_register(by=SYSTEM, found=read_registers(open_bytes(name, as_csv(rows))), partnership=there,
                              public=public)
        print(f"organisations_import: {name}, {taken.new:,} new, {taken.joined:,} joined, {taken.undecided:,} to "
              f"ask, {perf_counter() - begun:.0f} s")
    took = perf_counter() - begun
    left, true = Provider.objects.filter(merged_into=None).count(), len(listed)
    listed[0]["activities"] += " and more"
    begun = perf_counter()
    taken = take_register(by=SYSTEM, found=read_registers(open_bytes("register.csv", as_csv(listed))),
                          partnership=there, public=True)
    print(f"organisations_import: brought anew, {taken.changed} changed, {taken.same:,} as before, "
          f"{perf_counter() - begun:.0f} s; {left:,} bodies stand for {true:,}")
    return took


def splinks(listed: list[dict[str, str]], again: list[dict[str, str]]) -> float | None:
    """The same rows through splink: block on postcode and on the first word, EM, predict, cluster."""
    if importlib.util.find_spec("splink") is None:
        return None
    splink: Any = importlib.import_module("splink")
    compare: Any = importlib.import_module("splink.comparison_library")
    pandas: Any = importlib.import_module("pandas")
    rows = [(one["name"], one["postcode"], one["reg_number"]) for one in listed]
    rows += [(one["Name"].upper(), one["Postcode"], one["Charity number"]) for one in again]
    frame = pandas.DataFrame(rows, columns=["name", "postcode", "number"]).replace("", None)
    frame["first"] = frame["name"].str.removeprefix("THE ").str.split().str[:2].str.join(" ")
    frame.insert(0, "unique_id", range(len(frame)))
    begun = perf_counter()
    rules = [splink.block_on("postcode"), splink.block_on("first"), splink.block_on("number")]
    settings = splink.SettingsCreator(
        link_type="dedupe_only", blocking_rules_to_generate_predictions=rules,
        comparisons=[compare.JaroWinklerAtThresholds("name"), compare.PostcodeComparison("postcode"),
                     compare.ExactMatch("number")])
    linker = splink.Linker(splink.DuckDBAPI().register(frame), settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(splink.block_on("postcode"))
    pairs = linker.inference.predict(threshold_match_probability=0.2)
    linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, 0.95)
    return perf_counter() - begun


def linking_alone(listed: list[dict[str, str]], again: list[dict[str, str]]) -> float:
    """Our linking without reading or writing, for the peer to stand beside."""
    from commonweal.lake.registers.linking import Linkable, link

    rows = [Linkable(one["name"], one["postcode"], "", (("GB-CHC", one["reg_number"]),)) for one in listed]
    rows += [Linkable(one["Name"], one["Postcode"], "",
                      (("GB-CHC", one["Charity number"]),) if one["Charity number"] else ()) for one in again]
    begun = perf_counter()
    link(rows)
    return perf_counter() - begun


def main() -> None:
    """Print a line each; exits with 1 where what is promised is not kept."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        os.environ |= {"COMMONWEAL_VAR": place, "DJANGO_SETTINGS_MODULE": "commonweal.web.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        listed = bodies()
        again = grants(listed)
        took = ours(listed, again)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"organisations_import: {ROWS:,} taken in and linked in {took:.0f} s with {most:.2f} GB "
          f"({PROMISED:.0f} s and {MEMORY:.0f} GB promised)")
    mine, theirs = linking_alone(listed, again), splinks(listed, again)
    beside = f"{theirs:.1f}s {mine / theirs:.2f}" if theirs else "none 0.00"
    print(f"organisations_linked {mine:.1f}s {beside}")
    if theirs is None:
        print("organisations_linked: splink is not installed here, so nothing stands beside it.")
    raise SystemExit(took > PROMISED or most > MEMORY)


if __name__ == "__main__":
    main()
