"""What a channel says by itself, without matching; `code` tells the page which it is."""

from __future__ import annotations

from typing import Final

REDACTED: Final = {
    "type": "notice",
    "code": "redacted",
    "text": "個人番号（マイナンバー）や記号・番号と思われる数字がありましたので、読み取らずに"
    "消去しました。番号は入力せずに、ご質問だけをお書きください。",
}
EMPTY: Final = {
    "type": "notice",
    "code": "empty",
    "text": "ご質問をお書きください。例：お知らせは捨ててもいいですか",
}
