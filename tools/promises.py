"""Print the promises: kept, failing or without a test; the tests of each, and where to see it in the product."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    """Run the marked tests and report."""
    from tests.promises_kept import Kept, promise_ids

    kept = Kept()
    where = sys.argv[1:] or [str(ROOT / "tests")]
    pytest.main(["--no-header", "--tb=line", "-m", "promise and not soak", *where], plugins=[kept])
    print("\n".join(kept.line(promise) for promise in promise_ids()))
    broken = kept.broken()
    print(f"{len(promise_ids()) - len(broken)} of {len(promise_ids())} are kept." + (
        f" Not kept: {', '.join(broken)}." if broken else ""))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
