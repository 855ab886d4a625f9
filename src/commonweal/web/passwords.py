"""A password is not made of words that stand on the door: the service's name, the council's, and the like."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError

from commonweal.core.models import Person

ALWAYS = (
    "commonweal", "commissioning", "commissioner", "council", "borough", "district", "county", "partnership",
    "culture", "leisure", "sport", "password", "passphrase", "letmein", "welcome", "admin", "administrator",
    "1234567890", "123456789", "0987654321", "qwertyuiop", "qwerty", "asdfghjkl", "zxcvbnm",  # rows of keys
)
AGAIN = re.compile(r"(.)\1{2,}")  # the same again and again counts once
LEFT = 8  # letters and figures that must be left once such words are taken away
SENTENCE = (
    "This password is made of words anybody would try: the name of the service or of an organisation, a row of "
    "keys. Take three or four words that have nothing to do with it."
)


class NotOfThisPlace:
    """For AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: object = None) -> None:
        """Refuse it where little is left without the words of this place."""
        left = AGAIN.sub(r"\1", re.sub(r"[\W_]+", "", password.casefold()))
        for word in sorted(words(user), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < LEFT:
            raise ValidationError(SENTENCE, code="password_of_this_place")

    def get_help_text(self) -> str:
        """Said before anybody chooses."""
        return "Do not use the name of the service or of your organisation."


def words(user: object = None) -> set[str]:
    """The words that count for nothing: everybody's, this installation's, and of the person's own bodies."""
    names = [settings.BRAND_NAME, *settings.ALLOWED_HOSTS]
    if isinstance(user, Person) and user.pk:
        names += user.memberships.values_list("organisation__name", flat=True)
    found = {word for name in names for word in re.findall(r"[^\W_]{4,}", name.casefold())}
    return found | set(ALWAYS)
