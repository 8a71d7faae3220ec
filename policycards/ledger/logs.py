"""The server's log: a line of JSON for each event, without anything that somebody sent."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class Line(logging.Formatter):
    """When, how grave, who says it, what; of a request its method, route and status, of an error
    its place.

    The route is that of the pattern: addresses have codes and ids in them, and an error's own words
    may have values.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
        }
        request = getattr(record, "request", None)
        if request is None:
            line["message"] = str(record.msg)
        else:
            match = getattr(request, "resolver_match", None)
            line["method"] = getattr(request, "method", "")
            line["route"] = match.route if match else ""
            line["status"] = getattr(record, "status_code", 0)
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _where(record)
        return json.dumps(line, ensure_ascii=False)


def _where(record: logging.LogRecord) -> list[str]:
    """The places of an error in the code, the innermost last."""
    trace = record.exc_info[2] if record.exc_info else None
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-8:]
