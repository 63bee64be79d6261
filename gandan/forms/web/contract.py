"""What the pages of a form and the room above say to each other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.http import HttpRequest

from gandan.forms.models import Draft
from gandan.forms.parties import Party
from gandan.forms.schema import Definition, Question
from gandan.forms.web.course import Course
from gandan.forms.web.fields import Upload
from gandan.kernel.actors import Actor


class PageRequest(HttpRequest):
    """As the middleware of ui and people leaves it."""

    actor: Actor
    now: datetime


class SubmitRefused(Exception):
    """The room above cannot take the form now; `words` tell the citizen why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class FileRefused(Exception):
    """A file of a wrong kind or size; `words` tell how to mend it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Submission:
    """What the room above receives, inside the transaction that closes the draft."""

    request: PageRequest
    draft: Draft
    definition: Definition
    answers: dict[str, Any]
    parties: tuple[Party, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who will get the form; while there is no name, the citizen has to choose."""

    name: str
    change_href: str


Submit: TypeAlias = Callable[[Submission], UUID]
Receipt: TypeAlias = Callable[[PageRequest, UUID], str]
StoreFile: TypeAlias = Callable[[PageRequest, Draft, Question, Upload], str]


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft the visitor may see, with its form and how far it is."""

    draft: Draft
    definition: Definition
    course: Course
    on: date
