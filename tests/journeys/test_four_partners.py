"""Four organisations go from raw survey files to a signed joint statement; nobody else sees any of it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.journeys import four
from tests.journeys.conftest import NARROW, PATIENCE, WIDE, surroundings
from tests.journeys.walking import Walker

from commonweal.core import clock

pytestmark = pytest.mark.journey

BANDS = ("16-24", "25-34", "35-49", "50-64", "65+")
WANTS = ("Somewhere to dance near home", "Company on Sundays", "Evenings in the parks")
NEEDS = (
    ("Dance near home", "Girls of 11 to 16", "Marsh End", "somewhere to dance within a walk of home"),
    ("Company on Sundays", "People over 60 who live alone", "Fishergate", "company on a Sunday"),
    ("Evenings in the parks", "Young people of 13 to 19", "Jubilee Park", "something of their own on evenings"),
)
# who: the survey's title, whose view it is, the header of its question, and how often each want is chosen
SURVEYS = {
    "council": ("Residents' survey", "Wider community", "What would you miss most?", (3, 2, 2)),
    "trust": ("Members at the desk", "Existing users", "Biggest gap today", (4, 1, 2)),
    "health": ("What surgeries see", "Partners", "Which of these would help your patients?", (1, 5, 1)),
    "voluntary": ("Clubs and groups", "Service providers", "Could you offer this?", (2, 1, 4)),
}
MEANING = "What people here lack that culture or sport could give them."
ORDERS = {"council": (1, 2, 3), "trust": (1, 3, 2), "health": (2, 1, 3), "voluntary": (3, 2, 1)}


def raw(key: str) -> str:
    """Answers as that organisation's own tool exports them: no two have the same columns."""
    _, _, question, weights = SURVEYS[key]
    wants = [want for want, times in zip(WANTS, weights, strict=True) for _ in range(times)]
    lines = [f"Response,E-mail for the draw,Age group,{question},Come at least monthly?,Anything else"]
    for at in range(96):
        band = BANDS[(at * at) % 5 if key == "council" else at % 5]
        often, comment = "Yes" if at % 3 else "No", "More buses please" if at % 9 == 0 else ""
        lines.append(f"R{at},p{at}@mail.example,{band},{wants[at % len(wants)]},{often},{comment}")
    return "\r\n".join(lines)


@pytest.fixture(scope="module")
def ids(served):
    """The two partnerships, put into the served copy."""
    made = subprocess.run(
        [sys.executable, four.__file__], env=surroundings(served.var), check=True, timeout=60, capture_output=True
    )
    return json.loads(made.stdout)


class Briefly(Walker):
    """Looks at each kind of page once at each width, and once for barriers: a need's page is one kind."""

    kinds: set[tuple[str, int]] = set()  # shared by all who walk

    def look(self, *, invented: bool = True) -> None:
        """As any walker, the first time."""
        kind = re.sub(r"[0-9a-f-]{36}", "*", self.page.url.split("?")[0])
        if (kind, self.width) not in self.kinds:
            self.kinds.add((kind, self.width))
            super().look(invented=invented)

    def _axe(self) -> list[str]:
        kind = re.sub(r"[0-9a-f-]{36}", "*", self.page.url.split("?")[0])
        return [] if sum(one == kind for one, _ in self.kinds) > 1 else super()._axe()


@pytest.fixture
def people(browser, served, ids):
    """Everybody signed in; the voluntary sector's person has a small telephone and no scripts."""
    walkers, contexts = {}, []
    for key in four.PEOPLE:
        phone = key == "voluntary"
        look = {"base_url": served.address, "viewport": NARROW if phone else WIDE, "locale": "en-GB"}
        own = [browser.new_context(**look, java_script_enabled=not phone)]
        own += [browser.new_context(**look)] if phone else []
        for context in own:
            context.set_default_timeout(PATIENCE)
        contexts += own
        walkers[key] = Briefly(own[0].new_page(), look["viewport"]["width"], own[1].new_page() if phone else None)
        sign_in(walkers[key], key)
    yield walkers
    for context in contexts:
        context.close()
    assert [one for walker in walkers.values() for one in walker.complaints] == []


