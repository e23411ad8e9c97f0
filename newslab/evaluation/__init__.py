"""Evaluation: labelled quotes read from a file, and how well found quotes agree with them."""

from newslab.evaluation.annotations import read_annotations, write_annotations
from newslab.evaluation.scores import evaluate_quotes

__all__ = ["evaluate_quotes", "read_annotations", "write_annotations"]
