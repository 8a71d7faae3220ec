"""A new office while its folder is being made: what was entered, kept on disk screen by screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from policycards.desk.core.office_folder import Office
from policycards.desk.office.new_office import AreaRow, NewOffice, Phone, guide_file, is_new

STEPS = ("unit", "areas", "phones", "policies", "key")


@dataclass(frozen=True, slots=True)
class Guide:
    """``reached`` is the step that comes next; those before it can be opened again."""

    wanted: NewOffice
    reached: str = STEPS[0]
    pasted: str = ""
    """Areas as they were pasted last."""

    @property
    def steps(self) -> tuple[str, ...]:
        """The sample county has its areas and telephones already."""
        return tuple(
            each for each in STEPS if not (self.wanted.is_sample and each in ("areas", "phones"))
        )

    def after(self, step: str) -> str:
        """The step that follows; the last one is followed by itself."""
        return self.steps[min(self.steps.index(step) + 1, len(self.steps) - 1)]

    def can_open(self, step: str) -> bool:
        return step in self.steps and STEPS.index(step) <= STEPS.index(self.reached)

    def done(self, step: str, wanted: NewOffice) -> Guide:
        """With what was entered at a step, on to the next."""
        following = replace(self, wanted=wanted).after(step)
        reached = max(self.reached, following, key=STEPS.index)
        return replace(self, wanted=wanted, reached=reached)


def kept(office: Office) -> Guide:
    """The guide as it was left."""
    try:
        document = json.loads(guide_file(office).read_text(encoding="utf-8"))
        wanted = document["wanted"]
        areas = tuple(AreaRow(**each) for each in wanted.pop("areas"))
        phones = tuple(Phone(**each) for each in wanted.pop("phones"))
        chosen = frozenset(wanted.pop("policies"))
        new = NewOffice(**wanted, areas=areas, phones=phones, policies=chosen)
        return Guide(new, document["reached"], document["pasted"])
    except (OSError, ValueError, LookupError, TypeError):  # nothing there yet
        return Guide(NewOffice("", "", ""))


def keep(office: Office, guide: Guide) -> None:
    """Keep the guide, whole or not at all."""
    file = guide_file(office)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    document = asdict(guide)
    document["wanted"]["policies"] = sorted(guide.wanted.policies)
    unfinished = file.with_suffix(".part")
    unfinished.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(file)


def finish(office: Office) -> None:
    """The office is made."""
    guide_file(office).unlink(missing_ok=True)


class FirstRun:
    """Sends every screen of a new office to its guide."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        free = ("/start/", "/enter/", "/language/", "/static/")
        office = Office.of_environment()
        if request.path.startswith(free) or not is_new(office):
            return self._get_response(request)
        return redirect("guide", kept(office).reached)
