"""Contrastive fine-tuning: wordings of one topic together, topics apart.

    python -m training.finetune --seed 1 --out build/encoder/seed1 [--all]

A batch holds two wordings of each of 48 topics: all entries, and out-of-scope topics that are
neighbours of each other, so that every step sees the distinctions that matter. One side of a
pair may be a variant (kana, romaji, slips). Supervised contrastive loss (Khosla et al. 2020).
The word embeddings stay as they are: a few thousand texts would move only the words they hold.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import track
from sentence_transformers import SentenceTransformer

from training import data
from training.base import ensure_cut
from training.evaluate import Encode
from training.folder import QUERY_PREFIX
from training.variants import vary


@dataclass(frozen=True, slots=True)
class Settings:
    """How one run learns."""

    seed: int = 1
    epochs: int = 3  # passes over the out-of-scope texts
    topics: int = 48  # in a batch, each with two wordings
    clusters: int = 4  # groups of neighbouring out-of-scope topics in a batch
    rate: float = 5e-5  # 1.5e-4 lost .05 of right answers at 95 %
    warm_up: float = 0.1  # share of the steps
    decay: float = 0.01
    temperature: float = 0.05
    variants: float = 0.4  # share of pairs with a variant on one side
    tokens: int = 64
    half: bool = False  # bfloat16: 1.7 times as fast where the processor has it
    # Of the body, from below; the word embeddings always are. Four, blended at .8, came out the
    # same on the development split as none at .6, and forgot more.
    frozen_layers: int = 0


CHUNKS = 4
Pair = tuple[str, str, str]  # topic, two wordings


def batches(
    texts: Sequence[data.Text], near: dict[str, list[str]], s: Settings
) -> Iterator[list[Pair]]:
    """The batches of one run, each of distinct topics; `near` lists a topic's neighbours."""
    chance = random.Random(s.seed)
    wordings: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        wordings[text.topic].append(text.text)
    entries = sorted({t.topic for t in texts if t.in_scope})
    rest = sorted({t.topic for t in texts if not t.in_scope})
    queues = {topic: _endless(wordings[topic], chance) for topic in (*entries, *rest)}
    room = s.topics - len(entries)
    size = -(-room // s.clusters)
    left = dict.fromkeys(rest, 0)  # how often a topic has still to come in this pass
    for _ in range(steps(texts, s)):
        others: list[str] = []
        while len(others) < room:
            if not any(left.values()):
                left = {topic: len(wordings[topic]) for topic in rest}
            open_topics = {t: n for t, n in left.items() if n and t not in others}
            group = _cluster(open_topics, near, chance)[: min(size, room - len(others))]
            if not group:
                break
            for topic in group:
                left[topic] -= 1
            others += group
        yield [(topic, *_pair(queues[topic], chance, s)) for topic in (*entries, *others)]


def _cluster(left: dict[str, int], near: dict[str, list[str]], chance: random.Random) -> list[str]:
    """A topic and those of `left` that are nearest to it; [] when none is left."""
    if not left:
        return []
    # One with many wordings left, so that at the end of a pass none remains alone.
    first = max(chance.sample(list(left), min(8, len(left))), key=left.__getitem__)
    return [first, *(topic for topic in near[first] if topic in left)]


def steps(texts: Sequence[data.Text], s: Settings) -> int:
    """Batches of a run: each out-of-scope text leads a pair once an epoch."""
    entries = len({t.topic for t in texts if t.in_scope})
    others = sum(not t.in_scope for t in texts)
    return s.epochs * others // (s.topics - entries)


def _endless(wordings: list[str], chance: random.Random) -> Iterator[str]:
    while True:
        yield from chance.sample(wordings, len(wordings))


def _pair(queue: Iterator[str], chance: random.Random, s: Settings) -> tuple[str, str]:
    one, other = next(queue), next(queue)
    for _ in range(3):  # the queue may give a text twice where one pass ends
        if other != one:
            break
        other = next(queue)
    if chance.random() < s.variants:
        other = vary(other, chance)
    return one, other


def contrastive_loss(
    vectors: torch.Tensor, topics: torch.Tensor, temperature: float
) -> torch.Tensor:
    """Supervised contrastive loss of unit vectors (n, dim) with their topic numbers (n,)."""
    own = torch.eye(len(vectors), dtype=torch.bool)
    similar = (vectors @ vectors.T / temperature).masked_fill(own, float("-inf"))
    logarithm = similar - similar.logsumexp(dim=1, keepdim=True)
    positive = (topics[:, None] == topics[None, :]) & ~own
    return -(logarithm.masked_fill(~positive, 0.0).sum(1) / positive.sum(1)).mean()


def embed(model: SentenceTransformer, texts: Sequence[str], tokens: int) -> torch.Tensor:
    """(n, dim) unit vectors with gradients; texts of like length go together, to save padding."""
    prefixed = [QUERY_PREFIX + text for text in texts]
    ids = model.tokenizer(prefixed, truncation=True, max_length=tokens)["input_ids"]
    order = sorted(range(len(ids)), key=lambda n: len(ids[n]))
    vectors = []
    for rows in np.array_split(order, CHUNKS):
        features = model.tokenizer.pad({"input_ids": [ids[n] for n in rows]}, return_tensors="pt")
        vectors.append(model(dict(features))["sentence_embedding"])
    return torch.cat(vectors)[torch.tensor(np.argsort(order))]


def neighbours(model: SentenceTransformer, texts: Sequence[data.Text]) -> dict[str, list[str]]:
    """For each out-of-scope topic the others, nearest centre first."""
    rest = [t for t in texts if not t.in_scope]
    vectors = encode_with(model)([t.text for t in rest])
    topics = sorted({t.topic for t in rest})
    rows: dict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(rest):
        rows[text.topic].append(row)
    centres = np.stack([vectors[rows[topic]].mean(axis=0) for topic in topics])
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    order = np.argsort(-(centres @ centres.T), axis=1)
    return {topic: [topics[n] for n in order[i] if n != i] for i, topic in enumerate(topics)}


def encode_with(model: SentenceTransformer) -> Encode:
    """The evaluation's view of a model: texts to unit vectors (n, dim)."""

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        found = model.encode(
            list(texts), prompt=QUERY_PREFIX, batch_size=64, show_progress_bar=False
        )
        return np.asarray(found, np.float32)

    return encode


def finetune(base: Path, texts: Sequence[data.Text], s: Settings) -> SentenceTransformer:
    """A fine-tuned copy of the model in `base`."""
    torch.manual_seed(s.seed)
    model = SentenceTransformer(str(base), device="cpu")
    near = neighbours(model, texts)
    model.train()
    trained = unfrozen(model, s.frozen_layers)
    optimizer = torch.optim.AdamW(trained, lr=s.rate, weight_decay=s.decay)
    total = steps(texts, s)
    warm = max(1, round(s.warm_up * total))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))
    )
    for batch in track(batches(texts, near, s), f"seed {s.seed}", total=total):
        numbers = {topic: number for number, (topic, _, _) in enumerate(batch)}
        labels = torch.tensor([numbers[topic] for topic, _, _ in batch] * 2)
        wordings = [one for _, one, _ in batch] + [other for _, _, other in batch]
        with torch.autocast("cpu", torch.bfloat16, enabled=s.half):
            vectors = embed(model, wordings, s.tokens)
        loss = contrastive_loss(vectors.float(), labels, s.temperature)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        schedule.step()
    model.eval()
    return model


