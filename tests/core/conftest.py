"""What tests of this floor share: a private data folder, and the small world."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.world import World, build_world


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings) -> Path:
    settings.VAR = tmp_path / "var"
    return settings.VAR


@pytest.fixture
def world(db) -> World:
    return build_world()
