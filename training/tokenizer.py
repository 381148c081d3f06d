"""Hugging Face's tokenizer.json for a Unigram vocabulary, without any download."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from training.e5s1 import Pieces

PROTO_NORMALIZER, PROTO_CHARSMAP = 3, 2  # field numbers in SentencePiece's ModelProto
METASPACE = {
    "type": "Metaspace",
    "replacement": "\u2581",
    "prepend_scheme": "always",
    "split": True,
}


def tokenizer_json(pieces: Pieces) -> dict[str, Any]:
    """The tokenizer of XLM-R over `pieces`, as tokenizer.json spells it."""
    specials = {
        "<s>": pieces.bos,
        "<pad>": pieces.pad,
        "</s>": pieces.eos,
        "<unk>": pieces.unk,
        "<mask>": pieces.mask,
    }
    for text, number in specials.items():
        if pieces.texts[number] != text:
            raise ValueError(f"piece {number} is {pieces.texts[number]!r}, expected {text!r}")
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [_added(text, number) for text, number in specials.items()],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Precompiled", "precompiled_charsmap": _charsmap()},
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
            ],
        },
        "pre_tokenizer": METASPACE,
        "post_processor": _template(specials),
        "decoder": METASPACE,
        "model": {
            "type": "Unigram",
            "unk_id": pieces.unk,
            "byte_fallback": False,
            "vocab": [[t, s] for t, s in zip(pieces.texts, pieces.scores, strict=True)],
        },
    }


def tokenizer_config(max_length: int) -> dict[str, Any]:
    """tokenizer_config.json. The general fast class reads tokenizer.json as it stands."""
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": max_length,
        "bos_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "cls_token": "<s>",
        "unk_token": "<unk>",
        "pad_token": "<pad>",
        "mask_token": "<mask>",
        "clean_up_tokenization_spaces": False,
        "model_input_names": ["input_ids", "attention_mask"],
    }


def _added(text: str, number: int) -> dict[str, Any]:
    return {
        "id": number,
        "content": text,
        "single_word": False,
        "lstrip": text == "<mask>",
        "rstrip": False,
        "normalized": False,
        "special": True,
    }


def _template(specials: dict[str, int]) -> dict[str, Any]:
    def special(text: str) -> dict[str, Any]:
        return {"SpecialToken": {"id": text, "type_id": 0}}

    def sequence(name: str) -> dict[str, Any]:
        return {"Sequence": {"id": name, "type_id": 0}}

    start, end = special("<s>"), special("</s>")
    return {
        "type": "TemplateProcessing",
        "single": [start, sequence("A"), end],
        "pair": [start, sequence("A"), end, end, sequence("B"), end],
        "special_tokens": {
            text: {"id": text, "ids": [specials[text]], "tokens": [text]}
            for text in ("<s>", "</s>")
        },
    }


def _charsmap() -> str:
    """The compiled nmt_nfkc table that XLM-R uses, base64, out of the sentencepiece wheel."""
    import sentencepiece

    proto = sentencepiece.SentencePieceNormalizer(rule_name="nmt_nfkc").serialized_model_proto()
    for number, value in _fields(proto):
        if number == PROTO_NORMALIZER:
            for inner, table in _fields(value):
                if inner == PROTO_CHARSMAP and table:
                    return base64.b64encode(table).decode()
    raise RuntimeError("this sentencepiece build has no precompiled nmt_nfkc table")


def _fields(buffer: bytes) -> Iterator[tuple[int, Any]]:
    """(field number, value) of a protocol buffer message; length-delimited values are bytes."""
    at = 0
    while at < len(buffer):
        tag, at = _varint(buffer, at)
        kind = tag & 7
        if kind == 0:
            value, at = _varint(buffer, at)
            yield tag >> 3, value
            continue
        if kind == 2:
            length, at = _varint(buffer, at)
        else:
            length = {1: 8, 5: 4}[kind]
        yield tag >> 3, buffer[at : at + length]
        at += length


def _varint(buffer: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = buffer[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at
