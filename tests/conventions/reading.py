"""What the conventions read out of the code: names of environment variables, commands, make targets."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def environment_names() -> set[str]:
    """Every environment variable that the product reads, found where it is read."""
    names: set[str] = set()
    for path in [ROOT / "xgov/settings.py", *ROOT.glob("xgov/**/management/commands/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and reads_environment(node.func):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    names.add(first.value)
    return names


def reads_environment(function: ast.expr) -> bool:
    """`env("X")`, `env.bool("X")`, `os.environ.get("X")`, `os.getenv("X")`."""
    written = ast.unparse(function)
    return written == "env" or written.startswith("env.") or written in ("os.environ.get", "os.getenv")


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
