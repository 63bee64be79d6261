"""What went wrong, in a page: forbidden looks like missing, no input is repeated."""

from typing import Any

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from gandan.ui import errors
from gandan.ui.pages import render_form
from tests.ui.urls import urlpatterns as house


def hidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("secret reason")


def absent(request: HttpRequest) -> HttpResponse:
    raise Http404("secret reason")


urlpatterns: list[Any] = [*house, path("hidden", hidden), path("absent", absent)]
handler404 = handler403 = "gandan.ui.errors.missing"

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def test_forbidden_looks_like_missing(client: Client) -> None:
    answers = [client.get(path) for path in ("/hidden", "/absent", "/nothing-here")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    bodies = {
        answer.content.decode().replace(address, "")
        for answer, address in zip(
            answers, ("/hidden", "/absent", "/nothing-here"), strict=True
        )
    }
    assert len(bodies) == 1
    assert "secret reason" not in bodies.pop()


def test_a_crash_is_answered_without_the_database(db: None) -> None:
    request = RequestFactory().get("/?name=Nông+Thị+Ánh")
    answer = errors.broken(request)
    assert answer.status_code == 500
    assert "Hệ thống gặp sự cố" in answer.content.decode()
    assert "Ánh" not in answer.content.decode()


def test_a_request_nobody_sends_is_answered_plainly() -> None:
    answer = errors.bad(RequestFactory().get("/<x>"))
    assert answer.status_code == 400
    assert "Không đọc được yêu cầu này" in answer.content.decode()


def test_a_stale_form_says_that_nothing_was_sent() -> None:
    strict = Client(enforce_csrf_checks=True)
    request = strict.post("/tai-khoan/login/", {}).wsgi_request
    answer = errors.stale(request)
    assert answer.status_code == 403
    assert "Chưa gửi gì cả" in answer.content.decode()


class Question(forms.Form):
    name = forms.CharField()


@pytest.mark.parametrize(
    ("form", "status"),
    [
        (Question(), 200),
        (Question({"name": ""}), 422),
        (Question({"name": "Ánh"}), 200),
    ],
)
def test_a_refused_form_answers_422(
    form: Question, status: int, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Any] = {}

    def shown(
        request: HttpRequest, template: str, context: dict[str, Any], status: int
    ) -> HttpResponse:
        seen.update(context)
        return HttpResponse(template, status=status)

    monkeypatch.setattr("gandan.ui.pages.render", shown)
    answer = render_form(rf.get("/"), "x.html", form, {"more": 1})
    assert answer.status_code == status
    assert seen == {"form": form, "more": 1}
