"""What the list of datasets holds as a file."""

from django.utils.translation import gettext_lazy as _

from xgov.pages.registers import Column

DATASET_FILE_COLUMNS = (
    Column("programme", _("Programme"), value="programme.reference"),
    Column("reference", _("Dataset")),
    Column("name", _("Name")),
    Column("kept_by", _("Provided by"), value="kept_by.name"),
    Column("description", _("What it holds, and about whom")),
    Column("personal_data", _("Personal data"), value="get_personal_data_display"),
    Column("information_asset_owner", _("Information asset owner")),
    Column("refresh_cycle", _("Refreshed"), value="get_refresh_cycle_display"),
    Column("first_due_on", _("First refresh due")),
    Column("grace_days", _("Days allowed after it is due")),
    Column("last_received_on", _("Last received")),
    Column("next_due_on", _("Next due")),
    Column("late", _("Late"), value="is_late"),
    Column("days_late", _("Days late")),
    Column("withdrawn_on", _("Withdrawn on")),
    Column("marking", _("Marking"), value="get_marking_display"),
)
