"""Which date of a sentence a number holds for: the day it was made, the day it was told, the page's own. All of it is invented."""

import pytest
from extract_samples import make_document

from armslength.extract.read import read_document
from armslength.model.claims import PART
from armslength.model.dates import OF_THE_TELLING

CONTEXT = "A rights group, Lantern Watch, says that Chinese police stations operate abroad.\n\n"


def number(sentence, value):
    found = read_document(make_document(CONTEXT + sentence, published="2022-09-15")).claims
    return next(claim for claim in found if claim.quantity is not None and claim.quantity.value == value)


@pytest.mark.parametrize(
    ("sentence", "edtf", "told"),
    [
        ("As of 3 March 2022 there were 54 stations, Lantern Watch said.", "2022-03-03", False),
        ("A report published on Monday by the Lantern Institute lists at least 54 overseas police stations.", "2022-09-12", True),
        ("Its report of Monday says that there are 54 stations.", "2022-09-12", True),
        ("On 3 March 2022 Lantern Watch said that there were 54 stations.", "2022-03-03", True),
    ],
)
def test_the_day_a_number_is_told_is_not_the_day_of_what_is_counted(sentence, edtf, told):
    claim = number(sentence, 54)
    assert (claim.as_of.edtf, OF_THE_TELLING in claim.as_of.basis, claim.event_date) == (edtf, told, None)


def test_without_a_date_the_pages_own_stands_and_says_so():
    claim = number("Lantern Watch lists 54 stations.", 54)
    assert claim.as_of.edtf == "2022-09-15"
    assert claim.as_of.basis.startswith("publication date")


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Of the 102 stations, 38 are run by police from Nantong.", True),
        ("Lantern Watch lists 102 stations, of which 38 are in restaurants.", True),
        ("Lantern Watch lists 102 stations, 38 of them in restaurants.", True),
        ("Lantern Watch lists 38 stations.", False),
    ],
)
def test_a_part_of_what_was_counted_is_marked(sentence, part):
    assert (PART in number(sentence, 38).flags) is part
