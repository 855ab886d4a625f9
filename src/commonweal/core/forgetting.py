"""What else is forgotten with a person: every stage that keeps somebody's name in words adds how it lets it go."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.module_loading import autodiscover_modules

if TYPE_CHECKING:
    from commonweal.core.models import Person

Forgetting = Callable[["Person"], None]

_ANSWERS: dict[str, Forgetting] = {}


def forgets(key: str) -> Callable[[Forgetting], Forgetting]:
    """Register what a stage lets go of; put it in a module called `forgetting` of an installed app."""

    def add(answer: Forgetting) -> Forgetting:
        _ANSWERS[key] = answer
        return answer

    return add


def forget_elsewhere(person: Person) -> None:
    """Everything every stage holds of a person in words; called before their name is gone."""
    autodiscover_modules("forgetting")
    for key in sorted(_ANSWERS):
        _ANSWERS[key](person)
