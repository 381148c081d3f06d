"""Rasa comes without TensorFlow into the tests' own process, as in `faq serve`."""

from bot.nlu import no_tensorflow

no_tensorflow.install()
