"""A Word file comes back with a comment at each thing that makes it hard to read; run in a capped process."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from commonweal.knowledge.plain import Finding, Jargon, Kind, PlainCheck, check_text
from commonweal.lake.opening import archives
from commonweal.lake.opening.limits import MIB, Limits
from commonweal.lake.opening.model import CannotOpen
from commonweal.lake.sandbox import Caps, Sandbox

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MOST_COMMENTS = 300
LARGEST = 10 * MIB
LIMITS = Limits(file_bytes=LARGEST, inside_bytes=100 * MIB)
CAPS = Caps(memory_bytes=1536 * MIB, cpu_seconds=60, wall_seconds=90.0)
LONGEST = 400_000  # characters in all
AUTHOR, INITIALS = "Commonweal", "CW"
NOT_WORD = "is not a Word file that can be opened. Save it as .docx in Word and choose it again."


@dataclass(frozen=True, slots=True)
class Commented:
    """The file with its comments, what it reads like as a whole, and how many comments were left out."""

    content: bytes
    check: PlainCheck
    comments: int
    left_out: int


def checked_document(name: str, content: bytes, jargon: tuple[Jargon, ...]) -> Commented:
    """The Word file with comments, made in a process of its own; CannotOpen with a sentence where it is none."""
    name = PurePath(name).name
    if len(content) > LARGEST:
        raise CannotOpen(f"“{name}” is larger than {LARGEST // MIB} MB. Send it without pictures, or in parts.")
    with Sandbox(caps=CAPS) as sandbox:
        return sandbox.run(commented, name, content, jargon, about=f"“{name}”")


def commented(name: str, content: bytes, jargon: tuple[Jargon, ...]) -> Commented:
    """The Word file with comments. Called in a worker; CannotOpen where it is none or too much."""
    document = _opened(name, content)
    paragraphs = [one for one in _paragraphs(document) if one.text.strip()]
    whole = "\n\n".join(one.text for one in paragraphs)
    if len(whole) > LONGEST:
        raise CannotOpen(f"“{name}” holds more than {LONGEST:,} characters. Send it in parts.")
    if not whole:
        raise CannotOpen(f"“{name}” holds no text. Text in pictures and text boxes cannot be read.")
    seen: set[str] = set()
    made = left = 0
    for paragraph in paragraphs:
        for finding in _new(check_text(paragraph.text, jargon).findings, seen):
            if made < MOST_COMMENTS and _comment(document, paragraph, finding):
                made += 1
            else:
                left += 1
    check = _whole(whole, jargon)
    _say(document, paragraphs[0], _summary(check, left))
    filled = io.BytesIO()
    document.save(filled)
    return Commented(filled.getvalue(), check, made, left)


def _summary(check: PlainCheck, left: int) -> str:
    rest = f" {left} more things to look at have no comment: the first {MOST_COMMENTS} have." if left else ""
    return f"{check.verdict} {check.counts}{rest}"


def _whole(text: str, jargon: tuple[Jargon, ...]) -> PlainCheck:
    check = check_text(text, jargon)
    return PlainCheck("", check.reading, check.findings[:MOST_COMMENTS])


def _opened(name: str, content: bytes) -> WordDocument:
    archive = archives.open_zip(name, content) if content[:2] == b"PK" else None
    if archive is None:
        raise CannotOpen(f"“{name}” {NOT_WORD}")
    archives.refuse_hostile(name, archive, packed=len(content), limits=LIMITS)
    if "word/document.xml" not in archive.namelist():
        raise CannotOpen(f"“{name}” {NOT_WORD}")
    try:
        return Document(io.BytesIO(content))
    except Exception as error:  # python-docx and lxml fail in many ways on damaged files
        raise CannotOpen(f"“{name}” {NOT_WORD}") from error


def _paragraphs(document: WordDocument) -> Iterator[Paragraph]:
    """Every paragraph of the body, those in tables too, in order."""
    for element in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        yield Paragraph(element, document)


def _new(findings: Iterable[Finding], seen: set[str]) -> Iterator[Finding]:
    """A word of the trade is explained once a document."""
    for one in findings:
        word = one.said.casefold()
        if one.kind is Kind.JARGON and word in seen:
            continue
        if one.kind is Kind.JARGON:
            seen.add(word)
        yield one


def _comment(document: WordDocument, paragraph: Paragraph, finding: Finding) -> bool:
    """A comment over the runs that hold the words; False where no run does (a link's text, say)."""
    covered = _covered(paragraph, finding)
    if not covered:
        return False
    said = f"{finding.title}: “{_short(finding.said)}”. {finding.why}"
    if finding.instead:
        said += f" Say instead: “{finding.instead}”."
    document.add_comment(covered, text=said, author=AUTHOR, initials=INITIALS)
    return True


def _say(document: WordDocument, paragraph: Paragraph, words: str) -> None:
    """A comment on a whole paragraph, where it has any text of its own."""
    runs = [one for one in paragraph.runs if one.text]
    if runs:
        document.add_comment(runs, text=words, author=AUTHOR, initials=INITIALS)


def _covered(paragraph: Paragraph, finding: Finding) -> list[Run]:
    at, found = 0, []
    for part in _pieces(paragraph):
        length = len(part.text)
        if isinstance(part, Run) and at < finding.end and at + length > finding.start and length:
            found.append(part)
        at += length
    return found


def _pieces(paragraph: Paragraph) -> Iterator[Any]:
    return paragraph.iter_inner_content()


def _short(said: str) -> str:
    return said if len(said) <= 80 else f"{said[:60].rstrip()} … {said[-15:].lstrip()}"
