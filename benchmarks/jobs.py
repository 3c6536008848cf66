"""What several processes gain: `plantrack figures --jobs N` over the same documents, beside one.

python benchmarks/jobs.py [FILE…] [--megabytes MB] [--jobs N…]

The output of each run is compared with that of the first, byte by byte.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from common import MEGABYTE, documents, figures, parser, row, texts


def main() -> None:
    """Print seconds, peak memory of the largest process and the gain over one process."""
    options = parser(__doc__)
    options.add_argument("--megabytes", type=float, default=10)
    options.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    chosen = options.parse_args()
    with TemporaryDirectory() as folder:
        paths = documents(Path(folder), texts(chosen.files), int(chosen.megabytes * MEGABYTE))
        row(
            f"{chosen.megabytes:g} MB, {len(paths)} documents, {os.cpu_count()} cores",
            *("s", "largest MB", "times as fast", "same output"),
        )
        first: tuple[float, bytes] | None = None
        for jobs in chosen.jobs:
            out = Path(folder) / f"{jobs}.jsonl"
            cost = figures(paths, out, "--jobs", str(jobs))
            written = out.read_bytes()
            first = first or (cost["seconds"], written)
            peak = max(cost["peak"], cost["peak_child"]) / MEGABYTE
            gain = first[0] / cost["seconds"]
            same = "yes" if written == first[1] else "NO"
            row(f"--jobs {jobs}", f"{cost['seconds']:.1f}", f"{peak:.0f}", f"{gain:.2f}", same)


if __name__ == "__main__":
    main()
