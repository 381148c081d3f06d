"""The whole recipe: base model, three seeds and their mean, choice, export, model card.

    python -m training.run            # writes models/encoder; under 90 minutes on two cores
    python -m training.run --seeds 1  # a quick look

Each seed's weights are blended with the base (WiSE-FT), which forgets less; a further candidate is
the mean of all seeds (model soup, Wortsman et al. 2022). The choice is made on the development split
(`training.data.split`), by right answers when 90 % and 95 % of out-of-scope questions are turned
away; the paired bootstrap says how sure that is. The held-out texts stay unseen by what is shipped,
so that the figures of the card are its own. Where the public similarity benchmarks are present, a
model that forgot more than two points of Spearman is refused.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from training import data
from training.base import BUILD, ensure_base, ensure_cut
from training.card import write_card
from training.evaluate import Result, better_probability, evaluate, objective, similarity
from training.export import export
from training.finetune import Settings, blended, encode_with, finetune, mean_of
from training.measure import measure
from training.vectors import write_vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

TARGET = Path("models/encoder")
SHARE = 0.6  # of the tuned weights in the blend; the rest is the base
FACTS = BUILD / "facts.json"
FORGOTTEN_AT_MOST = 0.02  # Spearman
SURE = 0.95  # of being better than the base
MEAN = "mean of the seeds"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--target", type=Path, default=TARGET)
    arguments = parser.parse_args()
    start = time.monotonic()
    ensure_base()
    cut = ensure_cut()
    texts = data.load_texts()
    split = data.split(texts)
    facts = {"texts_learnt": len(split.train), "topics": len({t.topic for t in split.train})}
    facts |= choose(cut, split, arguments.seeds)
    publish(cut, folder_of(facts["chosen"]), arguments.target, facts)
    print(f"{arguments.target}: {(time.monotonic() - start) / 60:.0f} minutes")


def choose(cut: Path, split: data.Split, seeds: list[int]) -> dict[str, Any]:
    """Trains each seed on the training part; the facts of the best candidate, and of the base.

    Raises RuntimeError when no candidate is surely better than the base.
    """
    from sentence_transformers import SentenceTransformer

    base_model = SentenceTransformer(str(cut), device="cpu")
    base = evaluate(encode_with(base_model), split)
    report("base", base)
    before = similarity(encode_with(base_model))
    results: dict[str, Result] = {}
    after: dict[str, dict[str, float]] = {}
    for name, model in candidates(cut, split, seeds):
        model.save(str(folder_of(name)))
        results[name] = evaluate(encode_with(model), split)
        report(name, results[name])
        after[name] = similarity(encode_with(model))
        refuse_forgetting(before, after[name])
    chosen = max(results, key=lambda name: objective(results[name].outcomes))
    sure = {name: better_probability(results[chosen], results[name]) for name in results}
    del sure[chosen]
    over_base = better_probability(results[chosen], base)
    print(f"{chosen}: better than the base with {over_base:.3f}, than the others {sure}")
    if over_base < SURE:
        raise RuntimeError(f"none is surely better than the base ({over_base:.3f} < {SURE})")
    return {
        "base": base.figures(),
        "base_similarity": before,
        "chosen": chosen,
        "share": SHARE,
        "similarity": after[chosen],
        "candidates": {name: result.figures() for name, result in results.items()},
        "better_than_base": over_base,
        "better_than_others": sure,
        "questions": {
            "entries": len(base.outcomes[0].inside),
            "faqs": len(base.outcomes) - 1,
        },
    }


def candidates(
    cut: Path, split: data.Split, seeds: list[int]
) -> Iterator[tuple[str, SentenceTransformer]]:
    """Each seed's model, blended with the base; of several seeds, their mean too."""
    models = []
    for seed in seeds:
        tuned = finetune(cut, split.train, Settings(seed=seed, half=has_bfloat16()))
        models.append(blended(cut, tuned, SHARE))
        del tuned
        gc.collect()
        yield f"seed {seed}", models[-1]
    if len(models) > 1:
        yield MEAN, mean_of(models)


def folder_of(candidate: str) -> Path:
    """Where a candidate's blended model lies."""
    return BUILD / candidate.replace(" ", "_")


def report(name: str, result: Result) -> None:
    """One line for a person who waits."""
    figures = "  ".join(f"{key} {value:.3f}" for key, value in result.figures().items())
    print(f"{name}: {objective(result.outcomes):.4f}  {figures}", flush=True)


def refuse_forgetting(before: dict[str, float], after: dict[str, float]) -> None:
    """Raises RuntimeError where general similarity fell by more than two points."""
    print("similarity:", {k: f"{before[k]:.4f} → {after[k]:.4f}" for k in after}, flush=True)
    for name, value in after.items():
        if before[name] - value > FORGOTTEN_AT_MOST:
            raise RuntimeError(f"{name}: {value:.4f}, the base has {before[name]:.4f}")


def publish(cut: Path, source: Path, target: Path, facts: dict[str, Any]) -> None:
    """Exports `source`, measures the result, writes the shipped texts' vectors and the card."""
    # The tokenizer as it was made: saving a model rewrites it.
    shutil.copyfile(cut / "tokenizer.json", source / "tokenizer.json")
    shutil.copyfile(cut / "tokenizer_config.json", source / "tokenizer_config.json")
    shutil.copyfile(cut / "config.json", source / "config.json")
    export(source, target)
    write_vectors(target)
    facts = facts | {"measured": measure(target, source), "machine": machine()}
    FACTS.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    write_card(target, facts)


def machine() -> str:
    """What the figures were taken on."""
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return f"{line.split(':')[1].strip()}, Python {platform.python_version()}"
    return f"{platform.machine()}, Python {platform.python_version()}"


def has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16; elsewhere it would be slower than float32."""
    supported = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    return bool(supported())


if __name__ == "__main__":
    main()
