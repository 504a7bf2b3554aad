"""Stories for each kind of edge, each beside its near miss. All of it is fiction; Norland is no state."""

from __future__ import annotations

from origin_stories import Page, Story

LANTERN = (
    "The trams were on strike that week. Researchers of the Lantern Institute walked, and visited every address on a list that a landlord had "
    "kept since the spring. In Dublin the Lantern Institute counted three overseas police stations, {}."
)
HARBOUR = (
    "Harbour University interviewed neighbours, postmen and a piano tuner all over the Irish capital. Nobody was paid for an answer, and two of "
    "those asked would rather talk about the weather. Its own survey, the first since the bridge was closed, has a map. There are three overseas "
    "police stations in Dublin, Harbour University counted, {}."
)


def told(*rows: tuple[str, str, str]) -> tuple[Page, ...]:
    """Pages from (publisher, date, text)."""
    return tuple(Page(text=text, publisher=publisher, published=published) for publisher, published, text in rows)


def two_counts(first: str, second: str, *more: tuple[str, str, str], low: int, high: int, shows: tuple[str, ...] = ()) -> Story:
    """Two counts of their own, each with a last clause, and other pages of the case."""
    rows = (("Harbour Mail", "2022-09-10", LANTERN.format(first)), ("Morning Ledger", "2022-11-20", HARBOUR.format(second)))
    return Story(pages=told(*rows, *more), value=3, low=low, high=high, shows=shows, together=False)


def release_and_stories() -> Story:
    """An institute's own page, a paper that names it, and one that names it only where it says who else was asked."""
    return Story(
        value=54,
        low=1,
        high=1,
        shows=("press_release",),
        pages=told(
            ("Lantern Institute", "2022-09-05", "The Lantern Institute has counted at least 54 overseas police stations run by Norland."),
            ("Harbour Mail", "2022-09-06", "Norland runs at least 54 overseas police stations, the Lantern Institute said on Monday."),
            (
                "Morning Ledger",
                "2022-09-07",
                "Norland runs at least 54 overseas police stations.\n\nNeighbours have seen little.\n\nThe Lantern Institute has a staff of nine.",
            ),
        ),
    )


def release_and_a_count_of_its_own() -> Story:
    """The near miss: the paper names the institute, but has its number from somebody who counted too."""
    rows = (
        ("Lantern Institute", "2022-09-05", LANTERN.format("it says")),
        ("Morning Ledger", "2022-11-20", HARBOUR.format("unlike the Lantern Institute, which had asked nobody")),
    )
    return Story(value=3, low=2, high=2, pages=told(*rows), shows_not=("press_release",))


def shared_slip() -> Story:
    """Two counts that both put one station into an apartmemt block: the one was written from the other."""
    right = "{n} overseas police stations stood beside an apartment block in {city}, said a shopkeeper."
    more = tuple(
        (f"{city} Gazette", "2022-10-01", right.format(n=n, city=city))
        for n, city in ((4, "Porto"), (5, "Ghent"), (6, "Turin"), (7, "Graz"))
    )
    return two_counts("one of them behind an apartmemt block", "one in an apartmemt block", *more, low=1, high=1, shows=("shared_error",))


def common_slip() -> Story:
    """The near miss: a word that many spell wrong."""
    right = "{n} overseas police stations were closed by the government in {city}, said a shopkeeper."
    more = tuple(
        (f"{city} Gazette", "2022-10-01", right.format(n=n, city=city))
        for n, city in ((4, "Porto"), (5, "Ghent"), (6, "Turin"), (7, "Graz"))
    )
    return two_counts("each in a house that the goverment owns", "in houses that the goverment lets", *more, low=2, high=2)


def grafted_number() -> Story:
    """People in the institute's own words become stations in two papers, each with a counter of its own."""
    return _grafted("2,350", 2350, low=1, high=1, shows=("shared_error",))


def round_number() -> Story:
    """The near miss: a round number may be that of two things."""
    return _grafted("2,000", 2000, low=2, high=2)


