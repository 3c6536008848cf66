"""Time and memory by size, from 0.1 MB up: as many documents in a stream, as one, and as one line.

python benchmarks/size.py [FILE…] [--up-to MB] [--line MB] [--full] [--hostile MB]

`--full` goes up to 100 MB, as many documents and as one; that takes minutes and some GB.

`--hostile 1` reads instead texts that nobody writes, each a quarter of that size and whole, and
compares seconds of the processor, so that other work on the machine counts less.

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
# One piece over and over: no mark to end a sentence, or nothing but one.
HOSTILE = {
    "no punctuation": "全市推进产业发展提高质量效益",
    "no punctuation, numbers": "全市产值增长5.7%投资3亿元",
    "brackets": "（",
    "digits": "7",
    "Chinese digits": "九百",
    "其中": "其中：",
    "其中 with numbers": "其中：3个，",
    "percent signs": "%",
    "one indicator": "地区生产总值",
    "one indicator, numbers": "地区生产总值3亿元",
    "a list of numbers": "3%、",
    "years": "2025年",
    "blanks": " ",
    "pipes": "|",
    "table rows": "| 产值 | 3 | 4 |\n",
    "headings": "一、目标\n",
}


def sizes(up_to: float) -> list[float]:
    """0.1, 1, 10, 100 as far as wanted, and the end."""
    steps = [step for step in (0.1, 1.0, 10.0, 100.0) if step < up_to]
    return [*steps, up_to]


def hostile(size: float) -> None:
    """Print the processor's seconds for each hostile text, a quarter of the size and whole."""
    row("", "s for a quarter", "s for all", "all / quarter")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.txt"

        def cost(piece: str, megabytes: float) -> float:
            path.write_text(piece * int(megabytes * MEGABYTE / len(piece.encode())), "utf-8")
            return figures([path])["processor"]

        start = cost("地区生产总值3亿元。", PAGE / MEGABYTE)
        for name, piece in HOSTILE.items():
            quarter, whole = (max(cost(piece, n) - start, 0.01) for n in (size / 4, size))
            ratio = f"{whole / quarter:.1f}" if quarter > 0.3 else "too short to tell"
            row(name, f"{quarter:.1f}", f"{whole:.1f}", ratio)


def main() -> None:
    """Print seconds, time for each MB and peak memory of each size and shape."""
    options = parser(__doc__)
    options.add_argument("--up-to", type=float, default=10, metavar="MB")
    options.add_argument("--full", action="store_true", help="the same as --up-to 100")
    options.add_argument("--line", type=float, default=10, metavar="MB")
    options.add_argument("--hostile", type=float, metavar="MB", help="hostile texts of this size")
    chosen = options.parse_args()
    if chosen.hostile:
        hostile(chosen.hostile)
        return
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