def sign_in(walk: Walker, key: str) -> None:
    walk.go("/account/login/", invented=False)
    walk.page.get_by_label("E-mail", exact=False).fill(four.email(key))
    walk.page.get_by_label("Password", exact=True).fill(four.PASSWORD)
    button(walk, "Sign in")


def button(walk: Walker, words: str, *, invented: bool = True) -> None:
    walk.press(walk.page.locator("main").get_by_role("button", name=words).first, invented=invented)


def choose(walk: Walker, words: str) -> None:
    walk.page.locator("main label").get_by_text(words, exact=True).first.click()


def fill_day(walk: Walker, field: str, day: date) -> None:
    for part in ("day", "month", "year"):
        walk.page.locator(f"[name={field}_{part}]").fill(str(getattr(day, part)))


def brings_a_survey(walk: Walker, key: str, base: str) -> None:
    """The file as it is; the first finds the way from the partnership's home."""
    title, whose, *_ = SURVEYS[key]
    if key == "council":
        walk.go(base)
        walk.press(walk.link("Hear all four perspectives"))
        walk.press(walk.link("Weigh a survey"))
        button(walk, "Bring a survey")
    else:
        walk.go(f"{base}surveys/bring/")
    walk.page.locator("input[type=file]").set_input_files(
        {"name": f"{key}.csv", "mimeType": "text/csv", "buffer": raw(key).encode()}
    )
    walk.page.get_by_label("A short name for it").fill(title)
    choose(walk, whose)
    fill_day(walk, "gathered_to", clock.today() - timedelta(days=20))
    walk.page.locator("[name=chosen]").select_option("random")
    walk.page.get_by_label("How many were asked").fill("400")
    button(walk, "Bring this survey", invented=False)


def says_what_the_columns_are(walk: Walker, key: str) -> None:
    outcome(walk)
    question = SURVEYS[key][2]
    assert "Left out, because they may point at people" in walk.page.inner_text("main")
    assert walk.page.get_by_label("Age group").input_value() == "age"
    assert walk.page.get_by_label(question, exact=True).input_value() == "single"
    walk.page.get_by_label("Come at least monthly?").select_option("yes_no")
    button(walk, "Read it so", invented=False)


def puts_it_before_the_partners(walk: Walker) -> None:
    outcome(walk)
    assert "96 answered of 400 asked, weighted by age" in walk.page.inner_text("main")
    button(walk, "Record as evidence")
    button(walk, "Put it before the partners")


def not_asked(walk: Walker, base: str) -> None:
    """Whoever has not been heard yet is named, until all four have."""
    walk.go(f"{base}evidence/")
    said = walk.page.inner_text("main")
    heard = [title for title, *_ in SURVEYS.values() if title in said]
    assert len(re.findall(r": not asked\.", said)) == len(SURVEYS) - len(heard)


def pools_what_all_asked(walk: Walker, base: str) -> None:
    """The one question that all four asked in the same words, each counting by what its answers are worth."""
    walk.go(f"{base}surveys/")
    walk.press(walk.link("Pool a question of several surveys"))
    for box in walk.page.get_by_label("Come at least monthly?").all():
        box.check(force=True)
    button(walk, "Pool them")
    said = walk.page.inner_text("main")
    assert "“Yes”: The surveys differ no more than chance explains" in said
    assert "61 to 72%" in said
    assert all(title in said.split("As each asked it")[1] for title, *_ in SURVEYS.values())


def outcome(walk: Walker) -> None:
    """Ask again, as somebody waiting does, until the file has been read; then see what became of it."""
    found = walk.page.get_by_role("button", name="See what became of the file")
    for _ in range(120):
        if found.count():
            return walk.press(found)
        walk.page.wait_for_timeout(250)
        walk.page.reload()
    raise AssertionError(f"The file was never read: {walk.page.inner_text('main')}")


