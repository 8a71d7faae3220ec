"""Pictograms: all that are promised, whole, inside their square, and from where they say."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from policycards.design.layout.frames import Shape
from policycards.design.layout.icons import FOLDER, names, shape

NUMBERS = {"M": 2, "L": 2, "C": 6, "Z": 0}


def ends(drawing: Shape) -> list[tuple[float, float]]:
    """Where the pen is after every segment that moves it."""
    return [
        (float(x), float(y))
        for verb, *lengths in drawing.segments
        if verb != "Z"
        for x, y in [lengths[-2:]]
    ]


def curve(start: tuple[float, float], lengths: tuple[float, ...]) -> list[tuple[float, float]]:
    """Points of a cubic curve."""
    (x0, y0), (x1, y1, x2, y2, x3, y3) = start, lengths
    weights = [
        ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        for t in (0.1 * i for i in range(11))
    ]
    return [
        (a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3)
        for a, b, c, d in weights
    ]


def outline(drawing: Shape) -> list[tuple[float, float]]:
    """Points all along the lines of a shape."""
    points = ends(drawing)
    moving = [segment for segment in drawing.segments if segment[0] != "Z"]
    for start, (verb, *lengths) in zip(points, moving[1:], strict=False):
        if verb == "C":
            points = points + curve(start, tuple(map(float, lengths)))
    return points


def test_every_category_of_policies_finds_a_pictogram() -> None:
    needed = (
        "pasture farming assistance elderly health maternity education housing work border"
        " disability money"
    )
    signs = "phone clock calendar warning"
    assert {*needed.split(), *signs.split()} <= names()


@pytest.mark.parametrize("name", sorted(names()))
def test_a_pictogram_is_drawn_with_what_a_shape_knows(name: str) -> None:
    segments = shape(name, 0, 0, 22).segments
    assert segments[0][0] == "M"
    assert [len(segment) - 1 for segment in segments] == [
        NUMBERS[str(segment[0])] for segment in segments
    ]


@pytest.mark.parametrize("name", sorted(names()))
def test_a_pictogram_stays_in_its_square_and_nearly_fills_it(name: str) -> None:
    drawing = shape(name, 100, 200, 28)
    half = drawing.line_width / 2
    points = outline(drawing)
    left, right = min(x for x, _ in points) - half, max(x for x, _ in points) + half
    top, bottom = min(y for _, y in points) - half, max(y for _, y in points) + half
    slack = 0.01
    assert 100 - slack <= left < right <= 128 + slack
    assert 200 - slack <= top < bottom <= 228 + slack
    assert max(right - left, bottom - top) > 0.8 * 28


@pytest.mark.parametrize("name", sorted(names()))
def test_no_file_has_anything_that_is_not_drawn(name: str) -> None:
    head, *paths, foot, end = (FOLDER / f"{name}.svg").read_text(encoding="utf-8").split("\n")
    assert head.startswith(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="1 1 22 22" fill="none" stroke="#000"'
    )
    assert (foot, end) == ("</svg>", "")
    steps = r"(M-?[\d.]+ -?[\d.]+|L-?[\d.]+ -?[\d.]+|C-?[\d.]+( -?[\d.]+){5}|Z)+"
    assert all(re.fullmatch(rf'<path d="{steps}"/>', path) for path in paths)
    drawn = sum(path.count(verb) for path in paths for verb in NUMBERS)
    assert len(shape(name, 0, 0, 1).segments) == drawn


def test_a_shape_scales_and_moves_as_a_whole() -> None:
    small, large = shape("yak", 0, 0, 10), shape("yak", 5, 7, 20, colour=(0.2, 0.3, 0.4))
    assert (large.stroke, large.fill, large.line_width) == (
        (0.2, 0.3, 0.4),
        None,
        pytest.approx(2 * small.line_width),
    )
    for (x, y), (u, v) in zip(ends(small), ends(large), strict=True):
        assert (u, v) == (pytest.approx(5 + 2 * x), pytest.approx(7 + 2 * y))


def test_no_two_pictograms_are_the_same() -> None:
    drawings = sorted(shape(name, 0, 0, 1).segments for name in names())
    assert all(one != other for one, other in pairwise(drawings))


def test_a_name_that_there_is_not_is_the_callers_problem() -> None:
    with pytest.raises(KeyError, match="unicorn"):
        shape("unicorn", 0, 0, 1)


def test_the_sources_name_every_pictogram_and_the_licence_is_there() -> None:
    sources = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| ([a-z]+) \| [a-z0-9-]+ \|", sources, re.MULTILINE))
    assert listed | {"yak", "pasture", "search"} == names()
    assert "MIT License" in (FOLDER / "LICENSE").read_text(encoding="utf-8")
