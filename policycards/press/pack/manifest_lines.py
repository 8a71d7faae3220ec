"""What was printed, for the manifest: each line of each card, with keyed fingerprints of all its
words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import polars as pl

from policycards.catalogue.model.catalogue import Contact
from policycards.catalogue.model.policy import Text
from policycards.design.content.card_content import CardContent
from policycards.design.content.policy_text import Row
from policycards.manifest import LINES, Digest, fingerprint
from policycards.press.pack.run_plan import Card


class Fingerprints:
    """Makes the lines of manifests; texts that many cards share get their fingerprint once."""

    def __init__(self, digest: Digest) -> None:
        self._digest = digest
        self._rows: dict[int, tuple[Row, str]] = {}
        self._shared: dict[int, tuple[object, str]] = {}

    def lines(
        self, entitled: pl.DataFrame, cards: Sequence[tuple[Card, CardContent]]
    ) -> pl.DataFrame:
        """The manifest's lines of a village, from its plan's lines with the ``code`` of the card of
        each.

        An entitlement that cannot be determined is on a card only as something to ask about.
        """
        texts = [
            (card.code, claim.policy, self.row(claim.form))
            for card, content in cards
            for claim in (*content.own, *content.general)
        ]
        words = pl.DataFrame(
            texts, schema=dict.fromkeys(("code", "policy", "text"), pl.String), orient="row"
        )
        sure = entitled.filter(pl.col("answer") == "yes").with_columns(
            pl.col("policy", "standard").cast(pl.String)
        )
        claims = sure.join(words, on=["code", "policy"], how="inner", maintain_order="left")
        facts = [
            (card.code, name, text) for card, content in cards for name, text in self.facts(content)
        ]
        whole = pl.DataFrame(
            facts, schema=dict.fromkeys(("code", "standard", "text"), pl.String), orient="row"
        )
        tables = [claims.select(name for name in LINES), whole]
        return pl.concat([_shaped(table) for table in tables])

    def facts(self, content: CardContent) -> Iterator[tuple[str, str]]:
        """The fingerprints of what is no line, by name."""
        yield "name", fingerprint(self._digest, content.name_bo or "", content.name_zh or "")
        yield "home", fingerprint(self._digest, *_both(content.village), content.group or "")
        yield "people", self.shared(content.members, lambda: [str(content.members)])
        yield "phones", self.shared(content.phones, lambda: _phones(content.phones))
        yield (
            "words",
            self.shared(
                content.texts, lambda: [side for text in content.texts for side in _both(text)]
            ),
        )
        if figures := [figure for claim in content.own for figure in claim.figures]:
            yield "sums", fingerprint(self._digest, *figures, *map(repr, content.subtotals))
        if content.ask_about:
            yield (
                "ask",
                fingerprint(
                    self._digest, *(side for text in content.ask_about for side in _both(text))
                ),
            )

    def row(self, form: Row) -> str:
        """The fingerprint of all words of a form, without its figures."""
        known = self._rows.get(id(form))
        if known is None:
            # without the ids of its standards, which stand on no card
            offers = tuple(replace(offer, standard="") for offer in form.offers)
            text = repr(replace(form, offers=offers))
            known = self._rows[id(form)] = form, fingerprint(self._digest, text)
        return known[1]

    def shared(self, source: object, texts: Callable[[], Iterable[str]]) -> str:
        """The fingerprint of what many cards say by one and the same object."""
        known = self._shared.get(id(source))
        if known is None:
            known = self._shared[id(source)] = source, fingerprint(self._digest, *texts())
        return known[1]


def _both(text: Text) -> tuple[str, str]:
    return text.bo, text.zh


def _phones(phones: Sequence[tuple[str, Contact]]) -> Iterator[str]:
    """What a card says of telephones; the words for a role are among its texts."""
    for key, contact in phones:
        yield from (
            key,
            *_both(contact.office),
            contact.phone,
            contact.hours.zh if contact.hours else "",
        )


def _shaped(table: pl.DataFrame) -> pl.DataFrame:
    return table.select(
        (pl.col(name) if name in table.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in LINES.items()
    )
