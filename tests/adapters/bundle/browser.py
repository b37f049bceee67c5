"""A headless Chromium driven over its debugging pipe, with nothing but Python; it has no network."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any

CHROMIUM = shutil.which("chromium")


class Browser:
    """One page of one browser."""

    def __init__(self, room: Path, page: Path) -> None:
        told, self._say = os.pipe()
        self._hear, answer = os.pipe()
        flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--remote-debugging-pipe",
            f"--user-data-dir={room}",
            "--host-resolver-rules=MAP * ~NOTFOUND",
        ]
        script = 'exec 3<&"$1" 4>&"$2"; shift 2; exec "$@"'
        call = ["bash", "-c", script, "browser", str(told), str(answer), str(CHROMIUM), *flags]
        self._process = subprocess.Popen(
            call, pass_fds=(told, answer), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(told)
        os.close(answer)
        self._left, self._count, self._session = b"", 0, ""
        self.errors: list[str] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "DOM", "Log", "Network"):
            self.send(f"{domain}.enable")
        self.send("Page.navigate", url=page.as_uri())
        self.wait("document.readyState === 'complete'")

    def send(self, method: str, **given: Any) -> dict[str, Any]:
        self._count += 1
        order = {
            "id": self._count,
            "method": method,
            "params": given,
            **({"sessionId": self._session} if self._session else {}),
        }
        os.write(self._say, json.dumps(order).encode() + b"\0")
        while True:
            heard = self._read()
            if heard.get("id") == self._count:
                assert "error" not in heard, heard
                return dict(heard["result"])
            if heard.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
                self.errors.append(json.dumps(heard["params"]))

    def value(self, expression: str) -> Any:
        """What an expression comes to, promises awaited."""
        done = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def wait(self, expression: str, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not self.value(expression):
            assert time.monotonic() < end, f"{expression}: {self.errors}"
            time.sleep(0.01)

    def choose(self, selector: str, *paths: Path) -> None:
        """Put files or a folder into a file input, as a person does."""
        root = self.send("DOM.getDocument")["root"]["nodeId"]
        node = self.send("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.send("DOM.setFileInputFiles", nodeId=node, files=[str(path) for path in paths])

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            some = os.read(self._hear, 1 << 20)
            assert some, "the browser is gone"
            self._left += some
        one, self._left = self._left.split(b"\0", 1)
        return dict(json.loads(one))

    def __enter__(self) -> "Browser":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._say)
        os.close(self._hear)
