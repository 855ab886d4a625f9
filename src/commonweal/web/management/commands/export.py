"""`commonweal export`: everything a partnership or an organisation owns, in open formats, as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from commonweal.core.models import Organisation, Partnership
from commonweal.web.leaving.owned import of_organisation, of_partnership
from commonweal.web.leaving.package import write_export


class Command(BaseCommand):
    """Whole, or nothing is written."""

    help = "Take away everything a partnership or an organisation owns: tables with their schema, and papers."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and where to."""
        parser.add_argument("name", help="the partnership's name or id; with --organisation an organisation's")
        parser.add_argument("file", type=Path, help="the file to write, such as away.zip")
        parser.add_argument("--organisation", action="store_true", help="one organisation, wherever it works")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the owner, then write."""
        kind = Organisation if options["organisation"] else Partnership
        owner = _owner(kind, options["name"].strip())
        tables = of_organisation(owner) if isinstance(owner, Organisation) else of_partnership(owner)
        try:
            counted = write_export(options["file"], tables, whose=owner.name)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{options['file']}: {sum(counted.values()):,} rows of {len(counted)} tables.")


def _owner(kind: type[Organisation] | type[Partnership], name: str) -> Organisation | Partnership:
    rows = kind._default_manager.all()
    found = [*rows.filter(name__iexact=name)] or _by_id(rows, name)
    if len(found) == 1:
        return found[0]
    if found:
        raise CommandError("Several have this name. Give its id: it stands in the address of its page.")
    known = ", ".join(rows.order_by("name").values_list("name", flat=True)[:20]) or "none"
    raise CommandError(f"Nothing here has this name. There are: {known}.")


def _by_id(rows: QuerySet[Any], text: str) -> list[Any]:
    try:
        return [*rows.filter(pk=UUID(text))]
    except ValueError:
        return []
