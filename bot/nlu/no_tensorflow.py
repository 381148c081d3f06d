"""Run Rasa without TensorFlow, and without other packages that nothing here uses.

Importing Rasa 3.6 imports TensorFlow, because the module of every built-in component is
read even when ``config.yml`` names none of them.  This bot's pipeline and policy need no
TensorFlow, and it costs some 400 MB and several seconds at start-up.  ``install()`` puts
a hollow package in its place before Rasa is imported: classes can still be derived from
it, decorators still decorate, nothing computes.

Only our own commands (``faq train``, ``faq serve``) do this.  Plain ``rasa …`` commands
keep the real package, so DIET or TED can be tried beside the bot at any time.
"""

from __future__ import annotations

import sys
from abc import ABCMeta
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

HOLLOW = (
    *("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"),
    # Clients of other messengers, whose channels Rasa reads with all others, and prompts in
    # the terminal: another second at start-up.
    *("aiogram", "fbmessenger", "mattermostwrapper", "rocketchat_API", "slack_sdk", "twilio"),
    *("webexteamssdk", "questionary", "prompt_toolkit"),
)


class _HollowMeta(ABCMeta):
    """Every attribute of a hollow class is a hollow class of its own name."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _hollow(f"{cls.__name__}.{name}")


class _Hollow(metaclass=_HollowMeta):
    """Serves as base class, type annotation and decorator; fails when it has to compute."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]  # used as a bare decorator: @tf.function
        return super().__new__(cls)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pass

    def __call__(self, target: Any = None, *args: Any, **kwargs: Any) -> Any:
        return target  # used as a decorator with arguments: @tf.function(...)


def _hollow(name: str) -> Any:
    return _HollowMeta(name, (_Hollow,), {})


class _HollowModule(ModuleType):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self.__version__ = "2.12.0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = _hollow(f"{self.__name__}.{name}")
        setattr(self, name, value)
        return value


class _HollowFinder(MetaPathFinder, Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.split(".")[0] in HOLLOW:
            return ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _HollowModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


def install() -> None:
    """Put the hollow packages in place; a no-op once the real TensorFlow is imported."""
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _HollowFinder())
