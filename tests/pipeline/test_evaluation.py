"""Figures of a reader on a small gold: each one moved by the fault it is there to show."""

from __future__ import annotations

import itertools
import json
import random
from dataclasses import replace

import pytest

from armslength.base.errors import InputError
from armslength.model.claims import Claim, Link, Quantity, mention_id
from armslength.pipeline.evaluation.floors import compare, read_floors, rules_for
from armslength.pipeline.evaluation.gold import read_gold
from armslength.pipeline.evaluation.matching import best_pairs
from armslength.pipeline.evaluation.measures import Read, measure
from armslength.pipeline.evaluation.naming import GoldNames

TEXT = "Harbour Watch says that at least 14 stations exist. The embassy denied it. A shop sells two cats. She said officers threatened her."
NAMED = [
    {"id": "org:hw", "name": "Harbour Watch", "aliases": ["the group"], "party": "party:hw"},
    {"id": "rep:hw", "name": "Harbour Watch report", "party": "party:hw"},
    {"id": "gov:em", "name": "the embassy of Novgrad", "aliases": ["The embassy"]},
    {"id": "per:holm", "name": "Ida Holm", "aliases": ["Holm"]},
]


def gold_claim(number, kind, quote, **fields):
    start = TEXT.index(quote)
    plain = {"id": f"G{number}", "doc": "D", "type": kind, "quote": quote, "start": start, "end": start + len(quote), "originator": "pub:d"}
    return {**plain, "attribution_chain": ["pub:d"], **fields}


COUNT = gold_claim(
    1, "quantity.site_count", "at least 14 stations exist", originator="org:hw", attribution_chain=["pub:d", "org:hw"],
    normalised={"value": 14, "comparator": ">="},
)  # fmt: skip
DENIAL = gold_claim(2, "denial", "The embassy denied it", originator="gov:em", attribution_chain=["pub:d", "gov:em"])
CATS = gold_claim(3, "quantity.people", "A shop sells two cats", salience="secondary")
THREAT = gold_claim(
    4, "testimony.first_person", "officers threatened her", originator="per:holm", attribution_chain=["pub:d", "per:holm"],
    chain_partly_latent=True, type_also=["incident"],
)  # fmt: skip


def gold_of(*claims):
    whole = {"documents": [{"id": "D", "file": "d.txt", "publisher": "pub:d"}], "entities": NAMED, "claims": list(claims)}
    return read_gold(json.dumps(whole).encode(), name="gold.json")


def link(name, kind="organisation", words=""):
    start = TEXT.index(words) if words else None
    return Link(name=name, kind=kind, mention=mention_id("d", kind, name), start=start, end=start + len(words) if words else None)


PAGE = link("the article", "author")


def answer(gold, *links, kind=None, value=None, comparator="=", **fields):
    number = Quantity(measure="sites.worldwide", value=value, comparator=comparator, low=None, high=None, unit="", start=0, end=1)
    plain = Claim(
        id=gold["id"], doc="d", start=gold["start"], end=gold["end"], quote=gold["quote"], kind=kind or gold["type"], speech_act="asserts",
        modality="stated", attribution=(PAGE, *links), quantity=number if value is not None else None,
    )  # fmt: skip
    return replace(plain, **fields)


GOOD = (
    answer(COUNT, link("Harbour Watch report", "report"), value=14, comparator=">="),
    answer(DENIAL, link("embassy", "government", "The embassy")),
)


def figures(gold, *claims):
    return measure(gold, {"D": Read(text=TEXT, claims=claims)}).figures


def test_a_perfect_reading_has_perfect_figures():
    found = figures(gold_of(COUNT, DENIAL), *GOOD)
    rates = [name for name in found if isinstance(found[name], float)]
    assert {name: found[name] for name in rates} == dict.fromkeys(rates, 1.0)
    assert len(rates) >= 9
    assert (found["invented_numbers"], found["bad_spans"], found["duplicate_claims"], found["documents_missing"]) == (0, 0, 0, 0)
    assert measure(gold_of(COUNT, DENIAL), {"D": Read(text=TEXT, claims=GOOD)}).misses == ()


def test_a_document_that_was_not_read_is_missed():
    found = measure(gold_of(COUNT, DENIAL), {})
    assert (found.figures["documents_missing"], found.figures["core_recall"], found.figures["precision"]) == (1, 0.0, None)
    assert len([m for m in found.misses if m.startswith("missed")]) == 2


