"""Lists, declared once: columns, search, filters, sorting, pages, CSV and XLSX of exactly what is shown.

RISKS = Register(
    key="risks",
    columns=[Column("reference", _("Risk"), link=True, sort=("reference",)), ...],
    search=("title", "cause"),
    filterset=RiskFilters,
    default_sort="-score",
    select_related=("kept_by", "owner"),
)

def risk_list(request, reference):
    return register_page(request, RISKS, risks, template="risks/list.html", context={...})
"""

from xgov.pages.registers.answering import FILE_FORMATS, ROWS_WHILE_WAITING, file_of, register_page
from xgov.pages.registers.choosing import MOST as MOST_CHOSEN
from xgov.pages.registers.choosing import Choosing, chosen
from xgov.pages.registers.declaring import Column, Register
from xgov.pages.registers.filtering import DayFilter, SeveralRecordsFilter
from xgov.pages.registers.listing import Listing

__all__ = [
    "FILE_FORMATS",
    "MOST_CHOSEN",
    "ROWS_WHILE_WAITING",
    "Choosing",
    "Column",
    "DayFilter",
    "Listing",
    "Register",
    "SeveralRecordsFilter",
    "chosen",
    "file_of",
    "register_page",
]
