"""A worker may die, hang or run out of memory; the caller gets a sentence and the next call works."""

from __future__ import annotations

import os
import pickle
import signal
import struct
import threading
import time
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from commonweal.lake.opening import CannotOpen, Form, open_file
from commonweal.lake.sandbox import Caps, Sandbox, _Gate, _read_reply

TABLE = b"code,value\nE06000001,1\nE06000002,2\n"
SMALL = Caps(memory_bytes=1024**3, cpu_seconds=1, wall_seconds=30)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


def test_a_file_opens_as_it_does_here(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(TABLE)
    assert sandbox.open(path) == open_file(path)
    (from_bytes,) = sandbox.open_bytes("table.csv", TABLE)
    assert from_bytes.sheets == open_file(path)[0].sheets


def test_a_relative_path_keeps_its_name(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "table.csv").write_bytes(TABLE)
    monkeypatch.chdir(tmp_path)
    assert sandbox.open(Path("table.csv"))[0].path == "table.csv"


def test_one_worker_answers_many_calls(sandbox: Sandbox) -> None:
    assert len({sandbox.run(os.getpid) for _ in range(5)}) == 1
    assert sandbox.run(os.getpid) != os.getpid()


def test_a_refusal_comes_back_in_its_own_words(sandbox: Sandbox) -> None:
    with pytest.raises(CannotOpen, match="is empty"):
        sandbox.open_bytes("x.csv", b"")


def test_any_other_failure_is_a_sentence_with_its_cause_noted(sandbox: Sandbox) -> None:
    with pytest.raises(CannotOpen, match="” could not be read: it holds something") as caught:
        sandbox.run(int, "x", about="“spend.csv”")
    assert "invalid literal" in caught.value.__notes__[0]
    assert sandbox.run(int, "5") == 5


@pytest.mark.parametrize(
    ("function", "arguments", "words"),
    [
        (os.abort, (), "stop dead"),
        (os._exit, (3,), "stop dead"),
        (bytearray, (10**11,), "more memory"),
        (signal.raise_signal, (signal.SIGKILL,), "more memory"),
    ],
    ids=["abort", "exit", "memory", "killed"],
)
def test_a_worker_that_dies_gives_a_sentence_and_is_replaced(
    sandbox: Sandbox, function: Any, arguments: tuple[Any, ...], words: str
) -> None:
    with pytest.raises(CannotOpen, match=words):
        sandbox.run(function, *arguments)
    assert sandbox.run(len, "four") == 4


def test_a_worker_that_hangs_is_given_up() -> None:
    with Sandbox(caps=Caps(wall_seconds=0.2)) as one, pytest.raises(CannotOpen, match="took too long"):
        one.run(time.sleep, 3_600)


def test_a_worker_that_spins_is_given_up() -> None:
    with Sandbox(caps=SMALL) as one, pytest.raises(CannotOpen, match="took too long"):
        one.run(pow, 7, 10**9)


def test_processor_time_is_counted_for_each_call() -> None:
    with Sandbox(caps=SMALL) as one:
        for _ in range(4):
            assert one.run(sum, range(10_000_000))
        assert one.run(os.getpid)


def test_nothing_can_be_written_to_disk(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="could not be read"):
        sandbox.run(Path.write_bytes, tmp_path / "out", b"x")
    allowed = Caps(written_bytes=1_000)
    with Sandbox(caps=allowed) as one:
        assert one.run(Path.write_bytes, tmp_path / "out", b"x") == 1


def test_secrets_of_the_surroundings_are_not_passed_on(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    with Sandbox() as one:
        assert one.run(os.getenv, "SECRET_KEY") is None


def test_what_a_library_prints_does_not_mix_with_answers(sandbox: Sandbox) -> None:
    assert sandbox.run(os.write, 1, b"noise") == 5
    assert sandbox.run(print, "noise") is None
    assert sandbox.run(len, "ok") == 2


def test_threads_share_the_workers() -> None:
    with Sandbox(workers=2) as one:
        found: list[int] = []
        threads = [threading.Thread(target=lambda: found.append(one.run(os.getpid))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 8
        assert 1 <= len(set(found)) <= 2


def test_a_closed_sandbox_opens_again() -> None:
    one = Sandbox()
    first = one.run(os.getpid)
    one.close()
    assert one.run(os.getpid) != first
    one.close()


def test_a_forked_process_does_not_use_its_parents_worker(sandbox: Sandbox) -> None:
    first = sandbox.run(os.getpid)
    worker = sandbox._workers.get()
    assert worker is not None
    worker._owner = -1
    sandbox._workers.put(worker)
    assert sandbox.run(os.getpid) != first
    worker._owner = os.getpid()
    worker.end()


@pytest.mark.parametrize(
    "value",
    [
        pa.table({"a": ["x", ""], "n": [1, 2], "d": [date(2023, 4, 1), None], "b": [b"x", b""]}),
        pa.table({"a": pa.array(["x", "y", "x"]).dictionary_encode(), "l": [[1], [2, 3], None]}),
        pa.table({"a": pa.chunked_array([["x"], ["y"]])}),
        pa.table({str(kind): pa.nulls(1, kind) for kind in (
            pa.decimal128(9, 2), pa.timestamp("us", "UTC"), pa.struct([("a", pa.large_list(pa.int8()))]),
            pa.binary(4), pa.map_(pa.string(), pa.duration("s")), pa.list_view(pa.time32("s")),
            pa.decimal256(40))}),
        {"a": [1, 2.5, None, True, "x", (1,), {2}, date(2023, 4, 1)], "p": Path("a/b")},
        Form.TABLE,
    ],
    ids=["table", "nested", "chunks", "kinds", "plain", "enum"],
)
def test_what_readers_return_comes_back_whole(sandbox: Sandbox, value: object) -> None:
    assert sandbox.run(max, [value], key=id) == value


def test_a_call_that_is_interrupted_leaves_no_answer_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with Sandbox() as one:
        assert one.run(len, "warm") == 4
        with monkeypatch.context() as patched:
            patched.setattr("commonweal.lake.sandbox._read_reply", interrupted)
            with pytest.raises(KeyboardInterrupt):
                one.run(len, "interrupted")
        assert one.run(len, "next") == 4


@pytest.mark.parametrize(
    "reply",
    [b"", b"\x00", struct.pack("<BQ", 0, 0), struct.pack("<BQ", 0, 2**60), struct.pack("<BQQ", 0, 1, 2**50)],
)
def test_a_reply_that_claims_the_impossible_is_no_reply(reply: bytes) -> None:
    with pytest.raises(EOFError):
        _read_reply(BytesIO(reply), most=1_000_000)


class Trap:
    """Unpickles to a call of anything."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.call = (function, arguments)

    def __reduce__(self) -> Any:
        return self.call


@pytest.mark.parametrize(
    "trap", [Trap(os.system, "true"), Trap(eval, "1"), Trap(open_file, Path("x")), Trap(getattr, 1, "real"),
    Trap(getattr, Form, "__init_subclass__"), Trap(getattr, Form, "mro")]
)
def test_a_hostile_worker_gets_no_further_than_its_answer(trap: Trap) -> None:
    with pytest.raises(pickle.UnpicklingError, match="not let in"):
        _Gate(BytesIO(pickle.dumps(trap)), buffers=()).load()


@pytest.mark.parametrize(("module", "name"), [
    ("pyarrow.lib", "os.getpid"), ("pyarrow.lib", "OSFile"), ("pyarrow.lib", "foreign_buffer"),
    ("datetime", "sys.exit"), ("uuid", "os.getpid"), ("decimal", "Decimal.from_float"),
])
def test_a_module_that_is_let_in_lends_nothing_else(module: str, name: str) -> None:
    asked = b"".join(b"\x8c" + bytes((len(one),)) + one.encode() for one in (module, name))
    with pytest.raises(pickle.UnpicklingError, match="not let in"):
        _Gate(BytesIO(b"\x80\x04" + asked + b"\x93)R."), buffers=()).load()


def test_a_member_of_an_enumeration_comes_as_any_python_writes_it() -> None:
    """Python 3.11.0 to 3.11.3 write getattr(Form, "TABLE") where others write Form("table")."""
    for written in (Trap(getattr, Form, Form.TABLE.name), Form.TABLE):
        assert _Gate(BytesIO(pickle.dumps(written)), buffers=()).load() is Form.TABLE


def test_an_answer_that_is_not_let_in_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox() as sandbox, pytest.raises(CannotOpen, match=r"“spend\.csv” made its reader stop dead"):
        sandbox.run(Trap, os.system, "true", about="“spend.csv”")