@pytest.mark.parametrize(
    ("spoilt", "figure", "value"),
    [
        (GOOD[:1], "core_recall", 0.5),
        ((*GOOD, answer(CATS)), "precision", 0.667),
        ((*GOOD, replace(GOOD[1], id="copy")), "duplicate_claims", 1),
        ((*GOOD, replace(GOOD[1], id="copy")), "precision", 0.667),
        ((GOOD[0], replace(GOOD[1], kind="site.closure")), "core_recall_right", 0.5),
        ((GOOD[0], replace(GOOD[1], kind="site.closure")), "kind_accuracy", 0.5),
        ((answer(COUNT, value=41), GOOD[1]), "value_recall", 0.0),
        ((answer(COUNT, value=14), GOOD[1]), "comparator_accuracy", 0.0),
        ((GOOD[0], answer(DENIAL, link("embassy", "government", "The embassy"), value=7)), "invented_numbers", 1),
        ((GOOD[0], answer(DENIAL)), "originator_accuracy", 0.5),
        ((GOOD[0], answer(DENIAL, link("Harbour Watch"))), "originator_accuracy_others", 0.5),
        ((GOOD[0], answer(DENIAL)), "chain_recall", 0.5),
        ((GOOD[0], replace(GOOD[1], quote="The embassy confirmed it")), "bad_spans", 1),
    ],
)
def test_each_fault_shows_in_its_figure(spoilt, figure, value):
    assert figures(gold_of(COUNT, DENIAL), *spoilt)[figure] == value


def test_a_pronoun_is_known_by_what_its_mention_is_called_elsewhere():
    she = link("Ida Holm", "person", "She")
    known = [answer(THREAT, replace(she, name="She"), kind="incident.case"), answer(CATS, she)]
    found = figures(gold_of(THREAT), *known)
    assert (found["originator_accuracy"], found["hidden_voice_found"], found["kind_accuracy"]) == (1.0, 1.0, 1.0)


def test_a_gold_text_that_came_out_otherwise_is_found_by_its_words():
    moved = "Menu.\n" + TEXT.replace("denied it", "denied\nit")
    start = moved.index("The embassy")
    found = answer(DENIAL, link("the embassy"), start=start, end=start + 21, quote=moved[start : start + 21])
    assert measure(gold_of(DENIAL), {"D": Read(text=moved, claims=(found,))}).figures["core_recall"] == 1.0


def test_the_pairing_weighs_as_much_as_the_best_of_all():
    draw = random.Random(4)
    for _ in range(150):
        rows, columns = draw.randint(1, 5), draw.randint(1, 5)
        weights = [
            {c: draw.choice([0.3, 0.5, 1.1, 1.7, draw.random()]) for c in range(columns) if draw.random() < 0.6} for _ in range(rows)
        ]
        found = best_pairs(weights)
        assert len(set(found.values())) == len(found)
        ways = itertools.product(*[[None, *row] for row in weights])
        free = (way for way in ways if len(used := [c for c in way if c is not None]) == len(set(used)))
        best = max(sum(weights[r][c] for r, c in enumerate(way) if c is not None) for way in free)
        assert sum(weights[r][c] for r, c in found.items()) == pytest.approx(best)


def test_names_are_told_apart_by_words_that_name_somebody():
    names = GoldNames(gold_of().entities)
    assert names.called("The Harbour Watch’s") == {"party:hw"}
    assert names.called("the founder of Harbour Watch, Ida Holm") == {"per:holm"}
    assert names.called("a police report") == set()
    assert names.called("the Chinese government") == set()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"{", "is not a gold file"),
        (b'{"documents": [{"id": 3}], "claims": []}', "documents"),
        (json.dumps({"documents": [], "claims": [COUNT]}).encode(), "not among the file's documents"),
        (json.dumps({"documents": [{"id": "D", "file": "d"}], "claims": [{**COUNT, "end": 0}]}).encode(), "stands nowhere"),
        (b"\xff", "is not a gold file"),
    ],
)
def test_a_gold_file_with_a_fault_is_refused(data, says):
    with pytest.raises(InputError, match=says):
        read_gold(data, name="gold.json")


def test_floors_hold_for_one_gold_file():
    text = f'[[sets]]\nname = "s"\ngold = "{"0" * 64}"\n[sets.floors]\nrecall = 0.5\n[sets.limits]\nbad = 0\n'
    sets = read_floors(text, name="floors.toml")
    assert rules_for(b"some gold", sets) is None
    assert [(one.name, one.kept) for one in compare({"recall": 0.4, "bad": 0}, sets[0])] == [("recall", False), ("bad", True)]
    assert not any(one.kept for one in compare({}, sets[0])), "a figure that is missing keeps no floor"
    for broken in ("sets = 3", "[[sets]]\nname = 's'", text.replace("0.5", '"much"'), "x = ["):
        with pytest.raises(InputError, match="not a file of floors"):
            read_floors(broken, name="floors.toml")
