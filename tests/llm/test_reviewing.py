"""The judge is asked about what corrigenda's own checks found, and what it may do with it, and what it may not."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corrigenda.engines.llm.policy import bars, reviewed
from corrigenda.finding import Severity
from corrigenda.workspace.trust import user_file
from tests.conftest import HOUSE_TERM, Corrigenda, Outcome
from tests.llm.server import Body, Reply, completion, failure, role_of, serving, text_of
from tests.llm.test_engine import OFF, engine, findings, model, place, run

ARTICLE = """# A fair

The fair was held on the territory of the port on Monday.

The firefighters arrived on the place of the accident in ten minutes.
"""
FAIR, FIRE = "on the territory of", "on the place of the"
"""A warning and a suggestion of one check, which needs the text alone."""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(OFF, encoding="utf-8")
    return path


def user(text: str) -> None:
    user_file().parent.mkdir(parents=True, exist_ok=True)
    user_file().write_text(text, encoding="utf-8")


def severities(done: Outcome) -> dict[str, str]:
    return {finding["quote"]: finding["severity"] for finding in findings(done)}


def judged(*bodies: Body) -> list[str]:
    """Return the places that the judge was asked about, each with what should stand there."""
    asked = [text_of(body) for body in bodies if role_of(body) == "judge"]
    return [line.partition("⟦")[2] for text in asked for line in text.splitlines() if "⟦" in line]


def test_it_is_asked_about_what_the_rules_found(corrigenda: Corrigenda, article: Path) -> None:
    with serving(model(change="yes", sure=97)) as server:
        done = run(corrigenda, server.address)
        asked = judged(*server.asked)
    assert [line.partition("⟧")[0] for line in asked] == [FAIR, FIRE], "one question for both"
    assert asked[0].endswith("→ “in”")
    assert severities(done) == {FAIR: "warning", FIRE: "warning"}
    (lifted,) = [finding for finding in findings(done) if finding["quote"] == FIRE]
    assert lifted["evidence"]["second reading"] == "97 of 100, which makes a warning of a suggestion"
    assert lifted["confidence"] == 0.95
    assert "2 other findings read again by it: 1 made a warning (1 artefacts/place-calque)" in engine(done)["reason"]


def test_it_drops_a_suggestion_and_leaves_of_a_warning_a_suggestion(corrigenda: Corrigenda, article: Path) -> None:
    with serving(model(change="no", sure=97)) as server:
        done = run(corrigenda, server.address)
    (left,) = findings(done)
    assert (left["quote"], left["severity"]) == (FAIR, "suggestion")
    assert left["evidence"]["second reading"] == "3 of 100, which makes a suggestion of a warning"
    reason = engine(done)["reason"]
    assert "1 dropped (1 artefacts/place-calque), 1 made a suggestion (1 artefacts/place-calque)" in reason


def test_it_changes_nothing_where_it_is_not_sure(corrigenda: Corrigenda, article: Path) -> None:
    with serving(model(change="no", sure=55)) as server:
        done = run(corrigenda, server.address)
    assert severities(done) == {FAIR: "warning", FIRE: "suggestion"}
    assert [finding["evidence"]["second reading"] for finding in findings(done)] == ["45 of 100"] * 2
    assert "2 other findings read again by it: none changed" in engine(done)["reason"]


OTHERS = """He met  the mayor in Kiev. Kyiv is quiet.

The wall is 100 kg, or 45 pounds. The mill is 40 km (65 miles) from the port.

Read also: another article.

