"""Fixtures every test may use, and the rule that CI tolerates no skip it does not expect."""

from __future__ import annotations

import copy
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from tests.by_file import ByFile, longest_first
from tests.promises_kept import Kept, is_whole

from commonweal.lake.pull import pull_folder
from commonweal.lake.store import Store, StoreBusy

if TYPE_CHECKING:
    from tests.world import World

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")  # a slow machine is no fault of the code

HERE = Path(__file__).resolve().parent
EXPECTED_SKIPS = (
    "only on PostgreSQL",
    "only on SQLite",
    "no npm registry answered",  # beside the package index there may be none: see tests/assurance/provider
)
_skips: list[tuple[str, str]] = []
_kept = Kept()


@pytest.fixture(scope="session")
def published() -> Path:
    """The folder of real published files; away from it these tests are skipped and say so."""
    folder = Path(os.environ.get("COMMONWEAL_PUBLISHED") or HERE.parent.parent / "shared" / "data")
    if not (folder / "MANIFEST.csv").exists():
        pytest.skip("the published files are not here: set COMMONWEAL_PUBLISHED to their folder")
    return folder


@pytest.fixture(scope="session")
def real_store(published: Path) -> Store:
    """The published files in a store, read once for each version of the readers and kept between runs."""
    root = Path(os.environ.get("COMMONWEAL_TEST_CACHE") or HERE.parent / "var" / "test-store")
    store = Store(root / _readers_fingerprint(published))
    for _ in range(300):  # another test process may be building it just now
        if store.exists:
            break
        try:
            pull_folder(store, published)
        except StoreBusy:
            time.sleep(2)
    return store


def _readers_fingerprint(published: Path) -> str:
    """Changes whenever a reader or a published file does."""
    found = hashlib.sha256((published / "MANIFEST.csv").read_bytes())
    for path in sorted((HERE.parent / "src" / "commonweal" / "lake").rglob("*")):
        if path.suffix in {".py", ".yaml"}:
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Records written while this stands are there for each test of the module, and gone when it ends."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world_once(module_db, request) -> World:
    """The small world, built at the module's NOW where it has one."""
    from tests.world import build_world

    from commonweal.core import clock

    at = getattr(request.module, "NOW", None)
    with clock.fixed(at) if at else nullcontext():
        return build_world()


@pytest.fixture
def world(world_once, db) -> World:
    """The small world as if it had just been built: what a test does to it is taken back."""
    return copy.deepcopy(world_once)


@pytest.fixture(scope="module")
def example_once(module_db, tmp_path_factory, worker_id) -> Path:
    """The worked example's records without its store, there for each test of the module; its data folder."""
    from tests.example_records import place_example

    own = tmp_path_factory.getbasetemp()
    folder = tmp_path_factory.mktemp("example")
    place_example(folder, (own if worker_id == "master" else own.parent) / "example-records")
    return folder


@pytest.fixture
def example_records(example_once, db, settings, monkeypatch) -> Path:
    """The worked example's records in the database and its data folder in the settings."""
    from commonweal.example import world as example

    settings.VAR = example_once
    monkeypatch.setattr(example, "build_store", lambda store: None)  # the store has tests of its own
    return example_once


def one_case_each(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Those to run on PostgreSQL and those left to `make soak`: outside the core, one case of each test."""
    kept, left, seen = [], [], set()
    for item in items:
        test = item.nodeid.partition("[")[0]
        every = test.startswith(("tests/core/", "tests/lake/"))
        (kept if every or test not in seen else left).append(item)
        seen.add(test)
    return kept, left


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest begins first; `sort` keeps a file's tests together."""
    if os.environ.get("COMMONWEAL_ONE_CASE_EACH"):
        items[:], left = one_case_each(items)
        config.hook.pytest_deselected(items=left)
    place = {path: longest_first(item) for item in items for path in (item.path,)}
    items.sort(key=lambda item: place[item.path])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    """A file's tests share a process."""
    return ByFile(config, log)


def pytest_configure(config: pytest.Config) -> None:
    """Promises are counted. Hashing a password is slow on purpose; here nobody is kept out by it."""
    config.pluginmanager.register(_kept, "promises-kept")
    from django.conf import settings as django_settings

    django_settings.WHITENOISE_USE_FINDERS = False  # else every browser of a test looks through all static files
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember every skip with its reason."""
    if report.skipped and isinstance(report.longrepr, tuple) and not hasattr(report, "wasxfail"):
        _skips.append((report.nodeid, str(report.longrepr[2]).removeprefix("Skipped: ")))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skip nobody expected fails the run, and so does a promise that no passing test keeps."""
    if os.environ.get("CI") != "true" or hasattr(session.config, "workerinput"):
        return
    if is_whole(session.config) and (broken := _kept.broken()):
        print("\npromises that no passing test keeps:", *broken)
        session.exitstatus = session.exitstatus or 1
    unexpected = [f"{test}: {why}" for test, why in _skips if not why.startswith(EXPECTED_SKIPS)]
    if unexpected:
        print("\nskipped unexpectedly:", *unexpected, sep="\n  ")
        session.exitstatus = 1
