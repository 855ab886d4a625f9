"""The addresses of data protection: for each partnership's administrators, and for the installation's staff."""

from __future__ import annotations

from django.urls import path

from commonweal.web.views import (
    complaints,
    information_requests,
    keeping_to_time,
    protection,
    reading,
    subject_requests,
)

HERE = "installation/data-protection/"
OWN = "partnership/<uuid:partnership>/data-protection/"

urlpatterns = [
    path(HERE, protection.protection, name="protection-here"),
    path(OWN, protection.protection, name="protection"),
    path(f"{HERE}keeping-to-time/", keeping_to_time.keeping, name="keeping-to-time"),
    path("account/held/", subject_requests.own, name="held-about-me"),
    path("account/held/<uuid:asked>/file/", subject_requests.file, name="held-file"),
    path(f"{HERE}requests/", subject_requests.log, name="subject-requests"),
    path("privacy/complain/", complaints.make, name="complain"),
    path(f"{HERE}complaints/", complaints.log, name="complaints-here"),
    path(f"{OWN}complaints/", complaints.log, name="complaints"),
    path("complaints/<uuid:complaint>/", complaints.one, name="complaint"),
    path(f"{OWN}information/", information_requests.log, name="information-requests"),
    path(f"{OWN}information/<uuid:asked>/", information_requests.one, name="information-request"),
    path(f"{OWN}information/<uuid:asked>/items/<uuid:item>/", information_requests.item, name="information-item"),
    path(f"{OWN}information/<uuid:asked>/answered/", information_requests.answered, name="information-answered"),
    path(f"{OWN}information/<uuid:asked>/answer.zip", information_requests.bundled, name="information-bundle"),
    path(f"{OWN}reading/", reading.reading, name="reading"),
    path(f"{HERE}record/", protection.record, name="processing-record-here"),
    path(f"{OWN}record/", protection.record, name="processing-record"),
    path(f"{HERE}impact/", protection.impact, name="processing-impact-here"),
    path(f"{OWN}impact/", protection.impact, name="processing-impact"),
    path(f"{OWN}impact/advice/", protection.advise, name="processing-advise"),
    path(f"{HERE}<slug:which>.<slug:ending>", protection.as_file, name="processing-file-here"),
    path(f"{OWN}<slug:which>.<slug:ending>", protection.as_file, name="processing-file"),
]
