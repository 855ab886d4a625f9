"""Joins the Latin and extended Latin halves of each face into one TrueType file for documents and charts.

Run after `npm run build`, with: uv run --with fonttools --no-project merge_fonts.py
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HALVES = Path("build/fonts")
OUT = Path("../src/commonweal/present/fonts")
FACES = {"400-normal": "Regular", "700-normal": "Bold", "400-italic": "Italic", "700-italic": "BoldItalic"}


def without_shared(extended: Path, latin: Path, folder: str) -> str:
    """The extended half without the characters the Latin half already has."""
    font = TTFont(extended)
    wanted = set(font.getBestCmap()) - set(TTFont(latin).getBestCmap())
    cutter = Subsetter(Options(notdef_outline=True))
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    path = f"{folder}/{extended.name}"
    font.save(path)
    return path


def main() -> None:
    """Write the four faces."""
    for variant, style in FACES.items():
        latin, extended = (HALVES / f"{script}-{variant}.ttf" for script in ("latin", "latin-ext"))
        with TemporaryDirectory() as folder:
            font = Merger().merge([str(latin), without_shared(extended, latin, folder)])
            font["head"].modified = font["head"].created
            font.save(OUT / f"AtkinsonHyperlegibleNext-{style}.ttf")


if __name__ == "__main__":
    main()
