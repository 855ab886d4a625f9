"""Addresses of events: the public list, feeds, booking without an account, and a partnership's own."""

from __future__ import annotations

from django.urls import path

from commonweal.knowledge.views import event_booking, event_hosting, events

OWN = "partnership/<uuid:partnership>/events/"
ONE = f"{OWN}<uuid:gathering>/"

urlpatterns = [
    path("events/", events.public, name="events"),
    path("events/calendar.ics", events.feed, name="events-feed"),
    path("events/podcast.xml", events.podcast_feed, name="podcast"),
    path("events/own/<str:token>.ics", events.own_feed, name="own-events-feed"),
    path("events/booking/<str:token>/", event_booking.booking, name="booking"),
    path("events/booking/<str:token>/leave/", event_booking.give_back, name="booking-leave"),
    path("events/booking/<str:token>/feedback/", event_booking.feedback, name="event-feedback"),
    path("events/<uuid:gathering>/", events.one, name="event"),
    path("events/<uuid:gathering>/event.ics", events.one_file, name="event-ics"),
    path("events/<uuid:gathering>/book/", event_booking.book_public, name="event-book"),
    path(OWN, events.listed, name="own-events"),
    path(f"{OWN}plan/", event_hosting.plan, name="event-plan"),
    path(ONE, events.own, name="own-event"),
    path(f"{ONE}book/", event_booking.book_own, name="own-event-book"),
    path(f"{ONE}change/", event_hosting.change, name="event-change"),
    path(f"{ONE}cancel/", event_hosting.cancel, name="event-cancel"),
    path(f"{ONE}came/", event_hosting.attendance, name="event-came"),
    path(f"{ONE}notes/", event_hosting.notes, name="event-notes"),
    path(f"{ONE}recording/", event_hosting.recording, name="event-recording"),
    path(f"{ONE}action/", event_hosting.agree, name="event-action"),
    path(f"{ONE}action/<uuid:action>/done/", event_hosting.done, name="event-action-done"),
    path(f"{ONE}summary.<slug:ending>", events.summary_file, name="event-summary"),
]
