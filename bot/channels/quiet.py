"""The log says where an error happened and of what kind it is, never what it says.

An exception's message may hold what a user wrote: a database's repeats the values of its
statement.  So may the address of a request.
"""

from __future__ import annotations

import logging
import traceback


class Quiet(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info:
            kind, _, trace = record.exc_info
            name = kind.__name__ if kind else "refused"
            record.exc_text = "".join([*traceback.format_tb(trace), name])
            record.exc_info = None
            if record.name.startswith("sanic"):
                record.msg, record.args = "request failed: %s", (name,)
        return True


def keep_quiet() -> None:
    """For all that this process logs from now on, Sanic's own loggers included, which Rasa leaves
    without a handler."""
    handlers = [*logging.getLogger().handlers, logging.lastResort]
    for handler in filter(None, handlers):
        if not any(isinstance(one, Quiet) for one in handler.filters):
            handler.addFilter(Quiet())