The treaty was signed by Vladimir Zelensky and Volodymyr Zelenskyy.
"""


def test_what_is_not_its_to_say_is_not_asked(corrigenda: Corrigenda, article: Path) -> None:
    """Errors, names, what was compared with other places, layout and safe corrections stay, whatever it would say."""
    article.write_text(OTHERS, encoding="utf-8")
    alone = corrigenda("check", "a.md", "--format", "json", "--fail-on", "never")
    with serving(model(change="no", sure=99)) as server:
        done = run(corrigenda, server.address)
        assert judged(*server.asked) == []
    assert {finding["check"].partition("/")[0] for finding in findings(alone)} >= {"names", "consistency", "cleanup"}
    assert findings(done) == findings(alone)


def test_a_severity_that_the_user_says_stands(corrigenda: Corrigenda, article: Path, tmp_path: Path) -> None:
    (tmp_path / "corrigenda.toml").write_text(
        f'{OFF}[severity]\n"artefacts/place-calque" = "suggestion"\n', encoding="utf-8"
    )
    with serving(model(change="no", sure=99)) as server:
        done = run(corrigenda, server.address)
        assert judged(*server.asked) == []
    assert severities(done) == {FAIR: "suggestion", FIRE: "suggestion"}


def test_a_check_of_the_house_is_no_matter_of_taste(corrigenda: Corrigenda, article: Path, tmp_path: Path) -> None:
    own = tmp_path / "own" / "house" / "term.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(HOUSE_TERM, encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(
        f'disable = ["all"]\nenable = ["house"]\ncheck-folders = ["own"]\n{OFF}', encoding="utf-8"
    )
    with serving(model(change="no", sure=99)) as server:
        done = run(corrigenda, server.address)
        assert judged(*server.asked) == []
    assert [finding["check"] for finding in findings(done)] == ["house/term"]


def test_what_the_reader_named_too_is_asked_once(corrigenda: Corrigenda, article: Path) -> None:
    with serving(model(place(FAIR, "in", block=2))) as server:
        done = run(corrigenda, server.address)
        asked = [line.partition("⟧")[0] for line in judged(*server.asked)]
    assert sorted(asked) == sorted([FAIR, FIRE])
    assert len(findings(done)) == 2


def test_what_was_refused_to_the_reader_is_not_asked_again(corrigenda: Corrigenda, article: Path) -> None:
    with serving(model(place(FAIR, "in", block=2), change="no", sure=97)) as server:
        done = run(corrigenda, server.address)
        asked = [line.partition("⟧")[0] for line in judged(*server.asked)]
    assert sorted(asked) == sorted([FAIR, FIRE])
    assert severities(done) == {FAIR: "suggestion"}


def test_a_second_run_asks_nothing(corrigenda: Corrigenda, article: Path) -> None:
    with serving(model(change="no", sure=97)) as server:
        first = run(corrigenda, server.address)
        count = len(server.asked)
        second = run(corrigenda, server.address)
        assert (count, len(server.asked)) == (2, 2)
    assert findings(first) == findings(second)


@pytest.mark.parametrize("roles", [["reader", "writer"], ["reader"], []])
def test_without_its_role_it_is_not_asked(corrigenda: Corrigenda, article: Path, roles: list[str]) -> None:
    user(f"[llm]\nroles = {json.dumps(roles)}\n")
    with serving(model(change="no", sure=97)) as server:
        done = run(corrigenda, server.address)
        assert judged(*server.asked) == []
    assert severities(done) == {FAIR: "warning", FIRE: "suggestion"}


def test_it_can_be_asked_alone(corrigenda: Corrigenda, article: Path, tmp_path: Path) -> None:
    user('[llm]\nroles = ["judge"]\n')
    (tmp_path / "corrigenda.toml").write_text(f'disable = ["reading"]\n{OFF}', encoding="utf-8")
    with serving(model(change="no", sure=97)) as server:
        done = run(corrigenda, server.address)
        assert [role_of(body) for body in server.asked] == ["judge"]
    assert severities(done) == {FAIR: "suggestion"}
    assert engine(done)["status"] == "ran"


def test_a_server_that_is_lost_leaves_findings_as_they_were(corrigenda: Corrigenda, article: Path) -> None:
    def answer(body: Body) -> Reply:
        return failure(401, "no") if role_of(body) == "judge" else model()(body)

    with serving(answer) as server:
        done = run(corrigenda, server.address)
    assert severities(done) == {FAIR: "warning", FIRE: "suggestion"}
    assert done.code == 3, "it was asked for"
    own = engine(done)
    assert own["status"] == "failed" and "2 places were not judged" in own["reason"]


def test_nobody_there_leaves_findings_as_they_were(corrigenda: Corrigenda, article: Path) -> None:
    with serving(model()) as server:
        address = server.address
    done = run(corrigenda, address)
    assert severities(done) == {FAIR: "warning", FIRE: "suggestion"}
    assert "2 places were not judged" in engine(done)["reason"]


def test_the_budget_holds_for_it_too(corrigenda: Corrigenda, article: Path) -> None:
    user('[llm]\ntokens = 1\nroles = ["judge"]\n')
    with serving(model(change="no", sure=97)) as server:
        done = run(corrigenda, server.address)
        assert server.asked == []
    assert severities(done) == {FAIR: "warning", FIRE: "suggestion"}
    assert "1 question about other findings not answered (the budget of the run is used up)" in engine(done)["reason"]


@pytest.mark.parametrize(
    "broken", ['{"verdicts": []}', '{"verdicts": [{"place": 9, "change": "no", "sure": 99}]}', "[]"]
)
def test_an_answer_that_says_nothing_changes_nothing(corrigenda: Corrigenda, article: Path, broken: str) -> None:
    with serving(lambda body: completion(broken) if role_of(body) == "judge" else model()(body)) as server:
        done = run(corrigenda, server.address)
    assert severities(done) == {FAIR: "warning", FIRE: "suggestion"}
    assert "2 places were not judged" in engine(done)["reason"]


def test_many_documents_are_billed_together(corrigenda: Corrigenda, article: Path, tmp_path: Path) -> None:
    """The bill is that of the whole run, and not that of its first batch."""
    from corrigenda.pipeline.batch import BATCH

    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(BATCH + 2):
        (folder / f"{number:03}.md").write_text(f"Port {number} is quiet.\n", encoding="utf-8")
    (folder / f"{BATCH + 1:03}.md").write_text(ARTICLE, encoding="utf-8")
    with serving(model(change="no", sure=97)) as server:
        done = run(corrigenda, server.address, paths=("many",))
        count = len(server.asked)
    assert count == BATCH + 3
    assert f"{count} requests" in engine(done)["reason"]
    assert "1 dropped" in engine(done)["reason"]


def voting(*votes: str, sure: int = 90) -> Callable[[Body], Reply]:
    """A judge whose n-th answer says the n-th of these of every place."""
    count = 0

    def answer(body: Body) -> Reply:
        nonlocal count
        if role_of(body) != "judge":
            return model()(body)
        places = len(re.findall(r"^\d+\. ", text_of(body), re.MULTILINE))
        said = votes[count]
        count += 1
        verdicts = [{"place": number, "change": said, "sure": sure} for number in range(1, places + 1)]
        return completion(json.dumps({"verdicts": verdicts}))

    return answer


@pytest.mark.parametrize(
    ("votes", "said"), [(("yes", "yes", "yes"), "90"), (("yes", "no", "yes"), "63"), (("no", "no", "yes"), "37")]
)
def test_votes_are_counted_by_how_sure_they_are(
    corrigenda: Corrigenda, article: Path, votes: tuple[str, ...], said: str
) -> None:
    user('[llm]\nvotes = 3\nroles = ["judge"]\nrequests = 1\n')
    with serving(voting(*votes)) as server:
        done = run(corrigenda, server.address)
        asked = [(body["seed"], body["temperature"]) for body in server.asked]
        lines = [[line.partition("⟧")[0] for line in judged(body)] for body in server.asked]
    assert asked == [(2, 0.0), (3, 0.7), (4, 0.7)]
    assert lines == [[FAIR, FIRE], [FIRE, FAIR], [FAIR, FIRE]], "no place always stands behind the same one"
    for finding in findings(done):
        assert finding["evidence"]["second reading"].startswith(f"{said} of 100")


def test_votes_are_kept(corrigenda: Corrigenda, article: Path) -> None:
    user('[llm]\nvotes = 3\nroles = ["judge"]\n')
    with serving(model(change="no", sure=97)) as server:
        first, second = (run(corrigenda, server.address) for _ in range(2))
        assert len(server.asked) == 3
    assert findings(first) == findings(second)


def test_a_vote_that_is_lost_leaves_the_others(corrigenda: Corrigenda, article: Path) -> None:
    user('[llm]\nvotes = 3\nroles = ["judge"]\n')

    def answer(body: Body) -> Reply:
        return failure(413, "no") if body["seed"] == 3 else model(change="yes", sure=90)(body)

    with serving(answer) as server:
        done = run(corrigenda, server.address)
    assert {finding["evidence"]["second reading"][:9] for finding in findings(done)} == {"90 of 100"}
    assert "1 question about other findings not answered" in engine(done)["reason"]


def test_each_vote_is_of_its_own_place(corrigenda: Corrigenda, article: Path) -> None:
    """A vote on the places backwards comes back to the places."""

    def answer(body: Body) -> Reply:
        first = judged(body)[0].startswith(FAIR)
        verdicts = [{"place": 1, "change": "yes" if first else "no", "sure": 97},
                    {"place": 2, "change": "no" if first else "yes", "sure": 97}]  # fmt: skip
        return completion(json.dumps({"verdicts": verdicts}))

    user('[llm]\nvotes = 2\nroles = ["judge"]\n')
    with serving(answer) as server:
        done = run(corrigenda, server.address)
    assert severities(done) == {FAIR: "warning"}


def with_probabilities(body: Body) -> Reply:
    """A judge whose server gives log-probabilities: it writes yes, and 1 in 20 of it is a no."""
    places = len(re.findall(r"^\d+\. ", text_of(body), re.MULTILINE))
    tokens: list[dict[str, Any]] = []
    for _ in range(places):
        tokens += [{"token": token, "logprob": 0.0, "top_logprobs": []} for token in ('"change":', ' "')]
        others = [{"token": "yes", "logprob": -0.0513}, {"token": "no", "logprob": -2.9957}]
        tokens.append({"token": "yes", "logprob": -0.0513, "top_logprobs": others})
    verdicts = [{"place": number, "change": "yes", "sure": 50} for number in range(1, places + 1)]
    return completion(json.dumps({"verdicts": verdicts}), logprobs={"content": tokens})


def test_a_server_that_gives_probabilities_is_asked_once(corrigenda: Corrigenda, article: Path) -> None:
    user('[llm]\nvotes = 5\nroles = ["judge"]\n')
    with serving(with_probabilities) as server:
        done = run(corrigenda, server.address)
        assert len(server.asked) == 1
    assert {finding["evidence"]["second reading"][:9] for finding in findings(done)} == {"95 of 100"}


@pytest.mark.shipped_bars
def test_what_ships_is_careful() -> None:
    """Only a clear word of the judge changes anything, and the surer a check is, the clearer it has to be."""
    assert 0 < bars().own.drop < bars().own.lower < bars().own.lift < 1
    for confidence in (0.3, 0.5, 0.75, 0.95):
        for judged_so in (0.4, 0.5, 0.6):
            assert reviewed(Severity.SUGGESTION, confidence, judged_so)[0] is not None
            assert reviewed(Severity.WARNING, 0.75, judged_so)[0] is Severity.WARNING
        assert reviewed(Severity.ERROR, confidence, 0.01)[0] is Severity.ERROR
        assert reviewed(Severity.WARNING, confidence, 0.01)[0] is not None
        assert reviewed(Severity.SUGGESTION, confidence, 0.99)[0] is not Severity.ERROR
    assert reviewed(Severity.WARNING, 0.95, 0.1)[0] is Severity.WARNING
    assert reviewed(Severity.WARNING, 0.6, 0.1)[0] is Severity.SUGGESTION
    for severity in (Severity.SUGGESTION, Severity.WARNING):
        assert reviewed(severity, 0.6, 0.01, offered=False) == (severity, 0.6), "it saw nothing that would put it right"
    assert reviewed(Severity.SUGGESTION, 0.6, 0.99, offered=False)[0] is Severity.WARNING
