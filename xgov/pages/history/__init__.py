"""History in words: of one record, and of everything behind one door. Nothing else renders history."""

from xgov.pages.history.exporting import EXPORT_COLUMNS, export_response, export_rows
from xgov.pages.history.keeping import KeptKind, kept_until
from xgov.pages.history.merging import door_history, kinds_behind
from xgov.pages.history.reading import HistoryPage, Item, record_history
from xgov.pages.history.recent import RECENT, recent_history

__all__ = [
    "EXPORT_COLUMNS",
    "RECENT",
    "HistoryPage",
    "Item",
    "KeptKind",
    "door_history",
    "export_response",
    "export_rows",
    "kept_until",
    "kinds_behind",
    "recent_history",
    "record_history",
]
