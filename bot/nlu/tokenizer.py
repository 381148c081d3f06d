"""SudachiPy as Rasa tokenizer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.match.matcher import VAR
from bot.text.sudachi import Sudachi, Word


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SudachiTokenizer(Tokenizer):
    """Words by Sudachi with the field's own vocabulary; a token's lemma is the normalised form."""

    @staticmethod
    def supported_languages() -> list[str] | None:
        return ["ja"]

    @staticmethod
    def required_packages() -> list[str]:
        return ["sudachipy", "sudachidict_small"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Sudachi user dictionary source with the words of the field; null for none.
            "vocabulary": "data/vocabulary.csv",
            # Rasa's own three: never split intents, no further splitting of tokens.
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    def __init__(self, config: dict[str, Any], sudachi: Sudachi | None = None) -> None:
        super().__init__(config)
        self._sudachi = sudachi

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SudachiTokenizer:
        return cls(config)

    def _words(self, text: str) -> tuple[Word, ...]:
        """Loads on first use: our own channels bring their messages parsed."""
        if self._sudachi is None:
            vocabulary = self._config["vocabulary"]
            self._sudachi = Sudachi.load(Path(vocabulary) if vocabulary else None, cache=VAR)
        return self._sudachi.words(text)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        words = self._words(message.get(attribute))
        tokens = [
            Token(w.surface, w.start, w.end, lemma=w.normalized) for w in words if w.surface.strip()
        ]
        return self._apply_token_pattern(tokens)
