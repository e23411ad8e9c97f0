"""The public names: what `import newslab` gives, that each is documented, and that importing is quick and quiet."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import newslab as nl


def test_every_public_name_can_be_had_and_begins_with_a_sentence() -> None:
    assert len(nl.__all__) >= 19
    for name in nl.__all__:
        documented = inspect.getdoc(getattr(nl, name)) or ""
        first = documented.split("\n\n")[0].strip()
        assert first.endswith((".", ":")), f"newslab.{name} has no first sentence: {first!r}"


def test_each_public_function_types_all_it_takes_and_gives() -> None:
    for name in nl.__all__:
        thing = getattr(nl, name)
        if inspect.isfunction(thing):
            signature = inspect.signature(thing)
            untyped = [
                one for one, value in signature.parameters.items() if value.annotation is inspect.Parameter.empty
            ]
            assert not untyped, f"newslab.{name} does not type {untyped}"
            assert signature.return_annotation is not inspect.Signature.empty, name


def test_importing_newslab_loads_none_of_the_large_libraries() -> None:
    code = "import sys, newslab; print([name for name in ('spacy', 'pandas', 'plotly', 'nltk') if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
    assert answer.stderr == ""


def test_a_misspelt_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="find_quote"):
        nl.find_quote  # noqa: B018
