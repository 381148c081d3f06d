"""``faq ask``: one question, answered in the terminal."""

from __future__ import annotations

import argparse

from bot.cli.options import add_edited

HELP = "質問を1つ試し、判断と候補を表示します"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", help="質問文")
    add_edited(parser)


def run(options: argparse.Namespace) -> int:
    from bot.cli.content import chosen_model
    from bot.match.decision import Answer, Choices

    model = chosen_model(options)
    decision = model.match(options.question)
    if isinstance(decision, Answer):
        entry = model.book.entry(decision.entry)
        print(f"回答  {entry.question}\n\n{entry.answer.strip()}")
        for contact in map(model.book.contact, (*entry.contacts, *entry.links)):
            where = " / ".join(p.number for p in contact.phones) or contact.url
            print(f"\n{contact.name}  {where}")
    elif isinstance(decision, Choices):
        both = "ご質問が複数あります" if decision.both else "近いものが複数あります"
        print(f"候補  {both}")
        for id in decision.entries:
            print(f"  {model.book.entry(id).label}")
    else:
        print("該当なし  確かな回答がありません")
    print("\n確からしさ")
    for candidate in decision.candidates:
        print(f"  {candidate.confidence:.2f}  {candidate.entry}")
    return 0
