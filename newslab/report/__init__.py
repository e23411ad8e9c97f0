"""The report: one article's tables, charts and marked text as one page that opens offline.

The public names are listed in ``__init__.pyi`` and imported when they are first used, so that ``jupyter nbconvert``,
which wants the exporter alone, does not wait for the language model's library.
"""

import importlib
import sys

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def _import_jsonschema() -> None:
    """Import what checks notebooks without the grammar of web addresses that it builds for two seconds.

    A notebook holds nothing in that format, and a report has fifteen seconds. The grammar's own module stays free for
    whoever wants it.
    """
    if "jsonschema" in sys.modules or "rfc3987_syntax" in sys.modules:
        return
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        importlib.import_module("jsonschema")
    finally:
        del sys.modules["rfc3987_syntax"]


_import_jsonschema()
