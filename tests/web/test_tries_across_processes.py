"""Too many tries are too many, whichever process of the server each of them reached."""

from __future__ import annotations

import os
import subprocess
import sys

PASSWORD = "a long pass phrase of nobody's"
SET_UP = f"""
from commonweal.core.models import Person
Person.objects.create_user(email="kim@council.gov.uk", name="Kim", password={PASSWORD!r})
"""
TRY = """
from django.test import Client
from django.urls import reverse
said = [Client().post(reverse("account_login"), {"login": "kim@council.gov.uk", "password": one}) for one in WORDS]
print(said[-1].status_code, "Too many tries" in said[-1].content.decode())
"""


def process(var, code: str) -> str:
    """What another process prints that shares the data folder."""
    env = {**os.environ, "COMMONWEAL_VAR": str(var), "DJANGO_SETTINGS_MODULE": "commonweal.web.settings"}
    script = f"import django; django.setup()\n{code}"
    return subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=120,
                          check=True).stdout.strip()


def test_a_second_process_knows_of_the_tries_the_first_one_took(tmp_path, monkeypatch):
    monkeypatch.delenv("COMMONWEAL_DATABASE_URL", raising=False)
    monkeypatch.setenv("COMMONWEAL_HOSTS", "testserver")
    migrate = "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
    wrong, right = f"WORDS = ['wrong one'] * 3{TRY}", f"WORDS = [{PASSWORD!r}]{TRY}"
    first = process(tmp_path, migrate + SET_UP + right + wrong).split("\n")
    assert first[0].startswith("302")
    assert first[1] == "200 False"
    second = process(tmp_path, wrong + right).split("\n")
    assert all(said in ("200 True", "429 True") for said in second)
