"""The examples of the documentation are run: the Python client, and each command of docs/api.md."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import shlex
from email.message import Message
from pathlib import Path
from types import ModuleType
from urllib.error import HTTPError
from urllib.request import Request

import pytest
from django.test import Client
from tests.measures.test_return_api import row, secret  # noqa: F401 - fixtures

DOCS = Path(__file__).resolve().parents[2] / "docs"
HERE = "http://testserver"


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("commonweal_client", DOCS / "examples/commonweal_client.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def asked(request: Request) -> bytes:
    """The request as a browser of the tests sends it; a refusal is raised as the web's is."""
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.header_items()}
    answer = Client().generic(request.get_method(), request.selector, request.data or b"",
                              content_type=request.get_header("Content-type") or "", **headers)
    if answer.status_code >= 400:
        raise HTTPError(request.full_url, answer.status_code, "", Message(), io.BytesIO(answer.content))
    return answer.content


def test_the_client_reads_and_sends(world, row, secret, tmp_path):  # noqa: F811
    module = loaded()
    client = module.Commonweal(HERE, secret, asked)
    here, returned = str(row.partnership_id), str(row.pk)
    assert client.needs(here) == []
    with pytest.raises(module.Refused, match="whole number"):
        client.send_return(here, returned, {"people": "about thirty"})
    told = client.send_return(here, returned, {"people": 31}, cannot={"satisfied": "uncounted"}, send=False)
    assert {one["question"]: one["value"] for one in told["now"]["answers"]}["people"] == 31
    said = module.write_all(client, here, tmp_path / "nightly")
    assert said == [f"{name}.json" for name in module.NIGHTLY]
    assert json.loads((tmp_path / "nightly/returns.json").read_text())[0]["id"] == returned
    stranger = module.Commonweal(HERE, "cw-nobody", asked)
    assert all(": " in line for line in module.write_all(stranger, here, tmp_path / "stranger"))
    assert list((tmp_path / "stranger").iterdir()) == []


def test_a_list_in_pages_is_read_to_its_end():
    pages = {"": {"items": [{"n": 1}], "next": "a"}, "after=a": {"items": [{"n": 2}], "next": ""}}
    client = loaded().Commonweal(HERE, ask=lambda request: json.dumps(
        pages[request.full_url.partition("?")[2]]).encode())
    assert [one["n"] for one in client.every("partnerships/x/evidence")] == [1, 2]


COMMANDS = [
    command.replace("\\\n", " ")
    for command in re.findall(r"```\n(curl .*?)```", (DOCS / "api.md").read_text("utf-8"), re.DOTALL)
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.split("/api/")[-1][:40])
def test_every_command_of_the_docs_is_understood(command, world, row, secret):  # noqa: F811
    words = shlex.split(command.replace("\n", " "))
    address = next(word for word in words if word.startswith("http")).split("/api/")[1]
    there = address.replace("ID", str(row.partnership_id), 1).replace("ID", str(row.pk), 1)
    data = words[words.index("-d") + 1].encode() if "-d" in words else None
    request = Request(f"{HERE}/api/{there}", data=data, headers={"Authorization": f"Bearer {secret}"})
    if data:
        request.add_header("Content-Type", "application/json")
    missing = "place" if address.startswith("places/") else "file is made" if address.endswith("/export") else ""
    if missing:  # understood; the example's place is not in this test's store, and this token has no file
        with pytest.raises(HTTPError, match="404") as refused:
            asked(request)
        assert missing in json.loads(refused.value.read())["detail"]
        return
    assert json.loads(asked(request))
