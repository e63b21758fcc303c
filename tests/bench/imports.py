"""Taking a register of 10,000 risks in, with history, beside a bare `bulk_create` of the same rows; and its memory."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from django.db import connection, models, transaction

from programmes.models import Programme
from risks.actions import bringing, imports
from risks.bearing import with_bearing
from risks.exports import RISK_FILE_COLUMNS
from risks.models import Risk
from tests.bench.measuring import Bar, table
from tests.factories import make_department, make_membership, make_person, make_programme
from tests.factories.risks import unsaved_risk
from xgov.accounts.models import Department, User
from xgov.papers.exports import csv_chunks, write_xlsx
from xgov.papers.tables import bytes_of
from xgov.records.acting import acting, system_signer

RISKS = 10_000
MOST_OVER_BULK = 3.0
MOST_MEGABYTES = 300
ROUNDS = 3
_ADDRESS = ("USER", "PASSWORD", "HOST", "PORT", "NAME")
_ROOT = Path(__file__).resolve().parents[2]
# Run in a process of its own, whose peak is the peak of the import and of nothing else.
_IMPORT = """
import sys
import django
django.setup()
from django.core.management import call_command
call_command("import_risks", sys.argv[1], "--programme", sys.argv[2], stdout=open("/dev/null", "w"))
from tests.bench.measuring import peak_megabytes
print(peak_megabytes())
"""


def run() -> list[Bar]:
    lead = make_department(abbreviation="LEAD")
    owner = make_person(department=lead)
    make_membership(owner, lead, "programme_manager")
    with tempfile.TemporaryDirectory() as folder:
        files = {"CSV": Path(folder) / "register.csv", "XLSX": Path(folder) / "register.xlsx"}
        _write_files(files, lead, owner)
        bare = min(_bare(lead, owner) for _round in range(ROUNDS))
        costs = {kind: [_taken_in(path, lead) for _round in range(ROUNDS)] for kind, path in files.items()}
    seconds = {kind: min(cost[0] for cost in found) for kind, found in costs.items()}
    peaks = {kind: max(cost[1] for cost in found) for kind, found in costs.items()}
    rows = [["bulk_create, no history", bare, 1.0, 0.0]]
    rows += [[f"import of {kind}", seconds[kind], seconds[kind] / bare, peaks[kind]] for kind in files]
    table("Imports", [f"{RISKS:,} risks", "seconds", "times bulk_create", "peak MB"], rows)
    return [
        Bar(f"Import of {RISKS:,} risks from CSV over bulk_create", seconds["CSV"] / bare, MOST_OVER_BULK),
        *(Bar(f"Import of {RISKS:,} risks from {kind}: peak MB", peaks[kind], MOST_MEGABYTES) for kind in files),
    ]


def _rows(programme: Programme, lead: Department, owner: User) -> list[Risk]:
    words = "What may happen is told here in a sentence or two, as people do. " * 2
    return [
        unsaved_risk(
            programme, lead, owner, reference=f"R-{number:05}", title=f"Something may go wrong in part {number}",
            cause=words, event=words, consequence=words,
        )
        for number in range(1, RISKS + 1)
    ]  # fmt: skip


def _write_files(files: dict[str, Path], lead: Department, owner: User) -> None:
    """The same rows, as new ones: without references."""
    programme = make_programme(lead)
    models.QuerySet(Risk).bulk_create(_rows(programme, lead, owner), batch_size=500)
    risks = list(with_bearing(Risk.objects.filter(programme=programme).with_page_relations(), owner))
    columns = [column for column in RISK_FILE_COLUMNS if column.key != "programme"]
    left_empty = {"reference", "version"}
    rows = ([None if c.key in left_empty else c.read_for_file(risk) for c in columns] for risk in risks)
    files["CSV"].write_bytes(b"".join(csv_chunks([column.label for column in columns], rows)))
    rows = ([None if c.key in left_empty else c.read_for_file(risk) for c in columns] for risk in risks)
    with files["XLSX"].open("wb") as file:
        write_xlsx(file, "Risks", [column.label for column in columns], rows)


def _bare(lead: Department, owner: User) -> float:
    programme = make_programme(lead)
    risks = _rows(programme, lead, owner)
    start = time.perf_counter()
    with transaction.atomic():
        models.QuerySet(Risk).bulk_create(risks, batch_size=500)
    return time.perf_counter() - start


def _taken_in(path: Path, lead: Department) -> tuple[float, float]:
    """Seconds from the file to the last row in the register; and the peak of a process that does only this, in MB."""
    programme = make_programme(lead)
    start = time.perf_counter()
    with acting(system_signer("Benchmark")):
        brought = bringing.bring_register(programme, by=None, name=path.name, data=bytes_of(path), kept_by=lead)
        imports.apply_register(brought, by=None)
    seconds = time.perf_counter() - start
    assert Risk.objects.filter(programme=programme).count() == RISKS
    assert Risk.history.filter(programme=programme).count() == RISKS
    return seconds, _peak(path, make_programme(lead))


def _peak(path: Path, programme: Programme) -> float:
    held = {
        key: quote(str(value), safe="")
        for key, value in connection.settings_dict.items()
        if isinstance(value, str | int)
    }
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**held)
    env = {**os.environ, "DATABASE_URL": address}
    done = subprocess.run(
        [sys.executable, "-c", _IMPORT, str(path), programme.reference],
        cwd=_ROOT, env=env, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return float(done.stdout.split()[-1])
