"""The report: one article, or several compared, as one page of tables, charts and marked text that opens offline.

The public names are listed in ``__init__.pyi`` and imported when they are first used, so that ``jupyter nbconvert``,
which wants the exporter alone, does not wait for the language model's library.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
