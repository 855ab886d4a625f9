"""Fetching: resumed, checked, polite; every failure a sentence."""

import contextlib
import hashlib
import json
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from commonweal.lake import catalogue
from commonweal.lake.catalogue import Address
from commonweal.lake.download import CannotFetch, Downloader, Fetch

BODY = b"LAD24CD,LAD24NM\n" + b"E07000202,Ipswich\n" * 40_000
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
ETAG = '"one"'


@dataclass
class Script:
    """What the publisher's server does, answer by answer; then it serves the body properly."""

    steps: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    body: bytes = BODY
    etag: str = ETAG
    ranges: bool = True


def serve(handler, script):
    """Serve the body as a careful server does, ranges and all."""
    wanted = handler.headers.get("Range", "")
    same = handler.headers.get("If-Range", script.etag) == script.etag
    if handler.headers.get("If-None-Match") == script.etag:
        handler.send_response(304)
        handler.end_headers()
        return
    start = int(wanted[6:].rstrip("-")) if wanted and same and script.ranges else 0
    if start >= len(script.body):
        handler.send_response(416)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return
    handler.send_response(206 if start else 200)
    if start:
        handler.send_header("Content-Range", f"bytes {start}-{len(script.body) - 1}/{len(script.body)}")
    handler.send_header("Content-Length", str(len(script.body) - start))
    if script.etag:
        handler.send_header("ETag", script.etag)
    handler.end_headers()
    handler.wfile.write(script.body[start:])


def drop(after):
    """Break off after so many bytes."""

    def step(handler, script):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(script.body)))
        handler.send_header("ETag", script.etag)
        handler.end_headers()
        handler.wfile.write(script.body[:after])
        handler.wfile.flush()
        handler.connection.close()
        handler.close_connection = True

    return step


def answer(code, text=b"", **headers):
    def step(handler, script):
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text)

    return step


@pytest.fixture
def script():
    return Script()


@pytest.fixture
def address(script):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            script.asked.append(dict(self.headers))
            step = script.steps.pop(0) if script.steps else serve
            step(self, script)

        def log_message(self, *_):
            pass

        def finish(self):
            with contextlib.suppress(OSError, ValueError):
                super().finish()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/data/regions.csv"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def waits():
    return []


@pytest.fixture
def downloader(tmp_path, waits):
    with_session = Downloader(tmp_path / "downloads", sleep=waits.append, now=lambda: NOON)
    yield with_session
    if with_session.session:
        with_session.session.close()


def entry(*addresses, **more):
    files = tuple(Address(one, **more) for one in addresses)
    return replace(catalogue.entry("district-region"), files=files)


def fetch(downloader, address, **more):
    one = entry(address, **more)
    return downloader.fetch(one, one.files[0])


def kept(downloader):
    return (downloader.folder / "district-region" / "regions.csv").read_bytes()


def test_a_file_is_fetched_and_its_fingerprint_kept(downloader, address, script):
    done = fetch(downloader, address)
    assert done.outcome is Fetch.FETCHED
    assert done.sha256 == hashlib.sha256(BODY).hexdigest()
    assert done.size == len(BODY)
    assert kept(downloader) == BODY
    record = json.loads((downloader.folder / "district-region" / ".regions.csv.json").read_text())
    assert record["sha256"] == done.sha256
    assert record["address"] == address
    assert record["fetched_at"] == "2026-01-02T12:00:00+00:00"
    assert script.asked[0]["User-Agent"].startswith("Commonweal/")
    assert not list(downloader.folder.rglob("*.part"))


def test_a_broken_connection_goes_on_where_it_left_off(downloader, address, script, waits):
    script.steps = [drop(300_000)]
    assert fetch(downloader, address).outcome is Fetch.FETCHED
    assert kept(downloader) == BODY
    assert script.asked[1]["Range"].startswith("bytes=")
    assert int(script.asked[1]["Range"][6:-1]) > 0
    assert script.asked[1]["If-Range"] == ETAG
    assert waits == [1.0]


def test_a_second_run_goes_on_from_what_the_first_kept(downloader, address, script, waits, tmp_path):
    script.steps = [drop(300_000)]
    downloader.tries = 1
    with pytest.raises(CannotFetch, match="what came is kept"):
        fetch(downloader, address)
    assert fetch(downloader, address).outcome is Fetch.FETCHED
    assert kept(downloader) == BODY
    assert "Range" in script.asked[1]


def test_a_file_that_changed_meanwhile_is_fetched_afresh(downloader, address, script):
    script.steps = [drop(300_000)]
    downloader.tries = 1
    with pytest.raises(CannotFetch):
        fetch(downloader, address)
    script.body, script.etag = BODY.replace(b"Ipswich", b"Norwich"), '"two"'
    fetch(downloader, address)
    assert kept(downloader) == script.body


def test_a_server_without_ranges_starts_again(downloader, address, script):
    script.steps = [drop(300_000)]
    script.ranges = False
    fetch(downloader, address)
    assert kept(downloader) == BODY


