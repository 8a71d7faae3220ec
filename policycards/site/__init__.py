"""The detail site: static pages from a catalogue and its editions, for any host and any browser."""

from policycards.site.recordings import problems
from policycards.site.site_builder import build
from policycards.site.site_writer import Written, write

__all__ = ["Written", "build", "problems", "write"]
