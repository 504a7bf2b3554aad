"""Facts, passages and who says them: sentences of `pipeline.views`, and of the stages that make facts."""

from __future__ import annotations

from armslength.base.language import marked

SAID: tuple[str, ...] = (
    marked("states it"),
    marked("reports what another said"),
    marked("quotes another"),
    marked("alleges it"),
    marked("accuses somebody of it"),
    marked("denies it"),
    marked("declines to comment"),
    marked("admits it"),
    marked("testifies to it"),
    marked("says it with reserve"),
    marked("gives an opinion"),
    marked("said to be possible"),
    marked("said to be doubtful"),
    marked("said not to be so"),
    marked("said to be still to come"),
    marked("said as a supposition"),
    marked("said to be still to come, or only supposed"),
    marked("the page’s own voice"),
    marked("publisher"),
    marked("news medium"),
    marked("organisation"),
    marked("report"),
    marked("government"),
    marked("person"),
    marked("court"),
    marked("not named in the text"),
    marked("a person (no pseudonym yet)"),
    marked("an organisation"),
    marked("a report"),
    marked("a news medium"),
    marked("an authority"),
    marked("a court"),
    marked("a person"),
    marked("somebody who is not named"),
    marked("not done"),
    marked("stated"),
    marked("publication date of the page: no other date is given"),
    marked("relative to publication"),
    marked("relative to publication; the day it was told"),
    marked("%(basis)s; the day it was told"),
    marked("the day of publication; no passage gives a date"),
)
STATES: tuple[str, ...] = (
    marked("read by the program; no person has judged it yet"),
    marked("accepted by a person"),
    marked("confirmed by a person"),
    marked("contested"),
    marked("disputed by a person"),
    marked("rejected by a person"),
    marked("each of its passages was accepted"),
    marked("accepted by %(count)s people: %(names)s"),
    marked("rejected by %(count)s people: %(names)s"),
    marked("confirmed by %(count)s people: %(names)s"),
    marked("disputed by %(count)s people: %(names)s"),
    marked("accepted by somebody who did not sign"),
    marked("rejected by somebody who did not sign"),
    marked("confirmed by somebody who did not sign"),
    marked("disputed by somebody who did not sign"),
    marked("accepted by %(name)s"),
    marked("rejected by %(name)s"),
    marked("confirmed by %(name)s"),
    marked("disputed by %(name)s"),
    marked("machine"),
    marked("accepted"),
    marked("rejected"),
    marked("confirmed"),
    marked("disputed"),
    marked("not judged yet"),
    marked("not decided yet"),
    marked("read otherwise"),
    marked("added by a person"),
    marked("contested: people do not agree"),
    marked("accepted it"),
    marked("rejected it"),
    marked("read it otherwise"),
    marked("put others in its place"),
    marked("made one"),
    marked("taken apart"),
    marked("taken back"),
    marked("proposed a finding"),
    marked("agreed to a finding"),
    marked("added"),
    marked("not read"),
    marked("As of"),
    marked("Happened"),
    marked("Period"),
    marked("Kind"),
    marked("How it is said"),
    marked("How real"),
    marked("What is counted"),
    marked("Number"),
    marked("Number is"),
    marked("who says it is named elsewhere in the text"),
    marked("who says it is not named"),
    marked("the number is vague"),
    marked("a date cannot be told"),
    marked("the program is not sure that it says so"),
    marked("No claim was read here."),
    marked("The claim could not be placed."),
    marked("This was not read."),
    marked("This was not used."),
)
SEEMS: tuple[str, ...] = (
    marked("It looks like %(sources)s; none of them says whom the information comes from."),
    marked("It looks like %(sources)s; what can be shown is %(origins)s."),
    marked("It looks like %(sources)s; what can be shown is %(origins)s, at most %(n)s."),
    marked("%(articles)s; %(origins)s."),
    marked("%(passages)s in %(documents)s, %(rest)s"),
    marked("%(publishers)s, %(origins)s, %(primary)s"),
    marked("%(publishers)s, %(origins)s, %(unknown)s, %(primary)s"),
    marked("%(publishers)s, %(note)s"),
    marked("%(publishers)s and others unknown"),
    marked("publisher unknown"),
    marked("opinion, no origins counted"),
    marked("%(passages)s of unknown lineage"),
    marked("primary not seen"),
    marked("primary seen"),
    marked("primary seen of %(n)s of %(n2)s"),
)
UNKNOWN: tuple[str, ...] = (
    marked(
        "%(origins)s can be shown to be independent. Up to %(n)s are possible, but nothing in the documents shows that the "
        "others are separate."
    ),
    marked(
        "%(passages)s does not say where the information comes from. An unknown chain counts as dependent and never raises "
        "the lower number of origins."
    ),
    marked(
        "%(passages)s do not say where the information comes from. An unknown chain counts as dependent and never raises "
        "the lower number of origins."
    ),
    marked("What %(names)s published is not among the documents. It is known only by what others say it says."),
    marked("No passage says for which date this number holds."),
    marked("Some passages do not name their source themselves; it was named elsewhere in the same document."),
    marked("No source of this fact has been verified: the checklist of source, content and technical checks is not done."),
    marked("No denial was found in the documents of this case. That does not mean nobody denies it."),
)
RELATED: tuple[str, ...] = (
    marked("%(who)s rejects %(label)s, on which this rests."),
    marked("%(who)s denies it of the place in %(name)s that this speaks of."),
    marked("%(who)s says that it is lawful, on the page that calls it unlawful."),
    marked("%(who)s denies it in answer to the passage just before."),
    marked("%(who)s denies the matter on the page that lays it at the door of its state."),
    marked("%(who)s denies that there are such sites, on the page that tells of them."),
    marked("%(who)s gives %(value)s as of %(iso)s after %(value2)s as of %(iso2)s: the same counter, a later count."),
    marked(
        "%(who)s gives %(value)s as of %(iso)s after %(value2)s as of %(iso2)s (by the date of the article, where the text "
        "gives no other): the same counter, a later count."
    ),
    marked(
        "%(who)s gives %(value)s (“%(quoted)s”) and, with no date, %(value2)s: the same counter, a count that its words call the later one."
    ),
    marked(
        "%(who)s gives %(value)s and %(rest)s of the same thing, and no text says that they speak of different times: both cannot be right."
    ),
    marked("%(value)s lies inside %(value2)s and says it more exactly."),
    marked("a vague count (%(limits)s)"),
    marked("no limits"),
)
FAMILIES: tuple[str, ...] = (
    marked("Unknown"),
    marked("Country not stated"),
)
