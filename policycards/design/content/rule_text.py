"""Rules, figures and persons in plain words of both languages, with the signs of arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS, Lang, Text
from policycards.catalogue.rules.language import Column, Term
from policycards.catalogue.rules.rule_columns import rule_columns
from policycards.design.content.policy_text import PolicyText, closed
from policycards.households.entitlements.conditions import group_terms
from policycards.households.entitlements.reasons import Part, Person
from policycards.households.roster.fields import labels_of

_SIGNS = {
    "=": "=",
    "<>": "≠",
    "<": "<",
    "<=": "≤",
    ">": ">",
    ">=": "≥",
    "+": "+",
    "-": "−",
    "*": "×",
}
_OR: Mapping[Lang, str] = {"bo": "། ", "zh": "、"}


@dataclass(frozen=True, slots=True)
class Wording:
    """Says parts of rules for one area and day. ``groups`` are the persons whom ready numbers
    count.
    """

    speaker: PolicyText
    columns: Mapping[str, Column]
    labels: Mapping[str, Text]
    groups: Mapping[str, Term]

    @classmethod
    def of(cls, catalogue: Catalogue, area: str, day: date) -> Wording:
        speaker = PolicyText(catalogue, area, day)
        return cls(
            speaker, rule_columns(catalogue.settings), labels_of(catalogue), group_terms(catalogue)
        )

    def word(self, key: str) -> Text:
        return self.speaker.catalogue.words[key]

    def named(self, key: str, part: str, items: Sequence[Text], comma: str = "、") -> Text:
        """A word with a row of things in it."""
        row = self.row(items, comma)
        return self.speaker.word(key, **{part: lambda lang: row[lang]})

    def row(self, items: Sequence[Text], comma: str) -> Text:
        """Things one after the other, each once, with a shad or a Chinese comma between them."""
        sides = {lang: list(dict.fromkeys(item[lang] for item in items)) for lang in LANGS}
        bo = " ".join([*map(closed, sides["bo"][:-1]), sides["bo"][-1]])
        return Text(bo=bo, zh=comma.join(sides["zh"]))

    def person(self, person: Person | None) -> Text:
        """A name in its script, or in the other one where there is only that."""
        bo, zh = (person.name_bo, person.name_zh) if person else (None, None)
        return (
            Text(bo=bo or zh or "", zh=zh or bo or "") if bo or zh else self.word("explain_unnamed")
        )

    def figures(self, parts: Iterable[Part], of_member: bool) -> list[Text]:
        """What the parts are about, each column once: its name and the figure of the person, or of
        the household.
        """
        known = {name: value for part in parts for name, value in part.figures}
        return [
            Text(**{lang: f"{self.label(name, lang)} {self.value(value, lang)}" for lang in LANGS})
            for name, value in known.items()
            if (self.columns[name].owner == "member") is of_member
        ]

    def with_figures(self, name: Text, figures: Sequence[Text]) -> Text:
        """A name, in brackets the figures that decided."""
        if not figures:
            return name
        content = self.row(figures, "，")
        return Text(bo=f"{name.bo}（{content.bo}）", zh=f"{name.zh}（{content.zh}）")

    def label(self, name: str, lang: Lang) -> str:
        if name in self.groups:
            return self.speaker.word(
                "explain_count", rule=lambda side: self.text(self.groups[name], side)
            )[lang]
        return self.labels[name][lang]

    def value(self, value: object, lang: Lang) -> str:
        if value is None:
            return self.word("explain_blank")[lang]
        if isinstance(value, bool):
            return self.word(f"explain_{str(value).lower()}")[lang]
        if isinstance(value, Decimal):
            return self.speaker.number(value if value % 1 == 0 else value.normalize(), lang)
        return value.isoformat() if isinstance(value, date) else str(value)

    def all_of(self, terms: Sequence[Term], lang: Lang) -> str:
        first, *rest = dict.fromkeys(self.text(term, lang) for term in terms)
        for text in rest:
            first = self.word("explain_and")[lang].format(a=first, b=text)
        return first

    def text(self, term: Term, lang: Lang) -> str:
        """A rule in plain words."""
        if term.op == "column":
            return self.label(str(term.value), lang)
        if term.op == "literal":
            return self.value(term.value, lang)
        parts = [self.text(arg, lang) for arg in term.args]
        match term.op:
            case "AND" | "OR":
                return self.word(f"explain_{term.op.lower()}")[lang].format(a=parts[0], b=parts[1])
            case "NOT":
                return self.word("explain_not")[lang].format(a=parts[0])
            case "IN":
                return self.word("explain_one_of")[lang].format(
                    a=parts[0], list=_OR[lang].join(parts[1:])
                )
            case "IS NULL":
                return f"{parts[0]} {self.word('explain_blank')[lang]}"
            case "BETWEEN":
                return f"{parts[1]} ≤ {parts[0]} ≤ {parts[2]}"
            case "COALESCE":
                return parts[0]
        if term.op in _SIGNS:
            return f" {_SIGNS[term.op]} ".join(parts) if len(parts) > 1 else f"−{parts[0]}"
        return f"{term.op}({', '.join(parts)})"
