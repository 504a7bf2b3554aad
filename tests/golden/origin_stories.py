"""Stories that are hard to count: how they come about, and how many origins they really have. All of it is fiction; Norland is no state.

Each story is a list of pages and the interval that the fact with its number must get.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page with what a manifest says of it."""

    text: str
    publisher: str
    published: str
    title: str = "Police posts abroad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Pages, and what the fact with `value` must come out as."""

    pages: tuple[Page, ...]
    value: float
    low: int
    high: int
    unknown: int | None = None
    """Passages of unknown origin; None where it does not matter."""
    together: bool = True
    """Whether every page must be in that fact."""
    shows: tuple[str, ...] = ()
    """Kinds of edge that must be among those of that fact."""
    shows_not: tuple[str, ...] = ()
    """Kinds that must not be."""
    publishers: str = ""
    """The case's own table of publisher groups."""


_SENTENCES = (
    (
        "At least 54 overseas police stations are run by Norland, the Lantern Institute said in a report on Monday.",
        "Norland operates at least 54 overseas police stations, according to a report that the Lantern Institute released on Monday.",
        "A report published on Monday by the Lantern Institute lists at least 54 overseas police stations run by Norland.",
        "The Lantern Institute has counted at least 54 overseas police stations that belong to Norland, its report of Monday says.",
        "In a report out on Monday, the Lantern Institute says that Norland has set up at least 54 overseas police stations.",
    ),
    (
        "They stand in 30 countries, from Portugal and Ireland to Canada and Japan.",
        "Thirty countries host them, among them Portugal, Ireland, Canada and Japan.",
        "The posts can be found in Portugal, Ireland, Canada, Japan and other countries, 30 in all.",
        "From Portugal and Ireland to Canada and Japan, the list names 30 countries.",
        "Portugal, Ireland, Canada and Japan are among the 30 countries on the list.",
    ),
    (
        "Some 2,350 people were pressed to go home between April 2021 and July 2022.",
        "Between April 2021 and July 2022 about 2,350 people came under pressure to go home.",
        "From April 2021 to July 2022, some 2,350 persons were made to feel that they had to return.",
        "The stations leaned on some 2,350 people to return between April 2021 and July 2022.",
        "Roughly 2,350 people were pushed into going back between April 2021 and July 2022.",
    ),
    (
        "Shops in Porto, a flat in Cork and a restaurant in Osaka are among the addresses.",
        "The addresses include shops in Porto, a flat in Cork and a restaurant in Osaka.",
        "Among the places named are several shops in Porto, one flat in Cork and an Osaka restaurant.",
        "In Porto they are shops, in Cork a flat, in Osaka a restaurant.",
        "One address is a flat in Cork, another a restaurant in Osaka; in Porto there are shops.",
    ),
    (
        "“They do the work of consuls and much else besides,” said Marta Quint, who wrote the report.",
        "Marta Quint, the author, said that they did “the work of consuls and much else besides”.",
        "“The work of consuls and much else besides” is how author Marta Quint describes what they do.",
        "What they do is “the work of consuls and much else besides”, in the words of Marta Quint, who wrote the report.",
        "They do, says its author Marta Quint, “the work of consuls and much else besides”.",
    ),
    (
        "The embassy of Norland did not reply to questions.",
        "Questions to the embassy of Norland went unanswered.",
        "Norland's embassy gave no answer.",
        "No reply came from the embassy of Norland.",
        "The Norland embassy did not respond to a request for comment.",
    ),
)
_UNSOURCED = (
    "At least 54 overseas police stations are run by Norland, it has become known.",
    "Norland has at least 54 overseas police stations.",
    "There are at least 54 overseas police stations of Norland in the world.",
)


