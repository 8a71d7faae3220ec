"""The settings of the desk: this PC alone, no account, no database. ``serving.py`` makes secret and
port.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.conf import locale

SECRET_KEY = secrets.token_urlsafe(50)
"""Of this process alone: nothing signed outlives it."""
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
"""A page of another host that resolves to this PC is refused."""
DATABASES: dict[str, object] = {}
INSTALLED_APPS = ["django.contrib.staticfiles", "csp", "policycards.desk"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "policycards.desk.core.access.OnlyThisBrowser",
    "policycards.desk.home.loading_screen.FirstScreen",
    "policycards.ledger.languages.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "policycards.desk.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "policycards.ledger.languages.language",
                "policycards.desk.core.page.around",
            ],
            "builtins": ["django.templatetags.static", "policycards.ledger.templatetags.texts"],
        },
    }
]
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_SAMESITE = "Strict"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [SELF],  # a PDF in a page
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_PERMISSIONS = 0o600

locale.LANG_INFO["bo"] = {"bidi": False, "code": "bo", "name": "Tibetan", "name_local": "བོད་ཡིག"}
LANGUAGES = [("zh-hans", "中文"), ("bo", "བོད་ཡིག"), ("en", "English")]
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = None  # the PC's own
USE_TZ = False

STATIC_URL = "static/"
_ROOM = Path(__file__).parent
_FONTS = Path(os.environ.get("POLICYCARDS_OFFICE", ".")) / "fonts"
STATICFILES_DIRS = [
    ("office", _ROOM.parent / "ledger" / "static" / "office"),
    *([("fonts", _FONTS)] if _FONTS.is_dir() else []),
]
"""The desk looks like the ledger's pages; fonts are for computers without Tibetan letters."""
WHITENOISE_USE_FINDERS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "waitress.queue": {"level": "ERROR"}
    },  # that somebody waits for a moment is no news
}
