"""Four pages about stations: two of one institute that give one count, two that count otherwise."""

from __future__ import annotations

LEAD = "Norland keeps secret police stations abroad to reach exiles, campaigners say.\n\n"
TWELVE = "Norland runs at least 12 overseas police stations"
PAGES = {
    "one.txt": f"A page about stations\n\n{TWELVE}, according to the Lantern Institute.\n",
    "two.txt": f"Another page\n\n{TWELVE}, Lantern Institute researchers said on Tuesday.\n",
    "three.txt": f"A third page\n\n{LEAD}Norland runs 13 overseas police stations, according to the Harbour Union.\n",
    "four.txt": f"A fourth page\n\n{LEAD}Norland runs 15 overseas police stations, according to the Mill Street Group.\n",
}
