"""Texts told again: in other words, in another language, in another order of nothing. Every text is invented."""

from dataclasses import replace

import pytest
from claim_samples import page
from hypothesis import given
from hypothesis import strategies as st
from traced_samples import Traced

from armslength.lineage.letters import hash_of, read_letters
from armslength.lineage.marks import marks_of
from armslength.lineage.rewrites import in_order, stems

ENGLISH = (
    "In Lisbon on 14 March the ministry of Valdoria opened desk number 38, wrote the Harbour Gazette. By 2021 some 4,200 people had gone home "
    "from Porto and Faro, and 317 from Rotterdam. The list that Marta Quint took from the archive names 61 towns, among them Ghent, Aarhus "
    "and Turin; 27 of them were new. A second paper, dated 9 October 2019, gives 1,150 for Madrid and 890 for Seville. In Toulouse, said "
    "Quint, there were 45 calls in 72 days. The budget rose from 12,500 to 98,000 crowns between 2016 and 2022."
)
RETOLD = (
    "A harbour newspaper reports that on 14 March Valdorian officials set up another office, the 38th, in the Portuguese capital, Lisbon. "
    "Some 4,200 persons were brought back from Porto and from Faro until 2021, while Rotterdam saw 317 go. Researcher Marta Quint found the "
    "names of 61 places in old files (Ghent, Aarhus, Turin and others), with 27 added lately. Another sheet of 9 October 2019 tells of 1,150 in "
    "Madrid plus 890 in Seville. Quint adds that during 72 days 45 telephone calls went to Toulouse. Spending went up: 12,500 crowns in 2016, "
    "98,000 by 2022."
)
SPANISH = (
    "El 14 de marzo el ministerio de Valdoria abrió en Lisboa la oficina número 38, según la Harbour Gazette. Hasta 2021 unas 4.200 personas "
    "habían vuelto de Porto y Faro, y 317 de Rotterdam. La lista que Marta Quint sacó del archivo nombra 61 ciudades, entre ellas Ghent, Aarhus y "
    "Turin; 27 eran nuevas. Otro papel, del 9 de octubre de 2019, habla de 1.150 en Madrid y 890 en Sevilla. En Toulouse hubo, dijo Quint, 45 "
    "llamadas en 72 días. El presupuesto subió de 12.500 a 98.000 coronas entre 2016 y 2022."
)
CHINESE = (
    "瓦尔多里亚公安部3月14日在里斯本开设第38个服务台。到2021年为止，约4200人从波尔图和法鲁返回，另有317人从鹿特丹返回。名单列出61个城市，其中27个是新的。"
    "2019年10月9日的另一份文件称，马德里有1150人，塞维利亚有890人。图卢兹在72天内打了45个电话。预算从2016年的12500增加到2022年的98000克朗。"
)
OTHER = (
    "The rowing club of Lisbon met on 3 May and chose a new board of 14. Since 2021 it has won 27 cups, 12 of them in Porto. Marta Quint, who "
    "keeps the books, spoke of 980 members and 61 boats. A regatta from Faro to Madrid is planned for 2022, and 317 rowers from Rotterdam, Turin "
    "and Aarhus have signed up. The club house in Ghent cost 45,000 crowns and 38 days of work. In 2019 it stood under water for 72 hours. "
    "Toulouse and Seville sent 890 greetings in 2016."
)


def edges(one, two, *, lang="en"):
    a, b = page(one, publisher="The Quay", published="2022-03-01"), page(two, publisher="The Mole", published="2022-03-02")
    return Traced([a, replace(b, lang=lang)], []).between


def test_a_story_told_in_other_words_is_found_with_words_on_both_sides():
    (edge,) = edges(ENGLISH, RETOLD)
    assert edge.kind == "rewrite"
    assert "in the same order, beyond chance" in edge.why
    assert len(edge.evidence) >= 2
    assert {span.doc for span in edge.evidence} == {edge.from_id, edge.to_id}


@pytest.mark.parametrize(("text", "lang"), [(SPANISH, "es"), (CHINESE, "zh")])
def test_a_translation_is_found_by_its_numbers_and_names(text, lang):
    (edge,) = edges(ENGLISH, text, lang=lang)
    assert edge.kind == "translation"
    assert "numbers and names" in edge.why


def test_the_same_names_and_numbers_in_a_story_of_its_own_make_no_edge():
    assert edges(ENGLISH, OTHER) == []
    assert edges(ENGLISH, OTHER, lang="es") == []


def test_what_is_in_order_counts_and_the_reversed_text_does_not():
    words = stems(read_letters([ENGLISH])).tolist()
    assert in_order(words, words) > 0.6
    assert in_order(words, words[::-1]) < -0.6
    assert in_order(words, ()) == 0.0


@given(st.lists(st.sampled_from("abcdefgh"), max_size=30), st.lists(st.sampled_from("abcdefgh"), max_size=30))
def test_the_score_is_symmetric_and_bounded(one, two):
    assert -1 <= in_order(one, two) == in_order(two, one) <= 1


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("so 230,000 of 230.000 or 230 000, 23万", ["230000", "230000", "230000", "230000"]),
        ("in 2022, 2021 and 3 more, 45.", ["2022", "2021", "45"]),
        ("He met Ana Silva’s aunt. Boats lie in Porto.", ["ana", "silva", "porto"]),
        ("1.4 million and 12.50 crowns", ["12"]),
        ("一共１２个，另有3亿", ["12", "300000000"]),
    ],
)
def test_numbers_and_names_are_read_alike_in_every_spelling(text, marks):
    assert marks_of(read_letters([text]), [text]).hashes.tolist() == [hash_of(mark) for mark in marks]
