"""Addresses of awards, and of the open register."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import awards, open_register

ONE = "partnership/<uuid:partnership>/commissions/<uuid:commission>/awards/"
AWARD = "partnership/<uuid:partnership>/awards/<uuid:award>/"
OPEN = "open-register/"

urlpatterns = [
    path(ONE, awards.page, name="awards"),
    path(f"{ONE}enter/", awards.enter, name="award-enter"),
    path(f"{ONE}publish/<slug:stage>/", awards.publish, name="award-publish"),
    path(f"{AWARD}change/", awards.change, name="award-change"),
    path(f"{AWARD}<slug:what>/", awards.told, name="award-told"),
    path("partnership/<uuid:partnership>/milestones/<uuid:milestone>/", awards.met, name="milestone-met"),
    path(OPEN, open_register.page, name="open-register"),
    path(f"{OPEN}releases.json", open_register.releases, name="open-releases"),
    path(f"{OPEN}records.json", open_register.records, name="open-records"),
    path(f"{OPEN}releases.jsonl", open_register.bulk, name="open-bulk"),
    path(f"{OPEN}360giving.json", open_register.giving, name="open-giving"),
    path(f"{OPEN}<slug:kind>-register.<slug:ending>", open_register.register_file, name="open-file"),
    path(f"{OPEN}<slug:ocid>/", open_register.process, name="open-process"),
    path(f"{OPEN}<slug:ocid>.json", open_register.record, name="open-record"),
]
