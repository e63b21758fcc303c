from itertools import count

from programmes.models import Programme
from risks.models import ColumnMapping, ImportedRow, RegisterImport, Risk
from tests.factories.people import SETTING_THE_SCENE
from xgov.accounts.models import Department, User
from xgov.records.acting import acting

_numbers = count(1)


def make_mapping(programme: Programme, department: Department, **fields) -> ColumnMapping:
    fields.setdefault("fingerprint", f"{next(_numbers):064}")
    fields.setdefault("headers", ["Risk number", "Title"])
    with acting(SETTING_THE_SCENE):
        return ColumnMapping.objects.create(programme=programme, department=department, **fields)


def make_import(programme: Programme, kept_by: Department, brought_by: User | None, **fields) -> RegisterImport:
    number = next(_numbers)
    fields.setdefault("name", f"register-{number}.csv")
    fields.setdefault("file", f"registers/{programme.reference}/{number}.csv")
    with acting(SETTING_THE_SCENE):
        return RegisterImport.objects.create(
            programme=programme, kept_by=kept_by, brought_by=brought_by, number=number, sha256="0" * 64, size=1,
            **fields,
        )  # fmt: skip


def make_imported_row(risk: Risk, **fields) -> ImportedRow:
    fields.setdefault("mapping", None)
    mapping = fields.pop("mapping") or make_mapping(risk.programme, risk.kept_by)
    fields.setdefault("key", risk.reference)
    fields.setdefault("said", {"Title": risk.title, "Rating": "H*"})
    fields.setdefault("kept_as_given", ["Rating"])
    with acting(SETTING_THE_SCENE):
        return ImportedRow.objects.create(programme=risk.programme, risk=risk, mapping=mapping, **fields)
