"""Archives are unpacked in memory, under caps, and never to a place of their own choosing."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile

import pytest

from commonweal.lake.opening import CannotOpen, Form, Limits, open_bytes
from commonweal.lake.opening.archives import gunzip

TABLE = b"code,value\nE06000001,1\nE06000002,2\n"
OTHER = b"code,visits\nE06000001,9\nE06000002,8\n"


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def test_gzip_is_seen_through() -> None:
    (opened,) = open_bytes("table.csv.gz", gzip.compress(TABLE))
    assert opened.inside == ""
    assert opened.sheets[0].name == "table"
    assert opened.sheets[0].table.num_rows == 2
    assert opened.size == len(gzip.compress(TABLE))


def test_gzip_of_several_members_is_read_whole() -> None:
    data = gzip.compress(b"one,") + gzip.compress(b"two")
    assert gunzip("x", data, Limits()) == b"one,two"


def test_each_member_of_a_zip_is_opened() -> None:
    data = zipped(("folder/", b""), ("folder/a.csv", TABLE), ("b.csv", OTHER), ("__MACOSX/b.csv", b"junk"))
    opened = open_bytes("both.zip", data)
    assert [one.inside for one in opened] == ["folder/a.csv", "b.csv"]
    assert [one.sheets[0].name for one in opened] == ["a", "b"]
    assert len({one.sha256 for one in opened}) == 1


def test_gzip_inside_a_zip_is_opened() -> None:
    (opened,) = open_bytes("x.zip", zipped(("a.csv.gz", gzip.compress(TABLE))))
    assert (opened.inside, opened.form) == ("a.csv.gz", Form.TABLE)


def test_a_zip_inside_a_zip_names_both() -> None:
    (opened,) = open_bytes("x.zip", zipped(("inner.zip", zipped(("a.csv", TABLE)))))
    assert opened.inside == "inner.zip/a.csv"


def test_a_member_that_cannot_be_read_is_told_of_beside_the_others() -> None:
    (opened,) = open_bytes("x.zip", zipped(("a.csv", TABLE), ("photo.jpg", b"\xff\xd8\xff\xe0" + b"x" * 50)))
    assert opened.remarks[0].startswith("“photo.jpg” is a photograph.")


def test_an_archive_of_nothing_readable_gives_the_first_reason() -> None:
    with pytest.raises(CannotOpen, match="photograph"):
        open_bytes("x.zip", zipped(("photo.jpg", b"\xff\xd8\xff\xe0" + b"x" * 50)))
    with pytest.raises(CannotOpen, match="nothing in it"):
        open_bytes("x.zip", zipped())


def _link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped(("../../etc/passwd", TABLE)), "outside its folder"),
        (zipped(("/etc/passwd", TABLE)), "outside its folder"),
        (zipped(("..\\..\\windows\\x.csv", TABLE)), "outside its folder"),
        (zipped(("C:/x.csv", TABLE)), "outside its folder"),
        (zipped((_link(), b"/etc/passwd")), "holds a link"),
        (zipped(*((f"{at}.csv", TABLE) for at in range(40))), "holds 40 files"),
        (zipped(("a.csv", b"0" * 4_000_000)), "times its size"),
        (gzip.compress(b"0" * 4_000_000), "times its size"),
        (zipped(("a.zip", zipped(("b.zip", zipped(("c.csv", TABLE)))))), "archives within archives"),
        (gzip.compress(gzip.compress(gzip.compress(TABLE))), "archives within archives"),
        (gzip.compress(TABLE * 1000)[:60], "cut short"),
        (gzip.compress(TABLE)[:6] + b"\xff" * 40, "damaged"),
        (zipped(("a.csv", TABLE))[:60], "damaged"),
        (zipped(("a.csv", TABLE)).replace(b"PK\x05\x06", b"PK\x00\x00"), "damaged"),
    ],
    ids=[
        "up and out", "absolute", "backslashes", "drive", "link", "many", "zip bomb", "gz bomb", "zips in zips",
        "gz in gz", "gz cut", "gz damaged", "zip cut", "zip without directory",
    ],
)
def test_hostile_archives_give_sentences(data: bytes, words: str) -> None:
    limits = Limits(members=30, small_bytes=1_000_000, depth=2)
    with pytest.raises(CannotOpen, match=words):
        open_bytes("hostile.zip", data, limits=limits)


def test_a_password_gives_a_sentence() -> None:
    data = bytearray(zipped(("a.csv", TABLE)))
    data[6] |= 1  # the flag of the local header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and of the directory
    with pytest.raises(CannotOpen, match="password"):
        open_bytes("locked.zip", bytes(data))


def test_a_damaged_member_gives_a_sentence() -> None:
    data = bytearray(zipped(("a.csv", TABLE * 50)))
    data[45] ^= 0xFF
    with pytest.raises(CannotOpen, match="damaged file"):
        open_bytes("x.zip", bytes(data))


def test_what_is_inside_counts_against_one_allowance() -> None:
    with pytest.raises(CannotOpen, match="unpacks to more than 1 MB"):
        open_bytes("x.gz", gzip.compress(TABLE * 60_000), limits=Limits(inside_bytes=1024 * 1024, ratio=10_000))
