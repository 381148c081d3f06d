"""Errors of the JSON API: ``{"error": {"code", "message"}}`` with the fitting status.

Messages are Japanese, because pages show them; they never repeat what the user sent.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable

from sanic.response import HTTPResponse, json

logger = logging.getLogger(__name__)


class ApiError(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message

    def response(self) -> HTTPResponse:
        body = {"error": {"code": self.code, "message": self.message}}
        return json(body, status=self.status, ensure_ascii=False)


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


def unknown_entry() -> ApiError:
    return ApiError(404, "unknown_entry", "この質問は現在ご案内していません。")


def forbidden() -> ApiError:
    return ApiError(403, "forbidden", "この画面を利用する権限がありません。")


def not_ready() -> ApiError:
    return ApiError(503, "not_ready", "準備中です。しばらくしてからもう一度お試しください。")


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
