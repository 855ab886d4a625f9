"""`commonweal pull`: bring published data sets into the local store."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

DATASETS = typer.Argument(help="Keys of data sets to fetch; none means every one with an address.")
FROM = typer.Option("--from", help="A folder of files already downloaded; without it, from their publishers.")
STORE = typer.Option("--store", help="Where to keep them (by default var/lake/published).")
EVERY = typer.Option("--all", help="Name every file, not only those that need you.")
JSON = typer.Option("--json", help="Print the outcome of every file as JSON.")


def pull(
    datasets: Annotated[list[str] | None, DATASETS] = None,
    folder: Annotated[str | None, FROM] = None,
    store: Annotated[Path | None, STORE] = None,
    every: Annotated[bool, EVERY] = False,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Bring published data sets into the local store, from a folder or from their publishers.

    Each file is known by its content, not its name. What cannot be read is set aside with the reason;
    rows that cannot be read are kept out and listed; the rest goes in.
    """
    from commonweal.cli import pull_words, pulling
    from commonweal.lake import roots
    from commonweal.lake.outcome import Outcome
    from commonweal.lake.store import Store

    files = pulling.given(folder)
    held = Store(store or roots.published())
    fetched = () if files else pulling.fetch(tuple(datasets or ()), roots.downloads())
    outcomes = pulling.read(held, files or roots.downloads()) if files or pulling.any_file(fetched) else ()
    if as_json:
        found = {"fetched": [asdict(one) for one in fetched], "files": [one.as_data() for one in outcomes]}
        typer.echo(json.dumps({**found, "version": held.version}, ensure_ascii=False, indent=1))
    else:
        pull_words.show_fetched(fetched)
        pull_words.show(held, outcomes, every=every)
    if not (held.exists and any(one.outcome is not Outcome.SET_ASIDE for one in outcomes)):
        raise typer.Exit(1)
