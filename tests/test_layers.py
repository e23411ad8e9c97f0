"""The import rule: a module imports only from lower layers, and only some know a library."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "newslab"

# Lower imports nothing from higher. Within layer 0 the order stands in the numbers.
LAYERS = {
    "errors": 0.1,
    "resources": 0.2,
    "tables": 0.3,
    "text": 0.4,
    "article": 1,
    "loading": 2,
    "language": 2,
    "readability": 2,
    "sentiment": 2,
    "actors": 3,
    "quotes": 4,
    "target_sentiment": 4,
    "charts": 5,
    "markup": 5,
    "worksheet": 5,
    "evaluation": 5,
    "linking": 5,
    "outlets": 5,
    "corpus": 6,
    "store": 6,
    "workers": 6,
    "analysis": 7,
    "report": 8,
    "course": 8,
    "cli": 9,
    "__main__": 9.1,
}
PUBLIC = 8.5  # `import newslab` itself: what the command may use, and no room below it
KNOWN_TO = {
    "spacy": {"language"},
    "plotly": {"charts", "report"},
    "textstat": {"readability"},
    "trafilatura": {"loading"},
    "joblib": {"workers"},
    "dask": {"workers"},
    "distributed": {"workers"},
    "duckdb": {"store"},
    "nltk": {"text", "sentiment", "readability", "resources"},
}


def faults(room: str, source: str, package: str = "newslab") -> list[str]:
    """What in a module's source breaks the rule; ``package`` is where its relative imports count from."""
    found = []
    for name in _imported(source, package):
        top, _, rest = name.partition(".")
        target = rest.partition(".")[0]
        if top in KNOWN_TO and room not in KNOWN_TO[top]:
            found.append(f"{room} imports {top}, which only {' and '.join(sorted(KNOWN_TO[top]))} may know")
        if top == "newslab" and target != room and LAYERS[room] <= LAYERS.get(target, PUBLIC):
            found.append(f"{room} (layer {LAYERS[room]}) imports {name}, which is not below it")
    return found


def _imported(source: str, package: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")
            base = ".".join(parents[: len(parents) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            # `from newslab import text` names a module, `from newslab.text import words` does not.
            yield from (f"{module}.{alias.name}" if module == "newslab" else module for alias in node.names)


MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_lower_layers(path: Path) -> None:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    room = parts[1]
    assert room in LAYERS, f"newslab.{room} has no layer; give it one here and in the design"
    assert not faults(room, path.read_text(encoding="utf-8"), ".".join(parts[:-1]))


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("text", "import spacy"),
        ("actors", "from newslab.quotes import find_quotes"),
        ("charts", "from newslab.markup import mark"),
        ("quotes", "def verb():\n    from newslab import analysis"),
        ("quotes", "from ..charts import plot_actors"),
        ("actors", "import newslab"),
        ("errors", "from newslab.text import words"),
        ("loading", "from plotly.graph_objects import Figure"),
    ],
)
def test_a_breach_is_found(room: str, source: str) -> None:
    assert faults(room, source, f"newslab.{room}")


def test_the_files_of_one_room_may_import_each_other_and_what_is_below() -> None:
    source = "from newslab.quotes.marks import pair\nfrom .cues import CUES\nfrom newslab.text import words\nimport re"
    assert not faults("quotes", source, "newslab.quotes")