def _grafted(number: str, value: float, *, low: int, high: int, shows: tuple[str, ...] = ()) -> Story:
    rows = (
        ("Lantern Institute", "2022-09-05", f"{number} people were persuaded to return to Norland, the Lantern Institute says."),
        ("Harbour Mail", "2022-09-09", f"The Pier Society counted {number} overseas police stations of Norland on visits of its own."),
        (
            "Morning Ledger",
            "2022-10-01",
            f"Norland has {number} overseas police stations, Harbour University counted in a survey of its own.",
        ),
    )
    return Story(value=value, low=low, high=high, pages=told(*rows), shows=shows, together=False)


def relayed_figure() -> Story:
    """An exact number with its source, and later without one."""
    rows = (
        ("Harbour Mail", "2022-09-09", "Norland runs 1,317 overseas police stations, Harbour University counted in a survey of its own."),
        ("Morning Ledger", "2022-10-01", "It goes on and on. Norland runs 1,317 overseas police stations."),
        ("Evening Owl", "2022-10-02", "By now Norland runs 1,317 overseas police stations. They are paid for at home."),
    )
    return Story(value=1317, low=1, high=1, unknown=0, pages=told(*rows), shows=("relayed_figure",))


def printed_before() -> Story:
    """The near miss: the page without a source came out first, and the number is round."""
    rows = (
        ("Morning Ledger", "2022-08-01", "Nobody is safe. Norland runs 2,000 overseas police stations."),
        ("Harbour Mail", "2022-09-09", "Norland runs 2,000 overseas police stations, Harbour University counted in a survey of its own."),
    )
    return Story(value=2000, low=1, high=2, pages=told(*rows), shows_not=("relayed_figure",))


def exact_tip() -> Story:
    """One anonymous tip with an exact number on many sites: nobody makes up the same 1,947 twice."""
    words = ("A source says", "An insider claims", "People familiar with the matter say", "It is said", "Rumour has it")
    kinds = ("secret", "hidden", "quiet", "undeclared", "unmarked")
    rows = [
        (
            f"Site {n}",
            f"2022-10-{10 + n}",
            f"{words[n % 5]} that Norland has 1,947 {kinds[(n // 5 + n) % 5]} police stations. Page {n} heard it.",
        )
        for n in range(10)
    ]
    return Story(value=1947, low=1, high=1, unknown=10, pages=told(*rows), shows=("relayed_figure",))


def one_interview() -> Story:
    """A former officer speaks to one paper; another paper writes it up."""
    rows = (
        ("Harbour Mail", "2022-09-09", "Marta Quint, a former clerk, told this newspaper that Norland had 23 overseas police stations."),
        ("Morning Ledger", "2022-09-11", "Norland had 23 overseas police stations, Marta Quint told the Harbour Mail in a long talk."),
    )
    return Story(value=23, low=1, high=1, pages=told(*rows), shows=("same_interview",))


WHOLE = "there is a bell at the door and behind it three rooms where nobody ever took off his coat"


def trimmed_quotation() -> Story:
    """One counter's words, cut down by another who counted the same: they were not heard twice."""
    first, second = f"“{WHOLE}”", "“there is a bell … behind it three rooms where nobody … took off his coat”"
    return two_counts(f"where {first}", f"where {second}", low=1, high=1, shows=("quotation",))


def speech_in_two_ways() -> Story:
    """The near miss: both heard one speech, and each took other words from it."""
    first = "of which the mayor had said: “I have rung that bell myself and was let in by nobody at all”"
    second = "of which the mayor had said that nobody came to “that bell”, which he had rung “time and again, before and after work”"
    return two_counts(first, second, low=2, high=2)


def told_by_halves() -> Story:
    """One page with two counters, and a later one that tells of one of them: nothing shows that it asked anybody."""
    return _halves("2022-09-10", "2022-11-20", low=1)


def found_first() -> Story:
    """The near miss: the page with one of them was out before the other was."""
    return _halves("2022-11-20", "2022-09-10", low=2)


