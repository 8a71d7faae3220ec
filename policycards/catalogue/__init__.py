"""Policies, standards, areas and contacts: reading them, and checking everything that they say."""

from policycards.catalogue.checks.catalogue_checks import check
from policycards.catalogue.model.catalogue import Catalogue, text_digest
from policycards.catalogue.model.dates import When
from policycards.catalogue.model.form import read_form
from policycards.catalogue.model.policy import LANGS, Lang, Policy, Standard, Text, Value
from policycards.catalogue.reading.folder import read_catalogue
from policycards.catalogue.reading.schema import schemas

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
