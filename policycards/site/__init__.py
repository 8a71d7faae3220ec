"""The detail site: static pages from a catalogue and its editions, for any host and any browser."""

from policycards.site.page_content import problems
from policycards.site.site_builder import Written, build, write

__all__ = ["Written", "build", "problems", "write"]
