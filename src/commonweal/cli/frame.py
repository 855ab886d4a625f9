"""What every command shares: errors said as sentences, and where words are printed."""

from __future__ import annotations

import errno
import functools
import os
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import typer
from rich.console import Console

P = ParamSpec("P")
R = TypeVar("R")

# Errors the lake and the stages raise on purpose: their text is already a sentence a person can act on.
EXPECTED = (ValueError, LookupError, RuntimeError, OSError)


def out() -> Console:
    """Where answers go."""
    return Console(highlight=False)


def err() -> Console:
    """Where progress and errors go, so that an answer can be piped."""
    return Console(stderr=True, highlight=False)


def sentences(command: Callable[P, R]) -> Callable[P, R]:
    """Say what went wrong in a sentence and exit with 1; COMMONWEAL_DEBUG=1 shows the traceback."""

    @functools.wraps(command)
    def said(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except typer.Exit:
            raise
        except KeyboardInterrupt:
            err().print("Stopped. What was already stored is whole; run it again to go on.")
            raise typer.Exit(130) from None
        except Exception as error:
            if os.environ.get("COMMONWEAL_DEBUG"):
                raise
            err().print(_said(error), markup=False, soft_wrap=True)
            raise typer.Exit(1) from error

    return said


def _said(error: Exception) -> str:
    if type(error).__module__.startswith("commonweal"):
        return str(error)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "The disk is full. Make room, and run it again: what was stored before is as it was."
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}."
    words = f"{type(error).__name__}: {error}" if isinstance(error, EXPECTED) else type(error).__name__
    return f"This did not work, and not because of what you typed ({words}). COMMONWEAL_DEBUG=1 shows where."


def progress_shown() -> bool:
    """Whether a person is watching."""
    return sys.stderr.isatty()
