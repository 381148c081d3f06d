"""Sentences to vectors: the shipped ONNX encoder, or any sentence-transformers model.

Both give unit length, so the dot product of two vectors is their cosine. The e5 models were
trained with a prefix on every text; encoders here add it themselves.
"""

from __future__ import annotations

import ctypes
import hashlib
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.errors import FaqBotError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

GRAPH, WEIGHTS, TOKENIZER = "model.onnx", "model.safetensors", "tokenizer.json"
FILES = (GRAPH, WEIGHTS, TOKENIZER)
PREFIX = "query: "
# Questions have 5 to 60 tokens. The cost of a text grows with its tokens, and the start of a
# long story says what it is about.
MAX_TOKENS = 128
# No piece of the vocabulary is longer than 16 characters: what lies behind this many characters
# cannot reach the first 128 tokens (blanks apart), so a megabyte of text is never tokenised.
MAX_CHARACTERS = 16 * MAX_TOKENS


class EncoderError(FaqBotError):
    """An encoder cannot be loaded; the message says why and what to do."""


class Encoder(Protocol):
    """What the matcher needs of an encoder."""

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """Changes when vectors of the same text may change; compiled indexes carry it."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n_texts, dim), float32, unit length; (0, dim) for no texts."""
        ...


class OnnxEncoder:
    """The shipped encoder (`models/encoder`), run by onnxruntime."""

    def __init__(
        self, session: Any, tokenizer: Tokenizer, dim: int, fingerprint: str, threads: int
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._threads = threads
        self.dim = dim
        self.fingerprint = fingerprint

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> OnnxEncoder:
        """From a folder with model.onnx, model.safetensors and tokenizer.json.

        `threads` texts are encoded side by side. Raises EncoderError when a file is missing
        or cannot be read.
        """
        if missing := [name for name in FILES if not (folder / name).is_file()]:
            raise EncoderError(
                f"{folder}: エンコーダーのファイル {', '.join(missing)} がありません。"
                "git で取得し直すか、training/README.md の手順で作り直してください。"
                f" / {', '.join(missing)} missing in {folder}: restore it with git, or rebuild it"
                " as training/README.md says."
            )
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        # One thread a text: the matrices of a question are too small to share out.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        try:
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            session = onnxruntime.InferenceSession(
                str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise classes of their own
            raise EncoderError(
                f"{folder}: エンコーダーを読み込めません。git で取得し直してください。"
                f" / cannot load the encoder in {folder}, restore it with git: {error}"
            ) from error
        _return_freed_memory()
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_TOKENS)
        dim = int(session.get_outputs()[0].shape[1])
        return cls(session, tokenizer, dim, _hash_files(folder), threads)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n_texts, dim), float32, unit length; (0, dim) for no texts.

        Texts run one by one: the graph quantises activations over a whole batch, so a vector
        would depend on its neighbours. Batches would save a sixth of the time on one core.
        """
        vectors = np.empty((len(texts), self.dim), np.float32)
        if self._threads > 1 and len(texts) > 1:
            with ThreadPoolExecutor(self._threads) as pool:
                rows = pool.map(self._encode_one, texts)
                for number, row in enumerate(rows):
                    vectors[number] = row
        else:
            for number, text in enumerate(texts):
                vectors[number] = self._encode_one(text)
        return vectors

    def _encode_one(self, text: str) -> NDArray[np.float32]:
        ids = self._tokenizer.encode(PREFIX + _encodable(text[:MAX_CHARACTERS])).ids
        tokens = np.array([ids], np.int64)
        feed = {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        vector: NDArray[np.float32] = self._session.run(None, feed)[0][0]
        return vector


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by folder or hub name (optional dependency)."""

    def __init__(self, model: Any, prompt: str, dim: int, fingerprint: str) -> None:
        self._model = model
        self._prompt = prompt
        self.dim = dim
        self.fingerprint = fingerprint

    @classmethod
    def load(cls, name_or_path: str) -> SentenceTransformerEncoder:
        """Raises EncoderError when sentence-transformers or the model is missing."""
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderError(
                f"エンコーダー「{name_or_path}」には sentence-transformers が必要です。"
                'pip install "hoken-faq[sentence-transformers]" で入れるか、'
                "設定 encoder: を消して付属のエンコーダーを使ってください。"
                f" / The encoder {name_or_path!r} needs sentence-transformers: install the extra"
                ' "hoken-faq[sentence-transformers]", or remove `encoder:` from the settings to'
                " use the shipped encoder."
            ) from error
        try:
            model = SentenceTransformer(name_or_path, device="cpu")
        except Exception as error:  # OSError, ValueError, and hub errors of their own
            raise EncoderError(
                f"エンコーダー「{name_or_path}」を読み込めません。フォルダーのパスかモデル名を"
                f"確かめてください。 / cannot load the encoder {name_or_path!r}, check the folder"
                f" or model name: {error}"
            ) from error
        model.max_seq_length = min(MAX_TOKENS, model.max_seq_length or MAX_TOKENS)
        prompt = _prompt_of(model, name_or_path)
        dim = int(model.encode([""], prompt=prompt).shape[1])
        return cls(model, prompt, dim, _hash_parameters(model, prompt))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n_texts, dim), float32, unit length; (0, dim) for no texts."""
        if not texts:
            return np.empty((0, self.dim), np.float32)
        vectors = self._model.encode(
            [_encodable(text[:MAX_CHARACTERS]) for text in texts],
            prompt=self._prompt,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, np.float32)


# What names a folder and never a model of the hub; elsewhere a missing file would be taken for
# a wish to use sentence-transformers.
_FOLDERS = ("models/encoder",)


def load_encoder(name_or_path: str, threads: int = 1) -> Encoder:
    """The encoder that the setting `encoder:` names.

    A folder with our ONNX graph runs on onnxruntime; everything else is a sentence-transformers
    folder or hub name. Raises EncoderError.
    """
    folder = Path(name_or_path)
    if (folder / GRAPH).is_file() or name_or_path.startswith(_FOLDERS):
        stamps = (_stamp(folder / name) for name in FILES)
        return _shared(folder, threads, tuple(stamps))
    return SentenceTransformerEncoder.load(name_or_path)


@lru_cache(maxsize=1)
def _shared(folder: Path, threads: int, stamps: tuple[object, ...]) -> OnnxEncoder:
    """One for the model that a server has and the one that takes its place: 100 MB."""
    return OnnxEncoder.load(folder, threads)


def _stamp(file: Path) -> object:
    """Another one when a file was replaced; None without a file."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _encodable(text: str) -> str:
    """Lone surrogates, which no UTF-8 can hold, become "?"."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _prompt_of(model: Any, name: str) -> str:
    """The model's own query prompt; e5 models on the hub need theirs without saying so."""
    prompt = (getattr(model, "prompts", None) or {}).get("query") or ""
    return str(prompt) or (PREFIX if "e5" in Path(name).name.lower() else "")


def _hash_files(folder: Path) -> str:
    """SHA-256 over the files of the encoder: 0.05 s for 38 MB, cheaper than trusting a note."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()


def _hash_parameters(model: Any, prompt: str) -> str:
    digest = hashlib.sha256(prompt.encode("utf-8"))
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode("utf-8"))
        digest.update(tensor.detach().float().cpu().numpy().tobytes())
    return digest.hexdigest()


def _return_freed_memory() -> None:
    """Gives back what unpacking the weights took for a moment (180 MB); glibc keeps it."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim is not None:
            trim(0)
