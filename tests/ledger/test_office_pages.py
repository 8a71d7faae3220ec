"""The offices' pages at work: a distribution from the loaded run to the report."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from browsers import browser
from counties import (
    EAST,
    KEY,
    VILLAGES,
    area,
    areas,
    contacts,
    county,
    load_counties,
    person,
    print_run,
    reported,
)
from databases import PostgreSQL, SQLite
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from policycards.ledger.actions.area_changes import load_areas
from policycards.ledger.actions.households import open_call
from policycards.ledger.actions.recording import record
from policycards.ledger.models import (
    Call,
    Card,
    Event,
    Household,
    LogEntry,
    Pack,
    Run,
    Sample,
    Spare,
    Stale,
    User,
)
from policycards.ledger.permissions import OPERATOR
from policycards.qr import card_code, format_code
from policycards.tables.xlsx import read_workbook

Ledger = SQLite | PostgreSQL
HERE = VILLAGES[0]


@pytest.fixture
def office(ledger: Ledger, tmp_path: Path) -> Client:
    """A county's browser, its villages' cards loaded."""
    county(tmp_path, households=6)
    return browser(person("county", EAST, "clerk"))


def pack_here() -> Pack:
    return Pack.objects.get(village=HERE)


def code_of(pile: int, village: str = HERE) -> str:
    return card_code(KEY, village, f"H-{village[-6:]}-{pile:04}", "2026a")


def text_of(answer) -> str:  # type: ignore[no-untyped-def]
    return str(answer.content.decode())


def typed(office: Client, entry: str, **more: str):  # type: ignore[no-untyped-def]
    form = {"entry": entry, "day": str(timezone.localdate()), "form": "1", **more}
    return office.post(reverse("register", args=[pack_here().pk]), form)


def statuses() -> dict[int, str]:
    return dict(Card.objects.filter(area=HERE).order_by("pile").values_list("pile", "status"))


def test_a_register_is_shown_before_it_is_saved(office: Client) -> None:
    entry = "1-6 delivered except 2 absent, 5"
    shown = typed(office, entry)
    assert shown.status_code == 200
    assert (shown.context["sums"], shown.context["open"]) == ({"delivered": 4, "absent": 1}, 1)
    assert not Event.objects.filter(card__isnull=False).exists()
    saved = typed(office, entry, save="1")
    assert saved.headers["Location"] == reverse("pack", args=[pack_here().pk])
    assert statuses() == {
        1: "delivered",
        2: "absent",
        3: "delivered",
        4: "delivered",
        5: "waiting",
        6: "delivered",
    }
    assert set(Event.objects.filter(card__isnull=False).values_list("evidence", flat=True)) == {
        "register"
    }
    whole = office.get(reverse("home"), {"area": HERE}).context["whole"]
    assert (whole.cards, whole.delivered, whole.outstanding, whole.problems, whole.percent) == (
        6,
        4,
        2,
        0,
        66,
    )


def test_a_register_that_is_sent_twice_tells_nothing_twice(office: Client) -> None:
    for _time in range(3):
        assert typed(office, "1-6 delivered", save="1").status_code == 302
    assert Event.objects.filter(card__isnull=False).count() == 6


def test_a_register_says_what_contradicts_what_is_known(office: Client) -> None:
    clerk = User.objects.get(username="clerk")
    record(
        clerk,
        [reported("delivered", code_of(1), detail="self", evidence="scanned")],
        now=timezone.now(),
    )
    shown = typed(office, "1 absent 2 absent")
    notes = {card.pile: note for card, _mark, note in shown.context["rows"]}
    assert notes == {1: "was reported as delivered: a person will have to decide", 2: ""}
    typed(office, "1 absent", save="1")
    assert Card.objects.get(pk=code_of(1)).conflict
    assert office.get(reverse("home")).context["conflicts"] == 1


def test_a_register_that_is_not_understood_is_told_and_kept_for_correction(office: Client) -> None:
    answer = typed(office, "1-6 delivered except 2 gone", save="1")
    assert answer.status_code == 422
    assert "&#x27;gone&#x27; is no word for what became of a card" in text_of(answer)
    assert "1-6 delivered except 2 gone" in text_of(answer)
    assert not Event.objects.filter(card__isnull=False).exists()


def test_a_register_of_a_day_that_has_not_come_is_not_saved(office: Client) -> None:
    answer = typed(office, "1 absent", save="1", day=str(timezone.localdate() + timedelta(days=1)))
    assert answer.status_code == 422
    assert "the day is missing or has not come yet" in text_of(answer)


def given_list(office: Client, results: dict[int, str], **odd: tuple[int, int, str]):  # type: ignore[no-untyped-def]
    """The list of the pack, filled in and given back; ``odd`` are cells that somebody changed."""
    content = office.get(reverse("register-list", args=[pack_here().pk])).content
    book = load_workbook(io.BytesIO(content))
    sheet = book.active
    assert sheet is not None
    for pile, result in results.items():
        sheet.cell(2 + pile, 5).value = result
    for row, column, text in odd.values():
        sheet.cell(row, column).value = text
    file = io.BytesIO()
    book.save(file)
    form = {
        "list": SimpleUploadedFile("list.xlsx", file.getvalue()),
        "day": str(timezone.localdate()),
        "form": "2",
    }
    return office.post(reverse("register", args=[pack_here().pk]), form)


def test_a_list_that_comes_back_is_shown_like_a_typed_register(office: Client) -> None:
    shown = given_list(office, {1: "已领", 2: "delivered", 4: "ཁྱིམ་དུ་མེད།"})
    assert shown.context["typed"] == "1-2 delivered, 4 absent"
    assert [card.pile for card, _mark, _note in shown.context["rows"]] == [1, 2, 4]


def test_rows_that_are_wrong_come_back_with_why_and_nothing_is_saved(
    office: Client, tmp_path: Path
) -> None:
    code = format_code(code_of(1, VILLAGES[1]))
    answer = given_list(office, {1: "已领", 2: "不清楚"}, foreign=(5, 4, code), twice=(6, 1, "1"))
    assert "attachment" in answer.headers["Content-Disposition"]
    back = tmp_path / "back.xlsx"
    back.write_bytes(answer.content)
    (sheet,) = read_workbook(back)
    found = {
        row[0]: row[5] if len(row) > 5 else "" for _number, row in sorted(sheet.rows.items())[2:]
    }
    assert sheet.rows[2][5] == "错误"
    assert found["1"].startswith("this list is not the register of this pack: 1 ")
    assert found["2"].startswith("'不清楚' is no word for what became of a card")
    assert found["3"].startswith(f"this list is not the register of this pack: 3 {code}")
    assert not Event.objects.filter(card__isnull=False).exists()


def test_another_workbook_is_no_register(office: Client) -> None:
    file = SimpleUploadedFile("list.xlsx", b"no workbook")
    answer = office.post(
        reverse("register", args=[pack_here().pk]), {"list": file, "day": "2026-01-01"}
    )
    assert answer.status_code == 422


def scanned(office: Client, text: str, result: str = "delivered") -> str:
    return str(office.post(reverse("scan"), {"typed": text, "result": result}).context["verdict"])


def test_a_scanner_types_the_address_and_the_page_says_at_once_what_the_card_is(
    office: Client,
) -> None:
    address = f"https://card.example/c/2026a/#{code_of(1)}8"
    assert scanned(office, address) == "recorded: delivered"
    assert Event.objects.get(card=code_of(1)).evidence == "scanned"
    assert scanned(office, address) == "already delivered"
    assert scanned(office, format_code(code_of(2)), "absent") == "recorded: absent"
    assert Event.objects.get(card=code_of(2)).evidence == "typed"
    assert scanned(office, code_of(1, VILLAGES[3])) == "no card of your area has this code"
    spare = Spare.objects.filter(area=HERE).values_list("code", flat=True)[0]
    assert scanned(office, spare).startswith("a spare card")
    assert scanned(office, "nonsense") == ""
    assert Event.objects.filter(card__isnull=False).count() == 2
    assert [card.code for card in office.get(reverse("scan")).context["shown_cards"]][
        -1
    ] == code_of(1)


def test_a_card_that_no_longer_holds_is_not_given_out(office: Client) -> None:
    office.post(reverse("card", args=[code_of(1)]), {"kind": "voided"})
    assert scanned(office, code_of(1)) == "no longer valid: take it back and give out the newer one"


def test_the_page_of_a_card_tells_its_whole_way_and_takes_back_what_was_wrong(
    office: Client,
) -> None:
    pack = reverse("pack", args=[pack_here().pk])
    office.post(pack, {"goods": "cards", "hop": "village", "kind": "received", "count": "6"})
    page = reverse("card", args=[code_of(3)])
    office.post(page, {"kind": "delivered:relative", "note": "给女儿"})
    shown = office.get(page)
    kinds = [event.kind for event in shown.context["history"]]
    assert kinds == [
        "printed",
        "received",
        "delivered",
    ]  # spare cards and booklets have a way of their own
    assert "给女儿" in text_of(shown)
    event = Event.objects.get(card=code_of(3))
    office.post(page, {"kind": "withdrawn", "corrects": str(event.pk)})
    assert statuses()[3] == "waiting"
    assert office.post(page, {"kind": "nonsense"}).status_code == 422


def test_a_spare_given_to_a_household_replaces_its_card(office: Client) -> None:
    spare = Spare.objects.filter(area=HERE).values_list("code", flat=True)[0]
    page = reverse("card", args=[spare])
    office.post(page, {"kind": "bound:lost", "household": f"H-{HERE[-6:]}-0004"})
    assert Card.objects.get(pk=code_of(4)).replaced_by == spare
    assert office.get(reverse("home")).context["unconfirmed"] == 1
    assert [
        each.pk for each in office.get(reverse("spares"), {"status": "unconfirmed"}).context["rows"]
    ] == [spare]
    assert "the township has not confirmed it yet" in text_of(office.get(page))
    office.post(page, {"kind": "confirmed"})
    assert Spare.objects.get(pk=spare).confirmed
    assert "has not confirmed" not in text_of(office.get(page))
    assert office.get(reverse("home")).context["unconfirmed"] == 0
    home = Household.objects.get(area=HERE, pile=4)
    assert format_code(spare) in text_of(office.get(reverse("household", args=[home.pk])))


def test_cards_are_listed_by_status_page_by_page_and_taken_out_as_files(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policycards.ledger.office.cards.ROWS", 4)
    typed(office, "1 absent 2 moved 3 delivered", save="1")
    listed, query = [], {"area": HERE}
    while True:
        answer = office.get(reverse("cards"), query)
        listed += [card.pile for card in answer.context["rows"]]
        if not answer.context["more"]:
            break
        query = {"area": HERE, "after": answer.context["more"]}
    assert listed == [1, 2, 3, 4, 5, 6]
    for status, piles in (("problems", [2]), ("outstanding", [1, 4, 5, 6]), ("absent", [1])):
        answer = office.get(reverse("cards"), {"area": HERE, "status": status})
        assert [card.pile for card in answer.context["rows"]] == piles
    answer = office.get(reverse("cards"), {"area": HERE, "status": "moved", "format": "csv"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[1].startswith(
        f"\t{HERE},\t2,H-{HERE[-6:]}-0002,扎西2,བཀྲ་ཤིས་2,{format_code(code_of(2))},"
    )
    entry = LogEntry.objects.filter(verb="list.export").latest("pk")
    assert (entry.area, entry.facts) == (HERE, {"what": "cards", "rows": 1})


def test_somebody_finds_a_household_by_code_name_or_pile_number(office: Client) -> None:
    answer = office.post(reverse("find"), {"q": format_code(code_of(1)).lower()})
    assert answer.headers["Location"] == reverse("card", args=[code_of(1)])
    for text, count in (
        ("扎西3", 3),
        ("བཀྲ་ཤིས་3་", 3),
        ("3", 3),
        (f"H-{HERE[-6:]}-0003", 1),
        ("没有", 0),
    ):
        assert len(office.post(reverse("find"), {"q": text}).context["rows"]) == count
    assert "No card of your area" in text_of(
        office.post(reverse("find"), {"q": code_of(1, VILLAGES[3])})
    )
    answer = office.post(
        reverse("new-household"), {"area": HERE, "number": "H-new", "name_zh": "新户"}
    )
    assert "新户" in text_of(office.get(answer.headers["Location"]))


def test_a_name_is_looked_for_in_one_county_and_never_stands_in_an_address(office: Client) -> None:
    assert office.get(reverse("find"), {"q": "扎西3"}).context["rows"] == []
    region = browser(person("region", "99", "region"))
    first = region.post(reverse("find"), {"q": "扎西3"})
    assert [each.code for each in first.context["below"]] == [EAST, VILLAGES[3][:6]]
    assert first.context["rows"] == []
    assert len(region.post(reverse("find"), {"q": "扎西3", "within": EAST}).context["rows"]) == 3
    assert len(region.post(reverse("find"), {"q": f"H-{HERE[-6:]}-0003"}).context["rows"]) == 2
    assert (
        office.post(reverse("find"), {"q": "扎西3", "within": VILLAGES[3][:6]}).status_code == 404
    )


def test_a_call_is_opened_given_on_and_answered(office: Client) -> None:
    home = Household.objects.get(area=HERE, pile=1)
    form = {
        "policy": "grassland",
        "kind": "unpaid",
        "due": str(timezone.localdate() - timedelta(days=1)),
    }
    page = office.post(reverse("open-call", args=[home.pk]), form).headers["Location"]
    assert office.get(reverse("home")).context["overdue"] == 1
    township = person("township", HERE[:9], "town")
    office.post(page, {"owner": "town", "due": str(timezone.localdate())})
    assert Call.objects.get().owner == township
    own = browser(township)
    assert [call.owner for call in own.get(reverse("calls"), {"state": "own"}).context["rows"]] == [
        township
    ]
    assert own.post(page, {"answer": " "}).status_code == 422
    own.post(page, {"answer": "六月底到账"})
    assert "六月底到账" in text_of(office.get(reverse("household", args=[home.pk])))
    assert office.get(reverse("calls")).context["rows"] == []
    assert len(office.get(reverse("calls"), {"state": "all"}).context["rows"]) == 1
    assert office.post(page, {"answer": "again"}).status_code == 422


def test_a_closed_pack_shows_its_gaps_and_draws_a_sample_for_another_unit(office: Client) -> None:
    page = reverse("pack", args=[pack_here().pk])
    office.post(page, {"goods": "cards", "hop": "village", "kind": "dispatched", "count": "6"})
    office.post(page, {"goods": "cards", "hop": "village", "kind": "received", "count": "6"})
    typed(office, "1-5 delivered", save="1")
    office.post(page, {"close": "1"})
    gaps = {
        step.at: step.missing - step.surplus
        for pack, step, _contact in office.get(reverse("stock"), {"area": HERE}).context["gaps"]
        if step.goods == "cards"
    }
    assert gaps == {"village": 1}
    assert office.get(reverse("home"), {"area": HERE}).context["gaps"] == len(
        office.get(reverse("stock"), {"area": HERE}).context["gaps"]
    )
    other = browser(person("region", "99", "region"))
    assert other.post(page, {"draw": "1"}).status_code == 302
    sample = Sample.objects.filter(area=HERE)[0]
    assert (
        office.post(page, {"check": sample.pk, "result": "has"}).status_code == 422
    )  # who recorded it
    other.post(page, {"check": sample.pk, "result": "has_not"})
    assert "does not have the card" in text_of(office.get(page))


def run_files(folder: Path) -> list[SimpleUploadedFile]:
    return [
        SimpleUploadedFile(file.name, file.read_bytes())
        for file in sorted((folder / "run").iterdir())
    ]


def test_a_run_is_tried_then_loaded_from_its_files(ledger: Ledger, tmp_path: Path) -> None:
    load_counties()
    printed = print_run(tmp_path, villages=[HERE])
    client = browser(person("county", EAST))
    names = SimpleUploadedFile("names.csv", "户编号,姓名\nH-001201-0001,扎西一\n".encode())
    answer = client.post(
        reverse("runs"), {"files": run_files(printed.folder), "names": names, "try": "1"}
    )
    assert (answer.context["loaded"].run.cards, Run.objects.count()) == (4, 0)
    names.seek(0)
    answer = client.post(
        reverse("runs"), {"files": run_files(printed.folder), "names": names, "load": "1"}
    )
    assert Household.objects.get(number="H-001201-0001").name_zh == "扎西一"
    assert "3 households have no name in the ledger" in text_of(answer)
    again = client.post(reverse("runs"), {"files": run_files(printed.folder), "load": "1"})
    assert again.status_code == 422
    assert "this run is already in the ledger" in text_of(again)


def test_what_is_no_run_of_the_own_area_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    load_counties()
    client = browser(person("county", EAST))
    answer = client.post(reverse("runs"), {"load": "1"})
    assert "run.json is missing" in text_of(answer)
    foreign = print_run(tmp_path / "foreign", villages=[VILLAGES[3]])
    assert (
        client.post(reverse("runs"), {"files": run_files(foreign.folder), "load": "1"}).status_code
        == 403
    )
    proof = print_run(tmp_path / "proof", edition="proof-1234", villages=[HERE])
    assert "may not be handed out" in text_of(
        client.post(reverse("runs"), {"files": run_files(proof.folder)})
    )
    broken = [
        SimpleUploadedFile("run.json", b"{"),
        SimpleUploadedFile("manifest-cards.parquet", b"x"),
    ]
    assert client.post(reverse("runs"), {"files": broken}).status_code == 422
    whole = run_files(print_run(tmp_path / "x", edition="2026c", villages=[HERE]).folder)
    spoilt = [
        SimpleUploadedFile(file.name, b"x" if "cards" in str(file.name) else file.read())
        for file in whole
    ]
    assert client.post(reverse("runs"), {"files": spoilt}).status_code == 422
    assert not Run.objects.exists()


def test_users_are_tried_then_made_from_a_list_with_every_row_told(
    ledger: Ledger, tmp_path: Path
) -> None:
    load_counties()
    client = browser(person("county", EAST))

    def post(text: str, **more: str):  # type: ignore[no-untyped-def]
        return client.post(
            reverse("users"), {"list": SimpleUploadedFile("u.csv", text.encode()), **more}
        )

    head = "用户名,角色,区划代码,姓名\n"
    wrong = post(
        f"{head}one,township,{HERE[:9]},甲\ntwo,county,{EAST},乙\nthree,township,{VILLAGES[3][:9]},丙\n"
    )
    assert wrong.status_code == 403
    assert text_of(wrong).count("Row ") == 2
    assert not User.objects.filter(username="one").exists()
    good = f"{head}one,乡镇,{HERE[:9]},甲\n"
    assert post(good, **{"try": "1"}).status_code == 302
    assert not User.objects.filter(username="one").exists()
    made = post(good)
    file = tmp_path / "passwords.xlsx"
    file.write_bytes(made.content)
    (sheet,) = read_workbook(file)
    name, _role, _area, password = sheet.rows[2]
    assert User.objects.get(username=name).check_password(password)
    client.post(reverse("user"), {"username": "one", "active": "off"})
    assert not User.objects.get(username="one").is_active


def test_areas_are_tried_then_loaded_and_households_of_a_split_one_given_away(
    office: Client, tmp_path: Path
) -> None:
    region = browser(person("region", "99", "region"))
    new = f"{HERE[:9]}301"
    ended = area(HERE, valid_to=date(2026, 1, 1), successors=(VILLAGES[1], new))
    table = "code,bo,zh,area_class,valid_from,valid_to,successors\n" + "".join(
        f"{each.code},{each.name.bo},{each.name.zh},四类,,{each.valid_to or ''},{' '.join(each.successors)}\n"
        for each in areas(ended, area(new)).values()
    )
    phones = "area,role,office_bo,office_zh,phone,speaks_tibetan\n990101001,ask,གཞུང་,乡政府,0000-000009,yes\n"

    def post(text: str, **more: str):  # type: ignore[no-untyped-def]
        files = {
            "areas": SimpleUploadedFile("areas.csv", text.encode()),
            "contacts": SimpleUploadedFile("c.csv", phones.encode()),
        }
        return region.post(reverse("areas"), {**files, **more})

    assert "area 990101001201 was split; 6 households wait" in text_of(post(table, **{"try": "1"}))
    assert Household.objects.filter(area=HERE).count() == 6
    post(table)
    waiting = region.get(reverse("areas")).context["waiting"]
    chosen = [home.pk for _area, homes in waiting for home in homes[:2]]
    region.post(reverse("assign"), {"household": chosen, "area": new})
    assert Card.objects.filter(area=new).count() == 2
    missing = post(table.replace(f"{VILLAGES[2]},", "990101009999,"))
    assert missing.status_code == 422
    assert f"area {VILLAGES[2]} would be missing" in text_of(missing)
    assert post("code,bo,zh\n12,x\n").status_code == 422


def test_the_next_round_has_only_what_is_not_delivered_in_walking_order(office: Client) -> None:
    typed(office, "1-4 delivered except 3 absent", save="1")
    answer = office.get(reverse("next"), {"area": HERE})
    assert [[card.pile for card in cards] for _village, cards in answer.context["villages"]] == [
        [3, 5, 6]
    ]
    everywhere = office.get(reverse("next"))
    assert [village.code for village, _cards in everywhere.context["villages"]] == list(
        VILLAGES[:3]
    )
    listed = office.get(reverse("next"), {"area": HERE, "format": "csv"}).content.decode(
        "utf-8-sig"
    )
    assert len(listed.splitlines()) == 4


def test_a_next_round_too_long_to_print_is_chosen_village_by_village(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policycards.ledger.office.reports.MOST", 10)
    typed(office, "1-4 delivered", save="1")
    everywhere = office.get(reverse("next"))
    assert everywhere.context["villages"] == []
    assert [(place.code, sums.outstanding) for place, sums in everywhere.context["parts"]] == [
        (HERE, 2),
        (VILLAGES[1], 6),
        (VILLAGES[2], 6),
    ]
    assert (
        len(office.get(reverse("next"), {"format": "csv"}).content.decode("utf-8-sig").splitlines())
        == 15
    )
    assert office.get(reverse("next"), {"area": HERE[:9]}).context["parts"] == []


def test_the_report_counts_the_half_year_on_the_page_and_in_the_workbook(office: Client) -> None:
    typed(office, "1-5 delivered except 3 died", save="1")
    home = Household.objects.get(area=HERE, pile=1)
    open_call(
        OPERATOR, home.pk, policy="p", kind="less", due=timezone.localdate(), now=timezone.now()
    )
    shown = office.get(reverse("report"))
    total = shown.context["report"].total
    assert (total.cards, total.delivered, total.households, total.calls) == (18, 4, 4, 1)
    assert text_of(shown).count("<svg") == 2
    content = office.get(reverse("report"), {"format": "xlsx"}).content
    book = load_workbook(io.BytesIO(content))
    assert all(sheet._charts for sheet in book.worksheets)  # openpyxl has no public list of charts
    empty = (
        office.get(reverse("report"), {"from": "2020-01-01", "to": "2020-06-30"})
        .context["report"]
        .total
    )
    assert (empty.delivered, empty.calls) == (0, 0)
    assert LogEntry.objects.filter(verb="report.export").count() == 3
    table = (
        office.get(reverse("report"), {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    )
    assert table[0].startswith("区划 ས་ཁུལ།,") and len(table) == 4


def test_the_overview_and_the_report_call_the_same_cards_outstanding_and_no_call_overdue_before_its_day(
    office: Client,
) -> None:
    typed(office, "1 absent 2 moved 3 refused 4 left", save="1")
    home = Household.objects.get(area=HERE, pile=1)
    tomorrow = timezone.localdate() + timedelta(days=1)
    open_call(OPERATOR, home.pk, policy="p", kind="less", due=tomorrow, now=timezone.now())
    total = (
        office.get(reverse("report"), {"to": str(tomorrow + timedelta(days=9))})
        .context["report"]
        .total
    )
    assert total.outstanding == office.get(reverse("home")).context["whole"].outstanding == 16
    assert (total.calls, total.overdue) == (1, 0)


def test_corrections_and_lists_to_print_again_go_out_and_are_logged(office: Client) -> None:
    typed(office, "1 wrong-name 2 died 3 lost", save="1")
    book = load_workbook(io.BytesIO(office.get(reverse("corrections")).content))
    assert book.active is not None and book.active.max_row == 4
    rows = office.get(reverse("reissues")).content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == [
        f"H-{HERE[-6:]}-000{pile}" for pile in (1, 3)
    ]
    verbs = set(LogEntry.objects.values_list("verb", flat=True))
    assert {"correction.export", "reissue.export"} <= verbs
    shown = text_of(office.get(reverse("log")))
    assert "corrections exported" in shown and "reissue list exported" in shown
    assert "accepted 3" in shown and "phone" not in shown and "地990101001201" in shown


def test_stale_cards_are_tried_then_marked_and_shown(office: Client) -> None:
    table = (
        "household_id 户编号,copy 第几份,replaces 替换的卡号,reasons"
        f" 原因\nH,2,{format_code(code_of(2))},amount\n"
    )

    def post(text: str, **more: str):  # type: ignore[no-untyped-def]
        return office.post(
            reverse("stale"), {"stale": SimpleUploadedFile("s.csv", text.encode()), **more}
        )

    post(table, **{"try": "1"})
    assert not Stale.objects.exists()
    post(table)
    assert Stale.objects.get().card_id == code_of(2)
    assert [card.pile for card in office.get(reverse("cards"), {"stale": "1"}).context["rows"]] == [
        2
    ]
    home = Card.objects.get(pk=code_of(2)).household_id
    assert "amount" in text_of(office.get(reverse("household", args=[home])))
    assert post("something else\n").status_code == 422


def test_villages_that_lag_come_first_and_areas_open_downwards(office: Client) -> None:
    typed(office, "1-5 delivered", save="1")
    shown = office.get(reverse("home"))
    assert [place.code for place, _figures in shown.context["lagging"]] == [
        VILLAGES[1],
        VILLAGES[2],
        HERE,
    ]
    assert [place.code for place, _figures, _bar in shown.context["rows"]] == [
        "990101001",
        "990101002",
    ]
    below = office.get(reverse("home"), {"area": "990101001"})
    assert [place.code for place, _figures, _bar in below.context["rows"]] == list(VILLAGES[:2])
    assert [place.code for place in below.context["way"]] == [EAST, "990101001"]
    assert office.get(reverse("home"), {"edition": "1999z"}).context["whole"].cards == 0


def test_a_region_chooses_a_county_to_see_its_stock(office: Client) -> None:
    region = browser(person("region", "99", "region"))
    assert [each.code for each in region.get(reverse("stock")).context["below"]] == [
        EAST,
        VILLAGES[3][:6],
    ]
    assert region.get(reverse("stock"), {"area": EAST}).context["totals"]
    assert region.get(reverse("home")).context["gaps"] is None


def test_an_empty_ledger_opens_for_whoever_loads_its_first_areas(ledger: Ledger) -> None:
    first = browser(person("county", EAST))
    for name in (
        "home",
        "packs",
        "cards",
        "stock",
        "next",
        "report",
        "areas",
        "runs",
        "people",
        "log",
    ):
        assert first.get(reverse(name)).status_code == 200, name


def test_what_is_not_in_the_ledger_is_not_found(office: Client) -> None:
    for name, facts in (
        ("card", ["000000000000"]),
        ("pack", [0]),
        ("call", [0]),
        ("household", [0]),
        ("run", ["x"]),
    ):
        answer = office.get(reverse(name, args=facts))
        assert answer.status_code == 404
        assert "There is nothing here, or it belongs to another area." in text_of(answer)
        assert reverse("packs") in text_of(answer)
    assert office.get("/nonsense/").status_code == 404
    viewer = browser(person("viewer", EAST, "viewer")).get(reverse("people"))
    assert (viewer.status_code, "This page is not for your role." in text_of(viewer)) == (403, True)
    assert office.get(reverse("home"), {"area": "99"}).status_code == 404
    load_areas(OPERATOR, areas(), contacts(), now=timezone.now())


def test_what_changes_something_is_never_done_by_an_address_alone(office: Client) -> None:
    home = Household.objects.get(area=HERE, pile=1)
    forms = {
        "users": [],
        "user": [],
        "slips": [],
        "assign": [],
        "stale": [],
        "new-household": [],
        "open-call": [home.pk],
    }
    for name, facts in {**forms, "device": [uuid4()]}.items():
        assert office.get(reverse(name, args=facts)).status_code == 405, name
    strict = Client(
        enforce_csrf_checks=True, headers={"X-Forwarded-Proto": "https", "Accept-Language": "en"}
    )
    strict.force_login(
        User.objects.get(username="clerk"), "django.contrib.auth.backends.ModelBackend"
    )
    refused = strict.post(reverse("card", args=[code_of(1)]), {"kind": "voided"})
    assert (refused.status_code, "Nothing was saved." in text_of(refused)) == (403, True)
    assert Card.objects.get(pk=code_of(1)).validity == "valid"
