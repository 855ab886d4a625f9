"""A worker killed in the middle of its work loses nothing: the next takes the job up from its resume point."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

SCRIPT = '''
import os, sys, time
import django
django.setup()
from django.core.management import call_command
from commonweal.core.jobs.kinds import job_kind
from commonweal.core.actions.jobs import start_job
from commonweal.core.viewer import SYSTEM
from commonweal.core.models import Job

@job_kind("slow.count")
def count(handle):
    done = handle.resume.get("done", 0)
    while done < 6:
        done += 1
        with open(os.environ["TALLY"], "a") as file:
            file.write(f"{done}\\n")
        handle.progress(done * 16, f"{done} of 6", resume={"done": done})
        if done == 3 and os.environ.get("HANG"):
            print("half way", flush=True)
            time.sleep(60)
    return "Counted to 6."

if sys.argv[1] == "ask":
    call_command("migrate", verbosity=0)
    start_job(by=SYSTEM, kind="slow.count", key="count", dataset="count")
elif sys.argv[1] == "work":
    from commonweal.core.jobs.worker import work
    work(until_empty=True)
else:
    job = Job.objects.get()
    print(job.state, job.attempt, job.message)
'''


def python(env: dict[str, str], *arguments: str) -> str:
    """Run the script to its end; what it said."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], env=env, capture_output=True, text=True,
        timeout=60, check=True,
    )
    return done.stdout


def killed_half_way(env: dict[str, str]) -> None:
    """Start a worker, wait until it is in the middle, and kill it as a power cut would."""
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "work"], env={**env, "HANG": "1"}, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "half way\n"
        os.kill(worker.pid, signal.SIGKILL)


def test_kill_9_loses_nothing_and_repeats_nothing(tmp_path: Path):
    tally = tmp_path / "tally"
    env = {
        **os.environ, "COMMONWEAL_VAR": str(tmp_path / "var"), "TALLY": str(tally),
        "DJANGO_SETTINGS_MODULE": "commonweal.web.settings",
    }
    env.pop("COMMONWEAL_DATABASE_URL", None)
    python(env, "ask")
    killed_half_way(env)
    python(env, "work")
    assert python(env, "tell").split() == ["done", "2", "Counted", "to", "6."]
    assert tally.read_text().split() == ["1", "2", "3", "4", "5", "6"]
