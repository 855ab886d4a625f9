"""What one return asks: policy's questions in its plan's own words, with the parts that its plan names."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.measures.models import Return, ReturnPlan
from commonweal.policy.returns import QuestionKind, ReturnQuestion, return_question, return_tiers


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is put; `parts` are pairs of key and title."""

    question: ReturnQuestion
    words: str
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """Its key."""
        return self.question.key

    @property
    def kind(self) -> QuestionKind:
        """What an answer is."""
        return self.question.kind


def keys_for(plan: ReturnPlan) -> list[str]:
    """The questions that a new return asks; one by parts only where the plan names any."""
    parts = {"groups": plan.groups, "areas": plan.areas}
    return [one.key for one in return_tiers()[plan.tier - 1].questions
            if one.kind is not QuestionKind.PARTS or parts[one.key]]


def asked_of(plan: ReturnPlan, keys: list[str]) -> tuple[Asked, ...]:
    """These questions as this plan puts them."""
    return tuple(_asked(plan, key) for key in keys)


def asked_in(row: Return) -> tuple[Asked, ...]:
    """What a return asks, as was frozen when it was opened."""
    return asked_of(row.plan, row.asked)


def _asked(plan: ReturnPlan, key: str) -> Asked:
    found = return_question(key)
    parts = plan.groups if key == "groups" else plan.areas if key == "areas" else ()
    words = found.words.replace("{difference}", plan.difference)
    return Asked(found, words, tuple((one[0], one[1]) for one in parts))
