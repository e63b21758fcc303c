"""Forms in the GOV.UK way: the error summary, hints, dates in three boxes, and two people on one record."""

from xgov.pages.forms.boxes import MoneyField, Option
from xgov.pages.forms.checking import Check, Seen
from xgov.pages.forms.dates import DateBoxes, DateField
from xgov.pages.forms.plain import GovukManners, PlainForm
from xgov.pages.forms.problems import Problem, problems_of
from xgov.pages.forms.records import RecordForm
from xgov.pages.forms.rendering import GovukField, GovukRenderer
from xgov.pages.forms.several import SeveralRecordsField

__all__ = [
    "Check",
    "DateBoxes",
    "DateField",
    "GovukField",
    "GovukManners",
    "GovukRenderer",
    "MoneyField",
    "Option",
    "PlainForm",
    "Problem",
    "RecordForm",
    "Seen",
    "SeveralRecordsField",
    "problems_of",
]
