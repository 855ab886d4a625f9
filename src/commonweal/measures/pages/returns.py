"""How the returns that were sent are set out in one table."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime

from commonweal.measures.queries.returns import Returns
from commonweal.present.table import DataTable, Linked, text_column


def sent_table(partnership: UUID, returns: Returns) -> DataTable | None:
    """What was sent, newest first; nothing where nothing was."""
    rows = tuple(
        (Linked(f"{one.title}, {one.period}", reverse("measures:return-one", args=[partnership, one.id])),
         one.provider, localtime(one.sent_at).date(), one.receipt)
        for one in returns.sent if one.sent_at is not None
    )
    columns = (text_column("Return"), text_column("Sent by"), text_column("On"), text_column("Number"))
    return DataTable("Returns that were sent", columns, rows, key="returns") if rows else None
