"""Addresses of networks of peers."""

from __future__ import annotations

from django.urls import path

from commonweal.knowledge.views import networks

BASE = "partnership/<uuid:partnership>/networks/"
ONE = f"{BASE}<uuid:network>/"
QUESTION = f"{ONE}questions/<uuid:question>/"

urlpatterns = [
    path(BASE, networks.listed, name="networks"),
    path(f"{BASE}begin/", networks.begin, name="network-begin"),
    path(ONE, networks.one, name="network"),
    path(f"{ONE}join/", networks.join, name="network-join"),
    path(f"{ONE}leave/", networks.leave, name="network-leave"),
    path(f"{ONE}ask/", networks.ask, name="network-ask"),
    path(QUESTION, networks.answer, name="network-answer"),
    path(f"{QUESTION}helped/<uuid:answer>/", networks.helped, name="network-helped"),
]
