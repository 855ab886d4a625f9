"""Fixtures every test may use: where the real published files are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def published() -> Path:
    """The folder of real published files; away from it these tests are skipped and say so."""
    folder = Path(os.environ.get("COMMONWEAL_PUBLISHED") or HERE.parent.parent / "shared" / "data")
    if not (folder / "MANIFEST.csv").exists():
        pytest.skip("the published files are not here: set COMMONWEAL_PUBLISHED to their folder")
    return folder
