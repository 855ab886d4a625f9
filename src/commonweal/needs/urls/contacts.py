"""Addresses of keeping in touch. `subject` is an organisation's id or an area's code."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import contacts

BASE = "partnership/<uuid:partnership>/contacts/"

urlpatterns = [
    path(BASE, contacts.contacts, name="contacts"),
    path(f"{BASE}<slug:subject>/", contacts.contact, name="contact"),
    path(f"{BASE}<slug:subject>/name/", contacts.name, name="contact-name"),
    path(f"{BASE}<slug:subject>/log/", contacts.log, name="contact-log"),
    path(f"{BASE}<slug:subject>/lines/<uuid:line>/take-back/", contacts.take_back, name="contact-take-back"),
    path(f"{BASE}<slug:subject>/lines/<uuid:line>/done/", contacts.done, name="contact-done"),
]
