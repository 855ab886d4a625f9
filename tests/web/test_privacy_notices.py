"""Each form that asks for a person says what happens with it, and the privacy page tells of every use."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.urls import reverse

import commonweal
from commonweal.core.processing import processing
from commonweal.knowledge.forms_events import BookPlace

PERSON = {"contact", "reach", "phone", "said_by", "with_whom", "speaks_to", "contact_name", "officer", "asked_by",
          "access_needs", "decider"}


def asking() -> Iterator[type[forms.BaseForm]]:
    """Every form that asks who somebody is or how to reach them; signing in has words of its own."""
    for found in pkgutil.walk_packages(commonweal.__path__, "commonweal."):
        if found.name.rpartition(".")[2].startswith("forms"):
            for one in vars(importlib.import_module(found.name)).values():
                if isinstance(one, type) and issubclass(one, forms.BaseForm) and one.__module__ == found.name:
                    fields = getattr(one, "base_fields", {})
                    if fields.keys() & PERSON or any(isinstance(f, forms.EmailField) for f in fields.values()):
                        yield one


def test_every_form_that_asks_for_a_person_says_what_for():
    told = processing().activities
    silent = [f"{one.__module__}.{one.__name__}" for one in asking() if getattr(one, "activity", "") not in told]
    assert silent == [], "name the activity of core/content/processing.yaml it serves"


def test_the_notice_stands_in_the_form():
    said = " ".join(str(BookPlace()).split())
    for part in ("What happens with what you write", "Only whoever runs the event sees this",
                 "Sixty days after the event", reverse("web:privacy")):
        assert part in said


@pytest.mark.django_db
def test_the_privacy_page_tells_of_every_use(client):
    page = client.get(reverse("web:privacy")).content.decode()
    for one in processing().activities.values():
        assert one.title in page
