"""A whole xgov for the journeys: its own folder, database and queue, a real web server and a real worker."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import redis

from tests.engines import processes_with, spare_port
from tests.journeys.template import ROOT, Template, base_environment, create_database, drop_database, manage

READY_SECONDS = 90


class House:
    """One copy of the demonstration. `serve()` starts it as a person does, `serve_web()` and `work()` half of it."""

    def __init__(self, folder: Path, template: Template, name: str, queue_number: int) -> None:
        self.var = folder / name
        self.log = folder / f"{name}.log"
        self.password = template.password
        self.processes: list[subprocess.Popen[bytes]] = []
        shutil.copytree(template.var, self.var)
        self.database = f"{template.database}_{name}" if template.database else ""
        address = create_database(self.database, template.database) if self.database else ""
        self.env = base_environment(self.var, address)
        self.port = spare_port()
        self.env["PORT"] = str(self.port)
        self.url = f"http://127.0.0.1:{self.port}"
        if broker := os.environ.get("CELERY_BROKER_URL"):
            self.queue = f"{broker.rpartition('/')[0]}/{queue_number}"
            redis.Redis.from_url(self.queue).flushdb()
            self.env |= {"CELERY_BROKER_URL": self.queue, "CELERY_RESULT_BACKEND": self.queue}

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Runs `manage.py ...` on this house's data; fails on a non-zero exit unless `check` is False."""
        return manage(self.env, *arguments, check=check)

    def serve(self) -> None:
        """Web server and worker by the one command, until /health/ answers 200."""
        self.start("manage.py", "serve")
        self.wait_for_health()

    def serve_web(self) -> None:
        """The web server alone: there is no worker, and the pages must say so."""
        self.start("-m", "gunicorn", "xgov.wsgi", "--bind", f"127.0.0.1:{self.port}", "--threads", "8")
        self.wait_for_health(200, 503)

    def work(self) -> subprocess.Popen[bytes]:
        """A worker with its beat, alone: kill it to see what becomes of its work."""
        schedule = ["--schedule", str(self.var / "beat-of-its-own"), "--loglevel", "warning"]
        return self.start(
            "-m", "celery", "-A", "xgov", "worker", "-B", "--pool", "threads", "--concurrency", "2", *schedule
        )

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def wait_for_health(self, *answers: int) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            ended = [process for process in self.processes if process.poll() is not None]
            assert not ended, f"The server ended while starting:\n{self.log_tail()}"
            if self.health() in (answers or (200,)):
                return
            time.sleep(0.1)
        raise AssertionError(f"{self.url}/health/ did not answer in {READY_SECONDS} s:\n{self.log_tail()}")

    def health(self) -> int:
        """The status of /health/, 0 while nobody listens."""
        try:
            with urllib.request.urlopen(f"{self.url}/health/", timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def log_tail(self) -> str:
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    @property
    def worker_pid(self) -> int:
        """The process id of the running worker."""
        pids = [pid for pid, command in self.running().items() if "celery" in command]
        assert pids, f"No worker is running:\n{self.log_tail()}"
        return min(pids)

    def running(self) -> dict[int, str]:
        """Every process that works on this house's folder, orphans included, with its command line."""
        return processes_with("XGOV_VAR", str(self.var))

    def clear_away(self) -> None:
        """Ends everything that was started here, by process id, at once: nobody needs what it would still finish."""
        while left := self.running():
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        for process in self.processes:
            process.wait()
        self.processes.clear()
        if self.database:
            drop_database(self.database)
        shutil.rmtree(self.var, ignore_errors=True)
