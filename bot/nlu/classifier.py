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
from bot.match.example import Example
from bot.match.matcher import Matcher, Settings
from bot.match.model import FaqModel
from bot.nlu import served
from bot.nlu.labels import FAQ_INTENT, KIND_KEY, OUT_OF_SCOPE_INTENT, TOPIC_KEY, parse_data


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FaqClassifier(GraphComponent, IntentClassifier):
    """A thin shell over `bot.match.matcher.Matcher`.

    Sets the intent `faq` with the entry as ResponseSelector output, `choices` or
    `out_of_scope`, and the whole decision under the key `faq` for the actions.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Folder of faq.yml, contacts.yml and out_of_scope.yml: what is answered.  The
            # examples come from Rasa's training data, as with any other classifier.
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
        matcher = Matcher.fit(_examples(training_data), settings)
        self._model = FaqModel(book, matcher)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component learns from its predictions."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        assert self._model is not None, "FaqClassifier is used before train() or load()"
        for message in messages:
            decision = self._model.match(message.get("text") or "")
            for key, value in parse_data(decision).items():
                message.set(key, value, add_to_output=True)
        return messages


def _examples(training_data: TrainingData) -> list[Example]:
    return [_example(message) for message in training_data.intent_examples if message.get("text")]


def _example(message: Message) -> Example:
    """Out-of-scope examples from a Rasa file of one's own have no topic; they count as near."""
    text = message.get("text")
    if message.get("intent") == FAQ_INTENT:
        return Example.of_entry(text, message.get("intent_response_key").split("/", 1)[1])
    near = message.get(KIND_KEY, "near") == "near"
    return Example.of_topic(text, message.get(TOPIC_KEY, OUT_OF_SCOPE_INTENT), near)
