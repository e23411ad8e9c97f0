"""newslab: who says what, about whom, and how, in one news article or many.

>>> import newslab as nl
>>> story = nl.load("data/article.txt")
>>> nl.analyze(story).quotes

The public names are listed in ``__init__.pyi``; each is imported when it is first used, so that ``import newslab`` is
quick.
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
