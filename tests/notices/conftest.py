"""A desk, and one message to a person of its commune."""

from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from gandan.kernel.localtime import at_local
from gandan.notices import actions
from gandan.notices.models import Channel, Message
from gandan.places.models import Organisation, Place
from tests.notices.sink import Sink, mail_sink

DAY = date(2025, 10, 29)  # a Wednesday
AT = at_local(DAY, time(9))
SINCE = date(2025, 7, 1)

Queue = Callable[..., Message]


@pytest.fixture
def desk(db: None) -> Organisation:
    """A commune's desk of the tests' own: this room needs no seeds."""
    province = _place("99", "province", "province", "Tỉnh Thử", None)
    commune = _place("99999", "commune", "commune", "Xã Bảo Lạc", province)
    return Organisation.objects.create(
        key="99.99999@2025-07-01/mc",
        kind="one_stop_desk",
        name="Trung tâm Phục vụ hành chính công xã Bảo Lạc",
        fold="trung tam phuc vu hanh chinh cong xa bao lac",
        sort_key="trung tam",
        place=commune,
        address="Khu 5, xã Bảo Lạc",
        telephone="0206 3 870 123",
        source="test",
        starts=SINCE,
    )


def _place(code: str, level: str, kind: str, name: str, parent: Place | None) -> Place:
    return Place.objects.create(
        key=f"{code}@2025-07-01",
        code=code,
        level=level,
        kind=kind,
        name=name,
        full_name=name,
        fold=name.lower(),
        sort_key=name.lower(),
        parent=parent,
        source="test",
        starts=SINCE,
    )


@pytest.fixture
def texts(settings: Settings, tmp_path: Path) -> Path:
    """The folder texts leave to."""
    settings.GANDAN_SMS = "gandan.notices.gateways.FileGateway"
    settings.SMS_FILE_PATH = tmp_path / "sms"
    return tmp_path / "sms"


@pytest.fixture
def mail(settings: Settings) -> Iterator[Sink]:
    """A mail server on this machine."""
    with mail_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_USE_TLS = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.DEFAULT_FROM_EMAIL = "Gần Dân <gandan@example.vn>"
        yield sink


@pytest.fixture
def queue(desk: Organisation) -> Queue:
    def make(channel: Channel = Channel.EMAIL, **values: Any) -> Message:
        given: dict[str, Any] = {
            "channel": channel,
            "template": "result_ready",
            "subject": "9d3f8a52-0000-4000-8000-000000000007",
            "organisation": desk,
            "params": {"code": "H14.30-251029-0007", "procedure": "Làm sổ đỏ lần đầu"},
            "to_address": {
                Channel.EMAIL: "anh@example.vn",
                Channel.SMS: "0912345678",
                Channel.CALL: "0912345678",
                Channel.CARD: "",
            }[channel],
            "person": "Hoàng Thị Ngọc Ánh",
            "place": "Xã Bảo Lạc",
            "village": "Xóm Nà Chang",
            "at": AT,
        }
        message = actions.queue(**(given | values))
        assert message is not None
        return message

    return make
