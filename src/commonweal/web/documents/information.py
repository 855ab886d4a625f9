"""The bundle that answers a request for information: what is released, and what is held back and why."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable

from commonweal.core.queries.information import RequestView
from commonweal.policy.information_requests import clock_words
from commonweal.present.document import Block, Document, Heading, Paragraph, Status, SummaryBlock
from commonweal.present.pdf import render_pdf


def bundle_document(found: RequestView, *, place: str, invented: bool) -> Document:
    """A draft until it is answered."""
    sent = found.row.answered
    status = Status.INVENTED if invented else Status.PUBLISHED if sent else Status.DRAFT
    return Document(
        title=f"Answer: {found.regime.title.lower()}", subtitle=f"Received {found.row.received:%-d %B %Y}",
        place=place, status=status, date=sent or found.row.answer_by, blocks=tuple(_blocks(found)),
        made_by=place, brief=True, explain=False,
    )


def bundle(found: RequestView, *, place: str, invented: bool) -> bytes:
    """A zip: the answer as PDF, and the same as data. Nothing of who asked, or of what is held back, is in it."""
    told = {
        "request": {"law": found.regime.title, "received": found.row.received, "answered": found.row.answered},
        "released": [{"title": one.row.title, "words": one.row.words} for one in found.released],
        "held back": [{"exemption": one.exemption, "reason": one.row.reason} for one in found.held_back],
    }
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("answer.pdf", render_pdf(bundle_document(found, place=place, invented=invented)))
        made.writestr("answer.json", json.dumps(told, indent=1, ensure_ascii=False, default=str))
    return body.getvalue()


def _blocks(found: RequestView) -> Iterable[Block]:
    yield Paragraph((f"{len(found.released)} released, {len(found.held_back)} held back. Names are left out.",),
                    lead=True)
    yield Heading("Released")
    for one in found.released:
        yield Heading(one.row.title, 2)
        yield Paragraph((one.row.words or "Nothing more is held.",))
    if found.held_back:
        yield Heading("Held back")
        for one in found.held_back:
            yield SummaryBlock(((one.exemption, (one.row.reason,)),))
    yield Heading("Made under", 2)
    yield Paragraph((f"{found.regime.citation}. {clock_words()['unchecked']}",))
    yield Paragraph(("If you are not content, ask us to look at it again, then the Information Commissioner.",))
