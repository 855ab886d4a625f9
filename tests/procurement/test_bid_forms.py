"""What a bid is given: files that are whole, money that reads one way, and rows left over that refuse nothing."""

from __future__ import annotations

import zlib

import pytest

from commonweal.lake.opening.model import CannotOpen
from commonweal.procurement.attachments import kind_of
from commonweal.procurement.forms_bid import Price, Together


def pdf(*, packed=False):
    head = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n"
    if packed:
        table = b"2 0 obj\n<</Type /XRef /Filter /FlateDecode>>\nstream\n" + zlib.compress(b"1") + b"\nendstream\n"
    else:
        table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Root 1 0 R>>\n"
    return head + table + b"startxref\n%d\n%%%%EOF\n" % len(head)


def png():
    pieces = ((b"IHDR", bytes(13)), (b"IDAT", zlib.compress(b"\x00\x01")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
        for kind, body in pieces)


JPEG = b"\xff\xd8\xff\xe0\x00\x04\xff\xd9\xff\xc0\x00\x03\x08\xff\xda\x00\x03\x01line\xff\xd9"
WHOLE = {"pdf": (pdf(), pdf(packed=True)), "png": (png(),), "jpg": (JPEG, JPEG + b"more")}


@pytest.mark.parametrize("kind", WHOLE)
def test_what_was_cut_short_or_changed_on_the_way_is_not_taken(kind):
    for data in WHOLE[kind]:
        assert kind_of(f"a.{kind}", data) == kind
    for damaged in (WHOLE[kind][0][:-3], WHOLE[kind][0][:12] + WHOLE[kind][0][17:]):
        with pytest.raises(CannotOpen, match="Open it, save it anew"):
            kind_of(f"a.{kind}", damaged)


def test_alone_passes_over_what_was_left_and_money_reads_one_way():
    left = {"name-1": "Dance", "share-1": "0", "share-2": "all"}
    assert Together({"alone": "yes", **left}).is_valid()
    assert "share-2" in Together({"alone": "no", **left}).errors
    for typed, plain in (("£18,000.50", "18000.50"), ("900 000", "900000"), ("1e5", None), ("1,5", None)):
        form = Price({"price": typed}, deal="contract", years="")
        assert (str(form.cleaned_data["price"]) if form.is_valid() else None) == plain, typed
