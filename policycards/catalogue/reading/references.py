"""Whether everything that is named exists, once: ids, categories, units, attributes, areas,
recordings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from policycards.catalogue.model.catalogue import Attribute, Catalogue
from policycards.catalogue.model.form import brief, nearest
from policycards.catalogue.model.policy import Policy
from policycards.core.problems import Place, Problem, problem

_READY = frozenset({"age", "age_months", "members"})


def frame_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """What is wrong between settings, areas and contacts."""
    settings = catalogue.settings
    for part, names in (
        ("categories", [category.id for category in settings.categories]),
        ("units", [unit.id for unit in settings.units]),
        ("attributes", [attribute.name for attribute in settings.attributes]),
    ):
        key = "name" if part == "attributes" else "id"
        yield from _twice(
            [(name, catalogue.place("catalogue", part, i, key)) for i, name in enumerate(names)]
        )
    topics = [
        (topic.id, catalogue.place("topics", "topics", i, "id"))
        for i, topic in enumerate(catalogue.topics)
    ]
    yield from _twice(topics)
    yield from _taken_names(catalogue)
    yield from _unknown_areas([(settings.area, catalogue.place("catalogue", "area"))], catalogue)
    contacts = [
        (contact.area, catalogue.place("contacts", i))
        for i, contact in enumerate(catalogue.contacts)
    ]
    yield from _unknown_areas(contacts, catalogue)
    for area in catalogue.areas.values():
        place = catalogue.place("areas", area.code)
        yield from _unknown_areas([(code, place) for code in area.successors], catalogue)


def policy_problems(policy: Policy, catalogue: Catalogue) -> Iterator[Problem]:
    """What a policy names that is not there, or not there only once."""
    yield from _name_problems(policy, catalogue)
    areas = [(code, catalogue.place(policy.id, "area", i)) for i, code in enumerate(policy.area)]
    yield from _unknown_areas(areas, catalogue)
    yield from _recording_problems(policy, catalogue)
    yield from _twice(
        [
            (standard.id, catalogue.place(policy.id, "standards", i, "id"))
            for i, standard in enumerate(policy.standards)
        ]
    )
    for i in range(len(policy.standards)):
        yield from _standard_problems(policy, i, catalogue)


def _name_problems(policy: Policy, catalogue: Catalogue) -> Iterator[Problem]:
    place = catalogue.place(policy.id, "id")
    name = PurePosixPath(place.file)
    if policy.id != name.stem:
        yield problem("E150", place, id=policy.id, name=name.name)
    place = catalogue.place(policy.id, "category")
    known = [category.id for category in catalogue.settings.categories]
    if policy.category not in known:
        near = nearest(policy.category, known)
        yield problem("E153", place, category=policy.category, nearest=near, known=", ".join(known))
    elif policy.category != name.parent.name:
        yield problem("E151", place, category=policy.category, folder=name.parent.name)


def _standard_problems(policy: Policy, index: int, catalogue: Catalogue) -> Iterator[Problem]:
    standard = policy.standards[index]
    known = [unit.id for unit in catalogue.settings.units]
    if standard.unit is not None and standard.unit not in known:
        place = catalogue.place(policy.id, "standards", index, "unit")
        yield problem(
            "E154",
            place,
            unit=standard.unit,
            nearest=nearest(standard.unit, known),
            known=", ".join(known),
        )
    for name, choice in standard.variant.items():
        place = catalogue.place(policy.id, "standards", index, "variant", name)
        yield from _variant_problems(name, choice, place, catalogue.settings.attributes)
    values = [
        (value.area, catalogue.place(policy.id, "standards", index, "values", i, "area"))
        for i, value in enumerate(standard.values)
        if value.area is not None
    ]
    yield from _unknown_areas(values, catalogue)


def _variant_problems(
    name: str, choice: str, place: Place, attributes: Iterable[Attribute]
) -> Iterator[Problem]:
    known = {attribute.name: attribute for attribute in attributes}
    if name not in known:
        yield problem(
            "E155", place, attribute=name, nearest=nearest(name, known), known=", ".join(known)
        )
    elif known[name].type == "choice" and choice not in known[name].choices:
        yield unknown_choice(choice, known[name], place)


def unknown_choice(choice: str, attribute: Attribute, place: Place) -> Problem:
    """A choice that its attribute does not have."""
    known = ", ".join(attribute.choices)
    near = nearest(choice, attribute.choices)
    return problem(
        "E156", place, choice=brief(choice), attribute=attribute.name, nearest=near, known=known
    )


def _recording_problems(policy: Policy, catalogue: Catalogue) -> Iterator[Problem]:
    """A recording lies beside its policy; nothing outside the policy's folder is ever looked at."""
    for lang in ("bo", "zh"):
        file = getattr(policy.audio, lang, None)
        if file is None:
            continue
        place = catalogue.place(policy.id, "audio", lang)
        inside = "/" not in file and "\\" not in file and file not in (".", "..")
        if not inside or not (Path(place.file).parent / file).is_file():
            yield problem("E158", place, file=brief(file))


def _taken_names(catalogue: Catalogue) -> Iterator[Problem]:
    groups = {f"n_{name}" for name in catalogue.settings.groups}
    for i, attribute in enumerate(catalogue.settings.attributes):
        if attribute.name in _READY | groups:
            yield problem(
                "E159", catalogue.place("catalogue", "attributes", i, "name"), name=attribute.name
            )
        if attribute.blank and (
            attribute.of != "member" or attribute.blank.means not in attribute.choices
        ):
            facts = {"name": attribute.name, "means": brief(attribute.blank.means)}
            yield problem("E612", catalogue.place("catalogue", "attributes", i, "blank"), **facts)


def _unknown_areas(codes: Iterable[tuple[str, Place]], catalogue: Catalogue) -> Iterator[Problem]:
    """Codes without a row; a faulty row is still one, and has its own problem."""
    for code, place in codes:
        if ("areas", (code,)) not in catalogue.places:
            yield problem("E157", place, area=code)


def _twice(names: Iterable[tuple[str, Place]]) -> Iterator[Problem]:
    """A problem for each name that was there before."""
    first: dict[str, Place] = {}
    for name, place in names:
        if name in first:
            yield problem("E152", place, id=name, first=first[name])
        first.setdefault(name, place)