def agree_what_a_word_means(people: dict[str, Walker], base: str) -> None:
    """One proposes it beside her own sector's meaning, another speaks, all four sign."""
    health = people["health"]
    health.go(base)
    health.press(health.link("Agree what words mean"))
    health.go(f"{base}words/need/")
    health.press(health.link("Propose what it should mean here"))
    health.page.get_by_label("What should it mean here, in plain words?").fill(MEANING)
    health.page.locator("[name=health_word]").fill("Health need")
    health.page.locator("[name=health_meaning]").fill("What people could benefit from.")
    button(health, "Propose")
    people["trust"].go(f"{base}words/need/")
    people["trust"].page.get_by_label("What do you want to say?").fill("Ours is whoever would come if they could.")
    button(people["trust"], "Say it")
    for key in SURVEYS:
        walk = people[key]
        walk.go(base if key == "voluntary" else f"{base}words/need/")
        if key == "voluntary":
            walk.press(walk.link(re.compile("Say whether you agree what “Need” means", re.IGNORECASE)))
        assert "Ours is whoever would come" in walk.page.inner_text("main")
        assert "What people could benefit from." in walk.page.inner_text("main")
        button(walk, "Sign for my organisation")
    assert "Agreed" in people["voluntary"].page.inner_text("main")


def explained_in_place(walk: Walker) -> None:
    """The word opens where it stands, to the meaning that was agreed."""
    walk.page.locator("main .cw-term").get_by_text("need", exact=True).first.click()
    assert walk.page.get_by_text(MEANING).first.is_visible()


def writes_the_needs(walk: Walker, base: str) -> None:
    """Each need with all four surveys held against it, one of them mixed, and put to those who sign."""
    walk.go(base)
    walk.press(walk.link("Agree the needs with partners"))
    button(walk, "Write a need")
    for at, (title, who, where, what) in enumerate(NEEDS):
        if at:
            walk.go(f"{base}needs/write/")
        walk.page.get_by_label("A short name for it").fill(title)
        walk.page.get_by_label("Who needs it?").fill(who)
        walk.page.get_by_label("Where?").fill(where)
        walk.page.get_by_label("What do they need?").fill(what)
        walk.page.get_by_label("How do we know?").fill("Four surveys say so, each from its own side.")
        walk.page.locator("input[name=side]").first.check(force=True)
        button(walk, "Save the draft")
        walk.press(walk.link("Hold evidence against it"))
        for left in range(len(SURVEYS), 0, -1):
            choose(walk, "Mixed" if left == 1 else "Supports it")
            button(walk, "Hold it, and take another" if left > 1 else "Hold it against this need")
        assert "Version 1" not in walk.page.inner_text("h1")
        button(walk, "Put it to those who sign")


def signs(walk: Walker, base: str, times: int) -> None:
    """What waits on the home, one leading to the next."""
    walk.go(base)
    for _ in range(times):
        walk.press(walk.link(re.compile("^Sign: ")))
        choose(walk, "We sign this version")
        button(walk, "Give this answer")


def ranks(walk: Walker, key: str, base: str) -> None:
    walk.go(base)
    walk.press(walk.link(re.compile("^Put needs in order")))
    for (title, *_), place in zip(NEEDS, ORDERS[key], strict=True):
        walk.page.get_by_label(title).select_option(str(place))
    button(walk, "Give this order")


def opens_a_round(walk: Walker, base: str) -> None:
    walk.go(f"{base}needs/")
    walk.press(walk.link("What comes first"))
    button(walk, "Open a round")
    walk.page.get_by_label("A short name for it").fill("What comes first, autumn")
    fill_day(walk, "closes", clock.today() + timedelta(days=7))
    choose(walk, "Points by place")
    button(walk, "Open the round")


