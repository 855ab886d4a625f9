"""What is no data is told by its first bytes, whatever its name, and said with what to do."""

from __future__ import annotations

import pytest

from commonweal.lake.opening import CannotOpen, Form, open_bytes
from commonweal.lake.opening.refusals import refusals


@pytest.mark.parametrize("refusal", refusals(), ids=lambda one: one.starts.hex())
def test_every_kind_that_is_refused_says_what_it_is_and_what_to_do(refusal: object) -> None:
    data = b"\0" * refusal.offset + refusal.starts + b"\0" * 300  # type: ignore[attr-defined]
    with pytest.raises(CannotOpen) as caught:
        open_bytes("figures.csv", data)
    assert refusal.what in str(caught.value)  # type: ignore[attr-defined]
    assert str(caught.value).startswith("“figures.csv” is ")
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>", "web page, whatever its name says"),
        ("\ufeff  <html xmlns:x='urn'><body><table>", "web page"),
        ("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'></svg>", "picture (SVG)"),
        ("<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY a 'b'>]><lolz>&a;</lolz>", "is XML"),
        ("<kml xmlns='http://www.opengis.net/kml/2.2'></kml>", "is XML"),
    ],
)
def test_markup_is_never_parsed(text: str, words: str) -> None:
    with pytest.raises(CannotOpen) as caught:
        open_bytes("figures.xls", text.encode("utf-8"))
    assert words in str(caught.value)


def test_an_empty_file_says_so() -> None:
    with pytest.raises(CannotOpen, match="is empty"):
        open_bytes("figures.csv", b"")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("readme.md", "# Title\n\nSome words, and more of them.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
        ("LICENCE", "Anybody may use these figures, free of charge, for any purpose\nincluding trade, if they say "
                    "where the figures come from,\nlink to this licence, and\nshow what they changed.\n"),
        ("about.yaml", "title: Small areas\ndescription: one, two, three\nlicence: OGL\ntags:\n- a\n- b\n"),
        ("notes.txt", "These figures were collected in 2014, by the council.\nThey are not rounded.\n"),
        ("blank.txt", "\n \n"),
        ("notes", "A first line of prose with several words in it.\nAnother line of the same sort follows.\n"),
    ],
)
def test_what_people_read_is_notes(name: str, text: str) -> None:
    (opened,) = open_bytes(name, text.encode("utf-8"))
    assert opened.form is Form.NOTES
    assert opened.document == text


def test_a_table_called_txt_is_a_table() -> None:
    (opened,) = open_bytes("figures.txt", b"code\tvalue\nE06000001\t1\nE06000002\t2\n")
    assert opened.form is Form.TABLE
