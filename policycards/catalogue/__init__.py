"""Policies, standards, areas and contacts: reading them, and checking everything that they say."""

from policycards.catalogue.checking import check
from policycards.catalogue.form import read_form
from policycards.catalogue.model import LANGS, Catalogue, Lang, Policy, Standard, Text, Value, When
from policycards.catalogue.reading import read_catalogue
from policycards.catalogue.schema import schemas
from policycards.catalogue.texts import text_digest

__all__ = [
    "LANGS",
    "Catalogue",
    "Lang",
    "Policy",
    "Standard",
    "Text",
    "Value",
    "When",
    "check",
    "read_catalogue",
    "read_form",
    "schemas",
    "text_digest",
]
