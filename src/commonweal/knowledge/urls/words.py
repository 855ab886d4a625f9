"""Addresses of the common language: everybody's under /words/, a partnership's own under its home."""

from __future__ import annotations

from django.urls import path

from commonweal.knowledge.views import bringing, files, own, plain, public, relationship, saying

HOME = "partnership/<uuid:partnership>/words/"
PAIRS = "partnership/<uuid:partnership>/working-together/"
ONE_PAIR = f"{PAIRS}<uuid:pairing>/"

urlpatterns = [
    path("plain-words/", plain.plain, name="plain"),
    path("plain-words/word/", plain.plain_word, name="plain-word"),
    path("words/", public.words, name="words"),
    path("words/crosswalk/", public.crosswalk, name="crosswalk"),
    path("words/glossary.<slug:ending>", files.seeds_file, name="seeds-file"),
    path("words/<slug:slug>/", public.word, name="word"),
    path(HOME, own.words, name="own-words"),
    path(f"{HOME}crosswalk/", own.crosswalk, name="own-crosswalk"),
    path(f"{HOME}glossary.<slug:ending>", files.own_file, name="own-file"),
    path(f"{HOME}add/", saying.add, name="add-word"),
    path(f"{HOME}rule/", own.rule, name="rule"),
    path(f"{HOME}bring/", bringing.bring, name="bring"),
    path(f"{HOME}bring/<uuid:brought>/", bringing.brought, name="brought"),
    path(f"{HOME}said/<uuid:comment>/take-back/", saying.take_back, name="take-back"),
    path(f"{HOME}<slug:slug>/", own.word, name="own-word"),
    path(f"{HOME}<slug:slug>/history/", own.history, name="history"),
    path(f"{HOME}<slug:slug>/change/", saying.change, name="change-word"),
    path(f"{HOME}<slug:slug>/retire/", saying.retire, name="retire-word"),
    path(f"{HOME}<slug:slug>/say/", saying.say, name="say"),
    path(f"{HOME}<slug:slug>/sign/", saying.sign, name="sign"),
    path(PAIRS, relationship.pairings, name="pairings"),
    path(f"{PAIRS}open/", relationship.open_one, name="pairing-open"),
    path(ONE_PAIR, relationship.pairing, name="pairing"),
    path(f"{ONE_PAIR}again/", relationship.again, name="pairing-again"),
    path(f"{ONE_PAIR}score/", relationship.score, name="pairing-score"),
    path(f"{ONE_PAIR}draw/", relationship.draw, name="pairing-draw"),
    path(f"{ONE_PAIR}agree/", relationship.agree, name="pairing-agree"),
    path(f"{ONE_PAIR}done/<uuid:action>/", relationship.done, name="pairing-done"),
    path(f"{ONE_PAIR}agenda.<slug:ending>", relationship.agenda, name="pairing-agenda"),
]
