"""One row per family of tables, renewed by the database at every change of them.

Each process keeps its readings under this token, so that what one worker changes
is seen by all. A random token, not a counter: a rolled-back change cannot leave its
number behind for another content.
"""

import uuid

from django.db import models


class DataVersion(models.Model):
    name = models.CharField(max_length=16, primary_key=True)
    token = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return f"{self.name} {self.token}"
