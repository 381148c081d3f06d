"""What is measured of every system, beside the rates of `faq evaluate`."""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

from bot.match.evaluation.rates import MEASURES, Floats, Measure, Scores
from bot.match.evaluation.result import Outcome


def auroc(scores: Scores) -> Floats:
    """(…): how often an in-scope question is surer of its best entry than an out-of-scope one is,
    equals counting half: the area under the ROC curve, by ranks (Hanley and McNeil 1982, The
    meaning and use of the area under a ROC curve). nan without questions of both sides."""
    n, m = len(scores.inside), len(scores.outside)
    confidence = scores.all.confidence
    if not n or not m:
        return np.full(confidence.shape[:-1], np.nan)
    ranks = rankdata(confidence, axis=-1)[..., :n].sum(axis=-1)
    area: Floats = (ranks - n * (n + 1) / 2) / (n * m)
    return area


_OWN = (
    Measure("auroc", "AUROC", "all", auroc),
    Measure("offered", "候補に正答", "in_scope", lambda s: s.inside.share(Outcome.OFFERED)),
)
BY_NAME = {measure.name: measure for measure in (*MEASURES, *_OWN)}

# The columns of two tables: of every system, and of those that decide.
RANKING = {
    "top1": "top-1",
    "right_at_90": "right at 90 %",
    "right_at_95": "right at 95 %",
    "auroc": "AUROC",
}
DECIDING = {
    "right": "right at once",
    "offered": "offered",
    "wrong": "wrong",
    "out_of_scope_answered": "out of scope answered",
    "out_of_scope_choices": "out of scope offered choices",
}
