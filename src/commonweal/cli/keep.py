"""`commonweal check`, `backup` and `restore`: what keeps an installation well, and brings it back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from commonweal.cli.frame import err, out

KeyFile = Annotated[Path, typer.Option(help="The file with the key. Keep it apart from the backups.")]


def _ready() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.web.settings")
    import django

    django.setup()


def check() -> None:
    """Look whether the installation is well; ends with 1 where something is ill."""
    _ready()
    from commonweal.core.keeping.doctor import Health, look_over

    marks = {Health.WELL: "  well", Health.WATCH: " watch", Health.ILL: "   ILL"}
    found = look_over()
    for one in found:
        out().print(f"{marks[one.health]}  {one.about}: {one.words}", markup=False, soft_wrap=True)
    if any(one.health is Health.ILL for one in found):
        raise typer.Exit(1)


def backup(
    folder: Annotated[Path, typer.Argument(help="Where the backup goes: another disk, best another building.")],
    key_file: KeyFile,
    new_key: Annotated[bool, typer.Option("--new-key", help="Make the key file; once, before the first.")] = False,
    with_published: Annotated[bool, typer.Option(help="Keep published data too; it can be pulled again.")] = False,
) -> None:
    """Take every row and every file into one sealed file, while people work."""
    _ready()
    from commonweal.core.keeping.backup import take_backup
    from commonweal.core.keeping.sealing import make_key, read_key

    key = make_key(key_file) if new_key else read_key(key_file)
    if new_key:
        err().print(f"A new key is in {key_file}. Without it no backup opens: keep a copy in a safe.")
    path = take_backup(folder, key, published=with_published, say=lambda words: err().print(words))
    out().print(f"{path} ({path.stat().st_size / 1024**2:.1f} MB)", markup=False, soft_wrap=True)
    err().print("Sealed bids' own key (keys/bids.key) is not in it: keep that one apart as well.")


def restore(
    path: Annotated[Path, typer.Argument(help="The backup.")],
    key_file: KeyFile,
    forgotten: Annotated[
        Path | None, typer.Option(help="The lost installation's forgotten.jsonl, newer than the backup.")
    ] = None,
) -> None:
    """Bring a backup back into an empty installation, on SQLite or PostgreSQL, whichever it came from."""
    _ready()
    from commonweal.core.keeping.restore import restore_backup
    from commonweal.core.keeping.sealing import read_key

    found = restore_backup(
        path, read_key(key_file), forgotten=forgotten, say=lambda words: err().print(words)
    )
    made = found.made[:16].replace("T", " ")
    out().print(f"{found.rows:,} rows and {found.files:,} files are back, as of {made} UTC.")
    if found.forgotten_again:
        out().print(f"{found.forgotten_again} people who had asked to be forgotten were forgotten again.")
    if found.other_secret:
        out().print(
            "This installation signs links with another secret key: set COMMONWEAL_SECRET_KEY to the old one, or "
            "links sent before and second factors will not work."
        )
    out().print("Nobody stays signed in. Look with 'commonweal check', then start the service.")
