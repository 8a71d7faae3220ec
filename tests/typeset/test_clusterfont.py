"""Cluster fonts against fontTools: the same outlines, and a file that states the truth about
them.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.roundTools import otRound
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from specimens import CHINESE, NAMES, TIBETAN

from policycards.typeset.clusterfont import ClusterFont, cluster_font, outline
from policycards.typeset.fonts import FACES, Face
from policycards.typeset.text_model import Cluster

LIMITS = ("CompositePoints", "CompositeContours", "ComponentElements", "ComponentDepth")


def clusters_of(face: Face, texts: tuple[str, ...]) -> tuple[Cluster, ...]:
    """Clusters of what the face can draw of the texts, each once."""
    drawable = (
        "".join(letter for letter in text if ord(letter) in face.characters) for text in texts
    )
    return tuple(
        dict.fromkeys(cluster for text in drawable if text for cluster in face.shape(text, "bo"))
    )


def opened(font: ClusterFont) -> TTFont:
    """The font read by fontTools, which refuses a wrong checksum."""
    return TTFont(BytesIO(font.data), checkChecksums=2)


def drawn(glyphs: Any, name: str, dx: int = 0, dy: int = 0) -> list[Any]:
    """The outline of a glyph with all its parts, moved."""
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, dx, dy)))
    return list(pen.value)


def composed(source: TTFont, cluster: Cluster) -> list[Any]:
    """The outline of a cluster, put together by fontTools from the face's own glyphs."""
    glyphs, order, scale = (
        source.getGlyphSet(),
        source.getGlyphOrder(),
        source["head"].unitsPerEm / 1000,
    )
    parts = [
        (order[part.id], round(part.dx * scale), round(part.dy * scale)) for part in cluster.glyphs
    ]
    return [step for part in parts for step in drawn(glyphs, *part)]


@pytest.fixture(scope="module", params=["bo", "bo-bold", "zh"])
def face(request: pytest.FixtureRequest, font_folder: Path) -> Face:
    return Face(request.param, font_folder / FACES[request.param])


@pytest.fixture(scope="module")
def clusters(face: Face) -> tuple[Cluster, ...]:
    return clusters_of(face, (*TIBETAN, *CHINESE, *NAMES))


@pytest.fixture(scope="module")
def font(face: Face, clusters: tuple[Cluster, ...]) -> ClusterFont:
    return cluster_font(face, clusters)


def test_each_glyph_draws_its_cluster_as_the_face_does(
    face: Face, clusters: tuple[Cluster, ...], font: ClusterFont
) -> None:
    source, ours = TTFont(face.path), opened(font)
    glyphs, order = ours.getGlyphSet(), ours.getGlyphOrder()
    assert any(len(cluster.glyphs) > 1 for cluster in clusters) or face.key == "zh"
    for number, cluster in enumerate(clusters, start=1):
        assert drawn(glyphs, order[number]) == composed(source, cluster), cluster.text


def test_each_glyph_starts_where_its_ink_does_and_is_as_wide_as_its_cluster(
    clusters: tuple[Cluster, ...], font: ClusterFont
) -> None:
    ours = opened(font)
    glyphs, order = ours.getGlyphSet(), ours.getGlyphOrder()
    for number, cluster in enumerate(clusters, start=1):
        bounds = BoundsPen(glyphs)
        glyphs[order[number]].draw(bounds)
        left = otRound(bounds.bounds[0]) if bounds.bounds else 0
        assert ours["hmtx"][order[number]] == (cluster.advance, left), cluster.text
    assert font.widths == (0, *(cluster.advance for cluster in clusters))
    assert font.texts == tuple(cluster.text for cluster in clusters)


def test_the_tables_agree_with_the_glyphs(font: ClusterFont) -> None:
    ours, recalculated = opened(font), opened(font)
    recalculated["maxp"].recalc(recalculated)
    for limit in (
        "numGlyphs",
        "maxCompositePoints",
        "maxCompositeContours",
        "maxComponentElements",
        "maxComponentDepth",
    ):
        assert getattr(ours["maxp"], limit) == getattr(recalculated["maxp"], limit), limit
    head = ours["head"]
    assert font.ink == (head.xMin, head.yMin, head.xMax, head.yMax)
    assert font.ink == tuple(
        getattr(recalculated["head"], edge) for edge in ("xMin", "yMin", "xMax", "yMax")
    )


def test_the_same_clusters_give_the_same_file_and_others_another_name(
    face: Face, clusters: tuple[Cluster, ...], font: ClusterFont
) -> None:
    again, fewer = cluster_font(face, clusters), cluster_font(face, clusters[1:])
    assert again == font
    assert fewer.name != font.name
    assert re.fullmatch(r"[A-Z]{6}\+Noto\w+-(Regular|Bold)", font.name)


def test_the_outline_of_a_cluster_covers_the_ink_of_its_glyph(
    face: Face, clusters: tuple[Cluster, ...], font: ClusterFont
) -> None:
    ours = opened(font)
    glyphs, order = ours.getGlyphSet(), ours.getGlyphOrder()
    for number, cluster in enumerate(clusters, start=1):
        expected, actual = BoundsPen(glyphs), BoundsPen(None)
        glyphs[order[number]].draw(expected)
        steps = {"M": actual.moveTo, "L": actual.lineTo, "C": actual.curveTo}
        for letter, *places in outline(face, cluster):
            if letter != "Z":
                steps[str(letter)](*zip(places[0::2], places[1::2], strict=True))
        assert actual.bounds == pytest.approx(expected.bounds, abs=0.5), cluster.text


def test_a_space_is_a_glyph_without_ink(font_folder: Path) -> None:
    face = Face("zh", font_folder / FACES["zh"])
    font = cluster_font(face, face.shape(" ", "zh"))
    ours = opened(font)
    assert drawn(ours.getGlyphSet(), ours.getGlyphOrder()[1]) == []
    assert (font.ink, font.widths) == ((0, 0, 0, 0), (0, 224))


def test_a_face_of_another_grid_gives_figures_in_thousandths(
    font_folder: Path, tmp_path: Path
) -> None:
    text = "སྐྱོང་བའི་ཧཱུྃ།"
    source = TTFont(font_folder / FACES["bo"])
    cutter = subset.Subsetter(subset.Options(layout_features=["*"]))
    cutter.populate(text=text)
    cutter.subset(source)
    scale_upem(source, 2048)
    source.save(tmp_path / "2048.ttf")
    face = Face("bo", tmp_path / "2048.ttf")
    clusters = face.shape(text, "bo")
    font = cluster_font(face, tuple(dict.fromkeys(clusters)))
    ours = opened(font)
    glyphs, order = ours.getGlyphSet(), ours.getGlyphOrder()
    for number, cluster in enumerate(dict.fromkeys(clusters), start=1):
        assert drawn(glyphs, order[number]) == composed(source, cluster)
        assert ours["hmtx"][order[number]][0] == round(cluster.advance * 2.048)
    assert font.ink.top == pytest.approx(ours["head"].yMax / 2.048, abs=0.5)


def test_a_face_without_truetype_outlines_is_refused(tmp_path: Path) -> None:
    pen = T2CharStringPen(500, None)
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    builder.setupCFF("Sample", {}, {".notdef": pen.getCharString(), "A": pen.getCharString()}, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupPost()
    builder.save(tmp_path / "sample.otf")
    face = Face("zh", tmp_path / "sample.otf")
    with pytest.raises(ValueError, match=r"sample\.otf: no TrueType outlines"):
        cluster_font(face, face.shape("A", "zh"))
