"""The records of the measures stage."""

from commonweal.measures.models.answers import AnswerSave, Channel, ReturnAnswer
from commonweal.measures.models.change import KeptChange
from commonweal.measures.models.performance import (
    Comparison,
    ComparisonLine,
    ComparisonReply,
    MeasureReading,
    PaymentRule,
)
from commonweal.measures.models.release import PlannedRelease, ReleasedTable, ReleaseState
from commonweal.measures.models.returns import (
    Return,
    ReturnLink,
    ReturnPlan,
    ReturnReminder,
    ReturnState,
    SpokenReturn,
)
from commonweal.measures.models.review import CarriedOver, Review, ReviewDecision, ReviewLine, ReviewVersion

__all__ = [
    "AnswerSave",
    "CarriedOver",
    "Channel",
    "Comparison",
    "ComparisonLine",
    "ComparisonReply",
    "KeptChange",
    "MeasureReading",
    "PaymentRule",
    "PlannedRelease",
    "ReleaseState",
    "ReleasedTable",
    "Return",
    "ReturnAnswer",
    "ReturnLink",
    "ReturnPlan",
    "ReturnReminder",
    "ReturnState",
    "Review",
    "ReviewDecision",
    "ReviewLine",
    "ReviewVersion",
    "SpokenReturn",
]
