"""What a monitoring system reads: counts behind a token, log lines without anybody; and what deploys it."""

from __future__ import annotations

import json
import logging
import re
import sys
from configparser import ConfigParser
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from commonweal.core.models import Job, Person
from commonweal.web.logs import JsonLines

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "t" * 40


class TestMetrics:
    def test_who_has_the_token_reads_counts(self, world, settings):
        settings.METRICS_TOKEN = TOKEN
        Job.objects.create(key="one", kind="read", partnership=world.partnership)
        answer = Client().get(reverse("web:metrics"), headers={"Authorization": f"Bearer {TOKEN}"})
        told = answer.content.decode()
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        assert 'commonweal_jobs{state="waiting"} 1' in told
        assert f'commonweal_records{{kind="people"}} {Person.objects.count()}' in told
        assert 'commonweal_health{about="Database"}' in told
        row = re.compile(r'#.*|commonweal_\w+(\{\w+="[^"]*"\})? [\d.e+]+')
        assert all(row.fullmatch(line) for line in told.splitlines())
        assert not any(person.email in told or person.name in told for person in Person.objects.all())

    @pytest.mark.parametrize(("set_to", "sent"), [("", ""), ("", "Bearer "), (TOKEN, ""), (TOKEN, "Bearer x")])
    def test_nobody_else_finds_it(self, db, settings, set_to, sent):
        settings.METRICS_TOKEN = set_to
        assert Client().get(reverse("web:metrics"), headers={"Authorization": sent}).status_code == 404


class TestLog:
    def line(self, logger: str, message: str, *args: object, **more: object) -> dict[str, object]:
        record = logging.getLogger(logger).makeRecord(
            logger, logging.ERROR, __file__, 1, message, args, more.pop("exc_info", None), extra=more)
        return json.loads(JsonLines().format(record))

    def test_a_fault_says_its_kind_and_where_and_no_value(self):
        try:
            raise IntegrityError("Key (email)=(jo@example.org) already exists")
        except IntegrityError:
            told = self.line("django.request", "Internal Server Error: %s", "/r/secret/", exc_info=sys.exc_info())
        assert told["fault"] == "IntegrityError"
        assert "test_watched.py" in told["where"][0]
        assert "jo@example.org" not in json.dumps(told)
        assert "secret" not in json.dumps(told)

    def test_a_page_is_named_by_its_route(self):
        request = RequestFactory().get(reverse("web:health"))
        request.resolver_match = resolve(reverse("web:health"))
        told = self.line("django.request", "Service Unavailable: %s", "/health/", request=request, status_code=503)
        assert (told["route"], told["method"], told["status"]) == ("web:health", "GET", 503)

    def test_our_own_words_stand_whole(self):
        assert self.line("commonweal.access", "%d lines wait", 3)["message"] == "3 lines wait"


class TestDeploying:
    SETTINGS = set(re.findall(r"`(COMMONWEAL_\w+)`", (ROOT / "docs/settings.md").read_text()))

    def test_every_setting_named_is_one(self):
        for path in (ROOT / "deploy").rglob("*.*"):
            named = set(re.findall(r"\bCOMMONWEAL_[A-Z_]+\b", path.read_text()))
            assert named <= self.SETTINGS, f"{path.name} names {named - self.SETTINGS}"

    @pytest.mark.parametrize("path", sorted((ROOT / "deploy/systemd").iterdir()), ids=lambda path: path.name)
    def test_units_are_whole_and_docs_name_them(self, path):
        unit = ConfigParser(strict=False, interpolation=None)
        unit.optionxform = str
        unit.read(path)
        assert unit["Unit"]["Description"]
        if path.suffix == ".service":
            assert unit["Service"]["User"] == "commonweal"
            assert unit["Service"]["NoNewPrivileges"] == "yes"
            assert unit["Service"]["ExecStart"].startswith("/srv/commonweal/app/.venv/bin/")

    def test_containers_start_what_the_units_start(self):
        compose = yaml.safe_load((ROOT / "deploy/container/compose.yaml").read_text())
        services = compose["services"]
        assert services["worker"]["command"] == ["commonweal", "worker"]
        assert set(services["web"]["depends_on"]) == {"migrate"}
        assert services["web"]["ports"] == ["127.0.0.1:8000:8000"]
        steps = (ROOT / "deploy/container/Dockerfile").read_text().splitlines()
        assert steps.index("USER commonweal") < steps.index("EXPOSE 8000")
        copied = [word for step in steps if step.startswith("COPY") for word in step.split()[1:-1]]
        assert all((ROOT / name).exists() for name in copied)


class TestKeeper:
    def made(self, monkeypatch, password: str) -> str:
        monkeypatch.setattr(sys, "stdin", StringIO(f"{password}\n"))
        said = StringIO()
        call_command("add_staff", "keeper@example.gov.uk", "Kit Keeper", stdout=said)
        return said.getvalue()

    def test_a_keeper_gets_an_account(self, db, monkeypatch):
        assert "second factor" in self.made(monkeypatch, "plum-orchard-by-the-lake")
        person = Person.objects.get(email="keeper@example.gov.uk")
        assert person.is_staff
        assert person.check_password("plum-orchard-by-the-lake")
        with pytest.raises(CommandError, match="already"):
            self.made(monkeypatch, "plum-orchard-by-the-lake")

    def test_a_weak_password_makes_nothing(self, db, monkeypatch):
        with pytest.raises(CommandError, match="12 characters"):
            self.made(monkeypatch, "password")
        assert not Person.objects.filter(email="keeper@example.gov.uk").exists()
