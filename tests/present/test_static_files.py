from __future__ import annotations

import re
from pathlib import Path

import pytest

from commonweal import present, web
from commonweal.present import palette, status, typeface

STATIC = Path(web.__file__).parent / "static" / "commonweal"
BRAND = (STATIC / "brand.css").read_text(encoding="utf-8")
GOVUK = (STATIC / "govuk" / "govuk-frontend.css").read_text(encoding="utf-8")
OURS = (STATIC / "commonweal.css").read_text(encoding="utf-8")


def _token(name: str) -> str:
    return re.search(rf"--{name}: (#[0-9a-f]{{6}});", BRAND).group(1)


def test_nothing_of_the_crowns_is_here():
    names = " ".join(str(path) for path in STATIC.rglob("*"))
    for text in (GOVUK, OURS, BRAND, names):
        assert not re.search("GDS Transport|crest|crown|govuk-logotype", text, re.IGNORECASE)


def test_style_sheets_fetch_nothing_from_elsewhere():
    for path in STATIC.rglob("*.css"):
        for address in re.findall(r"url\(\"?([^)\"]+)", path.read_text(encoding="utf-8")):
            assert not address.startswith(("http", "//", "/"))
            assert (path.parent / address).exists(), address


@pytest.mark.parametrize("folder", ["govuk", "htmx", "fonts"])
def test_each_vendored_folder_keeps_its_licence(folder):
    words = " ".join(path.read_text(encoding="utf-8") for path in (STATIC / folder).glob("*.txt"))
    assert re.search("MIT License|Zero-Clause BSD|BSD|SIL Open Font License", words, re.IGNORECASE)


def test_documents_fonts_keep_their_licence_and_are_true_type():
    faces = sorted(typeface.FOLDER.glob("*.ttf"))
    assert len(faces) == 4
    assert "SIL OPEN FONT LICENSE" in (typeface.FOLDER / "OFL.txt").read_text(encoding="utf-8").upper()
    assert all(face.read_bytes()[:4] == b"\x00\x01\x00\x00" for face in faces)


def test_templates_name_files_that_exist():
    folder = Path(present.__file__).parent / "templates"
    for path in folder.rglob("*.html"):
        for name in re.findall(r"{% static \"commonweal/([^\"]+)\"", path.read_text(encoding="utf-8")):
            assert (STATIC / name).exists(), name


def test_known_contrasts_come_out():
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_brand_reads_at_seven_to_one():
    white = "#ffffff"
    assert _token("govuk-brand-colour") == palette.BRAND
    for name in ("govuk-brand-colour", "cw-brand-dark", "govuk-link-colour", "govuk-link-hover-colour",
                 "govuk-link-visited-colour"):
        assert palette.contrast(_token(name), white) >= 7, name
    assert palette.contrast(_token("cw-on-brand"), _token("govuk-brand-colour")) >= 7


def test_words_on_pale_grounds_read_too():
    pale = _token("govuk-surface-background-colour")
    for colour in (palette.INK, palette.GREY_DARK, palette.BRAND, palette.WARN, _token("govuk-link-colour")):
        assert palette.contrast(colour, pale) >= 7, colour
    for ground in status.GROUND.values():
        assert palette.contrast(palette.INK, ground) >= 7


def test_chart_colours_stand_out_and_words_on_them_read():
    assert palette.contrast(palette.GREY, palette.WHITE) >= 4.5
    assert palette.contrast(palette.GREY_DARK, palette.WHITE) >= 7
    for colour in palette.PARTS:
        assert palette.contrast(palette.readable_on(colour), colour) >= 4.5, colour


def test_scripts_are_modules_that_load_only_our_own():
    script = (STATIC / "start.js").read_text(encoding="utf-8")
    assert re.findall(r"from \"([^\"]+)\"", script) == ["./govuk/govuk-frontend.js"]
    assert not re.search(r"\beval\b|innerHTML|\.style\b|https?:", script)
