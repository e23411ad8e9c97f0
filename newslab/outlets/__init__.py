"""What outlets do differently: whom they quote, how they speak of people, how many sources they have.

The way of a number: ``sums`` (each article's part in it), ``resampling`` (articles drawn again: intervals and tests),
``measuring`` (one row an outlet) and ``comparing`` (one row a pair of outlets).
"""

from newslab.outlets.comparing import compare_outlets
from newslab.outlets.measuring import measure_outlets

__all__ = ["compare_outlets", "measure_outlets"]
