"""Pack trained networks into the weights file that ships, in small numbers.

    python tools/pack_quotes.py --out bot/extract/quote_tagger.npz MODEL.npz [MODEL.npz …]

The networks must come from `train_quotes.py` on the same data, so that they share one vocabulary;
their scores are averaged at run time. Tables of words go to 8 bits by row, the rest to 16 bits
(end-to-end F1 on dev was 76.3 with and without).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

TABLES = ("word_weight", "ngram_weight")
SHARED = ("vocabulary", "lexicon")


def eight_bits(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`values` in 8 bits, and the scale of each row."""
    scale = np.abs(values).max(1) / 127 + 1e-12
    return np.round(values / scale[:, None]).astype(np.int8), scale.astype(np.float16)


def pack(models: list[dict[str, Any]]) -> dict[str, Any]:
    """The arrays of the weights file."""
    first = models[0]
    scale = np.abs(first["lexicon"]).max() / 127
    out: dict[str, Any] = {
        "vocabulary": first["vocabulary"],
        "lexicon": np.round(first["lexicon"] / scale).astype(np.int8),
        "lexicon_scale": np.float32(scale),
        "models": np.int32(len(models)),
    }
    for number, model in enumerate(models):
        if str(model["vocabulary"]) != str(first["vocabulary"]):
            raise SystemExit("the models were trained on different data: vocabularies differ")
        for name, values in model.items():
            if name in TABLES:
                small, scales = eight_bits(values)
                out[f"m{number}_{name}"], out[f"m{number}_{name}_scale"] = small, scales
            elif name not in SHARED:
                out[f"m{number}_{name}"] = values.astype(np.float16)
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("models", type=Path, nargs="+")
    ap.add_argument("--out", type=Path, required=True)
    o = ap.parse_args()
    models = []
    for path in o.models:
        with np.load(path, allow_pickle=False) as arrays:
            models.append({name: arrays[name] for name in arrays.files})
    np.savez_compressed(o.out, **pack(models))
    print(f"{o.out}: {o.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
