"""The vectors that spaCy's networks compute for words, with less work.

In:  a loaded model. Out: nothing; some layers of the model are replaced by ones that give the same vectors.
* A word's first vector depends on its own spelling alone, and nine words of ten have been seen before: it is remembered. Hashing, looking
  up and mixing anew took an eighth of the time of reading.
* A layer that mixes a word with its neighbours is the same sums in the same order, without the arrays and calls in between.
Never: changes a bit. Each layer is tried against the one it replaces, on a sentence, and put in only where every bit is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

_MOST = 40_000
"""Vectors kept for each network: 25 MB. News has some 40,000 words in its first 5 million."""
_LAYERS = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")
_MIXING = ("expand_window", "maxout", "layernorm", "dropout")
_TRIED = "The 12 officers’ Harbour-Watch said, in 2019: “no!” (U.S.) a@b.org 警 \u00e9t\u00e9 of to and it is was were very small"


@dataclass(slots=True)
class Remembered:
    """Vectors by the features of their word. Not frozen: it grows. What it answers does not depend on what it was asked before."""

    columns: list[int | str]
    make: Callable[[Any], Any]
    """From rows of features to rows of vectors."""
    rows: dict[bytes, int] = field(default_factory=dict)
    table: Any = None

    def vectors(self, docs: Sequence[Any]) -> list[Any]:
        """The vectors of each sentence's words."""
        import numpy as np

        features = [doc.to_array(self.columns) for doc in docs]
        keys = [_keys(one) for one in features]
        new = {key: None for some in keys for key in some if key not in self.rows}
        if new:
            if len(self.rows) + len(new) > _MOST:
                self.rows.clear()
                new = {key: None for some in keys for key in some}
            self._learn(list(new), width=features[0].shape[1])
        return [self.table[np.fromiter((self.rows[key] for key in some), dtype="int64", count=len(some))] for some in keys]

    def _learn(self, new: Sequence[bytes], *, width: int) -> None:
        import numpy as np

        made = self.make(np.frombuffer(b"".join(new), dtype="uint64").reshape(len(new), width))
        first, last = len(self.rows), len(self.rows) + len(new)
        if self.table is None or last > len(self.table):
            grown = np.empty((max(2 * last, 2048), made.shape[1]), dtype=made.dtype)
            grown[:first] = self.table[:first] if first else 0
            self.table = grown
        self.table[first:last] = made
        self.rows.update(zip(new, range(first, last), strict=True))


def lighten(model: Any) -> None:
    """Replace what can be replaced in every network of a model that is built the usual way."""
    for _, pipe in model.pipeline:
        network: Any = getattr(pipe, "model", None)
        for layer in list(network.walk()) if hasattr(network, "walk") else ():
            if _usual(layer) and _alike(layer, model):
                network.replace_node(layer, _remembering(layer))
            elif _names(layer) == _MIXING and layer.name.startswith("residual") and _same(layer, mixed := _mixing(layer)):
                network.replace_node(layer, mixed)


def _names(layer: Any) -> tuple[str, ...]:
    """The innermost layers, in order."""
    return tuple(part.name for part in layer.walk(order="dfs_pre") if not part.layers)


def _mixing(layer: Any) -> Any:
    """One layer of the encoder: each word with those beside it, the largest of the sums, to one scale, added to what came in."""
    from thinc.api import Model

    window, maxout, norm, _ = (part for part in layer.walk(order="dfs_pre") if not part.layers)
    ops, wide, pieces = layer.ops, maxout.get_dim("nO"), maxout.get_dim("nP")
    weights, added = maxout.get_param("W").reshape(wide * pieces, -1), maxout.get_param("b").reshape(-1)
    scale, shift, reach = norm.get_param("G"), norm.get_param("b"), window.attrs["window_size"]

    def forward(_layer: Any, rows: Any, is_train: bool) -> tuple[Any, Callable[[Any], Any]]:  # noqa: FBT001 - as thinc calls it
        if is_train or not len(rows):
            result: tuple[Any, Callable[[Any], Any]] = layer(rows, is_train)
            return result
        sums = ops.gemm(ops.seq2col(rows, reach), weights, trans2=True)
        sums += added
        best, _which = ops.maxout(sums.reshape(len(rows), wide, pieces))
        mean = best.mean(axis=1, keepdims=True)
        spread = best.var(axis=1, keepdims=True, mean=mean) + 1e-08
        best -= mean
        best *= spread ** (-1.0 / 2.0)
        best *= scale
        best += shift
        best += rows
        return best, _untrained

    return Model("mixing", forward, dims={"nO": layer.get_dim("nO")})


def _same(layer: Any, other: Any) -> bool:
    """Whether two layers give the same bits."""
    import numpy as np

    width = layer.get_dim("nO")
    tried = np.sin(np.arange(40 * width, dtype="float32") * 1.7).reshape(40, width) * 3
    return bool(layer.predict(tried).tobytes() == other.predict(tried).tobytes())


def _usual(layer: Any) -> bool:
    parts = [part.name.partition("(")[0] for part in layer.layers]
    return tuple(parts) == _LAYERS and len(layer.layers[0].attrs.get("columns", ())) > 1


def _make(layer: Any) -> Callable[[Any], Any]:
    embed, mix = layer.layers[2], layer.layers[3]
    return lambda features: mix.predict(embed.predict(features))


def _alike(layer: Any, model: Any) -> bool:
    """Whether rows come out the same, to the last bit, alone and together."""
    import numpy as np

    make, features = _make(layer), model.make_doc(_TRIED).to_array(layer.layers[0].attrs["columns"])
    together = make(np.ascontiguousarray(features))
    for size in (1, 2, 7):
        apart = np.concatenate([make(np.ascontiguousarray(features[at : at + size])) for at in range(0, len(features), size)])
        if apart.tobytes() != together.tobytes():
            return False
    return True


def _remembering(layer: Any) -> Any:
    from thinc.api import Model

    kept = Remembered(columns=list(layer.layers[0].attrs["columns"]), make=_make(layer))

    def forward(_layer: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[Any], Callable[[Any], Any]]:  # noqa: FBT001 - as thinc calls it
        return kept.vectors(docs), layer(docs, is_train)[1] if is_train else _untrained

    return Model("remembered_words", forward, dims={"nO": layer.get_dim("nO")})


def _untrained(_gradient: Any) -> list[Any]:
    return []


def _keys(features: Any) -> list[bytes]:
    """Each row of features as bytes."""
    if not len(features):
        return []
    flat = features.tobytes()
    width = len(flat) // len(features)
    return [flat[at : at + width] for at in range(0, len(flat), width)]
