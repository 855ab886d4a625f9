"""Addresses of agreed needs: the list, one need, and what is done with it."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import need

urlpatterns = [
    path("partnership/<uuid:partnership>/needs/", need.needs, name="needs"),
    path("partnership/<uuid:partnership>/needs/write/", need.write, name="need-write"),
    path("partnership/<uuid:partnership>/needs/<uuid:need>/", need.need, name="need"),
    path("partnership/<uuid:partnership>/needs/<uuid:need>/rewrite/", need.rewrite, name="need-rewrite"),
    path("partnership/<uuid:partnership>/needs/<uuid:need>/evidence/", need.hold, name="need-hold"),
    path(
        "partnership/<uuid:partnership>/needs/<uuid:need>/evidence/<uuid:held>/let-go/", need.let_go,
        name="need-let-go",
    ),
    path("partnership/<uuid:partnership>/needs/<uuid:need>/propose/", need.propose, name="need-propose"),
    path("partnership/<uuid:partnership>/needs/<uuid:need>/sign/", need.sign, name="need-sign"),
    path("partnership/<uuid:partnership>/needs/<uuid:need>/withdraw/", need.withdraw, name="need-withdraw"),
]
