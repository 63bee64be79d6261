"""The API keeps what `/api/v1/openapi.json` says, whatever schemathesis sends: no
server error, no undeclared status, content type or shape; without a token, nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import time_machine
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi

from gandan.dossiers import actions
from gandan.dossiers.models import Dossier
from tests.dossiers.calling import (
    NOW,
    ON,
    PREFIX,
    TOKEN,
    described,
    make_caller,
    thrown_away,
)
from tests.factories import at, counter, opening, specialist

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _caller(db: None) -> None:
    make_caller()


OPERATIONS = [
    ("POST", "/dossiers"),
    ("GET", "/dossiers"),
    ("POST", "/dossiers/batch"),
    ("GET", "/dossiers/{public_id}"),
    ("POST", "/dossiers/{public_id}/{verb}"),
]
# `positive_data_acceptance` would ask that every well-formed body be accepted; which
# agency or procedure exists on this day no schema can say.
CHECKS = [
    checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_headers_conformance,
    openapi.response_schema_conformance,
    openapi.negative_data_rejection,
    openapi.missing_required_header,
    openapi.unsupported_method,
    openapi.ignored_auth,
]


def test_every_operation_of_the_document_is_tried_here() -> None:
    found = {
        (method.upper(), path.removeprefix(PREFIX))
        for path, methods in described().raw_schema["paths"].items()
        for method in methods
    }
    assert found == set(OPERATIONS)


def _standing() -> Dossier:
    """A dossier the token may see and move."""
    receipt = actions.open_and_receive(opening(ON), by=counter(ON), at=at("2025-06-10"))
    return actions.take_up(
        dossier_id=receipt.dossier.pk, by=specialist(ON), at=at("2025-06-10")
    )


def tried(method: str, path: str, *, mode: Any, many: int, token: str | None) -> None:
    operation = described()[f"{PREFIX}{path}"][method]
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    positive = mode == schemathesis.GenerationMode.POSITIVE
    chosen = list(CHECKS)
    if (method, path) == ("GET", "/dossiers"):
        # What is wrong with a question (an empty list) may vanish from its address:
        # what arrives is then right. `test_api_senders` mistypes questions by hand.
        chosen.remove(openapi.negative_data_rejection)
    named = {"public_id": str(_standing().public_id)} if "public_id" in path else {}

    @settings(
        max_examples=many,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), there=st.booleans())
    def run(case: Any, there: bool) -> None:
        if positive and there:
            case.path_parameters = (case.path_parameters or {}) | named
        with thrown_away():
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=chosen, headers=headers)
            if not token:
                assert answer.status_code == 401
                assert not Dossier.objects.filter(created_at__gt=NOW).exists()

    run()


MODES = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
@pytest.mark.parametrize("mode", MODES)
def test_no_answer_is_undeclared(method: str, path: str, mode: Any) -> None:
    tried(method, path, mode=mode, many=25, token=TOKEN)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_without_a_token_there_is_nothing(method: str, path: str) -> None:
    tried(method, path, mode=MODES[0], many=5, token=None)


@pytest.mark.full
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
@pytest.mark.parametrize("mode", MODES)
def test_no_answer_is_undeclared_in_many_tries(
    method: str, path: str, mode: Any
) -> None:
    tried(method, path, mode=mode, many=400, token=TOKEN)
