"""Fits log-linear models on rows of features that are there or not: for scripts/train_attribution.py, with nothing but numpy.

A loss takes weights and gives its value and gradient. Rows are given as `columns`, the features of all rows one after the other, and
`starts`, where each row starts (one more than there are rows).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Loss = Callable[[Floats], tuple[float, Floats]]


def scores(columns: Ints, starts: Ints, weights: Floats) -> Floats:
    """The sum of the weights of each row's features."""
    total = np.add.reduceat(np.append(weights[columns], 0.0), starts[:-1])
    total[starts[:-1] == starts[1:]] = 0.0
    return total


def _back(columns: Ints, starts: Ints, rows: Floats, size: int) -> Floats:
    return np.bincount(columns, weights=np.repeat(rows, np.diff(starts)), minlength=size).astype(np.float64)


def yes_no_loss(columns: Ints, starts: Ints, right: Floats) -> Loss:
    """Logistic regression: each row is right or not."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        z = scores(columns, starts, weights)
        value = float(np.logaddexp(0.0, z).sum() - (right * z).sum())
        return value, _back(columns, starts, 1.0 / (1.0 + np.exp(-z)) - right, len(weights))

    return loss


def choice_loss(columns: Ints, starts: Ints, groups: Ints, right: Floats) -> Loss:
    """Conditional logit: of each group's rows one is chosen. `groups` says where each begins, `right` how right each row is."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        z = scores(columns, starts, weights)
        top = np.maximum.reduceat(z, groups[:-1])
        raised = np.exp(z - np.repeat(top, np.diff(groups)))
        total = np.add.reduceat(raised, groups[:-1])
        value = float((top + np.log(total)).sum() - (right * z).sum())
        return value, _back(columns, starts, raised / np.repeat(total, np.diff(groups)) - right, len(weights))

    return loss


def ridged(loss: Loss, strength: float) -> Loss:
    """A loss that pulls the weights towards zero."""

    def pulled(weights: Floats) -> tuple[float, Floats]:
        value, slope = loss(weights)
        return value + strength / 2 * float(weights @ weights), slope + strength * weights

    return pulled


def minimum(loss: Loss, weights: Floats, *, rounds: int, memory: int = 8) -> Floats:
    """Weights of least loss by L-BFGS with a backtracking line search (Nocedal and Wright, Numerical Optimization, algorithm 7.5)."""
    value, slope = loss(weights)
    steps: list[Floats] = []
    turns: list[Floats] = []
    for _ in range(rounds):
        way = -_bent(slope, steps, turns)
        reach = 1.0
        while True:
            after = weights + reach * way
            lower, turned = loss(after)
            if lower <= value + 1e-4 * reach * float(slope @ way) or reach < 1e-6:
                break
            reach /= 2
        if float((after - weights) @ (turned - slope)) > 1e-12:
            steps.append(after - weights)
            turns.append(turned - slope)
            del steps[:-memory], turns[:-memory]
        done = abs(value - lower) < 1e-6 * abs(value)
        weights, value, slope = after, lower, turned
        if done:
            break
    return weights


def _bent(slope: Floats, steps: list[Floats], turns: list[Floats]) -> Floats:
    """The slope bent by what earlier steps told of its curvature."""
    way = slope.copy()
    if not steps:
        return way / max(1.0, float(np.linalg.norm(slope)))
    shares = []
    for step, turn in zip(reversed(steps), reversed(turns), strict=True):
        share = float(step @ way) / float(turn @ step)
        shares.append(share)
        way -= share * turn
    way *= float(steps[-1] @ turns[-1]) / float(turns[-1] @ turns[-1])
    for step, turn, share in zip(steps, turns, reversed(shares), strict=True):
        way += step * (share - float(turn @ way) / float(turn @ step))
    return way
