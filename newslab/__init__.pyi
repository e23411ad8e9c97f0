from . import charts as charts
from . import course as course
from .actors import find_actors as find_actors
from .actors import find_mentions as find_mentions
from .analysis import Analysis as Analysis
from .analysis import analyze as analyze
from .article import Article as Article
from .corpus import Corpus as Corpus
from .errors import LanguageWarning as LanguageWarning
from .errors import LoadError as LoadError
from .errors import ModelError as ModelError
from .errors import NewslabError as NewslabError
from .errors import ReportError as ReportError
from .evaluation import evaluate_quotes as evaluate_quotes
from .evaluation import read_annotations as read_annotations
from .loading import load as load
from .markup import mark as mark
from .outlets import compare_outlets as compare_outlets
from .outlets import measure_outlets as measure_outlets
from .quotes import find_quotes as find_quotes
from .readability import score_readability as score_readability
from .report import build_report as build_report
from .sentiment import score_sentiment as score_sentiment
from .target_sentiment import explain_target_sentiment as explain_target_sentiment
from .target_sentiment import score_target_sentiment as score_target_sentiment

__version__: str
