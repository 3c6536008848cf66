"""Time and memory by size, from 0.1 MB up: as many documents in a stream, as one, and as one line.

python benchmarks/size.py [FILE…] [--up-to MB] [--line MB]

Each size in a fresh interpreter; from its time that of a single page is taken, which is what
starting costs. Linear means that the last column stays at 1: milliseconds for each MB, beside those
of the size before.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from common import MEGABYTE, documents, figures, one_document, parser, row, texts

PAGE = 2000  # bytes


def sizes(up_to: float) -> list[float]:
    """0.1, 1, 10, 100 as far as wanted, and the end."""
    steps = [step for step in (0.1, 1.0, 10.0, 100.0) if step < up_to]
    return [*steps, up_to]


def main() -> None:
    """Print seconds, time for each MB and peak memory of each size and shape."""
    options = parser(__doc__)
    options.add_argument("--up-to", type=float, default=10, metavar="MB")
    options.add_argument("--one-up-to", type=float, metavar="MB", help="for one document")
    options.add_argument("--line", type=float, default=10, metavar="MB")
    chosen = options.parse_args()
    sources = texts(chosen.files)
    one = chosen.one_up_to or chosen.up_to
    shapes: dict[str, tuple[list[float], Callable[[Path, int], list[Path]]]] = {
        "many documents": (sizes(chosen.up_to), lambda f, n: documents(f, sources, n)),
        "one document": (sizes(one), lambda f, n: [one_document(f, sources, n)]),
        "one line": (
            sizes(chosen.line),
            lambda f, n: [one_document(f, sources, n, joined=True)],
        ),
    }
    with TemporaryDirectory() as folder:
        start = figures([one_document(Path(folder), sources, PAGE)])["seconds"]
    row(f"start {start:.1f} s", "s", "peak MB", "ms for each MB", "of the one before")
    for shape, (steps, make) in shapes.items():
        before = None
        for step in steps:
            with TemporaryDirectory() as folder:
                paths = make(Path(folder), int(step * MEGABYTE))
                cost = figures(paths)
            each = max(cost["seconds"] - start, 0.001) / step * 1000
            ratio = "" if before is None else f"{each / before:.2f}"
            peak = cost["peak"] / MEGABYTE
            row(
                f"{shape}, {step:g} MB",
                f"{cost['seconds']:.1f}",
                f"{peak:.0f}",
                f"{each:.0f}",
                ratio,
            )
            before = each


if __name__ == "__main__":
    main()
