"""The detail site: static pages from a catalogue and its editions, which any host can serve and any browser can open."""

from policycards.site.building import build
from policycards.site.recordings import problems
from policycards.site.writing import Written, write

__all__ = ["Written", "build", "problems", "write"]
