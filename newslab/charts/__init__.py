"""Charts: a table in, a plotly figure out.

Every figure says in ``figure.layout.meta`` what it shows: ``caption`` in words, and ``columns`` and ``rows``, the
numbers that were drawn. A chart of an empty table says that there is nothing to show.
"""

from newslab.charts.along import plot_mentions, plot_sentiment
from newslab.charts.compare import plot_speakers_by_article, plot_tone_by_article
from newslab.charts.dates import plot_timeline
from newslab.charts.diversity import plot_diversity
from newslab.charts.explaining import plot_explanation, plot_reliability
from newslab.charts.network import plot_talk
from newslab.charts.outlets import plot_outlets
from newslab.charts.people import plot_actors, plot_speakers
from newslab.charts.reading import plot_readability
from newslab.charts.targets import plot_target_sentiment

__all__ = [
    "plot_actors",
    "plot_diversity",
    "plot_explanation",
    "plot_mentions",
    "plot_outlets",
    "plot_readability",
    "plot_reliability",
    "plot_sentiment",
    "plot_speakers",
    "plot_speakers_by_article",
    "plot_talk",
    "plot_target_sentiment",
    "plot_timeline",
    "plot_tone_by_article",
]
