"""Things joined two by two, each under one root: who hangs together with whom."""


def find(root: dict[str, str], one: str) -> str:
    """The root of one; on the way everybody moves nearer to it."""
    while root[one] != one:
        root[one] = root[root[one]]
        one = root[one]
    return one


def join(root: dict[str, str], one: str, other: str) -> None:
    """Both are under the first one's root from now on; whoever is new comes in by itself."""
    root.setdefault(one, one)
    root.setdefault(other, other)
    root[find(root, other)] = find(root, one)
