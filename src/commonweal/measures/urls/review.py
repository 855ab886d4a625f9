"""Addresses of reviews: looking back, deciding, and beginning the next round."""

from __future__ import annotations

from django.urls import path

from commonweal.measures.views import review

BASE = "partnership/<uuid:partnership>/reviews/"
ONE = f"{BASE}<uuid:review>/"

urlpatterns = [
    path(BASE, review.listed, name="reviews"),
    path(f"{BASE}begin/", review.begin, name="review-begin"),
    path(ONE, review.page, name="review"),
    path(f"{ONE}judge/<uuid:agreement>/", review.judge, name="review-judge"),
    path(f"{ONE}decide/", review.decide, name="review-decide"),
    path(f"{ONE}review.<str:ending>", review.paper, name="review-paper"),
    path(f"{ONE}version/<int:number>/", review.version, name="review-version"),
    path(f"{ONE}version/<int:number>/review.<str:ending>", review.version_paper, name="review-version-paper"),
    path(f"{ONE}version/<int:number>/carry-over/", review.carry, name="review-carry"),
]
