"""Claims that are not about a number and say the same thing about the same thing.

In:  readings of such claims.
Out: groups, one a fact.
Never: joins on topic. What both passages give of kind, codes, place, time, state, authority and voice must agree; and then either these say
what is meant (one state, one response; one maker, one month; one town, one site), or most of the words agree too.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from armslength.resolve.alike import alike, unlike
from armslength.resolve.clusters import Rules
from armslength.resolve.conflicts import apart, conflict, one_person
from armslength.resolve.meanings import Meaning, meaning_of, one_authority
from armslength.resolve.readings import Reading, Voices
from armslength.resolve.scopes import PlaceKey
from armslength.resolve.terms import contained, jaccard, own, weight

ONE_ACT = frozenset(
    {
        "GR.inquiry",
        "GR.investigation_opened",
        "GR.investigation_closed_no_charge",
        "GR.investigation_closed_no_illegality",
        "GR.order_to_close",
        "GR.told_closed",
        "GR.summons",
    }
)
"""Responses of which an authority gives one in a matter: two reports of it, in whatever words, mean the same one unless something they say
differs."""
SEVERAL = frozenset({"GR.unspecified", "GR.statement", "GR.awareness_low", "GR.awareness_some", "GR.no_comment", "GR.none", "GR.minimise"})
"""Responses that are no acts: an authority may give many."""
STANDS = frozenset({"GR.awareness_low", "GR.awareness_some", "GR.no_confirmation"})
"""Responses that tell how an authority stands to the matter: told twice of one authority, they are one."""
BY_VOICE = frozenset(
    {"denial", "no_comment", "testimony", "admission", "assessment", "recommendation", "prediction", "legal_characterisation"}
)
"""Families in which two voices never make one fact: two deniers deny twice, two witnesses testify twice."""
SPOKEN = frozenset({"govt_response.statement", "govt_response.awareness", "govt_response.not_confirmed"})
"""Responses that are words: speakers whose names share nothing give two."""
NEAR_DAYS = 31
"""Days that two dates of one act may span together, so that `in April` and `on 4 April` are near and `in 2023` is not."""
ACROSS_KINDS = 0.6
"""Weighted Jaccard overlap at which two passages that were read as two kinds of one family are one all the same. Set by hand."""
PART = 0.4
"""Share of the shorter's terms that two passages must share where their codes and the report they rest on say the same. Set by hand."""


@dataclass(frozen=True, slots=True)
class _Compare:
    """Ties and conflicts between readings, with what each means."""

    meant: Mapping[str, Meaning]
    voices: Voices

    def conflict(self, one: Reading, two: Reading) -> str:
        """Why two claims without a number of their own cannot be one fact, or empty."""
        found = next((why for differ, why in self._differences(one, two) if differ), "")
        return found or conflict(one, two)

    def _differences(self, one: Reading, two: Reading) -> Iterator[tuple[bool, str]]:
        a, b = self.meant[one.id], self.meant[two.id]
        family = one.claim.family
        yield family != two.claim.family, "different kinds"
        yield (one.opinion or family in BY_VOICE) and not _one_voice(a, b), "different voices"
        yield (
            one.claim.kind in SPOKEN and bool(a.called) and bool(b.called) and not (a.called & b.called or _one_voice(a, b)),
            "different voices",
        )
        yield _differ(a.state, b.state), "different states respond"
        yield family in {"govt_response", "denial"} and _differ(a.matter, b.matter), "different matters"
        yield not one_authority(a, b, self.voices), "different authorities"
        yield _differ(a.maker, b.maker) or _differ(a.month, b.month), "different publications"
        yield bool(one.codes) and bool(two.codes) and not set(one.codes) & set(two.codes), "different acts"
        yield _differ(a.site_type, b.site_type), "different kinds of site"
        yield a.number != b.number and bool(a.number) and bool(b.number) and a.number[:1] == b.number[:1], "different numbers"

    def tie(self, one: Reading, two: Reading) -> int:
        """How strongly two claims that do not conflict belong together: 3 where the fields say what is meant, 1 where the words do."""
        a, b = self.meant[one.id], self.meant[two.id]
        if one.claim.kind != two.claim.kind:
            return 2 * _one_case(one, two) or int(_one_in_words(one, two))
        if _one_work(one, a, b) or (a.pair and a.pair == b.pair):
            return 3
        if one.claim.doc == two.claim.doc:
            return int(alike(one, two))  # a page that speaks of one act or site again mostly says something else of it
        if _one_act(one, two, a, b) or _one_site(one, two) or _one_event(one, two) or _one_law(one, two):
            return 3
        told = ((one.terms == two.terms and bool(a.gist)) or _one_denial(a, b)) if one.claim.family == "denial" else _one_account(one, two)
        return 2 if told else int(one.claim.family != "denial" and alike(one, two))

    def shape(self, row: Reading) -> Hashable:
        meant = self.meant[row.id]
        voice = meant.voice if row.opinion or row.claim.family in BY_VOICE else ""
        place = (row.scope, row.operators, row.period, row.reality, row.opinion)
        return (row.claim.family, row.codes, voice, meant.state, meant.authority, meant.maker, meant.month, meant.number, *place)

    def keys(self, row: Reading) -> list[Hashable]:
        """What claims of one meaning have in common, whatever their words."""
        meant, kind = self.meant[row.id], row.claim.kind
        found: list[Hashable] = [("maker", meant.maker)] if meant.maker else []
        found += [("report", report) for report in sorted(row.reports) if kind == "publication_event"]
        found += [("state", meant.state, kind)] if meant.state else []
        found += [("several", row.scope, kind)] if len(row.countries) > 1 else []
        found += [("pair", meant.pair)] if meant.pair else []
        found += [("law", country) for country in sorted(row.countries) if row.claim.family == "law_policy"]
        found += [("place", key, kind) for key in row.scope if key[1]]
        found += [("code", code, voice) for code in row.codes for voice in sorted(row.rests_on)]
        return found + ([("voice", voice) for voice in sorted(meant.voices)] if row.claim.family in BY_VOICE else [])


