"""What a server promises beside its pages: cookies, plain HTTP, passwords, the proxy before it, whom to tell."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser
from tests.web.test_settings import run_server

from commonweal.core.actions.people import add_member
from commonweal.core.viewer import SYSTEM
from commonweal.web.middleware.headers import plainly_asked

ROOT = Path(__file__).resolve().parents[2]
NGINX = (ROOT / "deploy/nginx.conf").read_text()
TELL = """
from django.conf import settings as s
import json
names = ("SESSION_COOKIE_NAME CSRF_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY "
  "CSRF_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE CSRF_COOKIE_SAMESITE SESSION_COOKIE_PATH SESSION_COOKIE_DOMAIN "
  "SECURE_HSTS_SECONDS SECURE_HSTS_INCLUDE_SUBDOMAINS DEBUG USE_X_FORWARDED_HOST PASSWORD_RESET_TIMEOUT")
print(json.dumps({one: getattr(s, one) for one in names.split()}))
"""


def test_a_server_sends_no_cookie_that_another_host_or_a_script_could_have(tmp_path):
    done = run_server(tmp_path, "shell", "-v0", "-c", TELL)
    said = json.loads(done.stdout.splitlines()[-1])
    assert said == {
        "SESSION_COOKIE_NAME": "__Host-session", "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True, "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True, "SESSION_COOKIE_SAMESITE": "Lax", "CSRF_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/", "SESSION_COOKIE_DOMAIN": None, "SECURE_HSTS_SECONDS": 63_072_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True, "DEBUG": False, "USE_X_FORWARDED_HOST": False,
        "PASSWORD_RESET_TIMEOUT": 3600,
    }


@pytest.mark.parametrize(("path", "secure", "status"), [
    ("/api/openapi.json", False, 403), ("/api/openapi.json", True, None), ("/help/", False, None),
    ("/api/", False, None),
])
def test_a_program_without_https_is_refused_and_not_led_on(rf: RequestFactory, settings, path, secure, status):
    settings.SECURE_SSL_REDIRECT = True
    answer = plainly_asked(rf.get(path, secure=secure))
    assert (answer.status_code if answer else None) == status


@pytest.mark.parametrize(("password", "refused"), [
    ("Commonweal-2026", True), ("Testshire Council!", True), ("password-password", True), ("sportleisure99", True),
    ("quiet marmalade lighthouse", False), ("ünïcode wörds äre fíne", False), ("x" * 3 + "q7" * 60, False),
    ("commonweal has a heron in it", False),
])
def test_a_password_is_not_made_of_words_on_the_door(world, password, refused):
    add_member(by=SYSTEM, person=world.loner, organisation=world.council)
    if refused:
        with pytest.raises(ValidationError, match="words anybody would try"):
            validate_password(password, world.loner)
    else:
        validate_password(password, world.loner)


@pytest.mark.parametrize(("settings_say", "contact"), [
    ({"SECURITY_CONTACT": "", "CONTACT_EMAIL": ""}, None), ({"SECURITY_CONTACT": "a\nb@c"}, None),
    ({"SECURITY_CONTACT": "", "CONTACT_EMAIL": "help@x.gov.uk"}, "mailto:help@x.gov.uk"),
    ({"SECURITY_CONTACT": "https://x.gov.uk/report"}, "https://x.gov.uk/report"),
])
def test_whom_to_tell_of_a_weakness(db, settings, settings_say, contact):
    for name, value in settings_say.items():
        setattr(settings, name, value)
    answer = Client().get("/.well-known/security.txt")
    assert answer.status_code == (200 if contact else 404)
    if contact:
        said = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
        assert said["Contact"] == contact
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", said["Expires"])
        assert said["Canonical"].endswith(reverse("web:security-txt"))
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("needs", [
    r"ssl_protocols TLSv1\.2 TLSv1\.3;", r"ssl_ciphers ECDHE", r"server_tokens off;", r"autoindex off;",
    r"limit_req zone=", r"proxy_set_header X-Forwarded-For \$remote_addr;", r"proxy_set_header Host \$host;",
    r"proxy_set_header X-Forwarded-Proto https;", r"location /metrics/ \{ return 404; \}",
    r"location /api/ \{ return 403; \}", r"return 301 https://\$host\$request_uri;", r"client_max_body_size 64m;",
])
def test_the_proxy_that_is_shipped_keeps_its_part(needs):
    assert re.search(needs, NGINX)


@pytest.mark.parametrize("head", [
    b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", b"Content-Length: 4\r\nContent-Length: 5\r\n",
    b"Transfer-Encoding : chunked\r\n", b"Content-Length: +4\r\n", b"Transfer-Encoding: xchunked\r\n",
])
def test_a_request_with_two_ends_is_refused(head):
    asked = b"POST / HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n0\r\n\r\n"
    with pytest.raises((ParseException, NotImplementedError)):
        list(RequestParser(Config(), io.BytesIO(asked).__iter__(), ("127.0.0.1", 1)))


def test_repositories_are_kept_from_the_program():
    for name in ("web", "worker"):
        unit = (ROOT / f"deploy/systemd/commonweal-{name}.service").read_text()
        assert "InaccessiblePaths=-/srv/commonweal/app/.git" in unit
