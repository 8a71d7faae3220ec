"""Pages as HTML: the templates, what they may use, and lines that end only where they may.

What is put into a template is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from policycards.design.content.policy_text import Phrase
from policycards.design.layout.icons import strokes
from policycards.site.standard_history import address
from policycards.typeset.break_rules import (
    CLOSERS,
    ENDS,
    HAN,
    LETTERS,
    MARKS,
    OPENERS,
    SHADS,
    SPACES,
    breaks,
)

# A syllable or a Chinese sign with the marks around it: browsers break around these as our rules
# do. What is more,
# such as a shad with its space, a syllable with a number, a number with its unit, they would break
# within.
_SIMPLE = re.compile(
    rf"[{LETTERS}{MARKS}]*[{ENDS}{SHADS}{CLOSERS}]*|[{OPENERS}]*[{HAN}][{CLOSERS}]*"
)
LONGEST = 24
"""Letters of what is kept together: an address is longer, and would leave the page."""


@lru_cache(maxsize=4096)
def in_lines(text: str) -> Markup:
    """A text, escaped; what browsers would break wrongly stands in a ``span`` of class ``k``, which
    keeps together.

    >>> str(in_lines("མཐུ། །དམན་པ"))
    '<span class="k">མཐུ། །</span>དམན་པ'
    """
    ends = [found.offset for found in breaks(text)]
    parts = [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]
    return Markup("").join(_kept(part) for part in parts)


def figure_in_lines(phrase: Phrase) -> Markup:
    """A phrase with its number emphasised; the number stays with its currency and its unit.

    >>> str(figure_in_lines(Phrase("每亩每年", "7.50", "元")))
    '每亩每年<span class="k"><b>7.50</b>元</span>'
    """
    text = phrase.before + phrase.number + phrase.after
    start, end = len(phrase.before), len(phrase.before + phrase.number)
    ends = [0, *(found.offset for found in breaks(text)), len(text)]
    first, last = (
        max(each for each in ends if each <= start),
        min(each for each in ends if each >= end),
    )
    kept = Markup('<span class="k">{}<b>{}</b>{}</span>').format(
        text[first:start], phrase.number, text[end:last]
    )
    return in_lines(text[:first]) + kept + in_lines(text[last:])


def _kept(part: str) -> Markup:
    word = part.rstrip(SPACES)
    if _SIMPLE.fullmatch(word) or len(word) > LONGEST:
        return Markup.escape(part)
    return Markup('<span class="k">{}</span>{}').format(word, part[len(word) :])


if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """The templates of this room. A name that is not there is an error, not a blank."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("policycards.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"lines": in_lines, "figure": figure_in_lines, "address": address}
    made.globals |= {"pictogram": pictogram}
    return made


def render(template: str, root: str, facts: Mapping[str, Any]) -> str:
    """A page; ``root`` leads from it to the site's own folder: the site may lie anywhere."""
    return environment().get_template(template).render(root=root, **facts)


@cache
def pictogram(name: str) -> Markup:
    """A drawing for eyes only: its meaning stands beside it in words."""
    paths = Markup("").join(Markup('<path d="{}"/>').format(path) for path in strokes(name))
    return Markup('<svg class="pictogram" viewBox="1 1 22 22" aria-hidden="true">{}</svg>').format(
        paths
    )
