"""Who is made to say what in one sentence: every construction that reporting uses, with invented sentences."""

import pytest

from armslength.extract.backends.spacy_parser import parse
from armslength.extract.cue_words import Reported
from armslength.extract.cues import reported
from armslength.extract.quotations import quotations


def reports(text: str) -> tuple[list[str], list[Reported]]:
    """Words of a sentence and what it reports."""
    sentence = next(parse([(0, text)]))
    assert sentence is not None
    return [w.text for w in sentence.words], reported(sentence, quotations(text, 0, len(text)))


def says(text: str, voice: str, word: str, *, how: str | None = None) -> bool:
    """Whether a sentence makes somebody say a word of it."""
    words, found = reports(text)
    return any(voice in r.voice.name and word in [words[i] for i in r.content] and how in {None, r.how} for r in found)


FAMILIES = {
    "clause": ("The mayor vowed that the centre would be closed by June.", "mayor", "closed"),
    "particle": ("The ministry pointed out that no permit had been issued.", "ministry", "issued"),
    "complaint": ("Residents complained that officers had followed them.", "Residents", "followed"),
    "tweet": ("Police tweeted that the office had reopened.", "Police", "reopened"),
    "court filing": ("The indictment alleges that two men ran the office.", "indictment", "ran"),
    "document": ("The documents show that nine offices were opened.", "documents", "opened"),
    "medial, few words": ("The offices, residents say, were never registered.", "residents", "registered"),
    "medial, many words": ("The inquiry, the harbour master told the council in May, had been closed.", "harbour master", "closed"),
    "trailing": ("Two offices are under investigation, the head of the northern district said on Tuesday.", "head", "are"),
    "letter": ("The network, Open Harbour Watch wrote in a letter to parliament, reaches nine countries.", "Open Harbour Watch", "reaches"),
    "e-mailed": ("The embassy said in an emailed statement that the offices were run by volunteers.", "embassy", "run"),
    "interview": ("The senator said in an interview with the Harbour Dispatch that the office was closed.", "senator", "closed"),
    "as X put it": ("As the minister put it, the office was a guest who would not leave.", "minister", "guest"),
    "in the words of": ("In the words of Tomas Brell, the office was a listening post.", "Tomas Brell", "post"),
    "by X's count": ("By the ministry's own count, forty people were returned.", "ministry", "returned"),
    "per": ("Per the Harbour Dispatch, the office opened in March.", "Harbour Dispatch", "opened"),
    "according, first": ("According to Open Harbour Watch, a group in Lisbon, nine offices were opened.", "Open Harbour Watch", "opened"),
    "according, behind a relative clause": (
        "Nine offices were opened in three countries, some of which were used to threaten exiles, according to a report by Open Harbour Watch.",
        "Open Harbour Watch",
        "opened",
    ),
    "first reported by": ("Nine offices were found, as first reported by the Harbour Dispatch.", "Harbour Dispatch", "found"),
    "first published by": ("The list, first published by the Harbour Dispatch, named nine offices.", "Harbour Dispatch", "list"),
    "listed in": ("Seventy offices in nine countries were listed in a report by Open Harbour Watch.", "Open Harbour Watch", "offices"),
    "quoted as saying": ("The deputy minister was quoted as saying that the offices had been closed.", "deputy minister", "closed"),
    "told by": ("She was told by police that the file had been closed.", "police", "closed"),
    "let it be known": ("The ministry let it be known that the ambassador had been summoned.", "ministry", "summoned"),
    "impersonal": ("It is alleged that officers visited the family twice.", "alleged", "visited"),
    "claim of": ("The government's claim that the offices were closed could not be checked.", "government", "closed"),
    "who told": ("The case went to the detectives, who told him in February that enquiries were continuing.", "detectives", "continuing"),
    "which replied": ("They wrote to the embassy, which replied that all the offices had been closed.", "embassy", "closed"),
    "clause far behind": ("The memo concludes from interviews with landlords that two offices were run for the police.", "memo", "run"),
    "accusation": ("The report accuses the ministry of threatening relatives.", "report", "threatening"),
    "citing": ("The report stated, citing a 2019 article by state media, that 54 offices had been opened.", "2019 article", "opened"),
    "based on": ("Nine offices were opened, based on records of the Ministry of Public Order.", "Ministry of Public Order", "opened"),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_each_way_of_reporting(family: str) -> None:
    text, voice, word = FAMILIES[family]
    assert says(text, voice, word)


def test_what_a_statement_rests_on_stands_behind_it() -> None:
    text = "The report stated, citing a 2019 article by state media, that 54 offices had been opened."
    assert says(text, "2019 article", "opened", how="basis")
    assert says(text, "report", "opened", how="clause") or says(text, "report", "opened", how="speech")


@pytest.mark.parametrize(
    "text",
    [
        "The union criticised the plan.",
        "The mayor supports the inquiry.",
        "A Valdorian office said to be run by officers was searched.",
        "He is said to live in Lisbon.",
        "The counter-terrorism unit searched the office.",
        "The claims that were made in May were withdrawn.",
        "The office costs 40,000 euros per year.",
    ],
)
def test_nobody_is_made_to_speak(text: str) -> None:
    assert reports(text)[1] == []


def test_a_memo_that_somebody_quotes_is_the_voice() -> None:
    _, found = reports("The offices were empty, according to a memo quoted by the Harbour Dispatch.")
    assert [r.voice.name for r in found] == ["memo"]


def test_what_is_said_in_a_quotation_stays_in_it() -> None:
    words, found = reports("“The officer told me that I should come home, because the file was open,” said Tomas Brell in Lisbon.")
    inner = next(r for r in found if words[r.cue] == "told")
    assert "Brell" not in [words[i] for i in inner.content]


@pytest.mark.parametrize(
    ("verb", "act"),
    [("admitted", "admits"), ("denied", "denies"), ("testified", "testifies"), ("warned", "opines"), ("alleged", "alleges")],
)
def test_the_speech_act_is_the_verbs(verb: str, act: str) -> None:
    _, found = reports(f"The deputy minister {verb} that the office had been closed.")
    assert [r.act for r in found] == [act]


def test_a_relative_clause_that_the_parser_takes_for_a_clause_said_does_not_hide_the_sentence():
    text = (
        "Norland has opened at least 62 unofficial offices in 31 countries, some of which have been used to pressure nationals to return home "
        "and face charges, according to a new report by Open Harbour Watch."
    )
    assert says(text, "Open Harbour Watch", "opened")
