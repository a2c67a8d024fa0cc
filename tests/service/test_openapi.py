"""The document of the interface is current and true."""

import json

import jsonschema
import pytest

from service import openapi


@pytest.fixture(scope="module")
def document():
    return json.loads(openapi.FILE.read_text(encoding="utf-8"))


def test_the_committed_document_is_current(document):
    """Run ``python -m service.openapi`` after a change of the interface."""
    assert document == json.loads(openapi.text())


def operations(document):
    return [
        (path, method, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
    ]


def test_every_operation_tells_its_errors(document):
    for path, method, operation in operations(document):
        told = set(operation["responses"])
        assert {"400", "403", "421", "500"} <= told, (method, path)
        for status in told:
            if int(status) >= 400:
                assert set(operation["responses"][status]["content"]) == {
                    "application/problem+json"
                }


def test_every_operation_says_what_it_does(document):
    for path, method, operation in operations(document):
        assert operation["description"], (method, path)


def test_examples_fit_their_schemas(document):
    count = 0
    for _, _, operation in operations(document):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            for one in content.get("examples", {}).values():
                count += 1
                schema = {**content["schema"], "components": document["components"]}
                jsonschema.validate(one["value"], schema)
    assert count >= 5


def test_every_reference_leads_somewhere(document):
    text = json.dumps(document)
    for name in document["components"]["schemas"]:
        text = text.replace(f'"#/components/schemas/{name}"', '""')
    assert "#/components/schemas/" not in text
