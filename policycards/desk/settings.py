"""The settings of the desk: this PC alone, no account, no database. ``core/server.py`` makes secret
and port.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csp.constants import SELF

from policycards.web.settings import *  # noqa: F403
from policycards.web.settings import content_security_policy, fonts, logging, templates

SECRET_KEY = secrets.token_urlsafe(50)
"""Of this process alone: nothing signed outlives it."""
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
"""A page of another host that resolves to this PC is refused."""
DATABASES: dict[str, object] = {}
INSTALLED_APPS = ["django.contrib.staticfiles", "csp", "policycards.web", "policycards.desk"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "policycards.desk.core.access.OnlyThisBrowser",
    "policycards.desk.home.loading_screen.FirstScreen",
    "policycards.desk.office.guide_pages.FirstRun",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "policycards.desk.urls"
TEMPLATES = templates(["policycards.desk.core.desk_page.around"])
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Strict"
CONTENT_SECURITY_POLICY = content_security_policy(SELF)  # a PDF in a page

TIME_ZONE = None  # the PC's own
USE_TZ = False

_FONTS = Path(os.environ.get("POLICYCARDS_OFFICE", ".")) / "fonts"
STATICFILES_DIRS = fonts(_FONTS if _FONTS.is_dir() else Path("fonts"))
LOGGING = logging()
