"""Rules of how long things are kept: what each would let go of now, and carrying them out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.utils.module_loading import autodiscover_modules

from commonweal.core.models import TimeKept

DUE = Callable[[], int]

logger = logging.getLogger("commonweal.jobs")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: in words what goes and after how long, how many are due now, and the deed."""

    key: str
    words: str
    due: DUE
    deed: Callable[[], object]


_RULES: dict[str, Rule] = {}


def time_rule(key: str, words: str, due: DUE) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register a rule; put it in a module called `upkeep` of an installed app. The worker carries it out."""

    def add(deed: Callable[[], object]) -> Callable[[], object]:
        _RULES[key] = Rule(key, words, due, deed)
        return deed

    return add


def rules() -> tuple[Rule, ...]:
    """Every rule of every stage, by its key."""
    autodiscover_modules("upkeep")
    return tuple(_RULES[key] for key in sorted(_RULES))


def rehearse() -> dict[str, int]:
    """How many each rule would let go of now; nothing is changed."""
    return {one.key: one.due() for one in rules()}


def keep_to_time() -> dict[str, int]:
    """Carry every rule out; how many each let go of. What a rule cannot do keeps no other from being done."""
    gone: dict[str, int] = {}
    for one in rules():
        try:
            gone[one.key] = _carried_out(one)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("the rule of keeping called %s failed", one.key)
    return gone


def _carried_out(rule: Rule) -> int:
    """What is due goes; that it went is written down as a count."""
    due = rule.due()
    if not due:
        return 0
    rule.deed()
    gone = max(0, due - rule.due())
    if gone:
        with transaction.atomic():
            TimeKept(rule=rule.key, count=gone).save()
    return gone