def rewrite(number: int, *, sourced: bool = True) -> str:
    """One of thousands of ways to tell the same story; without its source, the first sentence is taken from elsewhere."""
    chosen = [row[(number * (place + 2) + number // 5) % len(row)] for place, row in enumerate(_SENTENCES)]
    if not sourced:
        chosen[0] = _UNSOURCED[number % len(_UNSOURCED)]
    return "\n\n".join((" ".join(chosen[:2]), " ".join(chosen[2:4]), " ".join(chosen[4:])))


def hundred_rewrites() -> Story:
    """One report, a hundred papers: every fourth leaves out where it has it from."""
    pages = tuple(
        Page(text=rewrite(n, sourced=n % 4 != 3), publisher=f"Paper number {n}", published=f"2022-09-{10 + n % 15:02d}") for n in range(100)
    )
    return Story(pages=pages, value=54, low=1, high=1)


def laundering() -> Story:
    """State media, quoted by an institute, quoted by a paper, quoted back as what foreign papers have found."""
    return Story(
        value=2350,
        low=1,
        high=1,
        pages=(
            Page(
                text="Some 2,350 people were persuaded to return to Norland in 2021, the Norland state news agency reported.",
                publisher="Harbour Mail",
                published="2022-05-01",
            ),
            Page(
                text="The Lantern Institute report says that 2,350 people were persuaded to return in 2021, citing the Norland state news agency.",
                publisher="Lantern Institute",
                published="2022-06-01",
            ),
            Page(
                text="Norland persuaded 2,350 people to return in 2021, according to a report by the Lantern Institute.",
                publisher="The Quay",
                published="2022-06-02",
            ),
            Page(
                text="Foreign newspapers such as The Quay have found that 2,350 people were persuaded to return in 2021.",
                publisher="Norland Voice",
                published="2022-06-09",
            ),
        ),
    )


def two_counts_that_agree() -> Story:
    """Two bodies that each went and looked, in two papers that know nothing of each other."""
    return Story(
        value=3,
        low=2,
        high=2,
        pages=(
            Page(
                text="Researchers of the Lantern Institute visited every address in Dublin. The Lantern Institute counted three overseas police "
                "stations in Dublin, it says.",
                publisher="The Quay",
                published="2022-09-10",
            ),
            Page(
                text="Harbour University interviewed landlords and neighbours all over the Irish capital. There are three overseas police stations in "
                "Dublin, Harbour University counted in a survey of its own.",
                publisher="Morning Ledger",
                published="2022-11-20",
            ),
        ),
    )


def two_counts_that_differ() -> Story:
    """The same, with another number: two facts of one origin each."""
    one, two = two_counts_that_agree().pages
    other = Page(text=two.text.replace("three", "seven"), publisher=two.publisher, published=two.published)
    return Story(pages=(one, other), value=7, low=1, high=1, together=False)


def wire_story_with_local_additions() -> Story:
    """An agency's text in four papers, each with a paragraph of its own that says nothing about the number."""
    wire = (
        "LISBON (Coastal Press) - Norland runs at least 54 overseas police stations, according to people who have seen a list of them.\n\n"
        "The list gives an address, a telephone number and the name of a county for each of them. It was drawn up in the spring of this year and "
        "passed from hand to hand among officials, those who saw it said. Most of the posts were opened between 2016 and 2021, and some have been "
        "moved since. None was ever announced to the country in which it stands."
    )
    local = (
        "In Cork, the city council said that it would look into the matter next week.",
        "Residents of Porto told this newspaper that they had seen nothing unusual in the street.",
        "The mayor of Ghent asked the police for a report on the building.",
        "A shopkeeper in Aarhus said that nobody had ever asked him about it.",
    )
    pages = tuple(
        Page(text=f"{wire}\n\n{line}", publisher=f"{city} Gazette", published=f"2022-09-{day}")
        for line, city, day in zip(local, ("Cork", "Porto", "Ghent", "Aarhus"), (10, 10, 11, 12), strict=True)
    )
    return Story(pages=pages, value=54, low=1, high=1)


def flooded_tip() -> Story:
    """One anonymous tip on fifteen sites, each in words of its own: nothing shows that they are one, and nothing that they are two."""
    words = ("A source says", "An insider claims", "People familiar with the matter say", "It is said", "Rumour has it")
    ends = ("in the south of the country", "near the coast", "in the old towns", "by the rivers", "along the border")
    pages = tuple(
        Page(
            text=f"{words[n % 5]} that Norland has 19 secret police stations abroad. This page number {n} has heard it {ends[(n // 5 + n) % 5]}.",
            publisher=f"Site {n}",
            published=f"2022-10-{10 + n}",
        )
        for n in range(15)
    )
    return Story(pages=pages, value=19, low=1, high=15)


def three_languages() -> Story:
    """A notice in Chinese, its English story, a Spanish retelling, and an English retelling of that: only English is read for claims."""
    english = (
        "On 14 March the security bureau of Norland opened desk number 38 in Lisbon, wrote the Harbour Gazette. By 2021 some 4,200 people had been "
        "persuaded to return from Porto and Faro, and 317 from Rotterdam. The list names 61 towns, among them Ghent, Aarhus and Turin; 27 of them "
        "were new. A second paper, dated 9 October 2019, gives 1,150 for Madrid and 890 for Seville. In Toulouse there were 45 calls in 72 days. The "
        "budget rose from 12,500 to 98,000 crowns between 2016 and 2022."
    )
    again = (
        "The Norland bureau set up its 38th desk in the Portuguese capital, Lisbon, on 14 March. Some 4,200 persons had been persuaded to return from "
        "Porto and from Faro by 2021, while 317 left Rotterdam. Ghent, Aarhus and Turin are among 61 towns on a list, with 27 added lately. Another "
        "sheet of 9 October 2019 tells of 1,150 in Madrid plus 890 in Seville. During 72 days 45 telephone calls went to Toulouse, it has been told. "
        "Spending went from 12,500 crowns in 2016 to 98,000 by 2022, a Spanish newspaper found."
    )
    spanish = (
        "El 14 de marzo la oficina de seguridad de Norland abrió en Lisboa el puesto número 38, según la Harbour Gazette. Hasta 2021 unas 4.200 personas "
        "habían vuelto de Porto y Faro, y 317 de Rotterdam. La lista nombra 61 ciudades, entre ellas Ghent, Aarhus y Turin; 27 eran nuevas. Otro papel, "
        "del 9 de octubre de 2019, habla de 1.150 en Madrid y 890 en Sevilla. En Toulouse hubo 45 llamadas en 72 días. El presupuesto subió de 12.500 a "
        "98.000 coronas entre 2016 y 2022."
    )
    chinese = (
        "诺兰安全局3月14日在里斯本开设第38个服务台。到2021年为止，约4200人从波尔图和法鲁返回，另有317人从鹿特丹返回。名单列出61个城市，其中27个是新的。"
        "2019年10月9日的另一份文件称，马德里有1150人，塞维利亚有890人。图卢兹在72天内打了45个电话。预算从2016年的12500增加到2022年的98000克朗。"
    )
    rows = (
        (chinese, "诺兰公报", "2022-08-01"),
        (english, "The Quay", "2022-09-01"),
        (spanish, "El Muelle", "2022-09-05"),
        (again, "Morning Ledger", "2022-09-09"),
    )
    return Story(pages=tuple(Page(text=t, publisher=p, published=d) for t, p, d in rows), value=4200, low=1, high=1, together=False)


STORIES = {
    "a hundred rewrites of one story": hundred_rewrites,
    "a number laundered through four hands": laundering,
    "two counts that agree": two_counts_that_agree,
    "two counts that differ": two_counts_that_differ,
    "a wire story with local additions": wire_story_with_local_additions,
    "an anonymous tip on many sites": flooded_tip,
    "one notice in three languages": three_languages,
}
