"""Requests made from the document, sound and broken: no crash, and answers as documented, whoever asks."""

import pytest
import schemathesis
from hypothesis import HealthCheck, seed, settings
from schemathesis.checks import negative_data_rejection, positive_data_acceptance
from schemathesis.pytest import from_fixture

from service import openapi
from service.inputs import WORKBOOK
from tests.service.access.conftest import Office
from tests.service.conftest import PUPPETS


def _few(most):
    return settings(
        max_examples=most, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )


def _document(coverage: bool):
    config = {"phases": {"coverage": {"enabled": coverage}}}
    return schemathesis.openapi.from_path(
        str(openapi.FILE), config=schemathesis.Config.from_dict(config)
    )


@pytest.fixture(autouse=True)
def _named(request):
    # Schemathesis 4.32 keeps and changes the name of a test where pytest had it before version 9.
    request.node._nodeid = request.node.nodeid


@pytest.fixture(scope="module")
def covered():
    return _document(coverage=True)


@pytest.fixture(scope="module")
def sampled():
    return _document(coverage=False)


# Made when they run: to make them takes each process that collects tests nine seconds, and the operations of
# a test made before would share one name, by which xdist runs one of them.
small = from_fixture("covered").exclude(method="POST")
# Every fault that a schema can have, at every place of an instance, is thousands of requests.
# The first account would end the open mode of the service that answers all of these.
large = from_fixture("sampled").include(method="POST").exclude(path="/v1/accounts")
every = from_fixture("sampled")


@schemathesis.serializer(WORKBOOK)
def _workbook(_, value):
    return value


@pytest.fixture(scope="module")
def tireless(make_service):
    """A service whose jobs end at once."""
    return make_service(search_command=(*PUPPETS, "quick"))


@pytest.fixture(scope="module")
def headers(make_service):
    """Headers of requests to a service with accounts, by who asks; its address as "url"."""
    office = Office(make_service(search_command=(*PUPPETS, "quick")))
    office.store.close()
    signed = {who: {"Authorization": f"Bearer {secret}"} for who, secret in office.secrets.items()}
    return signed | {"nobody": {}, "url": office.service.url}


@small.parametrize()
@seed(20261123)
@_few(3)
def test_addresses_and_parameters_are_kept_to(case, tireless):
    # A cursor is what the page before gave, and hours are told in words: no schema tells which are right.
    worded = {"cursor", "when"} & {parameter.name for parameter in case.operation.query}
    excluded = [positive_data_acceptance] if worded else []
    case.call_and_validate(timeout=120, base_url=tireless.url, excluded_checks=excluded)


@large.parametrize()
@seed(20261123)
@_few(5)
def test_bodies_are_kept_to(case, tireless):
    # An instance may fit the schema and name places that it does not have.
    excluded = [positive_data_acceptance]
    if case.path == "/v1/validations":
        # Telling what is wrong with an instance is what it is for.
        excluded.append(negative_data_rejection)
    case.call_and_validate(timeout=120, base_url=tireless.url, excluded_checks=excluded)


@every.parametrize()
@seed(20261123)
@_few(2)
def test_who_has_areas_gets_documented_answers(case, headers):
    excluded = [positive_data_acceptance]
    if case.path == "/v1/validations":
        excluded.append(negative_data_rejection)
    case.call_and_validate(
        timeout=120,
        base_url=headers["url"],
        headers=headers["coordinator"],
        excluded_checks=excluded,
    )


@every.parametrize()
@seed(20261123)
@_few(1)
def test_nobody_gets_nothing(case, headers):
    answer = case.call_and_validate(
        timeout=120,
        base_url=headers["url"],
        headers=headers["nobody"],
        excluded_checks=[positive_data_acceptance, negative_data_rejection],
    )
    open_to_all = case.path in ("/health", "/metrics", "/openapi.json")
    assert answer.status_code == 401 or open_to_all, (case.method, case.path)
