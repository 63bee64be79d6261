"""What granian's workers load: the WSGI application, in a process that ends with
granian. Granian stops its workers when it is asked to; killed, it cannot."""

import os
import signal

from config.launch.children import die_with_parent

die_with_parent(os.getppid(), signal.SIGKILL)
os.environ.setdefault("GANDAN_POOL", "1")

from config.wsgi import application  # noqa: E402

__all__ = ["application"]
