"""What a clause says of a site beside its kind: its type, what it does, behind what it works, what became of it.

In:  a clause with its word classes, places and the rule that read it. Out: ontology codes.
Never: gives a state to sites in general, or to one whose city does not stand with it: where an authority sits is not where a site is.
"""

from __future__ import annotations

from armslength.extract.circumstances import Scene
from armslength.extract.clauses import Clause
from armslength.extract.grammar import Circumstance, Rule
from armslength.extract.lexicon import Hit

_FUNCTIONS = {
    "serve": "SITE.fn.admin",
    "watch": "SITE.fn.surveillance",
    "inform": "SITE.fn.surveillance",
    "police_work": "SITE.fn.policing",
    "pressure": "SITE.fn.policing",
    "persuade": "SITE.fn.policing",
    "mediate": "SITE.fn.mediation",
    "judicial_site": "SITE.fn.mediation",
    "liaise": "SITE.fn.liaison",
    "purpose_unknown": "SITE.fn.unknown",
}
_STATES = {
    "GR.order_to_close": "SITE.st.ordered_closed",
    "GR.told_closed": "SITE.st.reported_closed",
    "GR.investigation_opened": "SITE.st.under_investigation",
    "GR.investigation_closed_no_charge": "SITE.st.no_finding",
    "GR.investigation_closed_no_illegality": "SITE.st.no_finding",
    "GR.search": "SITE.st.under_investigation",
}
_TOLD = (
    ({"misidentify"}, "SITE.st.misidentified"),
    ({"listed_word"}, "SITE.st.listed"),
)
"""States that the words of a claim about a site give by themselves."""
_TYPES = (
    ({"mediation", "settlement", "court", "judicial", "procuratorial", "dispute"}, "SITE.ty.mediation"),
    ({"checking"}, "SITE.ty.domestic"),
    ({"police", "policing", "security", "militia", "spy", "secret"}, "SITE.ty.police"),
    ({"liaison", "contact", "linkage", "bureau"}, "SITE.ty.liaison"),
    ({"assistance", "service", "help", "aid", "consular", "citizen"}, "SITE.ty.assistance"),
)
"""By the words of the site's own name, the most telling first."""


def site_codes(scene: Scene, clause: Clause, rule: Rule, here: Circumstance) -> tuple[str, ...]:
    """Function codes of a claim about what sites do; type, cover and state of one site where a response or claim names its city."""
    cover = ("SITE.cover",) if rule.kind.partition(".")[0] == "site" and "cover_word" in here.own else ()
    if rule.kind == "site.function":
        return tuple(dict.fromkeys((*(code for name, code in _FUNCTIONS.items() if name in here.own), *cover)))
    named = {"site", "judicial_site", "site_word"} if scene.site_document else {"site", "judicial_site"}
    site = next((h for h in scene.hits if h.name in named and h.first in clause.whole and _is_one(scene, h)), None)
    if site is None or not _placed(scene, clause, site):
        return cover
    state = next((state for code, state in _STATES.items() if code in rule.codes), "") or _told(rule, here)
    if not state and rule.kind.partition(".")[0] != "site":
        return ()
    return tuple(code for code in (state, _type(scene, site), *cover) if code)


def _told(rule: Rule, here: Circumstance) -> str:
    """The state a claim gives by its words and its voice: denied by who denies, confirmed by the host's own word, else reported."""
    if rule.kind == "denial":
        return "SITE.st.denied"
    if rule.kind.partition(".")[0] != "site":
        return ""
    stated = next((state for words, state in _TOLD if words & here.own), "")
    if stated or any(code.startswith("SITE.st") for code in rule.codes):
        return stated
    if rule.kind != "site.existence":
        return ""
    if here.speaker & {"host", "court"}:
        return "SITE.st.confirmed"
    return "SITE.st.reported" if here.speaker & {"report", "organisation", "media", "person", "page", "unnamed"} else ""


def _is_one(scene: Scene, hit: Hit) -> bool:
    return scene.parse.words[hit.last].tag not in {"NNS", "NNPS"}


def _placed(scene: Scene, clause: Clause, hit: Hit) -> bool:
    """Whether a city stands behind the site in the clause."""
    start, end = scene.parse.words[hit.first].start, scene.parse.words[max(clause.whole)].end
    return any(p.start is not None and start < p.start < end and p.precision == "city" for p in scene.places)


def _type(scene: Scene, hit: Hit) -> str:
    words = {form for w in scene.parse.words[hit.first : hit.last + 1] for form in (w.lemma, w.text.casefold())}
    return next((code for named, code in _TYPES if words & named), "")
