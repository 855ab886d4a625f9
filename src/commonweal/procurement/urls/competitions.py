"""Addresses of competitions and bids: open to everybody, behind a link, and for those who run them."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import bids, competing, competitions

ALL = "competitions/"
ONE = f"{ALL}<uuid:competition>/"
BID = "bids/<uuid:bid>/"
OWN = "partnership/<uuid:partnership>/commissions/<uuid:commission>/competition/"

urlpatterns = [
    path(ALL, competitions.page, name="competitions"),
    path(ONE, competitions.one, name="competition"),
    path(f"{ONE}ask/", competitions.ask, name="competition-ask"),
    path(f"{ONE}begin/", competitions.begin, name="bid-begin"),
    path("bids/link/<str:token>/", competitions.by_link, name="bid-link"),
    path(BID, bids.page, name="bid"),
    path(f"{BID}who/", bids.who, name="bid-who"),
    path(f"{BID}together/", bids.together, name="bid-together"),
    path(f"{BID}answer/<slug:question>/", bids.answer, name="bid-answer"),
    path(f"{BID}price/", bids.price, name="bid-price"),
    path(f"{BID}files/", bids.files, name="bid-files"),
    path(f"{BID}files/<uuid:file>/", bids.file_in, name="bid-file"),
    path(f"{BID}files/<uuid:file>/out/", bids.file_out, name="bid-file-out"),
    path(f"{BID}check/", bids.check, name="bid-check"),
    path(f"{BID}receipt/", bids.receipt, name="bid-receipt"),
    path(f"{BID}sent/<int:number>/", bids.sent_file, name="bid-sent"),
    path(f"{BID}withdraw/", bids.withdraw, name="bid-withdraw"),
    path(f"{BID}colleague/", bids.colleague, name="bid-colleague"),
    path(OWN, competing.page, name="competing"),
    path(f"{OWN}publish/", competing.publish, name="competing-publish"),
    path(f"{OWN}move/", competing.move, name="competing-move"),
    path(f"{OWN}invite/", competing.invite, name="competing-invite"),
    path(f"{OWN}open/", competing.open_now, name="competing-open"),
    path(f"{OWN}answer/<uuid:clarification>/", competing.answer, name="competing-answer"),
]
