"""An action reads top to bottom: hold, ask who may, ask whether it is possible, do it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conventions.reading import ROOT
from tests.conventions.test_rooms import python_files

# Where rows are held: for actions there is one way, beside those of the floors under it.
MAY_HOLD = ("xgov/access/", "xgov/jobs/", "xgov/records/holding.py", "xgov/records/querysets.py", "tests/")


HOLDING = {"hold", "hold_all"}


def action_modules() -> list[Path]:
    return [path for path in python_files() if path.parent.name == "actions" and path.name != "__init__.py"]


def calls(function: ast.FunctionDef) -> Iterator[tuple[int, str]]:
    """The line and the written name of everything that the function calls."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def is_action(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator).startswith("transaction.atomic") for decorator in function.decorator_list)


@pytest.mark.parametrize("path", action_modules(), ids=str)
def test_an_action_holds_the_row_before_it_asks_who_may_change_it(path: Path) -> None:
    functions = [node for node in ast.parse((ROOT / path).read_text()).body if isinstance(node, ast.FunctionDef)]
    holding = HOLDING | {each.name for each in functions if HOLDING & {name for _line, name in calls(each)}}
    for function in functions:
        asked = [line for line, name in calls(function) if name == "rules.require"]
        held = [line for line, name in calls(function) if name in holding - {function.name}]
        if asked and is_action(function):
            assert min(held, default=min(asked)) < min(asked), f"{function.name} asks before it holds"


def test_rows_are_held_in_one_way() -> None:
    elsewhere = [path for path in python_files() if not str(path).startswith(MAY_HOLD)]
    assert [str(path) for path in elsewhere if "select_for_update" in (ROOT / path).read_text()] == []
