"""How an examination is told: a sentence, what became of each part, and the audit of its measures as a table."""

from __future__ import annotations

from commonweal.agreements.queries.examining import Checked, Examined
from commonweal.policy.changing import Weighed, change_questions
from commonweal.present.table import DataTable, text_column

STANDING = {
    "answers": "Answers what is agreed today", "older": "Answers a need or outcome that was written anew since",
    "gone": "Answers something that was withdrawn", "nothing": "Answers nothing",
}
VERDICTS = {"answers": "Stays", "older": "Look again", "gone": "Goes", "nothing": "Goes"}
GROUNDS = {"holds": "Holds", "ask": "Not known", "fails": "Does not hold"}


def examined_sentence(found: Examined) -> str:
    """What the examination comes to."""
    clauses, measures = found.clauses, found.measures
    if not clauses and not measures:
        return "Nothing of what it asks is entered yet, so nobody can say whether it fits today's needs."
    parts = []
    for rows, one, many in ((clauses, "clause", "clauses"), (measures, "measure", "measures")):
        if rows:
            good = sum(not row.goes for row in rows)
            parts.append(f"{good} of {len(rows)} {one if len(rows) == 1 else many}")
    return f"{' and '.join(parts)} answer something that is agreed today.{_needs_words(found)}"


def _needs_words(found: Examined) -> str:
    """How many of the partnership's agreed needs it answers; nothing where none is agreed yet."""
    served, total = len(found.served), len(found.served) + len(found.unserved)
    if not total:
        return ""
    if total == 1:
        return f" It {'answers' if served else 'does not answer'} the one need that the partnership has agreed."
    return f" Of the {total} needs that the partnership has agreed it answers {served or 'none'}."


def audit_table(rows: tuple[Checked, ...], what: str) -> DataTable:
    """Each clause or measure: what it answers, and whether it stays."""
    columns = (text_column(what), text_column("What it answers"), text_column("So it"))
    return DataTable(f"{what}s against today's needs", columns, tuple(
        (one.words, ", ".join(each.title for each in one.answers) or "Nothing",
         f"{VERDICTS[one.standing]}: {STANDING[one.standing].lower()}") for one in rows), key=what.lower())


def ground_words(one: Weighed) -> str:
    """Why a ground holds, fails, or cannot be told."""
    names = {each.key: each.label for each in change_questions()}
    if one.standing == "holds":
        return one.ground.then
    if one.standing == "fails":
        return "Not by what you told: " + " ".join(names[name] for name in one.fails)
    return "Tell first: " + " ".join(names[name] for name in one.asks)
