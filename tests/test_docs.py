"""The documentation is true: pages made from code are up to date, links lead somewhere, every rule has an example."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from newslab.quotes import describe_rules

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "data").glob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def test_the_pages_made_from_the_code_are_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "tools" / "make_docs.py"), "--check"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing


def test_every_rule_says_what_it_finds_and_gives_an_example() -> None:
    rules = describe_rules()
    assert len(rules) > 10
    assert rules["example"].str.len().gt(10).all(), rules[rules["example"].str.len() <= 10]
    assert rules["finds"].str.endswith(".").all()
