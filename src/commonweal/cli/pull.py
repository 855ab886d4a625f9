"""`commonweal pull`: bring published data sets into the local store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FROM = typer.Option("--from", help="A folder of files already downloaded; without it, from their publishers.")
STORE = typer.Option("--store", help="Where to keep them (default: var/lake/published).")
JSON = typer.Option("--json", help="Print the outcome of every file as JSON.")


def pull(
    folder: Annotated[Path | None, FROM] = None,
    store: Annotated[Path | None, STORE] = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Bring published data sets into the local store."""
    from commonweal.lake import roots  # noqa: PLC0415 - the lake is slow to import, --help is not
    from commonweal.lake.store import Store  # noqa: PLC0415

    held = Store(store or roots.published())
    typer.echo(f"{len(held.datasets())} data sets are stored in {held.root}.")
