"""Events as a calendar to subscribe to, and their recordings as a podcast."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from email.utils import format_datetime
from urllib.parse import urljoin
from xml.etree import ElementTree as Xml

from django.conf import settings
from django.urls import reverse

from commonweal.knowledge.models import Gathering
from commonweal.knowledge.queries.events import EventLine
from commonweal.present.ical import Entry, calendar

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
ATOM = "http://www.w3.org/2005/Atom"
UNWRITABLE = {code: None for code in range(32) if code not in (9, 10, 13)}


def calendar_file(events: Iterable[EventLine], name: str) -> bytes:
    """Days and hours as they are in London, whatever the clocks do; joining notes are never in it."""
    return calendar((_entry(one) for one in events), name=name, product="Events")


def podcast(rows: Iterable[Gathering], *, invented: bool) -> bytes:
    """RSS 2.0 with the marks that podcast readers look for."""
    Xml.register_namespace("itunes", ITUNES)
    Xml.register_namespace("atom", ATOM)
    rss = Xml.Element("rss", {"version": "2.0"})
    channel = Xml.SubElement(rss, "channel")
    home = urljoin(settings.SITE_ADDRESS, reverse("knowledge:events"))
    feed = urljoin(settings.SITE_ADDRESS, reverse("knowledge:podcast"))
    title = f"{settings.BRAND_NAME}: events to hear again{' (invented example)' if invented else ''}"
    _text(channel, "title", title)
    _text(channel, "link", home)
    Xml.SubElement(channel, f"{{{ATOM}}}link", {"href": feed, "rel": "self", "type": "application/rss+xml"})
    _text(channel, "description", "Workshops, training and meetings on culture and sport that people need.")
    _text(channel, "language", "en-gb")
    _text(channel, f"{{{ITUNES}}}author", settings.BRAND_NAME)
    _text(channel, f"{{{ITUNES}}}explicit", "false")
    Xml.SubElement(channel, f"{{{ITUNES}}}category", {"text": "Government"})
    for row in rows:
        _item(channel, row)
    made: bytes = Xml.tostring(rss, encoding="utf-8", xml_declaration=True)
    return made


def _item(channel: Xml.Element, row: Gathering) -> None:
    item = Xml.SubElement(channel, "item")
    link = urljoin(settings.SITE_ADDRESS, reverse("knowledge:event", args=[row.pk]))
    assert row.recorded_at is not None
    _text(item, "title", row.title)
    _text(item, "link", link)
    _text(item, "description", row.recording_about or row.about)
    Xml.SubElement(item, "guid", {"isPermaLink": "false"}).text = str(row.pk)
    _text(item, "pubDate", format_datetime(row.recorded_at.astimezone(UTC)))
    Xml.SubElement(item, "enclosure", {"url": row.recording, "length": str(row.recording_bytes or 0),
                                       "type": row.recording_type})
    seconds = row.recording_seconds or 0
    _text(item, f"{{{ITUNES}}}duration", f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}")


def _text(parent: Xml.Element, tag: str, words: str) -> None:
    Xml.SubElement(parent, tag).text = words.translate(UNWRITABLE)


def _entry(one: EventLine) -> Entry:
    return Entry(
        uid=f"event-{one.id}", changed=one.changed_at, day=one.day, begins=one.begins, ends=one.ends,
        title=f"Cancelled: {one.title}" if one.cancelled else one.title, where=one.where,
        about=f"{one.about} {one.access} {one.contact}", cancelled=one.cancelled,
        link=urljoin(settings.SITE_ADDRESS, reverse("knowledge:event", args=[one.id])),
    )
