"""Settings: every refusal a sentence about its variable; the server profile passes Django's deployment check."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from commonweal.web import environment
from commonweal.web.databases import databases
from commonweal.web.environment import Profile
from commonweal.web.mail import mail_settings
from commonweal.web.single_sign_on import openid_providers


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in list(os.environ):
        if name.startswith("COMMONWEAL_") and name not in ("COMMONWEAL_DATABASE_URL", "COMMONWEAL_PUBLISHED"):
            monkeypatch.delenv(name)


def run_server(tmp_path, *arguments: str, **said: str) -> subprocess.CompletedProcess[str]:
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COMMONWEAL_")},
        "COMMONWEAL_VAR": str(tmp_path), "COMMONWEAL_PROFILE": "server", "COMMONWEAL_HOSTS": "commonweal.example",
        "COMMONWEAL_SECRET_KEY": "not-a-real-secret-" * 5, "DJANGO_SETTINGS_MODULE": "commonweal.web.settings",
        **said,
    }
    return subprocess.run(
        [sys.executable, "-m", "commonweal.web", *arguments], env=env, capture_output=True, text=True, timeout=60,
        check=False,
    )


def test_a_server_without_its_secret_says_what_to_set(tmp_path):
    done = run_server(tmp_path, "check", COMMONWEAL_SECRET_KEY="")
    assert done.returncode != 0
    assert "COMMONWEAL_SECRET_KEY must be set" in done.stderr


def test_the_server_profile_passes_the_deployment_check_and_mounts_single_sign_on(tmp_path):
    done = run_server(
        tmp_path, "shell", "-v0", "-c",
        "from django.core.management import call_command; call_command('check', deploy=True, fail_level='INFO');"
        "from django.urls import reverse; from commonweal.web.middleware.headers import content_security_policy;"
        "print(reverse('openid_connect_login', args=['council'])); print(content_security_policy())",
        COMMONWEAL_OIDC_NAME="Testshire", COMMONWEAL_OIDC_ISSUER="https://login.testshire.example/tenant",
        COMMONWEAL_OIDC_CLIENT="id", COMMONWEAL_OIDC_SECRET="secret",
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout.splitlines()[0]
    assert done.stdout.splitlines()[1] == "/account/oidc/council/login/"
    assert "form-action 'self' https://login.testshire.example" in done.stdout


@pytest.mark.django_db
def test_migrations_say_all_that_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_embedded_secret_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "var" / "secret.key"
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(environment.kept_secret, [path] * 16))
    assert len(made) == 1
    assert len(made.pop()) > 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret.key"]


@pytest.mark.parametrize(("name", "value", "call", "sentence"), [
    ("PROFILE", "cloud", environment.profile, "embedded or server"),
    ("UPLOAD_LIMIT_MB", "many", lambda: environment.number("UPLOAD_LIMIT_MB", 1), "whole number"),
    ("DATABASE_URL", "mysql://x/y", lambda: databases(None), "postgresql"),
    ("DATABASE_URL", "postgresql://host", lambda: databases(None), "database's name"),
    ("DATABASE_URL", "postgresql://host:port/x", lambda: databases(None), "not an address"),
    ("EMAIL_URL", "http://x", lambda: mail_settings(None, True), "smtp"),
    ("OIDC_NAME", "Council", openid_providers, "COMMONWEAL_OIDC_ISSUER"),
])
def test_each_refusal_names_its_variable(monkeypatch, name, value, call, sentence):
    monkeypatch.setenv(f"COMMONWEAL_{name}", value)
    with pytest.raises(ImproperlyConfigured, match=sentence) as refusal:
        call()
    assert "COMMONWEAL_" in str(refusal.value) or "single sign-on" in str(refusal.value)


def test_single_sign_on_only_over_https(monkeypatch):
    for name in ("NAME", "ISSUER", "CLIENT", "SECRET"):
        monkeypatch.setenv(f"COMMONWEAL_OIDC_{name}", "http://x")
    with pytest.raises(ImproperlyConfigured, match="https"):
        openid_providers()


@pytest.mark.parametrize(("url", "host", "port", "name"), [
    ("postgresql://us%40er:p%2Fw@db.local:5433/common%20weal", "db.local", "5433", "common weal"),
    ("postgres://u@/x?host=/run/postgresql", "/run/postgresql", "", "x"),
])
def test_a_database_address_is_taken_apart(monkeypatch, tmp_path, url, host, port, name):
    monkeypatch.setenv("COMMONWEAL_DATABASE_URL", url)
    said = databases(tmp_path)["default"]
    assert (said["HOST"], said["PORT"], said["NAME"]) == (host, port, name)
    if port:
        assert (said["USER"], said["PASSWORD"]) == ("us@er", "p/w")


def test_mail_goes_to_files_until_a_server_is_named(monkeypatch, tmp_path):
    assert mail_settings(tmp_path, False)["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    monkeypatch.setenv("COMMONWEAL_EMAIL_URL", "smtps://user:word@mail.example")
    said = mail_settings(tmp_path, True)
    assert (said["EMAIL_HOST"], said["EMAIL_PORT"], said["EMAIL_USE_SSL"]) == ("mail.example", 465, True)


def test_profile_is_embedded_unless_said(monkeypatch):
    assert environment.profile() is Profile.EMBEDDED
    monkeypatch.setenv("COMMONWEAL_PROFILE", "server")
    assert environment.profile() is Profile.SERVER


@pytest.mark.django_db
def test_sqlite_writes_ahead_syncs_fully_and_queues_writers(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite")
    options = databases(tmp_path)["default"]["OPTIONS"] if "COMMONWEAL_DATABASE_URL" not in os.environ else {}
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)
