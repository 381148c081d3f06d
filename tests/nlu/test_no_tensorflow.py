"""Rasa runs without TensorFlow, and says so where it cannot."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent

import pytest

from tests.conftest import ROOT

BEFORE = """
    import sys
    from bot.nlu import no_tensorflow
    no_tensorflow.install()
"""


def python(code: str) -> str:
    """What a Python of its own prints."""
    done = subprocess.run(
        [sys.executable, "-c", dedent(BEFORE) + dedent(code)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_agent_and_our_components_load_no_real_tensorflow() -> None:
    shown = python("""
        import rasa.core.agent, rasa.model_training
        import bot.nlu.classifier, bot.nlu.tokenizer, bot.nlu.importer
        real = [n for n, m in sys.modules.items()
                if n.split(".")[0] in no_tensorflow.HOLLOW and getattr(m, "__file__", None)]
        print(real, "tensorflow" in sys.modules)
    """)
    assert shown == "[] True"


def test_every_default_component_of_rasa_can_still_be_imported() -> None:
    """Rasa's recipe reads the modules of all of them, whatever config.yml names."""
    shown = python("""
        from rasa.engine.recipes.default_components import DEFAULT_COMPONENTS
        names = {component.__name__ for component in DEFAULT_COMPONENTS}
        print({"DIETClassifier", "TEDPolicy", "ResponseSelector", "RulePolicy"} <= names)
    """)
    assert shown == "True"


def test_hollow_classes_serve_as_bases_annotations_and_decorators() -> None:
    shown = python("""
        import tensorflow as tf
        from tensorflow.keras.layers import Dense
        class Layer(tf.keras.layers.Layer, Dense):
            @tf.function
            def call(self, x: tf.Tensor) -> tf.Tensor: return 1
            @tf.function(experimental_relax_shapes=True)
            def other(self): return 2
        print(Layer().call(None), Layer().other(), issubclass(Layer, Dense))
    """)
    assert shown == "1 2 True"


@pytest.mark.parametrize("name", ["numpy", "rasa_sdk", "onnxruntime"])
def test_other_packages_are_left_alone(name: str) -> None:
    assert python(f"import {name}; print(bool({name}.__file__))") == "True"


def test_a_real_tensorflow_that_is_there_already_stays() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, types; sys.modules['tensorflow'] = types.ModuleType('tensorflow')\n"
            "from bot.nlu import no_tensorflow; no_tensorflow.install()\n"
            "print(any(type(f).__name__ == '_HollowFinder' for f in sys.meta_path))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"
