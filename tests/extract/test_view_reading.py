"""What is only thought, wished, foretold or likened counts for nothing, however it is put. All of it is invented."""

import pytest
from extract_samples import make_document

from armslength.extract.read import read_document
from armslength.model.ontology import load as load_ontology
from armslength.resolve.readings import is_opinion

CONTEXT = (
    "A rights group, Lantern Watch, says that Chinese police stations operate abroad. "
    "The Chinese police stations are run by regional police forces.\n\n"
)

VIEWS = (
    "We recommend that the government publish figures; that officers be trained; and that consular staff who watch exiles be expelled.",
    "Governments should investigate each site, publish what they find and offer protection to the people who used it.",
    "“They could begin by not deporting people into the arms of those who are looking for them,” Ana Reis said.",
    "“Extradition needs evidence that a foreign judge will read,” said Carla Roth, a former judge.",
    "“We are being treated like criminals for helping grannies,” said the chairman of the club, Bo Li.",
    "“Stop the harassment! Close the stations!” demonstrators shouted.",
    "“It is only a matter of time until somebody is abducted here,” said Ana Reis.",
    "The stations are a threat to democracy, the think tank argued.",
    "Silence is complicity, the campaigners chanted.",
    "“An attack on one exile is an attack on all,” the union said.",
    "“One phone call is enough to silence a family,” said Roth.",
    "“It takes only one informer to destroy a community,” she said.",
    "Critics say the stations are only the tip of the iceberg.",
    "Lantern Watch said more exiles will be kidnapped by China.",
    "The stations probably serve above all to intimidate, said Carla Roth.",
    "“I believe they were following orders from Fuzhou,” she said.",
)
FACTS = (
    "Carla Roth said that two officers had followed her in Vienna.",
    "The police did not investigate the station in Vienna, the committee found.",
    "Germany will close the two stations, the interior ministry said.",
    "The trial of the two men will begin in March, the court said.",
    "The station in Vienna has been closed.",
    "Lantern Watch said that 12 exiles had been threatened.",
    "The association is in Vienna and the station is open.",
    "Police in Leeds said no charges would be brought over the office.",
    "“They called my parents and told me to come back,” said Bo Li.",
)


def counted(sentence):
    """Kinds of the claims of a sentence that can enter a fact with an origin."""
    claims = (claim for claim in read_document(make_document(CONTEXT + sentence)).claims if claim.start >= len(CONTEXT))
    ontology = load_ontology()
    return [claim.kind for claim in claims if not is_opinion(claim, ontology) and claim.modality != "hypothetical"]


@pytest.mark.parametrize("sentence", VIEWS)
def test_a_view_has_no_origins(sentence):
    assert counted(sentence) == []


@pytest.mark.parametrize("sentence", FACTS)
def test_what_is_told_has(sentence):
    assert counted(sentence)


def quotes(sentence, kind):
    found = read_document(make_document(CONTEXT + sentence)).claims
    return [claim.quote for claim in found if claim.kind == kind and claim.start >= len(CONTEXT)]


def test_what_is_said_next_is_no_part_of_a_denial_or_of_silence():
    denial = "The embassy accused the group of “malicious hype” and said Austrian media should “stop serving forces hostile to China”."
    silence = "The UN refugee agency declined to comment on the stations, but said that no one should be returned to a place of danger."
    assert quotes(denial, "denial") == ["The embassy accused the group of “malicious hype"]
    assert quotes(silence, "no_comment") == ["The UN refugee agency declined to comment on the stations"]
