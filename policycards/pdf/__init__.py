"""Drawing: frames in, PDF files out. Layout has decided everything; nothing here knows what a
policy is.

Two profiles: ``tagged`` for what is read on a screen (PDF/A-2a and PDF/UA-1), untagged for paper
(PDF/A-2u).
"""

from policycards.pdf.document import render, write
from policycards.pdf.preview import page_as_picture, page_count, pages_as_pictures, pages_as_png

__all__ = ["page_as_picture", "page_count", "pages_as_pictures", "pages_as_png", "render", "write"]
