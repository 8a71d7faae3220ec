"""What was printed, for the manifest: each line of each card, with keyed fingerprints of all its
words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

import polars as pl

from policycards.catalogue.model.policy import Text
from policycards.design.content.card_content import CardContent
from policycards.design.content.card_lines import CardLine, LineForm, full_names
from policycards.design.content.print_context import Phone
from policycards.manifest import LINES, Digest, fingerprint
from policycards.press.pack.run_plan import Card

LONG = "long"
"""The fact of what only a card with many lines says, which has more room across; other cards have
none, so that a correction of it makes stale just the cards that print it.
"""


class Fingerprints:
    """Makes the lines of manifests; texts that many cards share get their fingerprint once."""

    def __init__(self, digest: Digest) -> None:
        self._digest = digest
        self._lines: dict[tuple[int, bool, bool, bool], tuple[LineForm, str]] = {}
        self._shared: dict[int, tuple[object, str]] = {}

    def lines(
        self,
        entitled: pl.DataFrame,
        cards: Sequence[tuple[Card, CardContent]],
        long: Collection[str],
    ) -> pl.DataFrame:
        """The manifest's lines of a village, from its plan's lines with the ``code`` of the card of
        each; ``long`` are the codes of the cards with the fact ``LONG``.

        Steps count wherever a policy has them, though a card may have left some to its QR code:
        which ones is a matter of layout.
        An entitlement that cannot be determined is on a card only as something to ask about.
        """
        texts = [
            (card.code, policy, text)
            for card, content in cards
            for policy, text in self.policies(content)
        ]
        words = pl.DataFrame(
            texts, schema=dict.fromkeys(("code", "policy", "text"), pl.String), orient="row"
        )
        sure = entitled.filter(pl.col("answer") == "yes").with_columns(
            pl.col("policy", "standard").cast(pl.String)
        )
        claims = sure.join(words, on=["code", "policy"], how="inner", maintain_order="left")
        facts = [
            (card.code, name, text)
            for card, content in cards
            for name, text in self.facts(content)
            if name != LONG or card.code in long
        ]
        whole = pl.DataFrame(
            facts, schema=dict.fromkeys(("code", "standard", "text"), pl.String), orient="row"
        )
        tables = [claims.select(name for name in LINES), whole]
        return pl.concat([_shaped(table) for table in tables])

    def facts(self, content: CardContent) -> Iterator[tuple[str, str]]:
        """The fingerprints of what is no line, by name."""
        yield "name", fingerprint(self._digest, content.name_bo or "", content.name_zh or "")
        yield "home", fingerprint(self._digest, *_both([content.village]), content.group or "")
        yield "people", self.shared(content.members, lambda: [str(content.members)])
        yield "phones", self.shared(content.phones, lambda: _phones(content.phones))
        yield "words", self.shared(content.texts, lambda: _both(content.texts))
        if figures := [
            figure
            for line in content.lines
            if line.amount
            for figure in (line.amount, line.quantity, *line.shares)
        ]:
            sums = (f"{each.key} {each.total}" for each in content.subtotals)
            yield "sums", fingerprint(self._digest, *figures, *sums)
        if content.ask_about:
            yield "ask", fingerprint(self._digest, *_both(content.ask_about))
        yield LONG, fingerprint(self._digest, *_long_texts(content))

    def policies(self, content: CardContent) -> Iterator[tuple[str, str]]:
        """For each policy of a card the fingerprint of all that the card says of it, without its
        figures.
        """
        several = Counter(
            (line.form.policy, line.form.pays) for line in content.lines if not line.is_own
        )
        texts: dict[str, list[str]] = {}
        for line in content.lines:
            is_labelled = several[line.form.policy, line.form.pays] > 1
            texts.setdefault(line.form.policy, []).append(self.line(line, is_labelled))
        for policy, found in texts.items():
            yield policy, found[0] if len(found) == 1 else fingerprint(self._digest, *found)

    def line(self, line: CardLine, is_labelled: bool) -> str:
        """The fingerprint of the words of a line; those of a form are made once."""
        key = id(line.form), bool(line.amount), bool(line.quantity), is_labelled
        known = self._lines.get(key)
        if known is None:
            text = fingerprint(self._digest, *line.texts(labelled=is_labelled))
            known = self._lines[key] = line.form, text
        return known[1]

    def shared(self, source: object, texts: Callable[[], Iterable[str]]) -> str:
        """The fingerprint of what many cards say by one and the same object."""
        known = self._shared.get(id(source))
        if known is None:
            known = self._shared[id(source)] = source, fingerprint(self._digest, *texts())
        return known[1]


def _both(texts: Iterable[Text]) -> list[str]:
    return [side for text in texts for side in (text.bo, text.zh)]


def _phones(phones: Sequence[Phone]) -> Iterator[str]:
    for each in phones:
        yield from (each.role, *_both([each.office]), each.number)


def _long_texts(content: CardContent) -> Iterator[str]:
    yield from full_names(content.lines)
    yield from (each.hours for each in content.phones)


def _shaped(table: pl.DataFrame) -> pl.DataFrame:
    return table.select(
        (pl.col(name) if name in table.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in LINES.items()
    )
