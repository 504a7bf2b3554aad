"""Invented reports that name invented private persons in every way a report does: whole, by surname, with titles, as speaker, target, relative,
author. No title of a document and no file name holds a name: those are shown as they are.
"""

SPEAKERS = """Neighbours describe visits near a service station

By Ludo Haspel
The Quay, 3 March 2025

At least 12 overseas police stations operate in nine countries, Mirela Dosk, a baker in Oslo, told The Quay. "They asked about my brother," \
Dosk said. According to Dosk, two men came to her shop in May 2024 and threatened her. Ms Dosk told the paper that the men came back. \
Dosk's testimony was heard by a parliamentary committee.

Tilde Marren said that the station in Oslo closed in January 2025. Marren denied that she had worked there. "There is no station here," said \
Marren. Neighbour Marren declined to comment on the rent.

Professor Ivo Stanek counts three overseas police stations in Vienna. Stanek's report says that the stations persuaded 310 people to return. \
Stanek believes that there are hundreds more. The figure is an undercount, Stanek said. "We found three," Prof. Stanek added.

Dosk and Stanek both said that the police had opened an investigation. The stations are illegal, Stanek argued, citing Marren.
"""

TARGETS = """Dissidents threatened in Lisbon

By Ludo Haspel and Oda Brindle
Morning Ledger, 9 April 2025

In March 2025 officers threatened Anselm Varga in Lisbon. Varga received calls from a man who said that he was a police officer. \
Mr. Varga denied the accusation and declined to comment. Police detained Varga's sister, Bettina Krowe, in Karsk four days later. \
Krowe was held for nine days. KROWE was released in April.

Dr Petra Quillon, a lawyer for Varga, said that prosecutors in Lisbon had opened an investigation. Quillon said her client would appeal. \
Lawyer Quillon accused the embassy of harassment. The embassy denied the claim by Quillon.

The Varga family said their pensions were stopped. Krowe's parents lost their pensions, Quillon said. Harun Belisk and his wife, Noor Belisk, \
were visited at home in Toronto in June 2024. Belisk told the Morning Ledger that the visitors knew which tram his wife takes. Noor testified \
about the visit in Ottawa. Activist Belisk said the visitors offered money.

Zeng Lihua, a student in Dublin, was followed for a week in May 2024. Zeng said the man took photographs of her. A man named Osric Pell was \
charged in Dublin with acting for a foreign state. Pell pleaded not guilty. Judge Corwin Thale sentenced Pell to two years in prison. \
Pell, Thale said, had worked for the station.
"""

PAGE = """<!doctype html><html lang="en"><head><title>Inquiry into an overseas station</title><meta name="author" content="Oda Brindle">
<meta property="og:site_name" content="Fjord Post"><meta property="article:published_time" content="2025-05-20"></head><body><article>
<h1>Inquiry into an overseas station</h1><p class="byline">By Oda Brindle</p>
<p>Anselm Varga, who was threatened in Lisbon, says that at least 12 overseas police stations exist. The number comes from a list that
Varga and Stanek drew up. Brindle saw the list. Varga says that the embassy runs them.</p>
<p>A spokesman for the Interior Ministry, Emeric Toll, said that the ministry had ordered a station in Vienna to close. Toll declined to say
how many there are. “We know of two stations in Vienna,” Toll told reporters. Minister Wanda Reiss said that there is no evidence of a third.
Reiss denied that the government knew of them.</p>
<p>The director of the Lantern Institute, Sunniva Gard, said that it had counted 31 stations in 17 countries. Gard called the figure a minimum.
“They are run by two police bureaus,” Gard said. Hotel owner Piet Mossel said that a station had opened in his building. Mossel evicted it.</p>
</article></body></html>
"""

DOCUMENTS: dict[str, bytes] = {"a.txt": SPEAKERS.encode(), "b.txt": TARGETS.encode(), "c.html": PAGE.encode()}

PERSONS = (
    "Ludo Haspel",
    "Oda Brindle",
    "Mirela Dosk",
    "Tilde Marren",
    "Ivo Stanek",
    "Anselm Varga",
    "Bettina Krowe",
    "Petra Quillon",
    "Harun Belisk",
    "Noor Belisk",
    "Zeng Lihua",
    "Osric Pell",
    "Corwin Thale",
    "Emeric Toll",
    "Wanda Reiss",
    "Sunniva Gard",
    "Piet Mossel",
)
