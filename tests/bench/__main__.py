"""python -m tests.bench [NAME ...]: all benchmarks, or those named, on the PostgreSQL of DATABASE_URL.

Exits 1 when a bar is missed.
"""

import importlib
import os
import pkgutil
import sys

import django
from django.test.runner import DiscoverRunner
from django.test.utils import get_runner, setup_test_environment, teardown_test_environment

from tests.bench.measuring import Bar

FRAME = {"__main__", "measuring"}


def names() -> list[str]:
    folder = os.path.dirname(__file__)
    return sorted(module.name for module in pkgutil.iter_modules([folder]) if module.name not in FRAME)


def in_a_database_of_its_own(runner: DiscoverRunner, name: str) -> list[Bar]:
    """What one benchmark writes would be among what the next one reads."""
    databases = runner.setup_databases()
    try:
        return importlib.import_module(f"tests.bench.{name}").run()
    finally:
        runner.teardown_databases(databases)


def main() -> int:
    wanted = sys.argv[1:] or names()
    if unknown := set(wanted) - set(names()):
        print(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(names())}.", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.conf import settings
    from django.db import connection

    if connection.vendor != "postgresql":
        print("The benchmarks need PostgreSQL: run `make bench`, or set DATABASE_URL.", file=sys.stderr)
        return 2
    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    try:
        bars = [bar for name in wanted for bar in in_a_database_of_its_own(runner, name)]
    finally:
        teardown_test_environment()
    print()
    for bar in bars:
        print(bar)
    return 0 if all(bar.is_met for bar in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
