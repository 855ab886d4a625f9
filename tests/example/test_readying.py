"""The first pages come while the worked example is still being made, and say so."""

from __future__ import annotations

import os

from django.urls import reverse

from commonweal.core.models import Partnership
from commonweal.example import world
from commonweal.example.readying import NAME, STILL, readying, told
from commonweal.example.world import build_records, passwords_in


def test_pages_say_how_far_it_is_and_forms_wait(db, client, settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path
    front, heard = reverse("web:start"), []
    monkeypatch.setattr(world, "STAGES", world.STAGES[:2])

    with told(tmp_path) as tell:
        page = client.get(front).content.decode()
        assert "are being made: 0%" in page
        assert "first assessment of Larkmere" in page

        def tell_and_look(done: int, whole: int) -> None:
            tell(done, whole)
            heard.append(readying(tmp_path).percent)

        build_records(passwords_in(tmp_path), tell_and_look)
        assert "are being made: 67%" in client.get(front).content.decode()
        sent = client.post(reverse("account_login"), {"login": "a@b.example", "password": "x"})
        assert sent.status_code == 503
        assert "67% is done. Nothing was kept of what you sent." in sent.content.decode()
        assert client.post("/api/x").json()["detail"].startswith("The worked example is still being made: 67%")
    assert heard == [0, 33, 67]
    assert Partnership.objects.filter(invented=True).exists()
    assert "are being made" not in client.get(front).content.decode()
    assert client.post(reverse("account_login"), {"login": "a@b.example", "password": "x"}).status_code == 200
    with told(tmp_path):
        assert readying(tmp_path) is None


def test_whoever_died_over_it_holds_nobody_up(tmp_path):
    path = tmp_path / NAME
    path.write_text('{"done": 1, "whole": 2}')
    assert readying(tmp_path).percent == 50
    os.utime(path, (0, path.stat().st_mtime - STILL - 1))
    assert readying(tmp_path) is None
    path.write_text("{")
    assert readying(tmp_path) is None
