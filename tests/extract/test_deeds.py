"""Deeds: one target or many, who does what to whom, what became of the target, sites and what is said of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from armslength.model.claims import Claim

Read = Callable[..., list[Claim]]
OPENING = "Transnational repression has many forms.\n\n"


def told(claims: Read, sentence: str) -> list[Claim]:
    return [c for c in claims(OPENING + sentence) if c.start >= len(OPENING)]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The exiled editor was stabbed in Porto in May.", "incident.case"),
        ("His two brothers were arrested in Ardan three days later.", "incident.case"),
        ("Dozens of dissidents were beaten by agents.", "quantity.victims"),
        ("Many exiles were followed and assaulted by agents.", "incident.aggregate"),
        ("Agents follow and threaten exiles in person.", "method"),
        ("The stabbing of the presenter Omar Reis in Utrecht in May 2023 shows a pattern.", "incident.case"),
        ("The embassy pressured the university to cancel the lecture.", "method"),
    ],
)
def test_one_target_many_and_a_way_of_doing_it_are_told_apart(claims: Read, sentence: str, kind: str) -> None:
    assert kind in {c.kind for c in told(claims, sentence)}


@pytest.mark.parametrize(
    "sentence",
    [
        "The campaign to bring back fugitives has run since 2014.",
        "A law punishes acts committed abroad.",
        "Valdoria opened an unofficial police station above a restaurant in Lisbon.",
        "Agents harass dissidents in several countries.",
    ],
)
def test_laws_campaigns_sites_and_habits_are_no_incidents(claims: Read, sentence: str) -> None:
    assert not [c for c in told(claims, sentence) if c.kind in {"incident.case", "incident.method", "incident.outcome"}]


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("The embassy threatened the exiled journalist in a video call.", {"V.journalist", "P.direct_diplomatic"}),
        ("Two private investigators followed the dissident in Porto.", {"V.dissident", "P.proxy_agent"}),
        ("Police visited his parents in Ardan and threatened them.", {"V.relative"}),
        ("Undercover agents beat a former official of the ministry in Porto.", {"V.former_insider", "P.direct_agent"}),
        ("The exiled blogger was shot dead in Porto.", {"V.journalist", "OUT.killed"}),
        ("The activist vanished from his flat in Porto in 2021.", {"V.dissident", "OUT.disappeared"}),
        ("The activist was abducted in Porto and taken back to Ardan.", {"OUT.returned_forced"}),
        ("Officials threatened the lawyer by telephone.", {"V.hrd", "OUT.threatened"}),
    ],
)
def test_who_the_target_and_the_doer_are_and_what_became_of_the_target(claims: Read, sentence: str, codes: set[str]) -> None:
    assert codes <= {code for c in told(claims, sentence) for code in c.codes}


def test_what_was_not_done_has_no_outcome(claims: Read) -> None:
    found = told(claims, "The activist was not killed in Porto.")
    assert not [code for c in found for code in c.codes if code.startswith("OUT.")]


def test_what_describes_a_target_is_part_of_what_is_told_of_it(claims: Read) -> None:
    found = told(claims, "A teacher whose passport had been cancelled was held for weeks in Porto.")
    assert len([c for c in found if c.kind.startswith(("incident", "method"))]) == 1


def test_persons_stay_out_of_codes_and_reasons(claims: Read) -> None:
    found = told(claims, "Agents threatened Omar Reis, an exiled journalist, by telephone in Porto.")
    assert found
    assert not [c for c in found if "Reis" in " ".join((*c.why, *c.codes, *(p.name for p in c.parties)))]


@pytest.mark.parametrize(
    ("sentence", "kind", "code"),
    [
        ("The liaison office in Porto collects information on exiles.", "site.function", "SITE.fn.surveillance"),
        ("The service centre in Porto helps citizens renew their licences.", "site.function", "SITE.fn.admin"),
        ("The service station in Porto was closed in May.", "site.closure", "SITE.st.reported_closed"),
        ("Karstan opened a police outpost behind a bakery in Porto.", "site.existence", "SITE.cover"),
        ("Karstan opened a secret bureau in Porto.", "site.existence", "SITE.st.reported"),
    ],
)
def test_sites_with_function_state_and_cover(claims: Read, sentence: str, kind: str, code: str) -> None:
    found = [c for c in claims("Karstan runs police stations abroad.\n\n" + sentence) if c.kind == kind]
    assert code in {x for c in found for x in c.codes}
