"""Score the matcher on questions with known answers.

questions → result (what was decided, how good it is) → rates with bootstrap intervals, curves
and counts → report.
"""

from bot.match.evaluation.questions import Question, QuestionsError, read_questions
from bot.match.evaluation.report import (
    Report,
    calibration_error,
    evaluate,
    evaluate_all,
    right_at,
)
from bot.match.evaluation.result import Outcome, Result, outcome

__all__ = [
    "Outcome",
    "Question",
    "QuestionsError",
    "Report",
    "Result",
    "calibration_error",
    "evaluate",
    "evaluate_all",
    "outcome",
    "read_questions",
    "right_at",
]
