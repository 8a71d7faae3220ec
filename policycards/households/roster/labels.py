"""What columns are called, in both languages: those of rosters, of ``areas.csv``, and the ready
ones.
"""

from __future__ import annotations

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Text
from policycards.households.roster.fields import fields_of

_READY = {"age": "explain_age", "age_months": "explain_months", "members": "explain_members"}


def labels_of(catalogue: Catalogue) -> dict[str, Text]:
    """Name to label of every column that a rule or a list of what is missing may name, but for
    counts of groups.
    """
    areas = {each.name: each.label for each in catalogue.settings.attributes if each.of == "area"}
    ready = {name: catalogue.words[word] for name, word in _READY.items()}
    return {name: field.label for name, field in fields_of(catalogue).items()} | areas | ready
