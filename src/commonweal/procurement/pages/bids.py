"""How a bid is set out for those who write it: its parts, where to go next, and everything on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from commonweal.procurement.bid_checks import above_the_sum
from commonweal.procurement.pages.rules import pounds
from commonweal.procurement.queries.bids import Sheet


@dataclass(frozen=True, slots=True)
class Task:
    """One part in the list."""

    title: str
    href: str
    hint: str
    status: str
    tone: str


def keys_of(sheet: Sheet) -> tuple[str, ...]:
    """The parts in their order."""
    asked = tuple(f"answer-{one.question.key}" for one in sheet.competition.criteria)
    priced = () if sheet.competition.deal == "trade" else ("price",)
    return ("who", "together", *asked, *priced)


def parts_of(sheet: Sheet) -> tuple[Task, ...]:
    """Every part and how it stands."""
    tasks = [_task(sheet, key) for key in keys_of(sheet)]
    count = len(sheet.package.files)
    said = f"{count} file{'' if count == 1 else 's'}" if count else "None"
    return (*tasks, Task("Files, if you like", reverse("procurement:bid-files", args=[sheet.id]), "", said,
                         "done" if count else "grey"))


def title_of(sheet: Sheet, key: str) -> str:
    """What a part is called."""
    if key.startswith("answer-"):
        asked = key.removeprefix("answer-")
        return next(one.question.words for one in sheet.competition.criteria if one.question.key == asked)
    ask = "How much you ask for" if sheet.competition.deal == "grant" else "Your price"
    return {"who": "Who you are", "together": "Alone or together", "price": ask}[key]


def href_of(sheet: Sheet, key: str) -> str:
    """Where a part is written."""
    if key.startswith("answer-"):
        return reverse("procurement:bid-answer", args=[sheet.id, key.removeprefix("answer-")])
    return reverse(f"procurement:bid-{key}", args=[sheet.id])


def after(sheet: Sheet, part: str) -> str:
    """The next part, or the page that sends."""
    keys = keys_of(sheet)
    at = keys.index(part) + 1 if part in keys else len(keys)
    return href_of(sheet, keys[at]) if at < len(keys) else reverse("procurement:bid-check", args=[sheet.id])


def place_of(sheet: Sheet, part: str) -> str:
    """How far one has come: 3 of 7."""
    keys = keys_of(sheet)
    return f"{keys.index(part) + 1} of {len(keys)}" if part in keys else ""


def rows_of(sheet: Sheet) -> list[dict[str, Any]]:
    """Everything for a summary list, each part with the way to change it."""
    return [{"key": title_of(sheet, key), "value": said_of(sheet, key) or "Nothing yet",
             "missing": not said_of(sheet, key),
             "actions": [{"href": href_of(sheet, key), "text": "Change"}]} for key in keys_of(sheet)]


def said_of(sheet: Sheet, key: str) -> str:
    """What a part says."""
    package = sheet.package
    if key.startswith("answer-"):
        return package.answer(key.removeprefix("answer-")).words
    if key == "who":
        return ", ".join(one for one in (package.name, package.contact, package.reach) if one)
    if key == "together":
        members = "; ".join(f"{one.name}: {one.part} ({one.share}%)" for one in package.members)
        return "" if package.alone is None else "Alone" if package.alone else members
    if package.price is None:
        return ""
    over = above_the_sum(sheet.competition.available, package.price)
    return f"{pounds(package.price)}{', above the sum there is' if over else ''}"


def _task(sheet: Sheet, key: str) -> Task:
    said, href, title = said_of(sheet, key), href_of(sheet, key), title_of(sheet, key)
    if not said or (key == "who" and not (sheet.package.contact and sheet.package.reach)):
        return Task(title, href, "", "To do", "blue")
    short = said if len(said) <= 70 else f"{said[:67]}…"
    if key.startswith("answer-"):
        asked = key.removeprefix("answer-")
        used, most = sheet.words_used(asked), sheet.competition.words
        if sheet.package.answer(asked).taken_over:
            return Task(title, href, "Taken over from what you said before", "Read it", "yellow")
        if used > most:
            return Task(title, href, f"{used:,} words; {most:,} are allowed", "Too long", "yellow")
    return Task(title, href, short, "Done", "done")
