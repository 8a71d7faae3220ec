"""Signing in and out, the own password, and the gate before every page and API.

Whether a session may open an address is decided in ``SignInGate``, before any page or API is
called. What it does not name opens to nobody who is not signed in.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import LoginView, redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_otp import login as show_factor
from django_otp import match_token, user_has_device
from django_otp.plugins.otp_totp.models import TOTPDevice

from policycards.core.problems import Problem
from policycards.ledger.actions import Refused
from policycards.ledger.actions.people_changes import keep_second_factor, set_password
from policycards.ledger.models import User
from policycards.ledger.office.office_page import now, page, person, render_page
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


PATIENCE = 3
"""Seconds that a sign-in waits for others."""


class Credentials(AuthenticationForm):
    """User name and password, and the number of the phone's program where the person has set one
    up.
    """

    token = forms.CharField(required=False, max_length=8)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        user = self.get_user()
        if user is not None and user_has_device(user):
            device = match_token(user, cleaned.get("token", ""))
            if device is None:
                raise ValidationError("", code="token")
            user.otp_device = device  # type: ignore[attr-defined]  # the session remembers it
        return cleaned


class SignIn(LoginView):
    """The sign-in. Eight failures lock the user name for a while, whatever the address
    (``locked``).
    """

    # A password takes a fifth of a second to prove: many at once would hold up every page.
    _proving = BoundedSemaphore(2)
    template_name = "office/login.html"
    authentication_form = Credentials
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **facts: Any) -> HttpResponse:
        if not self._proving.acquire(timeout=PATIENCE):
            return render_page(request, "busy", status=503)
        try:
            return super().post(request, *args, **facts)
        finally:
            self._proving.release()


def locked(request: HttpRequest, *args: object, **facts: object) -> HttpResponse:
    """What somebody sees whose user name is locked."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render_page(request, "locked", status=429, minutes=minutes)


def password(request: HttpRequest) -> HttpResponse:
    """The own new password; nothing else opens before the first one is changed."""
    user, problems = person(request), tuple[Problem, ...]()
    if request.method == "POST":
        chosen, again = request.POST.get("password", ""), request.POST.get("again", "")
        is_known = user.check_password(request.POST.get("old", ""))
        if is_known and chosen == again:
            try:
                set_password(user, chosen, now=now())
            except Refused as refused:
                problems = refused.problems
            else:
                update_session_auth_hash(request, user)
                return redirect("home")
        status = 422
        return render_page(
            request,
            "password",
            status=status,
            problems=problems,
            differs=chosen != again,
            unknown=not is_known,
        )
    return render_page(request, "password", problems=problems)


@page()
def second(request: HttpRequest) -> HttpResponse:
    """The second factor, for who wants one: a phone's program makes numbers that the sign-in asks
    for, or no more.
    """
    user, token = person(request), request.POST.get("token", "").replace(" ", "")
    device = TOTPDevice.objects.filter(user=user).order_by("-confirmed").first()
    if device is None:
        device = TOTPDevice.objects.create(user=user, name="phone", confirmed=False)
    wrong = False
    if request.method == "POST":
        wrong = not device.verify_token(token)
        if not wrong:
            keep_second_factor(user, device, now=now(), is_on=not device.confirmed)
            if device.pk:
                show_factor(request, device)
            return redirect("home" if device.pk else "second")
    key = b32encode(device.bin_key).decode()
    groups = " ".join(key[start : start + 4] for start in range(0, len(key), 4))
    return render_page(
        request,
        "second",
        status=422 if wrong else 200,
        device=device,
        key=groups,
        wrong=wrong,
        is_needed=needs_second_factor(user),
    )
