"""The settings that the ledger and the desk share; both modules of settings import them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.conf import locale

_PACKAGE = Path(__file__).parent.parent

# Languages: Django knows no Tibetan.
locale.LANG_INFO["bo"] = {"bidi": False, "code": "bo", "name": "Tibetan", "name_local": "བོད་ཡིག"}
LANGUAGES = [("zh-hans", "中文"), ("bo", "བོད་ཡིག"), ("en", "English")]
LANGUAGE_CODE = "zh-hans"
LOCALE_PATHS = [_PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "policycards_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True

DEBUG = False
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
"""Straight from the program: nothing to collect, nothing to forget after an upgrade."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_PERMISSIONS = 0o600
SECURE_REFERRER_POLICY = "same-origin"


def content_security_policy(frames: str = NONE) -> dict[str, dict[str, list[str]]]:
    """Only what this server gives, and no page of another in a frame or around one.

    ``frames`` says who may show its PDFs and pages within a page.
    """
    return {
        "DIRECTIVES": {
            "default-src": [SELF],
            "img-src": [SELF, "data:"],
            "object-src": [frames],
            "base-uri": [NONE],
            "frame-ancestors": [frames],
            "form-action": [SELF],
        }
    }


def templates(context_processors: list[str], tags: list[str] | None = None) -> list[dict[str, Any]]:
    """Django's templates, with the tags and the facts that every page has."""
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.template.context_processors.i18n",
                    *context_processors,
                ],
                "builtins": [
                    "django.templatetags.static",
                    "django.templatetags.i18n",
                    "policycards.web.templatetags.texts",
                    *(tags or []),
                ],
            },
        }
    ]


def fonts(folder: Path) -> list[tuple[str, Path]]:
    """Static files of the fonts, for computers without Tibetan letters; none where there is no such
    folder, as in an installed program, which trusts the computer's own.
    """
    return [("fonts", folder)] if folder.is_dir() else []


def logging(**handler: object) -> dict[str, Any]:
    """Warnings on the console; that a request waits for a thread is daily life and no warning."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"console": {"class": "logging.StreamHandler", **handler}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"waitress.queue": {"level": "ERROR"}},
    }
