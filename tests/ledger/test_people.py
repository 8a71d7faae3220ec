"""Users, slips and devices: who gets in, once, for how long, and who does not any more."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from counties import EAST, NOW, VILLAGES, county, later, load_counties, person, reported
from databases import PostgreSQL, SQLite
from django.contrib.auth import authenticate
from django.http import HttpRequest

from policycards.ledger.actions.people_changes import (
    NewUser,
    add_users,
    change_user,
    first_password,
    join,
    make_slips,
    revoke,
    set_password,
)
from policycards.ledger.actions.recording import record
from policycards.ledger.models import Card, Device, LogEntry, Slip, User
from policycards.ledger.office.name_lists import read_users
from policycards.ledger.permissions import OPERATOR, Refused

Ledger = SQLite | PostgreSQL
HERE = VILLAGES[0]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.problems]


def test_a_slip_lets_one_device_in_once_and_only_for_its_village(
    ledger: Ledger, tmp_path: Path
) -> None:
    printed = county(tmp_path)
    township = person("township", HERE[:9])
    ((area, code),) = make_slips(township, [HERE], now=NOW)
    assert area == HERE and code not in str(Slip.objects.values())
    typed = f"{code[:4]}-{code[4:8]} {code[8:12]}-{code[12:]}".lower()
    phone = join(typed, uuid4(), now=later(), label="手机")
    assert (phone.area, phone.user.role, phone.user.area, phone.user.has_usable_password()) == (
        HERE,
        "team",
        HERE,
        False,
    )
    assert set(Card.objects.within(phone.user).values_list("area", flat=True)) == {HERE}
    (outcome,) = record(phone.user, [reported("absent", printed.code())], now=later(), device=phone)
    assert outcome.status == "accepted"
    with pytest.raises(Refused) as refused:
        join(code, uuid4(), now=later())
    assert codes(refused) == ["E679"]


@pytest.mark.parametrize("how", ["expired", "mistyped"])
def test_an_expired_or_mistyped_slip_lets_nobody_in(ledger: Ledger, how: str) -> None:
    load_counties()
    ((_area, code),) = make_slips(OPERATOR, [HERE], now=NOW, days=3)
    typed = code if how == "expired" else code[:-1] + ("0" if code[-1] != "0" else "1")
    with pytest.raises(Refused) as refused:
        join(typed, uuid4(), now=later(4) if how == "expired" else later())
    assert codes(refused) == ["E679"]
    assert not Device.objects.exists()


def test_slips_are_for_villages(ledger: Ledger) -> None:
    load_counties()
    for area, code in ((HERE[:9], "E678"), ("990101001299", "E673")):
        with pytest.raises(Refused) as refused:
            make_slips(OPERATOR, [area], now=NOW)
        assert codes(refused) == [code]


def test_a_revoked_device_sends_nothing_more_until_it_joins_again_and_keeps_its_queue(
    ledger: Ledger, tmp_path: Path
) -> None:
    printed = county(tmp_path)
    first, second, other = make_slips(OPERATOR, [HERE, HERE, VILLAGES[1]], now=NOW)
    id_ = uuid4()
    phone = join(first[1], id_, now=NOW)
    one, two = reported("absent", printed.code()), reported("refused", printed.code(0, 2))
    assert record(phone.user, [one], now=later(), device=phone)[0].status == "accepted"
    revoke(person("township", HERE[:9]), id_, now=later())
    gone = Device.objects.get(pk=id_)
    (outcome,) = record(gone.user, [two], now=later(), device=gone)
    assert outcome.problem is not None and outcome.problem.code == "E648"
    assert not gone.user.is_active
    with pytest.raises(Refused) as refused:
        join(other[1], id_, now=later())
    assert codes(refused) == ["E680"]
    again = join(second[1], id_, now=later(2))
    outcomes = record(again.user, [one, two], now=later(2), device=again)
    assert [outcome.status for outcome in outcomes] == ["known", "accepted"]
    taken_back = reported("withdrawn", printed.code(), corrects=one.id)
    assert record(again.user, [taken_back], now=later(2), device=again)[0].status == "accepted"
    assert Card.objects.get(code=printed.code()).status == "waiting"


def test_a_person_gets_a_first_password_and_chooses_another(ledger: Ledger) -> None:
    load_counties()
    password = first_password()
    (user,) = add_users(OPERATOR, [NewUser("县一", "county", EAST, password, "卓玛")], now=NOW)
    found = User.objects.get(username="县一")
    assert found.must_change and found.has_usable_password()
    assert authenticate(HttpRequest(), username="县一", password=password) == found
    with pytest.raises(Refused) as refused:
        set_password(found, "12345", now=NOW)
    assert codes(refused) == ["E681"]
    set_password(found, "牦牛四十头-在山上吃草呢", now=NOW)
    assert not User.objects.get(username="县一").must_change
    assert user.username == "县一"
    assert "卓玛" not in str(list(LogEntry.objects.values_list("facts", flat=True)))


def test_lock_out_is_by_user_because_a_county_shares_one_address(ledger: Ledger) -> None:
    load_counties()
    for name in ("a", "b"):
        add_users(OPERATOR, [NewUser(name, "county", EAST, "yak on the mountain")], now=NOW)

    def enters(name: str, password: str) -> bool:
        request = HttpRequest()
        request.META["REMOTE_ADDR"] = "10.0.0.1"
        return authenticate(request, username=name, password=password) is not None

    for _time in range(8):
        assert not enters("a", "wrong")
    assert not enters("a", "yak on the mountain")
    assert enters("b", "yak on the mountain")


def test_rows_that_cannot_be_users_are_told_with_their_number_and_nobody_is_made(
    ledger: Ledger,
) -> None:
    load_counties()
    person("viewer", EAST, "taken")
    rows = [
        NewUser("fine", "county", EAST, "yak on the mountain"),
        NewUser("role", "chief", EAST, "yak on the mountain"),
        NewUser("short", "county", "99", "yak on the mountain"),
        NewUser("area", "county", "990199", "yak on the mountain"),
        NewUser("taken", "viewer", EAST, "yak on the mountain"),
        NewUser("weak", "viewer", EAST, "weak"),
        NewUser("fine", "county", EAST, "yak on the mountain"),
    ]
    with pytest.raises(Refused) as refused:
        add_users(OPERATOR, rows, now=NOW)
    assert [(each.code, each.place.line) for each in refused.value.problems] == [
        ("E678", 3),
        ("E678", 4),
        ("E673", 5),
        ("E676", 6),
        ("E681", 7),
        ("E676", 8),
    ]
    assert list(User.objects.values_list("username", flat=True)) == ["taken"]


def test_an_office_changes_only_people_below_it(ledger: Ledger) -> None:
    load_counties()
    county_, peer = person("county", EAST), person("county", EAST, "peer")
    clerk = person("township", HERE[:9], "clerk")
    changed = change_user(county_, "clerk", now=NOW, role="viewer", area=EAST)
    assert (changed.role, changed.area) == ("viewer", EAST)
    for username, more in (
        ("peer", {}),
        ("clerk", {"role": "county"}),
        ("clerk", {"area": "990202"}),
    ):
        with pytest.raises(Refused) as refused:
            change_user(county_, username, now=NOW, **more)
        assert codes(refused)[0] in ("E640", "E675")
    change_user(OPERATOR, "clerk", now=NOW, is_active=False)
    assert not User.objects.get(pk=clerk.pk).is_active and User.objects.get(pk=peer.pk).is_active


def test_a_list_of_users_names_roles_as_the_screens_do_in_any_language(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    words = {
        "乡镇": "township",
        "乡": "township",
        "县": "county",
        "ཤང་།": "township",
        "只能查看": "viewer",
        "བལྟ་ཙམ་བྱེད་མཁན།": "viewer",
        "viewer": "viewer",
        "地市": "region",
        "镇长": "镇长",
    }
    rows = "".join(f"u{at},{word},990101,甲\n" for at, word in enumerate(words))
    file.write_text(f"用户名,角色,区划代码,姓名\n{rows}", "utf-8")
    users, problems = read_users(file)
    assert problems == []
    assert [user.role for user in users] == list(words.values())
