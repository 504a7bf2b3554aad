"""Why texts are not independent, and why origins are counted as they are: sentences that the lineage stage stores."""

from __future__ import annotations

from armslength.base.language import marked

EDGES: tuple[str, ...] = (
    marked("same text"),
    marked("near copy"),
    marked("excerpt"),
    marked("told again in other words"),
    marked("republication"),
    marked("syndicated text"),
    marked("translation"),
    marked("quotation"),
    marked("citation"),
    marked("same speaker"),
    marked("same organisation"),
    marked("same owner"),
    marked("same interview"),
    marked("press release and story"),
    marked("same exact number"),
    marked("same unusual mistake"),
    marked("common source"),
    marked("passage %(n)s"),
)
TEXTS: tuple[str, ...] = (
    marked("Both documents hold the same words from first to last."),
    marked("It says that the text is %(name)s’s; %(share)s."),
    marked("Both say that the text is %(name)s’s; %(share)s."),
    marked("%(n)s of 100 words of the one stand in the other, in runs of five words or more."),
    marked("%(n)s of 100 words of the one stand in the other, in runs of five words or more"),
    marked("%(n)s of 100 words of the shorter text stand in the other in the same order, beyond chance."),
    marked("%(n)s of 100 words of the shorter text stand in the other in the same order, beyond chance"),
    marked("%(n)s of 100 numbers and names of the shorter text stand in the other in the same order, beyond chance."),
    marked("%(n)s of 100 numbers and names of the shorter text stand in the other in the same order, beyond chance"),
    marked("They stand in two documents that are one text by way of others."),
    marked("They stand in two documents that are one text."),
    marked("Both pages say that their text is %(name)s’s."),
    marked("The one page says that its text is %(name)s’s, and %(name2)s publishes the other."),
    marked("Both are published by %(name)s."),
)
VOICES: tuple[str, ...] = (
    marked("Both go back to %(name)s: the one by way of %(name2)s, the other by way of %(name3)s."),
    marked("Both go back to %(name)s: the one by way of %(name2)s."),
    marked("Both go back to what was said to %(name)s, and not both name who said it."),
    marked("Both go back to %(name)s."),
    marked("Both have it through %(name)s."),
    marked("The one has it from %(name)s, and in the other %(name2)s speaks, or somebody it answers for."),
    marked("%(name)s answers for %(name2)s and %(name3)s."),
    marked("%(name)s answers for %(name2)s."),
    marked("The names of the two speakers fit one person, and both passages go back to what was said to %(name)s."),
    marked("The names of the two speakers fit one person, and nothing shows that they are two."),
    marked("%(name)s says it on its own page, and the other page has it from there or from whoever speaks for it."),
    marked("%(name)s says it on its own page, and the later article, which gives no source for it, names %(name2)s."),
    marked("%(name)s says it on its own page, and an article of the same week says it after it, without naming it."),
    marked("Both have the same %(n)s words in a row."),
    marked("Both quote the same words: %(n)s stand in the same order inside the quotation marks, with others left out or changed."),
    marked("Both are authorities, and nothing shows that they serve two states."),
    marked("The same page says it twice without naming a source."),
    marked("The same page says it again and names the source there."),
    marked("It tells of an act of an authority that itself tells of it, and names no other source."),
    marked("It gives the same exact number, later and without a source, as a passage that has one."),
    marked("Both give the same exact number, and neither names a source; so exact a number is hardly arrived at twice."),
    marked("Both give this exact number for something else than the page that gave it first; both make the same mistake."),
    marked("Both give this exact number for a day one slip away from that of the page that gave it first; the same mistake in both."),
    marked("Both write “%(quoted)s”, where the case has “%(quoted2)s”; two writers hardly make this slip each by themselves."),
    marked("Added by a reviewer: %(quoted)s"),
)
ORIGINS: tuple[str, ...] = (
    marked("Opinion is not evidence of what it is about; it has no origins to count."),
    marked("That something was published goes back to whoever published it, however many tell of it."),
    marked("The publication itself"),
    marked("source not named"),
    marked("source not named, as told by %(name)s"),
    marked("%(label)s: %(passages)s; the voice %(how)s, but only a text that already stands for another origin says so."),
    marked("%(label)s: %(passages)s; nothing shows how the voice came to know, so it may have it from another."),
    marked("%(label)s: %(passages)s; where the information comes from is not said."),
    marked("%(label)s: %(passages)s; the voice %(how)s."),
    marked("tells of its own act"),
    marked("went and looked"),
    marked("speaks for itself"),
    marked("tells what it saw or lived through"),
    marked("%(n)s more groups are like the last and are not spelled out."),
    marked("Somebody said it, so there is one origin; nothing shows that there are more."),
    marked(
        "%(label)s / %(label2)s: independent. Different parties, each with access of its own, in texts of their own, and "
        "no edge between them."
    ),
    marked(
        "%(label)s / %(label2)s: no edge was found between them, but independence is not shown; counted as one at least, as two at most."
    ),
)
PICTURE: tuple[str, ...] = (
    marked("Articles"),
    marked("Through"),
    marked("Origins"),
    marked("interested party"),
    marked("Where “%(label)s” comes from"),
    marked("%(articles)s lead back to %(origins)s: %(names)s."),
    marked("%(articles)s leads back to %(origins)s: %(names)s."),
    marked("%(articles)s lead back to %(origins)s."),
    marked("%(articles)s leads back to %(origins)s."),
    marked("%(passages)s cannot be followed to an origin."),
    marked("%(label)s. Unfold"),
    marked("%(title)s, to %(title2)s: %(passages)s"),
)
