"""Run every benchmark beside its peer and print one table; what each must reach stands in docs/benchmarks.md."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def lines_of(script: Path) -> list[str]:
    """What one benchmark printed: `name ours peer ratio`, or a sentence saying why it could not run."""
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    if done.returncode:
        return [f"{script.stem}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'failed'}"]
    return done.stdout.strip().splitlines()


def main() -> None:
    """One line a measurement."""
    print(f"{'what':<38}{'ours':>12}{'peer':>12}{'ours / peer':>13}")
    for script in sorted(HERE.glob("*.py")):
        if script.name == "run.py":
            continue
        for line in lines_of(script):
            parts = line.split()
            print(f"{parts[0]:<38}{parts[1]:>12}{parts[2]:>12}{parts[3]:>13}" if len(parts) == 4 else line)


if __name__ == "__main__":
    main()
