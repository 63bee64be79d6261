"""Procedure versions kept in each process, for callers that name one with every act.

A version is long, and never changes but for the day it ends. What is kept is kept under
the catalogue's revision, which any change renews.
"""

from datetime import date
from functools import lru_cache

from gandan.procedures import queries as procedures
from gandan.procedures.models import ProcedureVersion


@lru_cache(maxsize=1024)
def version_kept(code: str, day: date, _revision: str) -> ProcedureVersion:
    """The version in force, to be read only; raises `procedures.NoSuchProcedure`.

    Ask `procedures.revision()` once for each request or batch.
    """
    return procedures.version_on(code, day)
