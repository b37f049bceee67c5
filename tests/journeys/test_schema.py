"""Whatever fits or does not fit the OpenAPI file, the desk answers as documented and never fails."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from mingcha.actions.accounts import create_account, set_password, setup_link, sign_in
from mingcha.actions.assess import assess
from mingcha.api.app import create_app
from mingcha.model.actor import Purpose, Role
from mingcha.model.complaint import Complaint
from mingcha.testing.house import NOON, house, put, someone

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[object, str]]:
    with house(tmp_path_factory.mktemp("schema")) as deps:
        put(deps, "complaints", Complaint(id="1", received_at=NOON, text="利息太高", licence="bank", filer_role="self"))
        assess(deps, someone())
        set_password(deps, setup_link(deps) or "", PASSWORD)
        admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
        set_password(deps, create_account(deps, admin, "su", (Role.SUPERVISOR,), None), PASSWORD)
        yield create_app(deps, ("testserver", "localhost")), sign_in(deps, "su", PASSWORD, Purpose.HANDLING)


def test_answers_are_as_documented(desk: tuple[object, str]) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", desk[0])
    headers = {"Authorization": f"Bearer {desk[1]}"}
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) > 12
    for operation in operations:
        _check(operation, headers)


def _check(operation: Any, headers: dict[str, str]) -> None:
    documented = set(operation.definition.raw["responses"]) | {"400", "401", "405"}

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy())
    def answers(case: schemathesis.Case) -> None:
        response = case.call(headers=headers)
        assert response.status_code < 500, (case.method, case.path, response.text)
        assert str(response.status_code) in documented, (case.method, case.path, response.status_code)

    answers()
