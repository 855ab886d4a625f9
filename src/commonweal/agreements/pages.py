"""How the register is told in a sentence."""

from __future__ import annotations

from commonweal.agreements.queries.register import Entry


def register_answer(entries: tuple[Entry, ...]) -> str:
    """How many run, how many end within a year, and how many answer nothing."""
    running = [one for one in entries if not one.over]
    if not entries:
        return "No agreement is entered yet. Begin with the one that ends first: there something can still change."
    soon, orphans = sum(one.ends_soon for one in running), sum(one.orphan for one in running)
    said = "1 agreement runs" if len(running) == 1 else f"{len(running)} agreements run"
    ending = f"{soon or 'none'} end{'s' if soon < 2 else ''} within a year"
    nothing = f"{orphans or 'none'} answer{'s' if orphans < 2 else ''} no agreed need or outcome"
    return f"{said}; {ending}, and {nothing}."
