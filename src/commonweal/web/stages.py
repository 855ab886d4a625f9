"""The stages that may have pages (`urls`) and a part of the data interface (`api`), in order of the cycle."""

STAGES = (
    "commonweal.knowledge", "commonweal.providers", "commonweal.needs", "commonweal.priorities",
    "commonweal.options", "commonweal.procurement", "commonweal.agreements", "commonweal.measures",
)
