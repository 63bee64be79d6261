"""The operating-system user the database runs as.

PostgreSQL refuses to run as root. Started by root, the cluster runs as the system user
`gandan` (created when missing); started by anybody else, as that person.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config.launch.refusals import LaunchRefused

SYSTEM_USER = "gandan"
STATE = Path("/var/lib/gandan")


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    uid: int
    gid: int

    def reaches(self, folder: Path) -> bool:
        """Can this account enter the folder? Asked of the kernel, not of mode bits."""
        asked = subprocess.run(
            ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)],
            cwd="/",
            user=self.uid,
            group=self.gid,
            extra_groups=[],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return asked.returncode == 0


def my_name() -> str:
    """The login that peer authentication will see."""
    uid = os.geteuid()
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        raise LaunchRefused(
            f"user id {uid} has no name in /etc/passwd, and PostgreSQL needs one"
        ) from None


def server_account(data: Path) -> Account | None:
    """None: the cluster runs as ourselves. Root runs it as the owner of existing
    data, so that a home first used by an ordinary user stays that user's."""
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat().st_uid) != 0:
        try:
            entry = pwd.getpwuid(owner)
        except KeyError:
            raise LaunchRefused(
                f"{data} belongs to user id {owner}, which this machine does not know"
            ) from None
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    return _system_user()


def _system_user() -> Account:
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
        if useradd is None:
            raise LaunchRefused(
                "PostgreSQL does not run as root, and there is no useradd to create "
                f"the system user {SYSTEM_USER!r}; create it or start as another user"
            ) from None
        made = subprocess.run(
            [
                *(useradd, "--system", "--user-group", "--no-create-home"),
                *("--home-dir", str(STATE), "--shell", "/usr/sbin/nologin"),
                SYSTEM_USER,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        try:  # two first starts at once: the other one may have made it
            entry = pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            raise LaunchRefused(
                f"could not create the system user {SYSTEM_USER!r}: "
                + made.stderr.strip()
            ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
