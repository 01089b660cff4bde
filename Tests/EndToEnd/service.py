"""A coach under test, a receiver for what it posts, and the clients that talk to it."""

import http.server
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

COACH = os.environ["COACH"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
SIGNING_SECRET = "an-invented-signing-secret"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds, what):
    """Polls until the condition holds and returns its value; a test that waits in vain says for what."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


class Receiver:
    """A chat platform's end of a webhook: records every body, and answers with the status that it is told."""

    def __init__(self):
        self.posts = []
        self.status = 200
        self.lock = threading.Lock()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with receiver.lock:
                    receiver.posts.append((self.path, body, dict(self.headers)))
                    status = receiver.status
                self.send_response(status)
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *arguments):
                pass

        self.handler = Handler
        self.open(0)

    def open(self, port):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), self.handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def texts(self, path=None):
        with self.lock:
            return [json.loads(body)["text"] for where, body, _ in self.posts if path in (None, where)]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Service:
    """`coach serve` with a configuration of its own in a temporary folder."""

    def __init__(self, extra="", environment=None, receiver=None):
        self.folder = tempfile.TemporaryDirectory(prefix="coach-test-")
        self.path = pathlib.Path(self.folder.name)
        self.line_port = free_port()
        self.http_port = free_port()
        self.config = self.path / "coach.yaml"
        self.environment = {
            **os.environ, "SLACK_SIGNING_SECRET": SIGNING_SECRET, "SWIFT_BACKTRACE": "enable=no",
            "SLACK_WEBHOOK_URL": f"http://127.0.0.1:{receiver.port}/webhook" if receiver else "", **(environment or {}),
        }
        channels = "" if receiver is None else f"""
channels:
  leads:
    platform: slack
    signing-secret: env:SLACK_SIGNING_SECRET
    webhook: env:SLACK_WEBHOOK_URL
    allow-private: true
    allow-hosts: ["127.0.0.1:{receiver.port}"]
"""
        self.config.write_text(f"""
knowledge: {{ folders: ["{ROOT}/Knowledge"] }}
prompts: "{ROOT}/Prompts"
data: "{self.path}/var"
line: {{ listen: "127.0.0.1:{self.line_port}" }}
http: {{ listen: "127.0.0.1:{self.http_port}" }}
{channels}{extra}
""")
        self.process = None

    def start(self):
        with open(self.path / "log", "ab") as log:
            self.process = subprocess.Popen(
                [COACH, "serve", "--config", str(self.config), "--log-level", "info"], stderr=log, stdout=log,
                env=self.environment)
        try:
            wait_for(lambda: self.process.poll() is not None or self.is_ready(), 60, "the service to be ready")
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.log_text()}") from None
        assert self.process.poll() is None, self.log_text()
        return self

    def is_ready(self):
        try:
            with urllib.request.urlopen(self.url("/readyz"), timeout=1) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def log_text(self):
        return (self.path / "log").read_text(errors="replace")

    def url(self, path):
        return f"http://127.0.0.1:{self.http_port}{path}"

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """SIGTERM; returns the exit status."""
        if self.process is None or self.process.poll() is not None:
            return self.process and self.process.returncode
        self.process.terminate()
        return self.process.wait(timeout=35)

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.kill()
        self.folder.cleanup()

    def coach(self, *arguments, check=True):
        """Runs another verb beside the service."""
        return subprocess.run(
            [COACH, *arguments, "--config", str(self.config)], capture_output=True, text=True, check=check,
            env=self.environment, timeout=60)

    def nc(self, text):
        """What `printf TEXT | nc -N` prints."""
        done = subprocess.run(
            ["nc", "-N", "127.0.0.1", str(self.line_port)], input=text.encode(), capture_output=True, timeout=30)
        return done.stdout.decode()

    def curl(self, *arguments):
        done = subprocess.run(["curl", "-sS", *arguments], capture_output=True, text=True, timeout=30, check=True)
        return done.stdout
