"""Groups that grow by pairs (union-find). The smallest member names the group, so the order of joining never shows."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Union(Generic[T]):
    """Members are known from their first use."""

    __slots__ = ("_parent",)

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}

    def top(self, member: T) -> T:
        """The smallest member of the group."""
        root = member
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(member, member)) != root:
            self._parent[member] = root
            member = above
        return root

    def join(self, one: T, two: T) -> None:
        """Put two groups together."""
        low, high = sorted((self.top(one), self.top(two)))  # type: ignore[type-var]
        if low != high:
            self._parent[high] = low
