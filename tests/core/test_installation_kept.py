"""A backup brings everything back as it was, opens for nobody else, and a harmed one changes nothing."""

from __future__ import annotations

import io
import shutil

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from commonweal.core.errors import Refused
from commonweal.core.keeping import backup, restore, rows, sealing
from commonweal.core.keeping.backup import files_kept, take_backup
from commonweal.core.keeping.restore import restore_backup
from commonweal.core.keeping.sealing import Sealed, make_key, read_key, unsealed
from commonweal.core.models import Event, Person

KEY = "k" * 64


def sealed(body: bytes, key: str = KEY) -> bytes:
    file = io.BytesIO()
    seal = Sealed(file, key)
    for at in range(0, len(body), 11):
        seal.write(body[at:at + 11])
    seal.finish()
    return file.getvalue()


def opened(body: bytes, key: str = KEY) -> bytes:
    return b"".join(unsealed(io.BytesIO(body), key, "one.backup"))


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(sealing, "PIECE", 16)
    monkeypatch.setattr(sealing, "_cipher", quick_cipher)


def quick_cipher(key, salt):
    from hashlib import sha256

    return sealing.AESGCM(sha256(key.encode() + salt).digest())


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 32, 33, 100])
def test_what_is_sealed_opens_again(small_pieces, size):
    body = bytes(range(256))[:size]
    assert opened(sealed(body)) == body


def test_the_real_key_takes_its_time_and_opens():
    assert opened(sealed(b"a need")) == b"a need"
    with pytest.raises(Refused, match="does not open with this key"):
        opened(sealed(b"a need"), "j" * 64)


@settings_of(max_examples=30)
@given(body=st.binary(min_size=1, max_size=90), at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_changed_bit_a_cut_and_a_moved_piece_are_refused(body, at, bit):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "PIECE", 16)
        patch.setattr(sealing, "_cipher", quick_cipher)
        whole = sealed(body)
        hurt = bytearray(whole)
        hurt[at % len(whole)] ^= 1 << bit
        for wrong in (bytes(hurt), whole[:at % len(whole)], whole + b"x"):
            with pytest.raises(Refused):
                opened(wrong)


def test_a_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "apart" / "backup.key"
    key = make_key(path)
    assert read_key(path) == key
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(Refused, match="is there already"):
        make_key(path)
    for words, at in (("There is no key", tmp_path / "none"), ("too short", tmp_path / "short")):
        (tmp_path / "short").write_text("abc")
        with pytest.raises(Refused, match=words):
            read_key(at)


def every_row() -> dict[str, list[bytes]]:
    return {one._meta.label_lower: list(rows.lines(one, "default")) for one in rows.kept_models()}


@pytest.fixture
def kept(example_records, tmp_path, settings):
    """The worked example with some files, and a backup of it; nothing of it is there any more."""
    var = settings.VAR = tmp_path / "var"
    for name, body in (("keys/pseudonyms.key", "secret"), ("keys/bids.key", "never"), ("cache/x", "made again"),
                       ("lake/partnerships/a/manifest.json", "{}"), ("lake/published/a.parquet", "pulled")):
        (var / name).parent.mkdir(parents=True, exist_ok=True)
        (var / name).write_text(body)
    before = every_row()
    path = take_backup(tmp_path / "far away", KEY)
    rows.empty("default")
    connection.check_constraints()  # as if it were committed: PostgreSQL migrates nothing while checks wait
    assert not Person.objects.exists()
    shutil.rmtree(var)
    return path, before


def test_everything_comes_back_as_it_was(kept):
    path, before = kept
    found = restore_backup(path, KEY)
    assert every_row() == before
    assert found.rows == sum(len(one) for one in before.values()) > 1_000
    assert (found.other_secret, found.forgotten_again) == (False, 0)
    var = backup.Path(restore.settings.VAR)
    assert (var / "keys/pseudonyms.key").read_text() == "secret"
    assert (var / "keys/pseudonyms.key").stat().st_mode & 0o077 == 0
    assert {"keys/bids.key", "cache/x", "lake/published/a.parquet"} & set(files_kept(published=True)) == set()
    assert [one for one in var.iterdir() if one.name.startswith(("restoring", "backing"))] == []


def test_a_backup_goes_into_an_empty_installation_alone(kept):
    path, _ = kept
    restore_backup(path, KEY)
    with pytest.raises(Refused, match="already holds people"):
        restore_backup(path, KEY)


HARMS = (
    (lambda body: body[:-40], "damaged or cut short|does not open"),
    (lambda body: body[:60], "does not open"),
    (lambda body: b"PK" + body, "is no backup made by Commonweal"),
)


def test_a_harmed_backup_changes_nothing(kept):
    path, _ = kept
    whole = path.read_bytes()
    for harm, words in HARMS:
        path.write_bytes(harm(whole))
        with pytest.raises(Refused, match=words):
            restore_backup(path, KEY)
        assert not Person.objects.exists()
        assert not Event.objects.exists()


def test_a_backup_of_other_tables_says_which_version_to_take(kept, monkeypatch):
    path, _ = kept
    columns = restore.fields_of
    monkeypatch.setattr(restore, "fields_of", lambda model: columns(model)[:-1])
    with pytest.raises(Refused, match="made by an earlier version"):
        restore_backup(path, KEY)


def test_the_key_of_sealed_bids_is_left_out_wherever_it_lies(settings, tmp_path):
    var = settings.VAR = tmp_path
    for name in ("keys/bids.key", "elsewhere.key", "keys/other.key", "exports/a.zip", "read-only.txt"):
        (var / name).parent.mkdir(exist_ok=True)
        (var / name).write_text("secret")
    assert set(files_kept()) == {"elsewhere.key", "keys/other.key"}
    settings.BID_KEY = str(var / "elsewhere.key")
    assert set(files_kept()) == {"keys/other.key"}
