"""Bytes become text whatever a publisher saved them in."""

from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.lake.opening.decoding import decode
from commonweal.lake.opening.model import CannotOpen

WORDS = "Café, £5 – Llŷn"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + WORDS.encode("utf-8"), "utf-8"),
        (WORDS.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "utf-16"),
        (WORDS.encode("utf-32"), "utf-32"),
        ("name,value,area\nA,1,E06000001\n".encode("utf-16-le"), "utf-16-le"),
        ("name,value,area\nA,1,E06000001\n".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert decoded.encoding == encoding
    assert decoded.text.startswith(("Café, £5", "name,value"))
    assert not decoded.remarks


def test_bytes_that_are_not_utf8_are_cp1252() -> None:
    assert decode(b"Net Amount(\xa3)") == decode("Net Amount(£)".encode("cp1252"))
    assert decode(b"Net Amount(\xa3)").text == "Net Amount(£)"
    assert decode(b"Net Amount(\xa3)").encoding == "cp1252"


def test_a_file_of_both_keeps_both_readings() -> None:
    decoded = decode("café,".encode() + b"\xa35")
    assert decoded.text == "café,£5"
    assert decoded.encoding == "utf-8 and cp1252"


def test_bytes_cp1252_leaves_undefined_are_kept_as_control_characters() -> None:
    assert decode(b"caf\xe9 \x81 ok").text == "café \x81 ok"


def test_a_few_nuls_are_left_out_and_said() -> None:
    decoded = decode(b"name,value\nA\x00,1\n")
    assert decoded.text == "name,value\nA,1\n"
    assert decoded.remarks == ("1 NUL characters were left out.",)


@pytest.mark.parametrize("data", [bytes(range(32)) * 40, b"\x00\x01\x02" * 500, b"ab\x00" * 400])
def test_what_is_no_text_gives_a_sentence(data: bytes) -> None:
    with pytest.raises(CannotOpen, match=r"not text.*Save it as"):
        decode(data)


@given(st.text(st.characters(min_codepoint=32, exclude_categories=("Cs",)), min_size=1, max_size=200))
def test_utf8_comes_back_as_it_was(words: str) -> None:
    assert decode(codecs.BOM_UTF8 + words.encode("utf-8")).text == words


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_sentence(data: bytes) -> None:
    with suppress(CannotOpen):
        assert "\0" not in decode(data).text
