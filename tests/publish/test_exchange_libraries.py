"""What other programs' own libraries make of our files: nothing is refused, and nothing is lost on the way in."""

import json

import pytest
from publish_samples import content

from armslength.publish.exchange.follow_the_money import FOLLOW_THE_MONEY
from armslength.publish.exchange.stix import STIX

pytestmark = pytest.mark.slow


def written(exchange, name):
    return "".join({file: list(lines) for file, lines in exchange.files(content())}[name])


def test_the_library_of_follow_the_money_takes_every_entity_as_it_is():
    model = pytest.importorskip("followthemoney").model
    for told in map(json.loads, written(FOLLOW_THE_MONEY, "entities.ftm.json").splitlines()):
        model.get(told["schema"]).validate(told)
        back = model.get_proxy(told, cleaned=False).to_dict()
        for name, values in told["properties"].items():
            if name != "bodyText":  # the library takes U+2028 out of long texts
                assert sorted(back["properties"][name]) == sorted(values), f"{told['schema']}.{name}"


def test_the_library_of_stix_takes_the_bundle_as_it_is():
    stix2 = pytest.importorskip("stix2")
    told = written(STIX, "bundle.json")
    bundle = stix2.parse(told, allow_custom=True)
    assert [row["type"] for row in bundle.objects] == [row["type"] for row in json.loads(told)["objects"]]
    kinds = {row["type"] for row in bundle.objects}
    assert kinds == {"identity", "location", "incident", "note"}
