"""Run the custom actions inside the server: no second process, no HTTP between the two."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jsonschema import Draft7Validator
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class InProcessActions(EndpointConfig):
    """An action endpoint that calls rasa_sdk directly.

    Takes the place of an HTTP endpoint where endpoints.yml names none.
    """

    def __init__(self, executor: ActionExecutor) -> None:
        # Our actions take their content from the served model: sending them the whole
        # domain on every call would cost more the more entries there are.
        super().__init__(url="in-process:", enable_selective_domain=True)
        self._executor = executor

    @classmethod
    def of_package(cls, package: str = "actions") -> InProcessActions:
        executor = ActionExecutor()
        executor.register_package(package)
        RemoteAction._validate_action_result = _validate_action_result
        return cls(executor)

    async def request(self, *args: Any, json: dict[str, Any], **kwargs: Any) -> Any:
        return await self._executor.run(json)


@lru_cache(maxsize=1)
def _validator() -> Draft7Validator:
    return Draft7Validator(RemoteAction.action_response_format_spec())


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Rasa's own check with the schema compiled once: `jsonschema.validate` checks the
    schema itself anew on every call, which is most of the 22 ms that an action costs."""
    _validator().validate(result)
    return True
