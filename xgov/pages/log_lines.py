"""What the log says of a request that was refused."""

import copy
import logging


class LogLine(logging.Formatter):
    """One line for an answer that is no fault of ours, below 500; a traceback is for those that are."""

    def format(self, record: logging.LogRecord) -> str:
        if getattr(record, "status_code", 500) < 500:
            record = copy.copy(record)
            record.exc_info = record.exc_text = None
        return super().format(record)
