"""`commonweal assess`: the needs assessment of a place, or of every district, as files."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import typer

from commonweal.cli.frame import err, out

PLACES = typer.Argument(help="Names, codes or postcodes of places; each gets its own files.")
FROM = typer.Option("--from", help="A folder of published files to bring in first.")
OUT = typer.Option("--out", help="The folder to write into.")
STORE = typer.Option("--store", help="Where published data is kept (by default var/lake/published).")
TOGETHER = typer.Option("--together", help="Make one assessment of all the districts named.")
EVERY = typer.Option("--all", help="Every district of England.")
EVIDENCE = typer.Option("--evidence", help="Write the two-page evidence page as well.")
FORMS = typer.Option("--form", help="Only these files: docx, pdf, xlsx, json.")
WEIGHTS = typer.Option("--weights", help="Weights of the index of need, such as health=0.4,money=0.6.")
WRONG_PLACE = 2
MANY = 200_000  # small objects that live to the end: looking for rubbish among them takes half a second


def assess(  # noqa: PLR0913, PLR0917 - one parameter an option
    places: Annotated[list[str] | None, PLACES] = None,
    folder: Annotated[Path | None, FROM] = None,
    target: Annotated[Path, OUT] = Path("out"),
    store: Annotated[Path | None, STORE] = None,
    together: Annotated[bool, TOGETHER] = False,
    every: Annotated[bool, EVERY] = False,
    evidence: Annotated[bool, EVIDENCE] = False,
    forms: Annotated[list[str] | None, FORMS] = None,
    weights: Annotated[str, WEIGHTS] = "",
) -> None:
    """Write the needs assessment of a place as Word, PDF, spreadsheet and JSON."""
    gc.set_threshold(MANY)
    from commonweal.cli import assessing
    from commonweal.cli.filling import fill
    from commonweal.lake import roots
    from commonweal.lake.places import NoSuchPlace
    from commonweal.lake.store import Store
    from commonweal.needs.queries.scope import NoSuchPlace as NothingToAdd

    held = Store(store or roots.published())
    wanted = assessing.Wanted(target, assessing.forms_of(forms or []), evidence, assessing.weights_of(weights))
    if folder is not None:
        if not folder.exists():
            raise FileNotFoundError(2, "there is no such folder or file", str(folder))
        fill(held, folder)
    if every:
        failed = assessing.all_districts(held, wanted)
        raise typer.Exit(1 if failed else 0)
    if not places:
        err().print("Name a place, such as: commonweal assess Knowsley --out out/   (or --all for every district)")
        raise typer.Exit(WRONG_PLACE)
    asked: list[str | list[str]] = [places] if together else list(places)
    try:
        for one in asked:
            made, written = assessing.one(held, one, wanted)
            _say(made.headline, made.notes, written)
    except (NoSuchPlace, NothingToAdd) as unknown:
        err().print(str(unknown), markup=False, soft_wrap=True)
        raise typer.Exit(WRONG_PLACE) from unknown


def _say(headline: str, notes: tuple[str, ...], written: tuple[Path, ...]) -> None:
    say = out()
    say.print(f"\n{headline}", markup=False, soft_wrap=True)
    for note in notes:
        say.print(note, markup=False, soft_wrap=True)
    for path in written:
        say.print(f"  {path}", markup=False, soft_wrap=True)
