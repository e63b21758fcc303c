"""Taking a register of 100,000 risks out, as CSV and as a workbook: memory does not grow with the number of rows."""

import os
import random
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from tests.bench.measuring import Bar, table
from tests.bench.risks import grow_to
from tests.factories import make_department, make_membership, make_person

SMALL, LARGE = 1_000, 100_000
MOST_MORE_MEGABYTES = 40  # of the larger over the smaller: of a hundred times the rows
_ADDRESS = ("USER", "PASSWORD", "HOST", "PORT", "NAME")
_ROOT = Path(__file__).resolve().parents[2]
# Each in a process of its own: its peak is that of the export.
_EXPORT = """
import sys, time
import django
django.setup()
from django.db import transaction
from risks.bearing import with_bearing
from risks.exports import RISK_FILE_COLUMNS
from risks.models import Risk
from xgov.accounts.models import User
from xgov.papers.exports import csv_chunks, write_xlsx

kind, most, pk = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
reader = User.objects.get(pk=pk)
seen = Risk.objects.visible_to(reader).filter(pk__lte=Risk.objects.order_by("pk").values_list("pk")[most - 1][0])
risks = with_bearing(seen.with_page_relations(), reader).iterator(chunk_size=500)
count = 0
def rows():
    global count
    for risk in risks:
        count += 1
        yield [column.read_for_file(risk) for column in RISK_FILE_COLUMNS]
labels = [column.label for column in RISK_FILE_COLUMNS]
start = time.perf_counter()
with open("/dev/null", "wb") as nowhere, transaction.atomic():
    if kind == "CSV":
        for piece in csv_chunks(labels, rows()):
            nowhere.write(piece)
    else:
        import tempfile
        with tempfile.TemporaryFile() as file:
            write_xlsx(file, "Risks", labels, rows())
from tests.bench.measuring import peak_megabytes
print(count, time.perf_counter() - start, peak_megabytes())
"""


def run() -> list[Bar]:
    departments = [make_department(abbreviation=f"X{number:02}") for number in range(20)]
    owners = [make_person(department=department) for department in departments]
    reader = make_person()
    make_membership(reader, departments[1], "centre")
    random.seed(1)
    grow_to(LARGE, departments, owners)
    found = {(kind, size): _cost(kind, size, reader.pk) for kind in ("CSV", "XLSX") for size in (SMALL, LARGE)}
    rows = [[f"{kind}, {size:,} asked for", *cost] for (kind, size), cost in found.items()]
    table("Exports", ["Risks", "rows", "seconds", "peak MB"], rows)
    return [
        Bar(
            f"Export of {LARGE:,} risks as {kind}: peak MB more than for {SMALL:,}",
            found[kind, LARGE][2] - found[kind, SMALL][2],
            MOST_MORE_MEGABYTES,
        )
        for kind in ("CSV", "XLSX")
    ]


def _cost(kind: str, size: int, reader: int) -> tuple[int, float, float]:
    """Rows, seconds and the peak in MB."""
    parts = {key: quote(str(connection.settings_dict[key]), safe="") for key in _ADDRESS}
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**parts)
    done = subprocess.run(
        [sys.executable, "-c", _EXPORT, kind, str(size), str(reader)],
        cwd=_ROOT, env={**os.environ, "DATABASE_URL": address}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    count, seconds, peak = done.stdout.split()[-3:]
    return int(count), float(seconds), float(peak)
