"""Marks the first use of known terms in the running text of a page, each with its meaning a tap away.

The mark is a button that opens a popover, which browsers work without scripts; where a browser knows no popovers
the meanings stand at the foot of the page. Links, headings, code, forms and tables' heads are left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from commonweal.present.terms import MOST_ON_A_PAGE, KnownTerm, TermBook

TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
PROSE = frozenset(("p", "li", "dd"))
LEFT_ALONE = frozenset((
    "a", "h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "form", "button", "label", "summary", "th", "dt",
    "script", "style", "svg", "select", "textarea", "caption", "abbr", "nav", "legend", "title", "template", "dfn",
    "details",  # what is folded away is not where a word is first met
))
LEFT_ALONE_CLASS = re.compile(
    r"data-unexplained\b|class=\"[^\"]*\b(?:govuk-(?:task-list|error-summary|notification-banner|tag)|cw-contact|cw-table__note)\b"
)
NAMED = re.compile(r"\b[A-Z][\w’'-]*(?:\s+(?:and|of|for|the|&amp;))?\s+$")
VOID = frozenset(("br", "img", "input", "hr", "meta", "link", "source", "wbr", "col", "area", "embed", "track"))


@dataclass
class _Marking:
    """One page on its way through."""

    book: TermBook
    most: int
    found: dict[str, KnownTerm] = field(default_factory=dict)
    out: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)   # elements that are left alone, the innermost last
    prose: int = 0

    def text(self, text: str) -> None:
        """Running text, marked where it may be."""
        if not self.prose or self.closed or len(self.found) >= self.most or not text.strip():
            self.out.append(text)
            return
        last = 0
        for match, term in self.book.found_in(text):
            if term.marked and term.key not in self.found and len(self.found) < self.most and not _in_name(
                    text, match.start, match.end):
                self.found[term.key] = term
                self.out += [text[last:match.start], _button(term.key, text[match.start:match.end])]
                last = match.end
        self.out.append(text[last:])

    def tag(self, tag: re.Match[str]) -> None:
        """A tag: what opens or closes with it."""
        self.out.append(tag.group())
        name = (tag.group(2) or "").lower()
        if not name or name in VOID or tag.group(3).endswith("/"):
            return
        if tag.group(1):
            if self.closed and self.closed[-1] == name:
                self.closed.pop()
            if name in PROSE:
                self.prose = max(0, self.prose - 1)
            return
        if name in PROSE:
            self.prose += 1
        alone = name in LEFT_ALONE or LEFT_ALONE_CLASS.search(tag.group(3))
        if alone or (self.closed and self.closed[-1] == name):
            self.closed.append(name)


def explained(html: str, book: TermBook, most: int = MOST_ON_A_PAGE) -> SafeString:
    """The same page with up to `most` terms marked, and their meanings after it."""
    page = _Marking(book, most)
    last = 0
    for tag in TAG.finditer(html):
        page.text(html[last:tag.start()])
        page.tag(tag)
        last = tag.end()
        if len(page.found) >= most:
            break
    page.out.append(html[last:])
    return mark_safe("".join(page.out) + _notes(page.found))  # noqa: S308 - the page was safe, and so are the notes


def _in_name(text: str, start: int, end: int) -> bool:
    """Whether it is part of a name, as “Culture Trust” is in “Larkmere Leisure and Culture Trust”."""
    said = text[start:end]
    return said[:1].isupper() and not said.isupper() and NAMED.search(text[max(0, start - 60):start]) is not None


def _button(key: str, said: str) -> str:
    """The words as they stood (escaped already: they come from a page)."""
    return f'<button type="button" class="cw-term" popovertarget="term-{escape(key)}">{said}</button>'


def _notes(found: dict[str, KnownTerm]) -> SafeString:
    """The meanings, one popover each."""
    if not found:
        return mark_safe("")
    notes = format_html_join("", "{}", ((_note(term),) for term in found.values()))
    return format_html('<div class="cw-terms">{}</div>', notes)


def _note(term: KnownTerm) -> SafeString:
    more = format_html(
        '<p class="govuk-body-s"><a class="govuk-link" href="{}">More about “{}”</a></p>', term.href, term.label
    ) if term.href else ""
    whose = format_html('<p class="govuk-body-s">As {} agreed it.</p>', term.agreed) if term.agreed else ""
    return format_html(
        '<div popover class="cw-term-note" id="term-{}">'
        '<p class="govuk-body"><strong>{}</strong><br>{}</p>{}{}</div>',
        term.key, term.label, term.plain, whose, more,
    )
