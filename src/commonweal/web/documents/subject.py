"""Everything held about a person as one file: data for a program, and the same to read."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string

from commonweal.core import clock
from commonweal.core.models import Person
from commonweal.core.subject_access import Held
from commonweal.present.document import Block, Document, Heading, Paragraph, Status, SummaryBlock
from commonweal.present.word import render_docx

SHOWN = 100  # rows of a table in what is read; the data has them all


def subject_file(person: Person, held: tuple[Held, ...]) -> bytes:
    """A zip: held.json, held.html, held.docx."""
    told = {
        "about": {"name": person.name, "e-mail": person.email}, "as at": clock.now().isoformat(),
        "left out": "Names, addresses and answers of other people; passwords and keys; files sealed or signed.",
        "held": [{"use": one.activity, "table": one.what, "rows": one.total, "shown": list(one.rows)}
                 for one in held],
    }
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("held.json", json.dumps(told, indent=1, ensure_ascii=False, default=str))
        made.writestr("held.html", render_to_string("web/protection/held.html", {
            "told": told, "held": [(one, one.rows[:SHOWN]) for one in held]}))
        made.writestr("held.docx", render_docx(_document(person, held)))
    return body.getvalue()


def _document(person: Person, held: tuple[Held, ...]) -> Document:
    return Document(
        title="What is held about you", subtitle=person.name, place="",
        status=Status.INVENTED if person.example else Status.AGREED, date=clock.today(),
        blocks=tuple(_blocks(held)), made_by="Commonweal", brief=True, explain=False,
    )


def _blocks(held: tuple[Held, ...]) -> Iterable[Block]:
    yield Paragraph((
        "Everything about you that can be found here. Other people's names, addresses and answers are left out.",
    ), lead=True)
    for one in held:
        yield Heading(f"{one.activity}: {one.what}", 2)
        more = f" The first {SHOWN} are shown; the data file has more." if one.total > SHOWN else ""
        yield Paragraph((f"{one.total} {'row' if one.total == 1 else 'rows'}.{more}",))
        for row in one.rows[:SHOWN]:
            yield SummaryBlock(tuple((key, (said(value),)) for key, value in row.items() if key != "id"))


def said(value: Any) -> str:
    """A value in words."""
    if isinstance(value, list):
        return "; ".join(said(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {said(one)}" for key, one in value.items())
    return str(value)
