"""The detail site: static pages from a catalogue and its editions, for any host and any browser."""

from policycards.site.building import build
from policycards.site.recordings import problems
from policycards.site.writing import Written, write

__all__ = ["Written", "build", "problems", "write"]
