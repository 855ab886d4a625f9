"""A file is there whole or not at all, and nothing is left beside it."""

from __future__ import annotations

import stat

import pytest

from commonweal.lake.whole_file import SHARED, whole_file, write_whole


@pytest.mark.parametrize(("content", "lasting"), [(b"bytes", True), ("words \u2013", False)])
def test_it_takes_the_place_of_what_was_there(tmp_path, content, lasting):
    path = tmp_path / "deep" / "file.txt"
    for given in ("old", content):
        assert write_whole(path, given, lasting=lasting) == path
    assert path.read_bytes() == (content.encode() if isinstance(content, str) else content)
    assert list(path.parent.iterdir()) == [path]


def test_what_was_there_stays_until_the_end_and_when_writing_fails(tmp_path):
    path = write_whole(tmp_path / "file", "old")

    def half_written() -> None:
        with whole_file(path) as file:
            file.write(b"new")
            file.flush()
            assert path.read_text() == "old"
            raise OSError(28, "full")

    with pytest.raises(OSError, match="full"):
        half_written()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_it_is_for_this_account_alone_unless_said(tmp_path):
    private, shared = write_whole(tmp_path / "a", "x"), write_whole(tmp_path / "b", "x", mode=SHARED)
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert stat.S_IMODE(shared.stat().st_mode) & 0o400
    assert not stat.S_IMODE(shared.stat().st_mode) & 0o111
