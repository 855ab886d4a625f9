"""What each status of a document says on its title page and in its footers."""

from __future__ import annotations

from datetime import date

from commonweal.present.document import Status

LABEL = {
    Status.INVENTED: "Invented example", Status.DRAFT: "Draft", Status.AGREED: "Agreed",
    Status.PUBLISHED: "Published figures", Status.GUIDANCE: "Guidance",
}
MEANING = {
    Status.INVENTED: "The place, the people and every figure in this document are made up.",
    Status.DRAFT: "For discussion. Not agreed by anyone.",
    Status.AGREED: "Agreed by the partnership named here.",
    Status.PUBLISHED: "Not the view of any council or partner.",
    Status.GUIDANCE: "Not the view of any council or partner.",
}
GROUND = {
    Status.INVENTED: "#fff3bf", Status.DRAFT: "#eef0f1", Status.AGREED: "#e3efed", Status.PUBLISHED: "#eef0f1",
    Status.GUIDANCE: "#eef0f1",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)


def long_date(day: date) -> str:
    """22 November 2026, whatever the machine's language."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
