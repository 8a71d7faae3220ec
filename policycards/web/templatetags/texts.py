"""Tags for the templates of both applications: sentences, days and moments, problems."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.conf import settings
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from policycards.core.problems import Problem

register = template.Library()


@register.simple_tag
def sentence(text: str, **facts: object) -> str:
    """A text in the language of the screen, its ``{braces}`` filled; ``translate`` fills none."""
    return _(text).format(**facts) if facts else _(text)


@register.filter
def day(value: datetime | date | None) -> str:
    """A day."""
    if isinstance(value, datetime):
        value = here(value)
    return f"{value:%Y-%m-%d}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A moment, to the minute."""
    return f"{here(value):%Y-%m-%d %H:%M}" if value else ""


def here(value: datetime) -> datetime:
    """A moment by the clock of the place: that of the settings, or the computer's own where they
    name none.
    """
    if not is_aware(value):
        return value
    return localtime(value) if settings.TIME_ZONE else value.astimezone()


@register.filter
def message(found: Problem) -> str:
    """A problem as people see it."""
    return found.message(_)


@register.filter
def hint(found: Problem) -> str:
    """What to do about a problem."""
    return found.hint(_)


@register.filter
def severity(found: Problem) -> str:
    """``error`` or ``warning``."""
    return found.severity.value


@register.filter
def item(values: dict[str, object], key: str) -> object:
    """The value of a key, None where there is none."""
    return values.get(key)


@register.filter
def stamp(value: datetime | None) -> str:
    """A moment for scripts: milliseconds since 1970."""
    return str(round(value.timestamp() * 1000)) if value else ""
