"""The matcher as Rasa intent classifier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.faq.load import load_book
from bot.match.example import Example, examples_of
from bot.match.matcher import Matcher, Settings
from bot.match.model import FaqModel
from bot.nlu import served
from bot.nlu.labels import FINGERPRINT_KEY, OUT_OF_SCOPE_INTENT, parse_data
from bot.text.language import language_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FaqClassifier(GraphComponent, IntentClassifier):
    """A thin shell over `bot.match.matcher.Matcher`.

    Sets the intent `faq` with the entry as ResponseSelector output, `choices` or
    `out_of_scope`, and the whole decision under the key `faq` for the actions.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Folder of faq.yml and the files beside it: what is answered and learnt.  Examples in
            # Rasa files of one's own are learnt besides, as what the FAQ does not answer.
            "data": "data",
            # Directory with an ONNX encoder, or any sentence-transformers model.
            "encoder": "models/encoder",
            # Sudachi user dictionary source with the words of the field.
            "vocabulary": "data/vocabulary.csv",
        }

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: FaqModel | None,
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FaqClassifier:
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FaqClassifier:
        """Load the model, and make it the one that actions and lookup of this process use."""
        with model_storage.read_from(resource) as folder:
            model = FaqModel.load(folder)
        served.publish(model)
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        book = load_book(Path(self._config["data"]))
        settings = Settings(self._config["encoder"], self._config["vocabulary"])
        matcher = Matcher.fit([*examples_of(book), *_own_examples(training_data)], settings)
        self._model = FaqModel(book, matcher)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder, Path(self._config["data"]))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component learns from its predictions."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        assert self._model is not None, "FaqClassifier is used before train() or load()"
        for message in messages:
            text = message.get("text") or ""
            decision = self._model.match(text)
            for key, value in parse_data(decision, language_of(text)).items():
                message.set(key, value, add_to_output=True)
        return messages


def _own_examples(training_data: TrainingData) -> list[Example]:
    """Those of Rasa files beside ours count as one near topic."""
    return [
        Example.of_topic(message.get("text"), OUT_OF_SCOPE_INTENT)
        for message in training_data.intent_examples
        if message.get("text") and FINGERPRINT_KEY not in message.data
    ]
