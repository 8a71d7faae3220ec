"""Pages as HTML: the templates, and what they may use. What is put into them is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from policycards.design.layout.icons import strokes
from policycards.site.line_wrapping import figure_in_lines, in_lines
from policycards.site.standard_history import address

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
