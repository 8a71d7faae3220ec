"""The one sign-in gate: whether a session may open an address is decided here, before any page or
API is called. What is not named below opens to nobody who is not signed in.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_otp import user_has_device

from policycards.ledger.models import User
from policycards.ledger.permissions import needs_second_factor

PUBLIC = frozenset(
    (
        *("health", "login", "language", "set_language"),
        *("field:page", "field:worker", "field:words", "field:manifest"),
        *("api:join", "api:village", "api:events", "api:openapi-json"),  # phones show a token
    )
)
"""Addresses that open without a session; none of them says anything about anybody."""
OPEN_AT = {
    "login": frozenset[str](),
    "password": frozenset(("password", "logout")),
    "second": frozenset(("second", "password", "logout")),
}
"""What opens while a person has a step of signing in before them."""


def next_step(user: User) -> str:
    """The page by which a person goes on signing in; empty where nothing is left to do.

    Who has a second factor and did not show it in this session signs in anew, whatever let the
    session in.
    """
    has_factor = user_has_device(user)
    if has_factor and not user.is_verified():  # type: ignore[attr-defined]  # OTPMiddleware's
        return "login"
    if user.must_change:
        return "password"
    return "second" if needs_second_factor(user) and not has_factor else ""


class SignInGate:
    """Sends whoever has not signed in, or not wholly, to where that is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        match = request.resolver_match
        assert match is not None
        if match.view_name in PUBLIC:
            return None
        is_api = match.namespace == "api"
        if not isinstance(request.user, User):
            return None if is_api else redirect_to_login(request.get_full_path())
        step = next_step(request.user)
        if not step or match.view_name in OPEN_AT[step]:
            return None
        if is_api:  # which answers 401 to nobody, in the form of every refusal
            request.user = AnonymousUser()
            return None
        if step == "login":
            logout(request)
            return redirect_to_login(request.get_full_path())
        return redirect(step)
