"""Addresses of the catalogue of vehicles, of appraisals and of agreements."""

from __future__ import annotations

from django.urls import path

from commonweal.options.views import agreements, appraisal, choosing, judging, vehicles

BASE = "partnership/<uuid:partnership>/options/"
ONE = f"{BASE}<uuid:appraisal>/"
REGISTER = f"{BASE}agreements/"

urlpatterns = [
    path("ways-to-run-a-service/", vehicles.page, name="vehicles"),
    path("ways-to-run-a-service/<slug:key>/", vehicles.one, name="vehicle"),
    path(BASE, appraisal.listed, name="appraisals"),
    path(f"{BASE}begin/", appraisal.begin, name="appraisal-begin"),
    path(f"{REGISTER}begin/", agreements.begin, name="agreement-begin"),
    path(f"{REGISTER}<uuid:agreement>/", agreements.page, name="agreement"),
    path(f"{REGISTER}<uuid:agreement>/change/", agreements.change, name="agreement-change"),
    path(ONE, appraisal.page, name="appraisal"),
    path(f"{ONE}change/", appraisal.change, name="appraisal-change"),
    path(f"{ONE}long-list/", appraisal.long_list, name="long-list"),
    path(f"{ONE}long-list/add/", appraisal.option_add, name="option-add"),
    path(f"{ONE}long-list/<uuid:option>/", appraisal.option_change, name="option-change"),
    path(f"{ONE}long-list/<uuid:option>/remove/", appraisal.option_remove, name="option-remove"),
    path(f"{ONE}sift/", appraisal.sift, name="sift"),
    path(f"{ONE}criteria/", appraisal.criteria, name="criteria"),
    path(f"{ONE}criteria/add/", appraisal.criterion_add, name="criterion-add"),
    path(f"{ONE}criteria/<uuid:criterion>/", appraisal.criterion_change, name="criterion-change"),
    path(f"{ONE}criteria/<uuid:criterion>/remove/", appraisal.criterion_remove, name="criterion-remove"),
    path(f"{ONE}ends/<slug:deed>/", appraisal.ends, name="ends"),
    path(f"{ONE}scores/", judging.scores, name="scores"),
    path(f"{ONE}scores/<uuid:option>/", judging.score, name="score"),
    path(f"{ONE}groups/", judging.groups, name="groups"),
    path(f"{ONE}groups/add/", judging.group_add, name="group-add"),
    path(f"{ONE}groups/<uuid:group>/", judging.weights, name="weights"),
    path(f"{ONE}price/", judging.tie, name="tie-money"),
    path(f"{ONE}what-if/", judging.what_if, name="what-if"),
    path(f"{ONE}gates/", choosing.gates, name="gates"),
    path(f"{ONE}gates/<slug:key>/", choosing.gate, name="gate"),
    path(f"{ONE}case/", choosing.notes, name="notes"),
    path(f"{ONE}choose/", choosing.choose, name="choose"),
    path(f"{ONE}choice/<int:number>/", choosing.choice, name="choice"),
    path(f"{ONE}choice/<int:number>/file.<str:ending>", choosing.choice_file, name="choice-file"),
    path(f"{ONE}options-paper.<str:ending>", choosing.paper, name="options-paper"),
    path(f"{ONE}business-case.<str:ending>", choosing.case, name="business-case"),
]
