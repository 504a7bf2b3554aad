"""A reviewer at a browser, without one: reads pages and sends their forms."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
from starlette.testclient import TestClient

from armslength.pipeline.desk import Desk
from armslength.store.case import open_case
from armslength.web.app import create_app
from armslength.web.visitors import Laptop
from pipeline.reviewer_hands import hand

HERE = "http://127.0.0.1:8765"


class Somebody:
    """A reviewer at a browser."""

    def __init__(self, case: Path, who: str, desk: Desk) -> None:
        app = create_app(open_case(case), gate=Laptop("t", hand=hand(case, who)), desk=desk)
        self.client = TestClient(app, base_url=HERE, follow_redirects=False)
        self.client.get("/?token=t")
        self.csrf = re.search(r'name="csrf" content="([^"]+)"', self.client.get("/you").text)[1]

    def read(self, path: str) -> dict:
        answer = self.client.get(f"/api{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def page(self, path: str) -> lxml.html.HtmlElement:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return lxml.html.fromstring(answer.text)

    def send(self, path: str, **fields: object) -> dict:
        answer = self.client.post(f"/api{path}", json=fields, headers={"x-csrf-token": self.csrf})
        return {"status": answer.status_code, **answer.json()}

    def fill(self, form: lxml.html.HtmlElement, **more: object) -> str:
        """Send a page's own form; returns where it leads."""
        fields = [(name, value) for name, value in form.form_values() if name not in more]
        fields += [(name, value) for name, values in more.items() for value in (values if isinstance(values, list) else [values])]
        body: dict[str, list[str]] = {}
        for name, value in fields:
            body.setdefault(name, []).append(str(value))
        answer = self.client.post(form.action, data=body)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]
