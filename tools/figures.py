"""Figures of the code that CONTRIBUTING.md quotes: ``python tools/figures.py``."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "policycards"
SHORT = 8
"""Lines of a private function that could stand where it is called."""
IN_FORCE = re.compile(r"\b(value_on|ended_on|values_in_force|in_force)\(")


def modules() -> list[Path]:
    """Every module but migrations, which Django writes."""
    return sorted(file for file in PACKAGE.rglob("*.py") if "migrations" not in file.parts)


def code_lines(source: str) -> int:
    """Lines that hold code: no blanks, no comments, no docstrings."""
    tree = ast.parse(source)
    docs: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str())):
                docs.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = {
        line
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENDMARKER)
        for line in range(token.start[0], token.end[0] + 1)
        if token.string.strip()
    }
    return len(lines - docs)


def as_wide_lines(source: str) -> str:
    """A module formatted to 120 columns, so that its length compares with older versions."""
    command = ["ruff", "format", "--line-length", "120", "--stdin-filename", "module.py"]
    command += ["--config", "format.skip-magic-trailing-comma=true", "-"]
    return subprocess.run(
        command, input=source, capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout


def single_use(source: str) -> int:
    """Private functions of a module that are named once beside their definition."""
    names = Counter(re.findall(r"\b_\w+", source))
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("_")
        and not node.name.startswith("__")
    )
    return sum(
        names[node.name] == 2 and (node.end_lineno or 0) - node.lineno < SHORT for node in functions
    )


def imports_inside_functions(source: str) -> int:
    """Import statements within a function."""
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return sum(
        isinstance(inner, ast.Import | ast.ImportFrom)
        for function in functions
        for inner in ast.walk(function)
    )


def figures() -> Iterator[tuple[str, str]]:
    """What is measured, and the figure."""
    sources = {file: file.read_text(encoding="utf-8") for file in modules()}
    folders = Counter(file.parent for file in sources if file.name != "__init__.py")
    folder, longest = folders.most_common(1)[0]
    total = sum(source.count("\n") for source in sources.values())
    everything = [file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py")]
    yield "modules, without __init__", str(sum(folders.values()))
    yield "longest folder", f"{longest} ({folder.relative_to(PACKAGE.parent).as_posix()})"
    yield "lines", str(total)
    yield "lines without blanks, comments, docstrings", str(sum(map(code_lines, everything)))
    wide = sum(code_lines(as_wide_lines(source)) for source in everything)
    yield "the same, formatted to 120 columns", str(wide)
    used_once = sum(map(single_use, sources.values()))
    yield (
        f"single-use private functions of at most {SHORT} lines, per 1,000 lines",
        f"{used_once / total * 1000:.1f} ({used_once})",
    )
    asked = {file: len(IN_FORCE.findall(source)) for file, source in sources.items()}
    yield "calls that ask what is in force", f"{sum(asked.values())}"
    inside = (
        imports_inside_functions(text) for file, text in sources.items() if "cli" in file.parts
    )
    yield "imports inside functions of cli/", str(sum(inside))
    word = sum(len(re.findall(r"\b_?[tT]old\b", source)) for source in sources.values())
    yield "uses of the word 'told'", str(word)
    comments = sum(
        token.type == tokenize.COMMENT
        for source in sources.values()
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
    )
    yield "comments per 100 lines", f"{comments / total * 100:.1f}"


if __name__ == "__main__":
    for name, figure in figures():
        print(f"{figure:>28}  {name}")
