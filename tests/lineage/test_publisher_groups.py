"""Outlets of one owner: the table, what users add to it, and what it does to a count. All owners and outlets are invented."""

import pytest
from claim_samples import LISBON, page, says
from traced_samples import Traced

from armslength.base.errors import InputError
from armslength.lineage.publishers import OWN_TABLE, Groups, groups_for, read_groups

ROW = {"group": "Pier Media", "outlets": ["The Quay", "Evening Mole"], "source": "Pier Media, Our Titles", "as_of": "2024-05"}
(PIER,) = read_groups([ROW], where="a test")
PIERS = Groups(by_outlet={"quay": PIER, "evening mole": PIER})
SEE = {"kind": "site.observation", "places": [LISBON], "codes": ["SITE.cover"]}
CITY = {"value": 3, "measure": "sites.in_city", "places": [LISBON]}
FIRST = "Our reporter visited the address and saw a quiet travel agency with a flag."
SECOND = "A flag and a quiet agency for travel: that is what the address showed when we visited."


def two_visits():
    a, b = page(FIRST, publisher="The Quay"), page(SECOND, publisher="Evening Mole")
    return [a, b], [says(a, FIRST, **SEE), says(b, SECOND, **SEE)]


def test_two_outlets_of_one_group_are_one_witness_of_what_they_saw():
    documents, claims = two_visits()
    assert Traced(documents, claims).of(claims[0]).min == 2
    case = Traced(documents, claims, groups=PIERS)
    assert (case.of(claims[0]).min, case.of(claims[0]).max) == (1, 1)
    (edge,) = case.tie(*claims)
    assert edge.kind == "same_owner"
    assert edge.why == "Pier Media answers for Evening Mole and The Quay (Pier Media, Our Titles, as of 2024-05)."
    assert {span.doc for span in edge.evidence} == {row.id for row in documents}


def test_the_pages_themselves_are_tied_with_the_words_that_name_the_outlet():
    a = page("The Quay, 3 May. Rents rise.", publisher="The Quay")
    b = page("Bread is dearer, the Evening Mole finds.", publisher="Evening Mole")
    (edge,) = Traced([a, b], [], groups=PIERS).between
    assert (edge.kind, sorted(span.quote for span in edge.evidence)) == ("same_owner", ["Evening Mole", "The Quay"])


def test_what_outlets_of_one_group_relay_of_two_others_stays_two():
    a = page("Port Audit visited every address. Port Audit counted three stations.", publisher="The Quay")
    b = page("Uni Nord interviewed neighbours and counted three stations.", publisher="Evening Mole")
    claims = [says(a, "counted three stations", ("organisation", "Port Audit"), **CITY)]
    claims += [says(b, "counted three stations", ("organisation", "Uni Nord"), **CITY)]
    case = Traced([a, b], claims, groups=PIERS)
    assert case.of(claims[0]).min == 2
    assert case.tie(*claims) == []


def test_an_owner_that_speaks_in_the_case_is_one_party_with_its_outlets():
    documents, claims = two_visits()
    c = page("Pier Media visited the address: a quiet agency for travel with a flag.", publisher="The Owl")
    claims.append(says(c, c.text, ("organisation", "Pier Media"), **SEE))
    case = Traced([*documents, c], claims, groups=PIERS)
    assert case.of(claims[0]).min == 1


def test_the_packaged_table_has_a_source_and_a_date_for_every_row_and_no_outlet_twice():
    groups = groups_for(None)
    rows = {row.name: row for row in groups.by_outlet.values()}
    assert rows
    assert all(row.source and row.as_of for row in rows.values())
    assert groups.of(["Wall Street Journal"]).name == "News Corp"


def test_a_case_adds_rows_and_replaces_packaged_ones(tmp_path):
    table = "- {group: Pier Media, outlets: [The Quay, Financial Times], source: its titles, as_of: 2024}\n"
    table += "- {group: News Corp, outlets: [New York Post], source: its titles, as_of: 2025-01-31}\n"
    (tmp_path / OWN_TABLE).write_text(table, "utf-8")
    groups = groups_for(tmp_path)
    assert groups.of(["the quay"]).name == "Pier Media"
    assert groups.of(["Financial Times"]).name == "Pier Media"
    assert groups.of(["Wall Street Journal"]) is None
    assert groups.of(["Nikkei Asia"]).name == "Nikkei Inc."
    assert groups.fingerprint != groups_for(None).fingerprint


@pytest.mark.parametrize(
    ("table", "says_what"),
    [
        ("- {group: Pier, outlets: [A, B], as_of: 2024}", "row 1: a group needs exactly these fields"),
        ("- {group: Pier, outlets: [A], source: x, as_of: 2024, owner: y}", "row 1: a group needs exactly these fields"),
        ("- {group: Pier, outlets: The Quay, source: x, as_of: 2024}", "has to be a list of names"),
        ("- {group: Pier, outlets: [A], source: x, as_of: last year}", "`as_of` has to be a year"),
        ("group: Pier", "has to be a list of groups"),
        ("- [", "is no YAML file"),
        ("- {group: P, outlets: [A], source: x, as_of: 2024}\n- {group: Q, outlets: [a], source: x, as_of: 2024}", "given to both P and Q"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_place(tmp_path, table, says_what):
    (tmp_path / OWN_TABLE).write_text(table, "utf-8")
    with pytest.raises(InputError, match=says_what) as raised:
        groups_for(tmp_path)
    assert OWN_TABLE in str(raised.value)


def test_a_case_without_a_table_has_the_packaged_one(tmp_path):
    assert groups_for(tmp_path).fingerprint == groups_for(None).fingerprint
