"""A worked example half built is no example."""

from __future__ import annotations

import pytest

from commonweal.core.models import Partnership
from commonweal.example import world
from commonweal.example.world import build_example, passwords_in


def test_a_stage_that_fails_leaves_nothing_behind(db, settings, tmp_path, monkeypatch) -> None:
    settings.VAR = tmp_path
    monkeypatch.setattr(world, "build_store", lambda store: None)

    def broken(*_: object) -> None:
        raise RuntimeError("as if the power went")

    monkeypatch.setattr(world, "STAGES", (*world.STAGES[:4], ("broken", broken)))
    with pytest.raises(RuntimeError):
        build_example(passwords_in(tmp_path))
    assert not Partnership.objects.exists()
