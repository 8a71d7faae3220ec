"""Signing in and out, the own password, the language of the screen."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from policycards.ledger.actions import Refused
from policycards.ledger.actions.people import set_password
from policycards.ledger.languages import COOKIE
from policycards.ledger.office.page import now, person, shown
from policycards.problems import Problem

YEAR = 365 * 24 * 60 * 60


class SignIn(LoginView):
    """The sign-in. Eight failures lock the user name for a while, whatever the address (``locked``)."""

    template_name = "office/login.html"
    redirect_authenticated_user = True


def locked(request: HttpRequest, *args: object, **facts: object) -> HttpResponse:
    """What somebody sees whose user name is locked."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return shown(request, "locked", status=429, minutes=minutes)


@login_required
def password(request: HttpRequest) -> HttpResponse:
    """The own new password; nothing else opens before the first one is changed."""
    user, problems = person(request), tuple[Problem, ...]()
    if request.method == "POST":
        told, again = request.POST.get("password", ""), request.POST.get("again", "")
        is_known = user.check_password(request.POST.get("old", ""))
        if is_known and told == again:
            try:
                set_password(user, told, now=now())
            except Refused as refused:
                problems = refused.problems
            else:
                update_session_auth_hash(request, user)
                return redirect("home")
        status = 422
        return shown(request, "password", status=status, problems=problems, differs=told != again, unknown=not is_known)
    return shown(request, "password", problems=problems)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that somebody chose, and go back to where it was chosen."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = resolve_url("home")
    response = redirect(back)
    told = request.POST.get("language", "")
    if told in dict(settings.LANGUAGES):
        secure = bool(settings.SESSION_COOKIE_SECURE)
        response.set_cookie(COOKIE, told, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return response
