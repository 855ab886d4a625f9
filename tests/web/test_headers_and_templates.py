"""Nothing inline anywhere, one strict policy on every answer, and templates that all compile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines
from django.test import Client
from django.urls import reverse
from tests.world import signed_in

from commonweal.web.middleware.headers import POLICY

ROOTS = [
    Path(config.path) / "templates" for config in apps.get_app_configs() if config.name.startswith("commonweal")
]
TEMPLATES = sorted(path for root in ROOTS for path in root.rglob("*.html"))
ANY = re.IGNORECASE
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", ANY),
    "a style element": re.compile(r"<style\b", ANY),
    "a script without an address": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)", ANY),
    "an event attribute": re.compile(r"<[^>]*\son(click|load|change|submit|error|input|focus|blur)\s*=", ANY),
    "a javascript address": re.compile(r"javascript:", ANY),
    "something from elsewhere": re.compile(r"""<(script|link|img)[^>]*(src|href)\s*=\s*["'](https?:)?//""", ANY),
    "htmx that needs eval": re.compile(r"hx-(on|vals\s*=\s*.js:)", ANY),
}


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 60


@pytest.mark.parametrize("path", TEMPLATES, ids=[path.name for path in TEMPLATES])
def test_nothing_inline(path):
    text = path.read_text(encoding="utf-8")
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=[path.name for path in TEMPLATES])
def test_every_template_compiles_and_is_short(path):
    text = path.read_text(encoding="utf-8")
    engines["django"].from_string(text)
    assert text.count("\n") <= 140


PAGES = ["web:start", "web:help", "web:data", "account_login", "web:health", "api:openapi-json"]


@pytest.mark.parametrize("route", PAGES)
@pytest.mark.django_db
def test_the_policy_is_on_every_answer(route):
    response = Client().get(reverse(route))
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert all(f"{name} {value}" in policy for name, value in POLICY.items())
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_the_policy_is_on_errors_and_static_files_too():
    for address in ("/nowhere/", "/static/commonweal/shell.css"):
        response = Client().get(address)
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        response.close()


def test_what_a_signed_in_person_reads_is_kept_by_no_cache(world):
    client = signed_in(world.admin())
    assert client.get(reverse("web:help")).headers["Cache-Control"] == "no-store"
    assert "no-store" not in Client().get(reverse("web:help")).headers.get("Cache-Control", "")


def test_reading_is_written_in_the_access_log_by_id(world, var):
    from commonweal.core.access_log import access_log

    signed_in(world.admin()).get(reverse("web:partnership", args=[world.partnership.pk]))
    access_log().flush()
    (path,) = (var / "log").iterdir()
    last = path.read_text().splitlines()[-1]
    assert str(world.admin().pk) in last
    assert str(world.partnership.pk) in last
    assert "Testshire" not in last