def saying_part(row: Reading) -> tuple[Hashable, ...]:
    """What such claims must have alike to be compared at all."""
    return ("saying", row.claim.family, row.reality, row.opinion)


def saying_rules(readings: Iterable[Reading], voices: Voices) -> Rules:
    """How claims without a number of their own are compared."""
    compare = _Compare({row.id: meaning_of(row, voices) for row in readings}, voices)
    return Rules(tie=compare.tie, conflict=compare.conflict, shape=compare.shape, keys=compare.keys)


def _differ(one: Hashable, two: Hashable) -> bool:
    return bool(one) and bool(two) and one != two


def _one_voice(a: Meaning, b: Meaning) -> bool:
    """The same voice, or one that speaks for the other: a government and its embassy, but not two embassies."""
    return bool(a.voice) and bool(b.voice) and (a.voice in b.voices or b.voice in a.voices or bool(a.names & b.names))


def _one_act(one: Reading, two: Reading, a: Meaning, b: Meaning) -> bool:
    """One state's act: one that it does once in a matter, or one of two near dates."""
    codes = _acts(one) & _acts(two)
    several = len(one.countries) > 1 and one.scope == two.scope
    if a.state != b.state or not (a.state or several):
        return False
    if codes & STANDS and a.authority and b.authority:
        above = a.authority in b.authorities or b.authority in a.authorities
        return a.authority == b.authority or (above and bool(_towns(one)) and one.scope == two.scope)
    if one.opinion or codes & ONE_ACT:
        return not one.opinion
    return bool(codes - SEVERAL) and _near(one, two)


def _acts(row: Reading) -> frozenset[str]:
    """What an authority did; an investigation of which no more is said was opened."""
    return frozenset(row.codes) or frozenset({"GR.investigation_opened"} if row.claim.kind == "govt_response.investigation" else ())


def _near(one: Reading, two: Reading) -> bool:
    """Whether both are dated, to the month or nearer, and share a day."""
    days = [day for row in (one, two) for day in row.period]
    if None in days or apart(one.period, two.period):
        return False
    known = [day for day in days if day is not None]
    return (max(known) - min(known)).days <= NEAR_DAYS


def _one_work(row: Reading, a: Meaning, b: Meaning) -> bool:
    """One publication: one maker and month, or one report."""
    if row.claim.kind != "publication_event":
        return False
    return (a.maker != "" and a.maker == b.maker) or bool(a.works & b.works)


def _one_site(one: Reading, two: Reading) -> bool:
    """One site at one town: that it is there, or that it was closed."""
    if one.claim.kind not in {"site.existence", "site.closure"}:
        return False
    return len(_towns(one)) == 1 and one.scope == two.scope and not unlike(one, two)


def _one_in_words(one: Reading, two: Reading) -> bool:
    return own(one.terms & two.terms) != frozenset() and jaccard(one.terms, two.terms) >= ACROSS_KINDS


def _one_law(one: Reading, two: Reading) -> bool:
    """One state's law, by the day or month it came."""
    return one.claim.family == "law_policy" and bool(one.countries) and one.scope == two.scope and _near(one, two)


def _one_case(one: Reading, two: Reading) -> bool:
    """What one person tells of, or is named in, twice: by one method in one country, and with a word in common, whether one town is named
    or not.
    """
    if {one.claim.family, two.claim.family} != {"incident"} or one.claim.doc == two.claim.doc:
        return False
    if not set(one.claim.methods) & set(two.claim.methods):
        return False
    return bool(one.countries) and one.countries == two.countries and one_person(one, two)


def _towns(row: Reading) -> tuple[PlaceKey, ...]:
    return tuple(key for key in row.scope if key[1])


def _one_event(one: Reading, two: Reading) -> bool:
    """One event: at one town, by a method or with an outcome that both give, and at near dates, with something besides in common; or done
    to one who tells of it on both pages or is named on both.
    """
    if one.claim.family not in {"incident", "legal"} or not _towns(one) or one.scope != two.scope or not set(one.codes) & set(two.codes):
        return False
    return (_near(one, two) and bool(own(one.terms & two.terms))) or one_person(one, two)


def _one_denial(a: Meaning, b: Meaning) -> bool:
    """One denier's denials of one thing: what is left of the words without those of denying. `It denied everything` denies no one thing."""
    shared = a.gist & b.gist
    least = min(len(a.gist), len(b.gist))
    return len(shared) > 1 and len(shared) >= ACROSS_KINDS * least


def _one_account(one: Reading, two: Reading) -> bool:
    """One voice's or report's account of one thing: the same codes, and a good part of the words."""
    if (
        one.claim.doc == two.claim.doc
        or not one.codes
        or one.codes != two.codes
        or one.scope != two.scope
        or not one.rests_on & two.rests_on
    ):
        return False
    shared = one.terms & two.terms
    return weight(own(shared)) > 1 and contained(one.terms, two.terms) >= PART
