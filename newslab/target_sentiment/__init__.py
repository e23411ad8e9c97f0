"""Sentiment toward each actor: a linear model that never sees a name, and the words behind each of its labels."""

from newslab.target_sentiment.scoring import explain_target_sentiment, score_target_sentiment, target_rows

__all__ = ["explain_target_sentiment", "score_target_sentiment", "target_rows"]
