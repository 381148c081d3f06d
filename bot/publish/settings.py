"""publish.yml: what has to hold before anything is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from bot.errors import FaqBotError

FILE = Path("publish.yml")


class SettingsError(FaqBotError):
    """publish.yml cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Shares are 0–1. The defaults hold where publish.yml does not say otherwise.

    `questions`: files with known answers, as `faq evaluate` takes them. `offered`: of questions
    with an answer, at least so many get it, at once or among choices; `wrong`: at most so many
    get another; `answered`: of questions without an answer, at most so many get one. `worse`: of
    all questions with a known answer, at most so many may end worse than with the served
    version; 24 entries more moved 1.9 %. `days`: how far back members' questions go.
    """

    questions: tuple[Path, ...] = ()
    offered: float = 0.95
    wrong: float = 0.02
    answered: float = 0.05
    worse: float = 0.03
    days: int = 28

    @classmethod
    def load(cls, file: Path = FILE) -> Settings:
        """Those of the file; the defaults, without questions, where there is none."""
        try:
            given = yaml.safe_load(file.read_text("utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise SettingsError(
                f"{file} を読み込めません。YAML の書き方を確かめてください。"
            ) from error
        settings = cls(**_checked(given or {}, file))
        for questions in settings.questions:
            if not questions.is_file():
                raise SettingsError(
                    f"{file} の questions に書かれた {questions} がありません。"
                    "ファイルを置くか、この行を消してください。"
                )
        return settings


def _checked(given: Any, file: Path) -> dict[str, Any]:
    known = {one.name for one in fields(Settings)}
    if not isinstance(given, Mapping) or not known.issuperset(given):
        names = "・".join(sorted(known))
        raise SettingsError(f"{file} に書ける項目は {names} です。ほかの項目を消してください。")
    return {key: _value(key, value, file) for key, value in given.items()}


def _value(key: str, value: Any, file: Path) -> Any:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if key == "questions":
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(map(Path, value))
        raise SettingsError(f"{file} の questions には、ファイル名のリストを書いてください。")
    if key == "days":
        if number and 0 <= value <= 3650 and int(value) == value:
            return int(value)
        raise SettingsError(f"{file} の days には、0 から 3650 までの日数を書いてください。")
    if number and 0 <= value <= 1:
        return float(value)
    raise SettingsError(f"{file} の {key} には、0 から 1 までの割合を書いてください（例: 0.95）。")
