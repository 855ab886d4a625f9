"""Addresses of an evaluation: for those who run it, for those who score, and the bidder's letter."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import evaluation, outcome, scoring

OWN = "partnership/<uuid:partnership>/commissions/<uuid:commission>/evaluation/"

urlpatterns = [
    path(OWN, evaluation.page, name="evaluation"),
    path(f"{OWN}people/", evaluation.people, name="evaluation-people"),
    path(f"{OWN}people/<uuid:evaluator>/out/", evaluation.take_out, name="evaluation-take-out"),
    path(f"{OWN}declare/", scoring.declare, name="evaluation-declare"),
    path(f"{OWN}score/", scoring.page, name="scoring"),
    path(f"{OWN}score/<slug:letter>/<slug:question>/", scoring.one, name="score"),
    path(f"{OWN}moderate/", evaluation.begin, name="moderation-begin"),
    path(f"{OWN}moderate/<slug:letter>/<slug:question>/", evaluation.agree, name="moderate"),
    path(f"{OWN}close/", evaluation.close, name="moderation-close"),
    path(f"{OWN}price/<slug:letter>/", evaluation.low, name="low-price"),
    path(f"{OWN}terms/<slug:letter>/", evaluation.terms, name="agree-terms"),
    path(f"{OWN}decide/", evaluation.choose, name="decide-commission"),
    path(f"{OWN}bids/<slug:letter>/", evaluation.bid, name="opened-bid"),
    path(f"{OWN}bids/<slug:letter>/files/<uuid:file>/", evaluation.bid_file, name="opened-file"),
    path(f"{OWN}bids/<slug:letter>/feedback.docx", evaluation.letter_file, name="feedback"),
    path(f"{OWN}decision.<slug:ending>", evaluation.record_file, name="decision-file"),
    path("bids/<uuid:bid>/feedback.docx", outcome.letter, name="bid-feedback"),
]
