"""The patterns and limits of `columns.yaml`, read once and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml


class Use(StrEnum):
    """What a column of a survey is used as."""

    AGE = "age"
    SEX = "sex"
    AREA = "area"
    ETHNICITY = "ethnicity"
    DISABILITY = "disability"
    SINGLE = "single"
    MULTI = "multi"
    SCALE = "scale"
    YES_NO = "yes_no"
    TICK = "tick"
    IGNORE = "ignore"
    PERSONAL = "personal"   # never taken in, and nobody can say otherwise


DEMOGRAPHICS = (Use.AGE, Use.SEX, Use.AREA, Use.ETHNICITY, Use.DISABILITY)
QUESTIONS = (Use.SINGLE, Use.MULTI, Use.SCALE, Use.YES_NO, Use.TICK)
YES, NO, UNSURE, TICKED, UNTICKED, OTHER = "Yes", "No", "Not sure", "Ticked", "Not ticked", "Other answers"


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns of headers and groups, and the limits."""

    headers: dict[Use, re.Pattern[str]]
    not_asked: re.Pattern[str]
    groups: dict[Use, tuple[tuple[re.Pattern[str], str], ...]]
    not_said: re.Pattern[str]
    yes_no: tuple[tuple[re.Pattern[str], str], ...]
    age_bands: tuple[int, ...]
    most_options: int
    least_repeats: float
    longest_option: int
    rare_times: int
    rare_letters: int


@cache
def words() -> Words:
    """The file as it stands; raises ValueError where it is not whole."""
    data = yaml.safe_load(files(__package__).joinpath("columns.yaml").read_text("utf-8"))
    headers = {Use(key): re.compile(pattern) for key, pattern in data["headers"].items()}
    if tuple(headers) != DEMOGRAPHICS:
        raise ValueError(f"columns.yaml must give headers of {', '.join(DEMOGRAPHICS)}, in this order")
    bands = tuple(data["age_bands"])
    if bands != tuple(sorted(set(bands))) or bands[0] != 0:
        raise ValueError("columns.yaml must give age bands from 0 upwards")
    said = data["yes_no"]
    return Words(
        headers, re.compile(data["not_asked"]),
        {Use(key): tuple((re.compile(one), group) for one, group in rows) for key, rows in data["groups"].items()},
        re.compile(data["not_said"]),
        tuple((re.compile(said[key]), word) for key, word in (("yes", YES), ("no", NO), ("unsure", UNSURE))),
        bands, int(data["most_options"]), float(data["least_repeats"]), int(data["longest_option"]),
        int(data["rare"]["times"]), int(data["rare"]["letters"]),
    )