def test_a_whole_part_left_by_a_crash_is_not_trusted_blindly(downloader, address, script):
    fetch(downloader, address)
    path = downloader.folder / "district-region" / "regions.csv"
    part = path.with_name("regions.csv.part")
    part.write_bytes(BODY)
    path.with_name(".regions.csv.part.json").write_text(json.dumps({"etag": ETAG}))
    path.unlink()
    assert fetch(downloader, address).outcome is Fetch.FETCHED
    assert kept(downloader) == BODY


def test_an_answer_for_another_place_is_not_glued_on(downloader, address, script):
    script.steps = [drop(300_000), answer(206, b"rubbish", Content_Range="bytes 5-11/12")]
    fetch(downloader, address)
    assert kept(downloader) == BODY


def test_nothing_newer_is_not_fetched_again(downloader, address, script):
    fetch(downloader, address)
    again = fetch(downloader, address)
    assert again.outcome is Fetch.ALREADY
    assert "2026-01-02" in again.sentence
    assert script.asked[1]["If-None-Match"] == ETAG


def test_something_newer_is(downloader, address, script):
    fetch(downloader, address)
    script.body, script.etag = b"newer,file\n1,2\n", '"two"'
    assert fetch(downloader, address).outcome is Fetch.FETCHED
    assert kept(downloader) == script.body


def test_a_busy_server_is_given_time(downloader, address, script, waits):
    script.steps = [answer(503), answer(429, Retry_After="7"), answer(500)]
    assert fetch(downloader, address).outcome is Fetch.FETCHED
    assert waits == [1.0, 7.0, 4.0]


def test_a_server_that_stays_busy_is_given_up_politely(downloader, address, script, waits):
    script.steps = [answer(503, Retry_After="9999")] * 9
    with pytest.raises(CannotFetch, match="tried 5 times"):
        fetch(downloader, address)
    assert len(script.asked) == 5
    assert waits == [60.0] * 4


REFUSED = [
    (answer(404), "moved the file"),
    (answer(410), "no longer there"),
    (answer(403), "does not let programs in"),
    (answer(418), "gave no file"),
    (answer(200, b"<!DOCTYPE html><html>Sorry</html>"), "a web page, not a file"),
    (answer(200, b"  <html>Sorry</html>"), "a web page, not a file"),
    (answer(200, b""), "is empty"),
    (answer(302, Location="http://192.0.2.1.invalid/"), "could not be"),
]


@pytest.mark.parametrize(("step", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_is_no_file_is_a_sentence(downloader, address, script, step, words):
    script.steps = [step]
    with pytest.raises(CannotFetch, match=words):
        fetch(downloader, address)
    assert not (downloader.folder / "district-region" / "regions.csv").exists()


def test_a_file_with_another_fingerprint_is_thrown_away(downloader, address):
    with pytest.raises(CannotFetch, match="fingerprint differs"):
        fetch(downloader, address, sha256="0" * 64)
    assert not list(downloader.folder.rglob("*.part"))


def test_a_file_without_end_is_given_up(downloader, address, monkeypatch):
    monkeypatch.setattr("commonweal.lake.download.LARGEST", 1000)
    with pytest.raises(CannotFetch, match="larger than"):
        fetch(downloader, address)


def test_the_bar_is_told(downloader, address):
    seen = []
    downloader.watch = lambda _address, done, total: seen.append((done, total))
    fetch(downloader, address)
    assert seen[-1] == (len(BODY), len(BODY))
    assert seen == sorted(seen)


def test_one_that_fails_does_not_stop_the_others(downloader, address, script):
    script.steps = [answer(404)]
    done = list(downloader.fetch_all([entry(address, address.replace("regions", "other"))]))
    assert [one.outcome for one in done] == [Fetch.FAILED, Fetch.FETCHED]
    assert "commonweal pull --from" in done[0].sentence
    assert "https://geoportal.statistics.gov.uk/" in done[0].sentence


def test_a_host_that_cannot_be_reached_is_not_tried_for_every_file(downloader, waits):
    nobody = "http://127.0.0.1:9/a.csv"
    done = list(downloader.fetch_all([entry(nobody, nobody.replace("a.csv", "b.csv"))]))
    assert [one.outcome for one in done] == [Fetch.FAILED] * 2
    assert "could not be reached" in done[0].sentence
    assert "was not tried" in done[1].sentence
    assert waits == []


def test_a_data_set_without_an_address_says_where_to_look(downloader):
    (one,) = downloader.fetch_all([entry()])
    assert one.outcome is Fetch.BY_HAND
    assert "https://geoportal.statistics.gov.uk/" in one.sentence


NAMES = [
    ("https://example.org/a/b.csv", "b.csv"),
    ("https://example.org/a/b.csv?x=1", "b.csv"),
    ("https://example.org/", "file"),
    ("https://example.org/../..%2fetc", "_2fetc"),
    ("https://example.org/.hidden", "hidden"),
]


@pytest.mark.parametrize(("where", "name"), NAMES)
def test_names_of_files_are_safe(where, name):
    from commonweal.lake.download import _name

    found = _name(where)
    assert "/" not in found
    assert not found.startswith(".")
    assert found == name or name.startswith("_")
