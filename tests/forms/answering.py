"""A person at the keyboard: types a case into the pages, one after the other."""

import re
import uuid
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from gandan.forms import actions, loading
from gandan.forms.conditions import Asked
from gandan.forms.models import Draft
from gandan.forms.schema import Answers, Kind
from gandan.forms.web.course import Course
from gandan.kernel.actors import Actor
from gandan.ui import words
from tests.forms.cases import ON, SCANNED

CITIZEN = Actor(kind="citizen", id="", user_id=None)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
PICTURE = b"\x89PNG\r\n"
FILE_ID = str(uuid.uuid5(uuid.NAMESPACE_OID, f"giay.png {len(PICTURE)}"))


def with_stored_file(answers: Any) -> Any:
    """The case as it is kept: a scanned paper has the id of its stored file."""
    if answers == SCANNED:
        return {"files": [FILE_ID], "bring": False}
    if isinstance(answers, dict):
        return {key: with_stored_file(answer) for key, answer in answers.items()}
    return answers


def typed(
    asked: Asked, answer: Any, language: str, prefix: str = "", counter: bool = False
) -> dict[str, Any]:
    """What goes into the boxes of one question."""
    name = f"{prefix}{asked.name}"
    kind = asked.question.kind
    if answer is None:
        return {}
    if kind is Kind.ADDRESS:
        return {f"{name}-{part}": answer[part] for part in answer}
    if kind is Kind.FILE:
        boxes: dict[str, Any] = {f"{name}-bring": "on"} if answer["bring"] else {}
        if answer["files"] and not counter:
            boxes[f"{name}-new"] = SimpleUploadedFile("giay.png", PICTURE, "image/png")
        return boxes
    if kind in (Kind.DATE, Kind.PARTIAL_DATE):
        parts = zip(("year", "month", "day"), answer.split("-"), strict=False)
        return {f"{name}_{box}": part for box, part in parts}
    if kind is Kind.YES_NO:
        return {name: "yes" if answer else "no"}
    if kind in (Kind.NUMBER, Kind.MONEY):
        with override(language):
            exact = Decimal(answer) if isinstance(answer, str) else answer
            return {name: words.number(exact)}
    return {name: answer}


@dataclass
class Citizen:
    """One browser filling in one form in one language."""

    client: Client
    form: str
    language: str = "vi"
    at: str = ""

    def __post_init__(self) -> None:
        self.definition = loading.definition(self.form)
        self.prefix = "" if self.language == "vi" else f"/{self.language}"

    def start(self, helped_by: str = "") -> None:
        address = f"{self.prefix}/nop/{self.definition.slug}/"
        answer = self.client.post(address, {"helped_by": helped_by})
        assert answer.status_code == 302, answer.content.decode()
        self.at = answer.headers["Location"]

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(public_id=self.at.rstrip("/").rpartition("/")[2])

    @property
    def course(self) -> Course:
        draft = self.draft
        return Course.read(self.definition, draft.answers, draft.seen, ON)

    def have_filled(self, case: Answers) -> None:
        """As `fill` leaves it, by the actions alone: for tests of what comes after."""
        known = with_stored_file(case)
        draft = self.draft
        for page in Course.read(self.definition, known, (), ON).open_pages():
            actions.save(
                draft_id=draft.pk,
                definition=self.definition,
                page=page.slug,
                answers=known,
                by=CITIZEN,
                at=draft.saved_at,
            )

    def send(self, address: str, boxes: dict[str, Any]) -> str:
        answer = self.client.post(address, boxes)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer.headers["Location"])

    def fill(self, case: Answers) -> None:
        """Page after page, as the form leads, until nothing is left."""
        while page := self.course.next_open():
            address = f"{self.at}trang/{page.slug}/"
            if page.group:
                self._fill_group(address, case)
                self.send(address, {})
                continue
            boxes: dict[str, Any] = {}
            for asked in self.course.on_page(page):
                boxes |= typed(asked, case.get(asked.question.key), self.language)
            self.send(address, boxes)

    def _fill_group(self, address: str, case: Answers) -> None:
        page = self.definition.page(address.rstrip("/").rpartition("/")[2])
        assert page is not None
        group = page[1].group
        assert group is not None
        for place, item in enumerate(case.get(group.key, ())):
            step = 0
            while True:
                course = self.course.with_item(group, place, ON)
                left = [s for s in course.steps(group, place) if s >= step]
                if not left:
                    break
                step = left[0]
                boxes: dict[str, Any] = {"row_version": self.draft.row_version}
                for asked in course.on_step(group, place, step):
                    boxes |= typed(asked, item.get(asked.question.key), self.language)
                self.send(f"{address}{place + 1}/{step + 1}/", boxes)
                step += 1


def seen(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return unescape(answer.content.decode())


def sent(client: Client, address: str, boxes: dict[str, Any], status: int) -> str:
    answer = client.post(address, boxes)
    assert answer.status_code == status, answer.content.decode()
    return unescape(answer.content.decode())
