"""The addresses of data protection: for each partnership's administrators, and for the installation's staff."""

from __future__ import annotations

from django.urls import path

from commonweal.web.views import keeping_to_time, protection

HERE = "installation/data-protection/"
OWN = "partnership/<uuid:partnership>/data-protection/"

urlpatterns = [
    path(HERE, protection.protection, name="protection-here"),
    path(OWN, protection.protection, name="protection"),
    path(f"{HERE}keeping-to-time/", keeping_to_time.keeping, name="keeping-to-time"),
    path(f"{HERE}record/", protection.record, name="processing-record-here"),
    path(f"{OWN}record/", protection.record, name="processing-record"),
    path(f"{HERE}impact/", protection.impact, name="processing-impact-here"),
    path(f"{OWN}impact/", protection.impact, name="processing-impact"),
    path(f"{OWN}impact/advice/", protection.advise, name="processing-advise"),
    path(f"{HERE}<slug:which>.<slug:ending>", protection.as_file, name="processing-file-here"),
    path(f"{OWN}<slug:which>.<slug:ending>", protection.as_file, name="processing-file"),
]
