"""Read Commonweal from a program, and send returns to it: Python's own library, nothing to install.

    client = Commonweal("https://commonweal.example.gov.uk", token="cw-...")
    for need in client.needs(PARTNERSHIP):
        print(need["title"])
    client.send_return(PARTNERSHIP, RETURN, {"attendances": 240, "people": 31}, cannot={"satisfied": "uncounted"})

As a command it writes what a partnership may see into a folder, a file each, for a job that runs at night:

    COMMONWEAL_TOKEN=cw-... python commonweal_client.py https://commonweal.example.gov.uk PARTNERSHIP FOLDER
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

NIGHTLY = ("needs", "evidence", "outcomes", "decisions", "commissions", "agreements", "returns", "performance")


class Refused(Exception):
    """What Commonweal says is wrong, in its own sentence."""


def over_the_web(request: Request) -> bytes:
    """The answer's bytes."""
    with urlopen(request, timeout=60) as answer:  # noqa: S310 - the address is the caller's own
        body: bytes = answer.read()
        return body


class Commonweal:
    """One installation, seen with one token; without a token only what needs no account."""

    def __init__(self, address: str, token: str = "", ask: Callable[[Request], bytes] = over_the_web) -> None:
        self.address, self.token, self.ask = address.rstrip("/"), token, ask

    def get(self, path: str, **asked: Any) -> Any:
        """What an address of the interface says."""
        return self._said(path + (f"?{urlencode(asked)}" if asked else ""))

    def every(self, path: str, **asked: Any) -> Iterator[dict[str, Any]]:
        """All rows of a list, however many pages it has."""
        page = self.get(path, **asked)
        while isinstance(page, dict) and page["next"]:
            yield from page["items"]
            page = self.get(path, **asked, after=page["next"])
        yield from page["items"] if isinstance(page, dict) else page

    def needs(self, partnership: str) -> list[dict[str, Any]]:
        """Every need the token's person sees, with what each perspective says of it."""
        return list(self.every(f"partnerships/{partnership}/needs"))

    def send_return(
        self, partnership: str, returned: str, numbers: dict[str, object], *, cannot: dict[str, str] | None = None,
        send: bool = True,
    ) -> dict[str, Any]:
        """Answer a return's questions by their keys, or say why not in `cannot`. All is kept, or nothing."""
        answers: list[dict[str, object]] = [{"question": key, "value": value} for key, value in numbers.items()]
        answers += [{"question": key, "cannot": reason} for key, reason in (cannot or {}).items()]
        told: dict[str, Any] = self._said(
            f"partnerships/{partnership}/returns/{returned}/answers", {"answers": answers, "send": send})
        return told

    def _said(self, path: str, body: object = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = Request(f"{self.address}/api/{path}", data=data, headers=headers)  # noqa: S310
        try:
            return json.loads(self.ask(request))
        except HTTPError as error:
            raise Refused(json.loads(error.read() or b"{}").get("detail", str(error))) from error


def write_all(client: Commonweal, partnership: str, folder: Path) -> list[str]:
    """A JSON file for each list; what the token's person may not see is left out, and said."""
    folder.mkdir(parents=True, exist_ok=True)
    said = []
    for name in NIGHTLY:
        try:
            rows = client.get(f"partnerships/{partnership}/{name}")
            if isinstance(rows, dict) and "items" in rows:
                rows = list(client.every(f"partnerships/{partnership}/{name}"))
        except Refused as refusal:
            said.append(f"{name}: {refusal}")
            continue
        draft = folder / f"{name}.json.arriving"
        draft.write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")
        draft.replace(folder / f"{name}.json")
        said.append(f"{name}.json")
    return said


if __name__ == "__main__":
    address, partnership_id, out = sys.argv[1:]
    mine = Commonweal(address, os.environ.get("COMMONWEAL_TOKEN", ""))
    print("\n".join(write_all(mine, partnership_id, Path(out))))
