"""The small files that make a folder of weights a sentence-transformers model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from training.e5s1 import EPSILON, Pieces, Shape
from training.tokenizer import tokenizer_config, tokenizer_json

# Class paths that every version of sentence-transformers since 2.0 resolves.
MODULE = "sentence_transformers.models."
QUERY_PREFIX = "query: "


def write_json(path: Path, value: Any, *, indent: int | None = 2) -> None:
    """UTF-8, with a final line break; makes the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    separators = (",", ":") if indent is None else None
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    path.write_text(text + "\n", encoding="utf-8")


def write_description(folder: Path, shape: Shape, pieces: Pieces, max_tokens: int) -> None:
    """Everything but the weights: configuration, tokenizer, modules, prompts."""
    write_json(folder / "config.json", bert_config(shape, pieces.pad))
    write_json(folder / "tokenizer.json", tokenizer_json(pieces), indent=None)
    write_json(folder / "tokenizer_config.json", tokenizer_config(max_tokens))
    write_modules(folder, shape.hidden, max_tokens)


def write_modules(folder: Path, hidden: int, max_tokens: int) -> None:
    """Transformer, then mean pooling, then unit length; "query: " is the default prompt."""
    write_json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": MODULE + "Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": MODULE + "Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": MODULE + "Normalize"},
        ],
    )
    pooling = {
        "word_embedding_dimension": hidden,
        "pooling_mode_cls_token": False,
        "pooling_mode_mean_tokens": True,
        "pooling_mode_max_tokens": False,
        "pooling_mode_mean_sqrt_len_tokens": False,
    }
    write_json(folder / "1_Pooling" / "config.json", pooling)
    # an empty folder would not survive git
    write_json(folder / "2_Normalize" / "config.json", {})
    bert = {"max_seq_length": max_tokens, "do_lower_case": False}
    write_json(folder / "sentence_bert_config.json", bert)
    prompts = {
        "prompts": {"query": QUERY_PREFIX, "passage": "passage: "},
        "default_prompt_name": "query",
        "similarity_fn_name": "cosine",
    }
    write_json(folder / "config_sentence_transformers.json", prompts)


def bert_config(shape: Shape, pad: int) -> dict[str, Any]:
    """config.json of a BertModel."""
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.ffn,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": EPSILON,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02,
        "position_embedding_type": "absolute",
        "use_cache": True,
        "pad_token_id": pad,
        # Both spellings: transformers 4 reads the first, transformers 5 the second.
        "torch_dtype": "float32",
        "dtype": "float32",
        # From this version on transformers skips a check meant for Mistral's tokenizers.
        "transformers_version": "4.57.6",
    }
