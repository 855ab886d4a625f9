"""Every published file into an empty store: wall seconds and the peak of the largest process, in megabytes."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from commonweal.lake.pull import pull_folder
from commonweal.lake.store import Store

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    folder = Path(os.environ.get("COMMONWEAL_PUBLISHED") or ROOT.parent / "shared" / "data")
    if not folder.exists():
        sys.exit("lake_ingest: the published files are not here; set COMMONWEAL_PUBLISHED")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        start = perf_counter()
        pull_folder(Store(Path(place) / "published"), folder)
        seconds = perf_counter() - start
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(who).ru_maxrss for who in whose) / 1024
    print(f"ingest_all_seconds {seconds:.1f} - -")
    print(f"ingest_all_peak_mb {peak:.0f} - -")


if __name__ == "__main__":
    main()
