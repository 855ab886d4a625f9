"""The mapping assistant: for a table nobody knows, guesses with reasons that a person confirms once."""

from commonweal.lake.assistant.assisting import Assistance, assist
from commonweal.lake.assistant.confirming import Confirmed, confirm
from commonweal.lake.assistant.flattening import sheets_of
from commonweal.lake.assistant.guessing import guess_columns
from commonweal.lake.assistant.mapping import Headers, Mapping, MappingBroken, Target, ValueColumn, fingerprint
from commonweal.lake.assistant.meanings import PERSONAL, Guess, Meaning
from commonweal.lake.assistant.proposing import Proposal, propose
from commonweal.lake.assistant.register import Register, register_of
from commonweal.lake.assistant.remembering import Memory

__all__ = [
    "PERSONAL", "Assistance", "Confirmed", "Guess", "Headers", "Mapping", "MappingBroken", "Meaning", "Memory",
    "Proposal", "Register", "Target", "ValueColumn", "assist", "confirm", "fingerprint", "guess_columns",
    "propose", "register_of", "sheets_of",
]
