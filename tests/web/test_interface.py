"""The interface for programs does what its description says: asked by schemathesis with whatever the description allows, and more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import schemathesis
import web_samples
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from starlette.testclient import TestClient

from armslength.base.clock import FixedClock
from armslength.web.actions import ACTIONS
from armslength.web.app import create_app, described
from armslength.web.downloads import DOWNLOADS
from armslength.web.pages import PAGES
from armslength.web.visitors import Laptop

OWNER = {"Host": "localhost", "Authorization": "Bearer as-if-random"}
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = {
    found.ok().definition.raw["operationId"]: found.ok()
    for found in schemathesis.openapi.from_dict(json.loads(described())).get_all_operations()
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    home = tmp_path_factory.mktemp("interface")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        case = web_samples.sample_case(home / "case", FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)))
        yield create_app(case, gate=Laptop("as-if-random"))


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_what_is_described_is_what_is_answered(name, app):
    operation = OPERATIONS[name]
    operation.app = operation.schema.app = app

    @settings(max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case):
        case.call_and_validate(headers=OWNER, checks=CHECKS)

    ask()


def test_everything_there_is_is_described(app):
    paths = json.loads(described())["paths"]
    asked = sum("get" in item for item in paths.values()), sum("post" in item for item in paths.values())
    assert asked == (len(PAGES) + len(DOWNLOADS), len(ACTIONS))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert client.get("/api/openapi.json").json()["paths"] == paths
