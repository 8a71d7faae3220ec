"""The report of a period as tables for a workbook, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policycards.ledger.queries.report import Line, Report
from policycards.tables.csv_writer import csv_file
from policycards.tables.xlsx_writer import Column
from policycards.workbooks.report_charts import Chart, Table, write_report

AREAS = (
    Column("区划", "ས་ཁུལ།", 18),
    Column("区划（藏文）", "ས་ཁུལ། (བོད་ཡིག)", 26),
    Column("区划代码", "ས་ཁུལ་གྱི་ཨང་རྟགས།", 16),
    Column("村数", "གྲོང་ཚོའི་གྲངས།"),
    Column("已完成的村", "གྲུབ་ཟིན་པའི་གྲོང་ཚོ།"),
    Column("轮次", "ཐེངས་གྲངས།"),
    Column("明白卡", "ཤེས་གསལ་བྱང་བུ།"),
    Column("本期发放", "དུས་འདིར་སྤྲད་པ།"),
    Column("本期领卡户数", "དུས་འདིར་ལེན་པའི་དུད་ཚང་།"),
    Column("尚未发放", "ད་དུང་མ་སྤྲད་པ།"),
    Column("备用卡发给户", "དུད་ཚང་ལ་སྤྲད་པའི་གྲབས་ཉར་བྱང་བུ།"),
    Column("不在家", "ཁྱིམ་དུ་མེད།"),
    Column("已迁走", "གནས་སྤོས་སོང་།"),
    Column("拒收", "མི་ལེན་ཟེར།"),
    Column("信息有误", "གཞི་གྲངས་ནོར་བ།"),
    Column("遗失", "བོར་བརླག"),
    Column("诉求", "འདྲི་བ།"),
    Column("已答复", "ལན་བཏབ་ཟིན།"),
    Column("逾期", "དུས་ཡོལ།"),
)
EVIDENCE = (
    Column("区划", "ས་ཁུལ།", 18),
    Column("扫码", "བཤེར་བ།"),
    Column("手工输入", "ལག་པས་བྲིས་པ།"),
    Column("据签收登记", "ལེན་པའི་ཐོ་ལས།"),
    Column("批量", "མང་པོ་མཉམ་དུ།"),
)
DAYS = (Column("日期", "ཚེས་གྲངས།", 14), Column("发放", "སྤྲད་པ།"))
TOTAL = "合计 / བསྡོམས།"


def write_workbook(path: Path, report: Report) -> None:
    """The report with its charts."""
    period = f"{report.first}—{report.last}  {' '.join(report.editions)}"
    lines = [*report.lines, report.total]
    areas = [_area(line, is_total=line is report.total) for line in lines]
    grades = [[row[0], *_evidence(line)] for row, line in zip(areas, lines, strict=True)]
    days: list[list[str | int]] = [[day.isoformat(), number] for day, number in report.days]
    count = len(report.lines)
    write_report(
        path,
        [
            Table(
                "发放",
                f"明白卡发放情况 {period}",
                AREAS,
                areas,
                Chart("发放 / སྤྲད་པ།", (8, 10)),
                count,
            ),
            Table(
                "依据",
                f"发放依据 {period}",
                EVIDENCE,
                grades,
                Chart("依据 / ཁུངས།", (2, 3, 4, 5)),
                count,
            ),
            Table(
                "逐日",
                f"逐日发放 {period}",
                DAYS,
                days,
                Chart("逐日 / ཉིན་རེར།", (2,), is_line=True),
                len(days),
            ),
        ],
    )


def csv_of(report: Report) -> bytes:
    """The report's areas as a CSV that opens in Excel."""
    rows = [*(_area(line) for line in report.lines), _area(report.total, is_total=True)]
    return csv_file([f"{column.heading} {column.above}" for column in AREAS], rows)


def _area(line: Line, *, is_total: bool = False) -> list[str | int]:
    names: list[str | int] = [TOTAL, "", ""] if is_total else [line.zh, line.bo, line.area]
    return [*names, *_numbers(line)]


def _numbers(line: Line) -> Iterator[int]:
    yield from (
        line.villages,
        line.finished,
        line.rounds,
        line.cards,
        line.delivered,
        line.households,
    )
    yield from (line.outstanding, line.spares)
    yield from (
        line.statuses.get(status, 0) for status in ("absent", "moved", "refused", "wrong", "lost")
    )
    yield from (line.calls, line.answered, line.overdue)


def _evidence(line: Line) -> Iterator[int]:
    yield from (line.evidence.get(grade, 0) for grade in ("scanned", "typed", "register", "bulk"))
