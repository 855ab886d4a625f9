"""What a figure rests on and where it comes from, in rows and citations any page or document can print."""

from __future__ import annotations

from commonweal.core.figure import Figure, PlaceRef, Quality, SourceRef
from commonweal.present import wording

Row = tuple[str, str]


def citation(source: SourceRef) -> str:
    """A source as a reader would look it up."""
    dated = f" ({source.published})" if source.published else ""
    parts = [f"{source.publisher}{dated}", source.title, f"Version {source.version}" if source.version else ""]
    parts += [*_terms(source), source.address]
    sentence = " ".join(_closed(part) for part in parts if part)
    return f"Invented for the worked example. {sentence}" if source.invented else sentence


def _terms(source: SourceRef) -> tuple[str, ...]:
    """The licence and the words it asks for; the licence's name alone is left out where those words have it."""
    named = bool(source.licence) and source.licence.rstrip(".") in source.attribution
    return (source.attribution,) if named else (source.licence, source.attribution)


def short_citation(source: SourceRef) -> str:
    """Publisher, title and date on one line."""
    dated = f", {source.published}" if source.published else ""
    return f"{source.publisher}, {source.title}{dated}"


def _closed(part: str) -> str:
    return part if part.endswith((".", "/")) or part.startswith("http") else f"{part}."


def quality_sentence(quality: Quality) -> str:
    """'B, strong: a large sample; two years old'."""
    reasons = "; ".join(reason.rstrip(".") for reason in quality.reasons)
    return f"{wording.grade(quality.grade)}: {reasons}" if reasons else wording.grade(quality.grade)


def rests_on(figure: Figure) -> tuple[Row, ...]:
    """Everything that makes the number honest, as (what, words), in reading order."""
    return (
        ("Of whom or what", figure.base),
        ("How many it rests on", _n(figure)),
        ("Range it is likely to lie in", _interval(figure)),
        ("When", figure.period),
        ("Where", _where(figure.place)),
        ("Whose it is", figure.source.publisher),
        ("Source", citation(figure.source)),
        ("Method", _method(figure)),
        ("How far to trust it", quality_sentence(figure.quality)),
        ("Who may see it", wording.RELEASE_WORDS[figure.release]),
    )


def in_brief(figure: Figure) -> str:
    """The same on one line, for the small print under a finding."""
    parts = [wording.spoken(figure)]
    if figure.lower is not None and figure.upper is not None and not wording.tight(figure):
        span = wording.short_interval(figure.lower, figure.upper, figure.unit, figure.decimals)
        parts.append(f"95% interval {span}")
    parts.append(figure.base)
    parts.append(f"n = {figure.n:,}" if figure.n is not None else "n not given")
    parts += [figure.period, figure.place.name, f"whose it is: {figure.source.publisher}", figure.method,
              f"quality {wording.grade(figure.quality.grade)}"]
    return "; ".join(parts)


def _where(place: PlaceRef) -> str:
    """The place with its code; neighbours and sets of areas go by no code of their own."""
    named = place.code and place.kind not in ("neighbours", "drawn")
    return f"{place.name} ({place.code})" if named else place.name


def _n(figure: Figure) -> str:
    return f"{figure.n:,}" if figure.n is not None else "Not given"


def _interval(figure: Figure) -> str:
    words = wording.interval(figure)
    if not words:
        return "No interval is given"
    if wording.tight(figure):
        words = f"{wording.spoken(figure)}, to the decimals shown"
    method = f" (95% interval, {figure.interval_method})" if figure.interval_method else " (95% interval)"
    return words[:1].upper() + words[1:] + method


def _method(figure: Figure) -> str:
    return f"{figure.method} (version {figure.method_version})" if figure.method_version else figure.method