def unfrozen(model: SentenceTransformer, frozen_layers: int) -> list[torch.nn.Parameter]:
    """The parameters that learn; all others are switched off."""
    still = ["embeddings", "pooler", *(f"encoder.layer.{n}." for n in range(frozen_layers))]
    for name, parameter in model.named_parameters():
        parameter.requires_grad = not any(part in name for part in still)
    return [parameter for parameter in model.parameters() if parameter.requires_grad]


def blended(base: Path, tuned: SentenceTransformer, share: float) -> SentenceTransformer:
    """Weights between the base (share 0) and the tuned model (share 1).

    WiSE-FT, Wortsman et al. 2022: keeps most of what was learnt and forgets less.
    """
    model = SentenceTransformer(str(base), device="cpu")
    state = model.state_dict()
    learnt = tuned.state_dict()
    model.load_state_dict({name: torch.lerp(state[name], learnt[name], share) for name in state})
    return model


def mean_of(models: Sequence[SentenceTransformer]) -> SentenceTransformer:
    """The first of the models with the mean of all their weights (model soup)."""
    states = [model.state_dict() for model in models]
    mean = {name: torch.stack([s[name] for s in states]).mean(0) for name in states[0]}
    models[0].load_state_dict(mean)
    return models[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--all", action="store_true", help="learn from the held-out texts too")
    arguments = parser.parse_args()
    texts = data.load_texts()
    chosen = texts if arguments.all else data.split(texts).train
    model = finetune(ensure_cut(), chosen, Settings(seed=arguments.seed))
    model.save(str(arguments.out))


if __name__ == "__main__":
    main()
