"""The settings of a ledger: everything that differs between installations comes from the
environment.

``DATABASE_URL`` (default: SQLite in the current folder), ``POLICYCARDS_SECRET_KEY``,
``POLICYCARDS_HOSTS`` (names under which the server is reached, with commas),
``POLICYCARDS_PLAIN_HTTP`` (a PC on a local network without HTTPS: phones then have neither camera
nor offline), ``POLICYCARDS_DEMO`` (a ledger for trying, which takes trial runs),
``POLICYCARDS_SECOND_FACTOR`` (the lowest role that signs in with a second factor only).
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from policycards.web.settings import *  # noqa: F403
from policycards.web.settings import content_security_policy, fonts, logging, templates


def database(url: str) -> dict[str, Any]:
    """How Django opens the database of a URL, SQLite or PostgreSQL."""
    parsed: dict[str, Any] = dict(dj_database_url.parse(url))
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        # With recursive triggers a REPLACE fires the triggers that refuse deletion.
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
        return {
            **parsed,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": pragmas},
        }
    return {**parsed, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


DEMO = bool(os.environ.get("POLICYCARDS_DEMO"))
_PLAIN = bool(os.environ.get("POLICYCARDS_PLAIN_HTTP"))

SECRET_KEY = os.environ.get("POLICYCARDS_SECRET_KEY", "")
"""Empty is refused by Django as soon as a session or a slip needs it."""
ALLOWED_HOSTS = [
    host for host in os.environ.get("POLICYCARDS_HOSTS", "localhost,127.0.0.1").split(",") if host
]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

DATABASES = {"default": database(os.environ.get("DATABASE_URL") or "sqlite:///ledger.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "policycards.web",
    "policycards.ledger",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "policycards.ledger.office.authentication.SignInGate",
    "policycards.ledger.office.office_page.CleanParameters",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "policycards.ledger.urls"
WSGI_APPLICATION = "policycards.ledger.wsgi.application"
TEMPLATES = templates(
    [
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ],
    ["policycards.ledger.labels"],
)

# People
AUTH_USER_MODEL = "ledger.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
SECOND_FACTOR_FROM = os.environ.get("POLICYCARDS_SECOND_FACTOR", "")
"""The lowest role that needs a second factor: ``region``, ``county`` or ``township``; empty: nobody
does. Roles above it need one too.
"""
if SECOND_FACTOR_FROM not in ("", "region", "county", "township"):
    raise ImproperlyConfigured("POLICYCARDS_SECOND_FACTOR is region, county or township")
SESSION_COOKIE_AGE = 12 * 60 * 60
"""Seconds: an office logs in once a day. How long a phone stays is said when it joins."""
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
AXES_LOCKOUT_PARAMETERS = ["username"]  # a county's computers share one address
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "policycards.ledger.office.authentication.locked"
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # which would lock by address
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

# Headers that browsers obey
SECURE_SSL_REDIRECT = not _PLAIN
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if _PLAIN else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = not _PLAIN
SECURE_HSTS_PRELOAD = not _PLAIN
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not _PLAIN
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_security_policy()

TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATICFILES_DIRS = [
    ("site", Path(__file__).parent.parent / "site" / "assets"),
    *fonts(Path(__file__).parents[2] / "fonts"),
]
"""The field page reads codes and looks for names with the scripts of the detail site: one reading
in every browser.
"""
LOGGING = {
    **logging(formatter="json"),
    "formatters": {"json": {"()": "policycards.ledger.logs.Line"}},
}
