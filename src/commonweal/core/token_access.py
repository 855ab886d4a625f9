"""What an address that writes asks of a program: a token with the scope it names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from commonweal.core.errors import NotAllowed, NotFound
from commonweal.core.models import ProgramToken, TokenScope

HOW_TO_WRITE = ("This address is for programs. Send “Authorization: Bearer” and a token; you make one in your "
                "partnership, under “Programs that read and send”.")


class ByToken(HttpBearer):
    """Lets in a request whose token has the scope; being signed in on a page is not enough to write."""

    openapi_description = "A token made in the partnership by one of its people; it acts as them, there alone."

    def __init__(self, scope: TokenScope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Any:
        """The token, or a refusal with its sentence."""
        token = token_of(request)
        if token is None:
            raise HttpError(401, HOW_TO_WRITE)
        if self.scope not in token.scopes:
            raise NotAllowed(f"This token may not do that: it lacks “{self.scope.label}”. Make one that may.")
        return token

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Never asked: whoever opens the request has looked the token up."""
        raise NotImplementedError


def token_of(request: HttpRequest) -> ProgramToken | None:
    """The token a request came with, where it works."""
    found = getattr(request, "commonweal_token", None)
    return found if isinstance(found, ProgramToken) else None


def only_here(request: HttpRequest, partnership: UUID) -> None:
    """A token opens its own partnership alone; any other is not there for it."""
    token = token_of(request)
    if token is not None and token.partnership_id != partnership:
        raise NotFound("There is no such partnership, or none that you may see.")
