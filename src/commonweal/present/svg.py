"""SVG that may stand in a page under a strict policy and be read aloud: a role, a title, nothing that runs."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from commonweal.present import typeface
from commonweal.present.chart import Chart, Message
from commonweal.present.guard import printable

NOISE = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events|style)="[^"]*"')
EMPTY = re.compile(r'<path [^>]*d="(?:M0,0h0v0h0Z)?"[^>]*/>')
ROOT = re.compile(r"<svg[^>]*?width=\"([\d.]+)\" height=\"([\d.]+)\"[^>]*>")
IDENTITY = re.compile(r'(id="|url\(#|href="#)(?!c-)')
FAMILY = re.compile(r' font-family="[^"]*"')


def tidied(svg: str, key: str) -> str:
    """The renderer's SVG without what a reader of pages should not hear, its ids made the page's own."""
    body = NOISE.sub("", svg)
    body = EMPTY.sub("", body)
    body = FAMILY.sub(f' font-family="{typeface.STACK}"', body)
    return IDENTITY.sub(rf"\g<1>c-{key[:8]}-", body)


def titled(svg: str, message: Message, key: str, extra_class: str = "") -> str:
    """The picture with its role, title and description; they differ where words differ, so they come last."""
    names = f"t-{key[:12]}", f"d-{key[:12]}"
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class={quoteattr(f"cw-svg {extra_class}".strip())} '
        r'width="\1" height="\2" viewBox="0 0 \1 \2" '
        f'role="img" aria-labelledby="{names[0]} {names[1]}">'
        f'<title id="{names[0]}">{_plain(message.title)}</title>'
        f'<desc id="{names[1]}">{_plain(message.description)}</desc>'
    )
    return ROOT.sub(root, svg, count=1)


def _plain(words: str) -> str:
    return escape(printable(words)).replace("\\", r"\\")


def png(chart: Chart, dpi: int = 160) -> bytes:
    """The picture as PNG for documents and downloads, in our typeface."""
    import vl_convert

    typeface.register()
    picture: bytes = vl_convert.svg_to_png(chart.svg, scale=72 / 96, ppi=dpi)
    return picture
