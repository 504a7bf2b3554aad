import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from publish_samples import DOC, PERSON, TEXT, content

from armslength.publish import jsonl
from armslength.publish.content import UNKNOWN_PERSON, names_of


def tables(case=None):
    return {name: [json.loads(line) for line in lines] for name, lines in jsonl.files(case or content())}


def test_each_row_is_one_line_sorted_by_id():
    for name, lines in jsonl.files(content()):
        written = list(lines)
        assert all(line.endswith("\n") for line in written)
        assert len("".join(written).splitlines()) == len(written), f"{name}: a reader that splits on U+2028 must see one row a line"
        ids = [json.loads(line)["id"] for line in written]
        assert ids == sorted(ids)


def test_the_text_comes_back_as_it_was():
    row = tables()["documents.jsonl"][0]
    assert (row["id"], row["text"], row["file"], row["source"]) == (DOC, TEXT, "a.txt", "5" * 64)
    assert row["missing"] == {"published": "no date in the file", "url": "not in the manifest"}
    assert row["boilerplate"] == [[0, 3]]
    assert row["duplicates"] == [{"span": [3, 5], "of": [0, 2]}]


def test_a_claim_says_who_told_whom():
    claim = tables()["claims.jsonl"][0]
    assert [link["name"] for link in claim["attribution"]] == ["the article", "Harbour Institute", "Person 7K"]
    assert [link["kind"] for link in claim["attribution"]] == ["author", "organisation", "person"]
    assert [link["entity"] for link in claim["attribution"]] == [None, "d" * 64, "e" * 64]
    assert claim["originator"] == "e" * 64
    last = claim["attribution"][-1]
    assert TEXT[last["start"] : last["end"]] == "Ada Ferrer", "the span stays: the words are the document's own"
    assert (claim["value"], claim["comparator"], claim["interval"], claim["measure"]) == (12, ">=", [12, None], "sites")
    assert (claim["as_of"]["edtf"], claim["as_of"]["basis"]) == ("2022-09", "stated")
    assert claim["event_date"] is None
    assert claim["places"] == [{"name": "Oslo", "country": "NO", "geonames": 3143244, "precision": "city"}]
    assert claim["parties"][0]["entity"] == "e" * 64


def test_a_claim_without_a_number_has_no_number():
    claim = tables()["claims.jsonl"][1]
    assert [claim[field] for field in ("measure", "value", "comparator", "interval", "as_of")] == [None] * 5


def test_a_fact_carries_its_origins_its_denials_and_its_summary():
    count, denial = tables()["facts.jsonl"]
    assert count["origins"]["min"] == 1
    (group,) = count["origins"]["groups"]
    assert (group["label"], group["claims"], group["interested"], group["primary_seen"]) == ("Person 7K", ["1" * 64], True, False)
    assert (group["access"], group["hidden"]) == ([], [])
    assert count["apparent_sources"] == 1
    assert (count["value"], count["interval"], count["as_of"]) == (12, [12, None], {"edtf": "2022-09", "basis": "stated"})
    assert count["denied_by"] == [{"fact": "b" * 64, "reason": "the embassy denies what Person 7K said"}]
    assert count["source_summary"].endswith("Person 7K")
    assert denial["relations"] == [{"type": "denies", "fact": "a" * 64, "reason": "the embassy denies what Person 7K said"}]
    assert (denial["value"], denial["interval"], denial["as_of"]) == (None, None, None)


def test_without_an_origins_row_nothing_counts_as_shown():
    fact = tables(replace(content(), origins={}))["facts.jsonl"][0]
    assert (fact["origins"]["min"], fact["origins"]["max"], fact["origins"]["unknown"]) == (0, 0, 1)


def test_a_protected_name_stands_only_in_the_documents_own_words():
    for name, rows in tables().items():
        for row in rows:
            if name == "documents.jsonl":
                row.pop("text")
            row.pop("quote", None)
            row.pop("evidence", None)
            assert "Ferrer" not in json.dumps(row), name


def test_a_person_without_an_entity_has_no_name():
    names = names_of(replace(content(), entities=[], entity_of={}))
    assert names.masked("Ada Ferrer spoke") == f"{UNKNOWN_PERSON} spoke"
    assert names.masked("Adam Ferrera spoke") == "Adam Ferrera spoke"


def test_a_protected_name_that_was_also_read_as_something_else_stays_hidden():
    case = content()
    misread = replace(case.entities[1], id="c" * 64, label="Ferrer", aliases=("Ada Ferrer Ltd",))
    found = tables(replace(case, entities=[*case.entities, misread]))["entities.jsonl"][0]
    assert (found["label"], found["aliases"]) == ("Person 7K", ["Person 7K Ltd"])
    assert names_of(case).masked("the ferry and the Ferrers") == "the ferry and the Ferrers"


def test_a_surname_alone_stays_hidden_in_a_sentence_unless_it_is_a_place():
    case = content()
    assert names_of(case).masked("denied by Ferrer and Ferrer's office") == "denied by Person 7K and Person 7K's office"
    claim = case.claims[0]
    homonym = replace(claim, attribution=(replace(claim.attribution[-1], name="Ada Oslo", mention="0" * 64),))
    names = names_of(replace(case, claims=[claim, homonym]))
    assert names.masked("Ada Oslo in Oslo") == f"{UNKNOWN_PERSON} in Oslo"


def test_the_ids_of_mentions_stay_inside():
    assert all(PERSON not in line for _, lines in jsonl.files(content()) for line in lines)


def test_half_a_surrogate_pair_is_written_as_an_escape():
    line = jsonl.line({"id": "1", "text": "a\ud800é"})
    line.encode("utf-8")
    assert json.loads(line)["text"] == "a\ud800é"


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_is_one_line_and_comes_back(text):
    line = jsonl.line({"id": "1", "text": text})
    assert line.encode("utf-8").decode("utf-8").splitlines() == [line[:-1]]
    assert json.loads(line)["text"] == text
