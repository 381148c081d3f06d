"""Errors of the JSON API: ``{"error": {"code", "message"}}`` with the fitting status.

Messages are Japanese, because pages show them; they never repeat what the user sent.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable

from sanic.response import HTTPResponse, json

logger = logging.getLogger(__name__)


class ApiError(Exception):
    """`retry_after`: seconds after which the same request may succeed."""

    def __init__(
        self, status: int, code: str, message: str, retry_after: int | None = None
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after

    def response(self) -> HTTPResponse:
        body = {"error": {"code": self.code, "message": self.message}}
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return json(body, status=self.status, headers=headers, ensure_ascii=False)


def invalid_json() -> ApiError:
    return ApiError(
        400, "invalid_json", "送信内容を読み取れませんでした。JSON 形式で送ってください。"
    )


def invalid_field(name: str, expected: str) -> ApiError:
    return ApiError(422, "invalid_field", f"「{name}」は{expected}で指定してください。")


def invalid_session() -> ApiError:
    return ApiError(
        401, "invalid_session", "会話の有効期限が切れました。もう一度はじめからお試しください。"
    )


def too_long(limit: int) -> ApiError:
    return ApiError(413, "too_long", f"文が長すぎます。{limit}文字以内でお書きください。")


def body_too_large() -> ApiError:
    return ApiError(413, "body_too_large", "送信内容が大きすぎます。")


def too_many(retry_after: int) -> ApiError:
    return ApiError(
        429,
        "too_many",
        "ただいま送信が続いているため、受け付けられません。少し待ってから、もう一度お試しください。",
        retry_after,
    )


def forbidden_origin() -> ApiError:
    return ApiError(403, "forbidden_origin", "このサイトからは利用できません。")


def unknown_entry() -> ApiError:
    return ApiError(404, "unknown_entry", "この質問は現在ご案内していません。")


def forbidden() -> ApiError:
    return ApiError(403, "forbidden", "この画面を利用する権限がありません。")


def not_ready() -> ApiError:
    message = "準備中です。しばらくしてからもう一度お試しください。"
    return ApiError(503, "not_ready", message, retry_after=5)


def internal() -> ApiError:
    return ApiError(
        500, "internal", "申し訳ありません。処理できませんでした。時間をおいてお試しください。"
    )


async def answered(work: Awaitable[HTTPResponse]) -> HTTPResponse:
    """The response of `work`, or its error; the log names the error, never the user's text."""
    try:
        return await work
    except ApiError as error:
        return error.response()
    except Exception as error:
        logger.error("request failed: %s", type(error).__name__)
        return internal().response()