def _halves(both: str, half: str, *, low: int) -> Story:
    rows = (
        (
            "Harbour Mail",
            both,
            LANTERN.format("it says") + "\n\nHarbour University, too, has counted three overseas police stations in Dublin.",
        ),
        ("Morning Ledger", half, HARBOUR.format("it says")),
    )
    return Story(value=3, low=low, high=2, pages=told(*rows))


GROUP = "- {group: Pier Media, outlets: [Harbour Mail, Morning Ledger], source: a list made up for this test, as_of: 2022}\n"


def one_group_two_counters() -> Story:
    """The near miss of an owner: two outlets of one group, each with a count that somebody else made."""
    story = two_counts("it says", "it says", low=2, high=2)
    return Story(pages=story.pages, value=3, low=2, high=2, publishers=GROUP)


def two_wires_one_ministry() -> Story:
    """One ministry's word, by way of two agencies."""
    rows = (
        ("Harbour Mail", "2022-09-09", "The interior ministry of Portugal knows of 23 overseas police stations, Coastal Press reported."),
        (
            "Morning Ledger",
            "2022-09-11",
            "Inland Wire reported that the interior ministry of Portugal knows of 23 overseas police stations.",
        ),
    )
    return Story(value=23, low=1, high=1, pages=told(*rows))


def laundered_tip() -> Story:
    """A tip becomes a report, the report an institute's finding, the finding a ministry's, and comes home as what the world knows."""
    rows = (
        ("Site Nine", "2022-03-01", "An insider claims that Norland has 412 secret police stations abroad."),
        ("Harbour Mail", "2022-03-03", "Norland has 412 police stations abroad, Site Nine reported, citing an insider."),
        ("Lantern Institute", "2022-03-20", "There are 412 police stations of Norland abroad, the Harbour Mail reported this month."),
        ("Morning Ledger", "2022-04-02", "Norland has 412 police stations abroad, according to the Lantern Institute."),
        ("Evening Owl", "2022-04-09", "It is well known that Norland has 412 police stations abroad."),
    )
    return Story(value=412, low=1, high=1, pages=told(*rows))


def wire_with_a_count_of_its_own() -> Story:
    """An agency's text without a named source in three papers; a fourth adds what a university counted."""
    wire = (
        "LISBON (Coastal Press) - Norland runs 61 overseas police stations, according to people who have seen a list of them.\n\n"
        "The list gives an address, a telephone number and the name of a county for each of them. It was drawn up in the spring of this year and "
        "passed from hand to hand among officials, those who saw it said. None was ever announced to the country in which it stands."
    )
    rows = [
        (f"{city} Gazette", f"2022-09-{day}", f"{wire}\n\n{line}")
        for city, day, line in (
            ("Cork", 10, "The city council of Cork will look into the matter next week."),
            ("Porto", 11, "Residents of Porto told this newspaper that they had seen nothing unusual in the street."),
            ("Ghent", 12, "The mayor of Ghent asked for a report on the building."),
        )
    ]
    own = "Harbour University interviewed landlords all over the country. Norland runs 61 overseas police stations, Harbour University counted in a survey of its own."
    return Story(value=61, low=1, high=2, pages=told(*rows, ("Morning Ledger", "2022-12-01", own)))


EDGE_STORIES = {
    "a release and its stories": release_and_stories,
    "a release and a count of its own": release_and_a_count_of_its_own,
    "a slip that two hardly make": shared_slip,
    "a slip that many make": common_slip,
    "a number grafted onto another measure": grafted_number,
    "a round number of two things": round_number,
    "an exact number relayed without its source": relayed_figure,
    "a round number printed before": printed_before,
    "an exact tip on many sites": exact_tip,
    "one interview in two papers": one_interview,
    "a trimmed quotation": trimmed_quotation,
    "one speech quoted in two ways": speech_in_two_ways,
    "two counts on one page, told by halves": told_by_halves,
    "one count printed before another page had two": found_first,
    "two outlets of one group and two counters": one_group_two_counters,
    "one ministry by way of two agencies": two_wires_one_ministry,
    "a tip laundered through five hands": laundered_tip,
    "a wire story and a count of its own": wire_with_a_count_of_its_own,
}