def sees_the_disagreement(walk: Walker, base: str) -> None:
    """The round's page says how far the orders agree and on what they part."""
    walk.go(f"{base}order/")
    walk.press(walk.link("What comes first, autumn"))
    said = walk.page.inner_text("main")
    assert re.search(r"Orders part most on “.+”", said)
    assert "4 of 4" not in said
    assert "Where partners part" in said


def states_it(walk: Walker) -> None:
    """From the round, though its last day is a week off: everybody has ranked."""
    walk.press(walk.link("Write the joint statement from this order"))
    button(walk, "Write this version")
    assert "Waiting for signatures" in walk.page.inner_text("main")


def opened_clean(folder: Path, **files: bytes) -> list[str]:
    """What LibreOffice makes of Word files, opened in one go: the words of the PDF of each."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    for name, body in files.items():
        (folder / f"{name}.docx").write_bytes(body)
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf", "--outdir",
         str(folder), *(str(folder / f"{name}.docx") for name in files)], check=True, timeout=120,
        capture_output=True,
    )
    read = (PdfReader(folder / f"{name}.pdf").pages for name in files)
    return [re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages)) for pages in read]


def sees_nothing_unshared(people: dict[str, Walker], base: str) -> None:
    """A stranger finds no such partnership; the onlooker reads, and finds neither surveys nor a way to write."""
    stranger, observer = people["stranger"], people["observer"]
    stranger.missing_expected = observer.missing_expected = True
    for part in ("", "evidence/", "surveys/", "needs/", "order/", "statement/", "statement.docx"):
        assert stranger.page.request.get(f"{base}{part}").status == 404
    stranger.go("/place/Z07000001/")
    assert NEEDS[0][0] not in stranger.page.inner_text("body")
    assert "With what Thornmarsh partners agreed" in stranger.page.inner_text("main")
    observer.go(f"{base}surveys/")
    assert SURVEYS["trust"][0] not in observer.page.inner_text("main")
    observer.go(f"{base}statement/")
    assert observer.link("Sign it").count() == 0
    assert observer.page.request.get(f"{base}needs/write/").status == 403


@pytest.mark.promise("N1", "P3")
def test_four_partners_agree(people, ids, tmp_path):
    base = f"/partnership/{ids[four.TOGETHER]}/"
    partners = list(SURVEYS)
    for key in partners:  # each goes on while the file of the last is read
        brings_a_survey(people[key], key, base)
    for key in partners:
        says_what_the_columns_are(people[key], key)
    for key in partners:
        puts_it_before_the_partners(people[key])
        if key in ("council", "voluntary"):
            not_asked(people[key], base)
    lead = people["council"]
    pools_what_all_asked(lead, base)
    agree_what_a_word_means(people, base)
    writes_the_needs(lead, base)
    explained_in_place(lead)
    for key in partners:
        signs(people[key], base, len(NEEDS))
    opens_a_round(lead, base)
    for key in partners:
        ranks(people[key], key, base)
    sees_the_disagreement(lead, base)
    states_it(lead)
    for key in partners:
        signs(people[key], base, 1)
    lead.go(f"{base}statement/")
    assert "Signed by every partner that signs" in lead.page.inner_text("main")
    name, body = lead.take(lead.link("This statement"))
    assert name == "joint-statement-of-needs-version-1.docx"
    chapter = lead.page.request.get(f"/place/Z07000001/with/{ids[four.TOGETHER]}/assessment.docx")
    words, whole = opened_clean(tmp_path, statement=body, chapter=chapter.body())
    for title, *_ in NEEDS:
        assert re.search(rf"\d\. {title}", words)
        assert title in whole  # the chapter of the place's assessment tells what its partners agreed
    for organisation, _, person, role in four.PEOPLE.values():
        assert (f"{person}," in words) is (role == "admin" and organisation != "Thornmarsh Council")
    sees_nothing_unshared(people, base)
