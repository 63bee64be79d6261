"""`gandan administrator`: the first account of an installation."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gandan.kernel.actors import Role
from gandan.people.actors import actor_of
from gandan.people.models import User
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db


def run(**changes: str) -> str:
    wanted = {"name": "Đàm Thu Hà", "office": "04", "decision": "1/QĐ-UBND"}
    out = StringIO()
    call_command("administrator", "ha.dam", **wanted | changes, stdout=out)
    return out.getvalue().strip()


def test_it_opens_an_administrators_account_and_prints_its_password() -> None:
    password = run()
    user = User.objects.get(username="ha.dam")
    assert user.check_password(password)
    assert actor_of(user, TODAY).roles == {Role.ADMINISTRATOR}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"office": "99"}, "no office '99'"),
        ({"decision": ""}, "no_decision"),
        ({"name": "\u00d0àm Thu Hà"}, "U+00D0"),
    ],
)
def test_what_it_cannot_do_it_says_in_one_sentence(
    changes: dict[str, str], said: str
) -> None:
    with pytest.raises(CommandError, match=said.replace("+", r"\+")):
        run(**changes)
    assert not User.objects.exists()


def test_a_second_time_the_name_is_taken() -> None:
    run()
    with pytest.raises(CommandError, match="username_taken"):
        run()
