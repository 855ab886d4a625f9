"""The colours of charts, maps and documents: one brand colour, greys, and scales anyone can tell apart."""

from __future__ import annotations

BRAND = "#0b4f52"
BRAND_BAND = "#cfe0de"
INK = "#0b0c0c"
GREY_DARK = "#484949"
GREY = "#6f777b"
GREY_PALE = "#cecece"
RULE = "#e4e4e4"
WHITE = "#ffffff"
FOCUS = "#ffdd00"
WARN = "#8a2f12"

# Sequential, from greatest need to least: lightness falls steadily, so it holds in grey and without colour vision.
NEED = ("#083a4c", "#1d6f83", "#5aa5a5", "#9bcab6", "#eef5d9")

# Parts of a whole: told apart by lightness as well as hue, in stacking order.
PARTS = ("#0b4f52", "#4c9f9b", "#a9d3c1", "#7a5c00", "#d9a521", "#f3dc9b", "#5a4a78", "#a79ac0")

# Four kinds of area: both ends of need with both ends of what is in reach, told apart in grey too.
FOUR = ("#083a4c", "#1d7f93", "#d9a521", "#eef5d9")


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour '#rrggbb', 0 to 1 (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable_on(ground: str) -> str:
    """Ink or white, whichever reads better on a ground."""
    return INK if contrast(INK, ground) >= contrast(WHITE, ground) else WHITE
