"""Addresses of money, risk, size, budgets, votes and bids; the stage's own list takes them in."""

from __future__ import annotations

from django.urls import path

from commonweal.options.views import bidding, budget, full_runs, money, risk, scale

BASE = "partnership/<uuid:partnership>/money/"

urlpatterns = [
    path(BASE, money.home, name="money"),
    path(f"{BASE}options/begin/", money.begin, name="money-begin"),
    path(f"{BASE}options/<uuid:sheet>/", money.page, name="money-sheet"),
    path(f"{BASE}options/<uuid:sheet>/change/", money.change, name="money-change"),
    path(f"{BASE}options/<uuid:sheet>/option/", money.option, name="money-option"),
    path(f"{BASE}options/<uuid:sheet>/file.<str:ending>", money.file, name="money-file"),
    path(f"{BASE}option/<uuid:costing>/line/", money.line, name="money-line-add"),
    path(f"{BASE}option/<uuid:costing>/remove/", money.remove_option, name="money-option-remove"),
    path(f"{BASE}line/<uuid:line>/", money.one_line, name="money-line"),
    path(f"{BASE}line/<uuid:line>/remove/", money.remove, name="money-line-remove"),
    path(f"{BASE}risk/begin/", risk.begin, name="risk-begin"),
    path(f"{BASE}risk/<uuid:case>/", risk.page, name="risk"),
    path(f"{BASE}risk/<uuid:case>/change/", risk.change, name="risk-change"),
    path(f"{BASE}risk/<uuid:case>/add/", risk.risk, name="risk-add"),
    path(f"{BASE}risk/<uuid:case>/file.<str:ending>", risk.file, name="risk-file"),
    path(f"{BASE}register/<uuid:risk>/", risk.one_risk, name="risk-one"),
    path(f"{BASE}register/<uuid:risk>/remove/", risk.remove, name="risk-remove"),
    path(f"{BASE}size/bring/", scale.bring, name="scale-bring"),
    path(f"{BASE}size/<uuid:within>/", scale.page, name="scale"),
    path(f"{BASE}size/<uuid:within>/change/", scale.change, name="scale-change"),
    path(f"{BASE}size/<uuid:within>/file.<str:ending>", scale.file, name="scale-file"),
    path(f"{BASE}budget/begin/", budget.begin, name="budget-begin"),
    path(f"{BASE}budget/<uuid:allocation>/", budget.page, name="budget"),
    path(f"{BASE}budget/<uuid:allocation>/change/", budget.change, name="budget-change"),
    path(f"{BASE}budget/<uuid:allocation>/file.<str:ending>", budget.file, name="budget-file"),
    path(f"{BASE}vote/begin/", budget.vote_begin, name="vote-begin"),
    path(f"{BASE}vote/<uuid:vote>/", budget.vote, name="vote"),
    path(f"{BASE}vote/<uuid:vote>/change/", budget.vote_change, name="vote-change"),
    path(f"{BASE}vote/<uuid:vote>/publish/", budget.publish, name="vote-publish"),
    path(f"{BASE}vote/<uuid:vote>/ballots/", budget.ballots, name="vote-ballots"),
    path(f"{BASE}vote/<uuid:vote>/file.<str:ending>", budget.vote_file, name="vote-file"),
    path(f"{BASE}full/<slug:kind>/<uuid:subject>/", full_runs.ask, name="full-run"),
    path(f"{BASE}bid/begin/", bidding.begin, name="bid-begin"),
    path(f"{BASE}bid/<uuid:bid>/", bidding.page, name="bid"),
    path(f"{BASE}bid/<uuid:bid>/change/", bidding.change, name="bid-change"),
    path(f"{BASE}bid/<uuid:bid>/checklist/", bidding.checklist, name="bid-checklist"),
    path(f"{BASE}bid/<uuid:bid>/remove/", bidding.remove, name="bid-remove"),
    path(f"{BASE}bid/<uuid:bid>/file.<str:ending>", bidding.file, name="bid-file"),
]
