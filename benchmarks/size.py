"""Time and memory by size, from 0.1 MB up: as many documents in a stream, as one, and as one line.

python benchmarks/size.py [FILE…] [--up-to MB] [--line MB] [--full]

`--full` goes up to 100 MB, as many documents and as one; that takes minutes and some GB.

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
    options.add_argument("--full", action="store_true", help="the same as --up-to 100")
    options.add_argument("--line", type=float, default=10, metavar="MB")
    chosen = options.parse_args()
    sources = texts(chosen.files)
    whole = sizes(100 if chosen.full else chosen.up_to)
    shapes: dict[str, tuple[list[float], Callable[[Path, int], list[Path]]]] = {
        "many documents": (whole, lambda f, n: documents(f, sources, n)),
        "one document": (whole, lambda f, n: [one_document(f, sources, n)]),
        "one line": (
            sizes(chosen.line),
            lambda f, n: [one_document(f, sources, n, joined=True)],
        ),
    }
    with TemporaryDirectory() as folder:
        start = figures([one_document(Path(folder), sources, PAGE)])["seconds"]
    row(f"start {start:.1f} s", "s", "peak MB", "ms for each MB", "of the one before")
    for shape, (wanted, make) in shapes.items():
        before = None
        for step in wanted:
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
