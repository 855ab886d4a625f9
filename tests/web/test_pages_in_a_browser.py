"""Every page of the shell in a real browser: nothing for axe to find, nothing refused, nothing too wide."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page, sync_playwright
from tests.world import World, build_world

from commonweal.core.actions.partnerships import add_place
from commonweal.core.actions.uploads import Brought, KeptOut, Outcome, record_upload, settle_upload
from commonweal.core.ids import uuid7
from commonweal.core.intake.question import ColumnAsked, Question
from commonweal.core.models import Job, JobState, Upload, UploadState
from commonweal.core.stores import own_store, stores
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.knowledge.actions.saying import Saying
from commonweal.knowledge.actions.terms import comment_on_term, propose_term
from commonweal.knowledge.models import CommentKind
from commonweal.lake.manifest import Provenance
from commonweal.lake.readers.base import ReadTable, RejectedRow
from commonweal.lake.readers.cells import rows_for

pytestmark = pytest.mark.journey
CHROMIUM = "/usr/bin/chromium"
WIDTHS = (320, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def lived_in(transactional_db, var) -> World:
    """A world in which something has happened: data, a file to map, one read in part, work under way."""
    world = build_world()
    add_place(
        by=SYSTEM, partnership=world.invented, kind="district", code="Z07000001", vintage=2024, name="Larkmere"
    )
    said = Provenance("Districts with a rather long title, by small area (LSOA 2021)", "A publisher", "OGL v3")
    areas = rows_for("areas", 1, kind="district", code="Z07000001", vintage=2024, name="Larkmere")
    rejected = (RejectedRow("Sheet 1", 7, "Code", "the area code is missing or is none that is known"),)
    for store in (stores().published, stores().example, own_store(world.invented.pk)):
        store.replace("own-names", provenance=said, tables=[ReadTable("areas", areas, rejected)])
    _files(world)
    by = viewer_of(world.invented_person)
    term = propose_term(
        by=by, partnership=world.invented, saying=Saying("Need", "What people must have."), slug="need"
    ).identity
    comment_on_term(by=by, term=term, body="Too short.", seen=1, kind=CommentKind.OBJECTION)
    Job(
        key="k", kind="upload.read", owner=world.invented_person, partnership=world.invented, progress=40,
        state=JobState.RUNNING, message="Reading the rows.",
    ).save()
    return world


def _files(world: World) -> None:
    by = viewer_of(world.invented_person)
    names = ("a_file_with_a_very_long_name_that_nobody_would_type_but_computers_do_2023_24_final_v2.csv", "b.csv")
    asked, part = (
        record_upload(
            by=by, partnership=world.invented, brought=Brought(name, 9, "0" * 64), upload_id=uuid7()
        )
        for name in names
    )
    column = ColumnAsked("District code", "area code", "3 of 3 cells are area codes.", False, "area_code", ("E0",))
    person = ColumnAsked("E-mail", "e-mail address of a person", "They are.", True, "", ("hidden",))
    question = Question(
        "0" * 32, "", "Sheet 1", "This looks like figures by area.", "observations", "indicator", "Swims",
        (column, person), ("Which period are these figures for?",),
    )
    Upload.objects.filter(pk=asked.pk).update(state=UploadState.MAPPING, question=question.as_data())
    kept_out = (KeptOut("S", 4, "Code", "no code"),)
    outcome = Outcome("Recognised as Swims: 2 rows read, 1 kept out.", (), kept_out, 1)
    settle_upload(by=by, upload=part, state=UploadState.PARTLY, outcome=outcome, dataset="own-names")


def pages(world: World) -> list[str]:
    """Every page somebody of the invented partnership can open."""
    home, job = [world.invented.pk], Job.objects.get()
    upload, mapped = Upload.objects.get(state=UploadState.PARTLY), Upload.objects.get(state=UploadState.MAPPING)
    return [
        *(reverse(f"web:{name}") for name in (
            "start", "example", "help", "feedback", "accessibility", "privacy", "licences", "api-guide", "jobs",
            "account",
        )),
        reverse("web:start") + "?q=Nowhere", "/nowhere/", reverse("web:job", args=[job.pk]),
        *(reverse("web:datasets", args=[which]) for which in ("published", "example")),
        reverse("web:dataset", args=["published", "own-names"]),
        *(
            reverse(f"web:{name}", args=home)
            for name in (
                "partnership", "places", "people", "people-add", "files", "acting", "commissioners", "paid-time",
                "neighbourhoods",
            )
        ),
        reverse("web:upload", args=[*home, upload.pk]), reverse("web:mapping", args=[*home, mapped.pk]),
        reverse("web:own-dataset", args=[*home, "own-names"]),
        *(reverse(f"knowledge:{name}") for name in ("words", "crosswalk")),
        reverse("knowledge:word", args=["laa"]),
        *(
            reverse(f"knowledge:{name}", args=home)
            for name in ("own-words", "own-crosswalk", "add-word", "rule", "bring")
        ),
        *(
            reverse(f"knowledge:{name}", args=[*home, "need"])
            for name in ("own-word", "history", "change-word", "retire-word")
        ),
    ]


def look(page: Page, address: str) -> list[str]:
    """What is wrong with a page at one width; axe takes turns between widths save in the soak run."""
    page.goto(address)
    turn = WIDTHS[crc32(urlsplit(address).path.split("/")[-2].encode()) % len(WIDTHS)]
    asked = os.environ.get("COMMONWEAL_EVERY_PAGE") or page.viewport_size["width"] == turn
    violations = Axe().run(page).response["violations"] if asked else []
    found = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in violations]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the window")
    return [f"{address} at {page.viewport_size}: {one}" for one in found]


def test_every_page_is_whole_for_everybody(browser, live_server, lived_in):
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(f"{live_server.url}{reverse('web:example')}")
    page.get_by_role("button", name="Look round as Jo Invented").click()
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for address in pages(lived_in):
            found += look(page, f"{live_server.url}{address}")
    page.close()
    assert found == []
    assert refused == []


def test_signing_in_is_whole_for_everybody(browser, live_server, lived_in):
    page = browser.new_page()
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for name in ("account_login", "account_reset_password", "account_reset_password_done", "account_signup"):
            found += look(page, f"{live_server.url}{reverse(name)}")
    page.goto(f"{live_server.url}{reverse('account_login')}")
    page.get_by_role("button", name="Sign in", exact=True).click()
    found += look(page, page.url)
    page.close()
    assert found == []


def test_a_place_is_chosen_by_keyboard_alone_and_without_scripts(browser, live_server, lived_in):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.get_by_label("Choose your place").focus()
    page.keyboard.type("Nowhere at all")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=Nowhere+at+all")
    assert page.get_by_role("alert").inner_text().startswith("There is a problem")
    context.close()
