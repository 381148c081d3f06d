"""What the newest model makes of a question: is it answered already, or turned away?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.errors import FaqBotError

if TYPE_CHECKING:
    from bot.match.decision import Decision
    from bot.match.model import FaqModel

SHOWN = 3
_FAR = 0.005  # confidence that would be shown as 0.00


def near_lines(question: str) -> Iterator[str]:
    """The entries and the out-of-scope topic nearest to a question, as lines for the terminal."""
    from bot.match.archive import load_newest

    try:
        model = load_newest()
    except FaqBotError as error:
        yield f"近いエントリーは調べられませんでした。{error}"
        return
    yield from _lines(model, model.match(question))


def _lines(model: FaqModel, decision: Decision) -> Iterator[str]:
    from bot.match.decision import Answer, NoMatch

    near = [c for c in decision.candidates if c.confidence >= _FAR][:SHOWN]
    if near:
        yield "近いエントリー（いまのボットの確からしさ）"
    for candidate in near:
        entry = model.book.entry(candidate.entry)
        yield f"  {candidate.confidence:.2f}  {candidate.entry}  {entry.label}"
    if isinstance(decision, Answer):
        yield (
            f"注意  いまのボットは、この質問に {decision.entry} で答えます。"
            "同じ内容なら、エントリーを足さずに、言い回しを例文に加えてください。"
        )
    elif isinstance(decision, NoMatch) and decision.topic is not None:
        topic = model.book.topic(decision.topic)
        yield (
            f"近い対象外の話題  {topic.name}（{topic.id}）"
            "　同じ言い回しは、これから書くエントリーのものになります。"
        )
