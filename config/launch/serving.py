"""How the pages are served: one command line, for `gandan run` and the benchmarks."""

import os


def command(port: int) -> list[str]:
    """Arguments of `python -m`: granian with two workers of two threads at most."""
    web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    web += ["--port", str(port), "--no-ws", "--http", "1"]
    web += ["--workers", str(min(2, os.cpu_count() or 1))]
    web += ["--blocking-threads", "2", "--respawn-failed-workers"]
    return [*web, "--workers-kill-timeout", "8", "config.launch.web:application"]
