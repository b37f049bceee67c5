"""No outbound connection, ever, unless configured: a whole town is loaded, assessed and reported with sockets forbidden."""

import subprocess
import sys
from pathlib import Path

GUARD = """
import sys
def guard(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise SystemExit(f"outbound: {event} {arguments}")
sys.addaudithook(guard)
sys.argv = ["mingcha", "--workspace", sys.argv[1], *sys.argv[2:]]
from mingcha.cli.main import run
run()
"""


def test_nothing_calls_out(tmp_path: Path) -> None:
    for verb in (["demo", "--size", "30"], ["report", str(tmp_path / "r.html")], ["verify"]):
        done = subprocess.run(
            [sys.executable, "-c", GUARD, str(tmp_path / "w"), *verb], capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "outbound" not in done.stderr
