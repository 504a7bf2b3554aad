"""A handful of invented reports: one figure relayed twice, a later count, a denial, a copy, a page in Chinese, a damaged file."""

FIGURE = """Harbour towns report foreign police stations

The Quay, 14 September 2022

At least 12 overseas police stations operate in nine countries, according to a report by the Lantern Institute. \
The report said the stations were run by two coastal police bureaus. \
"The stations persuaded 310 people to return between April 2021 and July 2022," the report states, citing a statement by the Ministry of \
Public Security of Norland.

The Chinese embassy in Oslo denied that the stations exist. "These are volunteers who help with driving licences," an embassy \
spokesperson said.

Norwegian police opened an investigation into one station in Oslo in October 2022.
"""

RELAY = """Twelve stations abroad, says institute

Morning Ledger, 16 September 2022

The Lantern Institute said in its report that at least 12 overseas police stations operate abroad. \
Some 310 people were persuaded to return, the Ministry of Public Security has said. Dutch authorities declined to comment.
"""

LATER = """Institute raises its count

The Quay, 5 December 2022

The Lantern Institute said that there are now at least 31 overseas police stations in 17 countries. \
Irish authorities ordered a station in Dublin to close in October 2022.

In Lisbon, a dissident was threatened by two men in November 2022, the institute said.
"""

PAGE = """<!doctype html><html lang="en"><head><title>Ministry answers questions on stations</title>
<meta property="og:site_name" content="Fjord Post"><meta property="article:published_time" content="2023-01-20"></head><body><article>
<h1>Ministry answers questions on police stations</h1>
<p>The Norwegian police closed the investigation into the Chinese police station in Oslo in January 2023 without charges.</p>
<p>A spokesperson for the Ministry of Justice said: "We have no evidence that people were forced to return." The Lantern Institute, which
first reported on the stations, disputes this and says that it will publish a new report about overseas police stations in spring.</p>
</article></body></html>
"""

CHINESE = """海外服务站调查

《港口日报》2022年10月3日

灯塔研究所的报告称，至少有12个海外服务站在九个国家运作。大使馆否认了这一说法。
"""

DOCUMENTS: dict[str, bytes] = {
    "figure.txt": FIGURE.encode(),
    "relay.txt": RELAY.encode(),
    "later.txt": LATER.encode(),
    "page.html": PAGE.encode(),
    "chinese.txt": CHINESE.encode(),
    "copy.txt": FIGURE.replace("The Quay, 14 September 2022", "Northern Herald, 15 September 2022").encode(),
    "again.txt": RELAY.encode(),
    "damaged.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
}

MANIFEST = b"""file,url,title,publisher,published
relay.txt,https://ledger.example/12,,Morning Ledger,2022-09-16
later.txt,https://quay.example/31,,The Quay,2022-12-05
"""
