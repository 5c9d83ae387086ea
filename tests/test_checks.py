"""Every shipped check proves itself by its own examples, and is complete."""

import json
from pathlib import Path

import pytest

from corrigenda import resources
from corrigenda.languages import DEFAULT
from corrigenda.pipeline.examples import Failure, failures
from corrigenda.rules.check import CATEGORIES, THEMES, Check, CheckError, check_files, load, problems_of_shipped
from corrigenda.rules.structures import STRUCTURES
from corrigenda.rules.validation import schema
from corrigenda.settings import Settings

FOLDER = resources.folder("checks")
FILES = [path.relative_to(FOLDER).as_posix() for path in check_files(FOLDER)]


@pytest.fixture(scope="module")
def checks() -> dict[str, Check]:
    return {check.id: check for check in (load(path, FOLDER) for path in check_files(FOLDER))}


@pytest.fixture(scope="module")
def failed(checks: dict[str, Check]) -> dict[str, list[Failure]]:
    """The examples of all checks, run in one batch as they run in a report."""
    result: dict[str, list[Failure]] = {identity: [] for identity in checks}
    for failure in failures(list(checks.values()), Settings()):
        result[failure.check].append(failure)
    return result


def test_every_file_in_the_folder_is_a_check() -> None:
    """A file that is left out, say for its name, would have its examples run by nobody."""
    assert sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.y*ml")) == FILES != []


@pytest.mark.parametrize("file", FILES)
def test_examples(file: str, failed: dict[str, list[Failure]]) -> None:
    said = [f"{file}:{failure.line}: {failure.message}" for failure in failed[file.removesuffix(".yaml")]]
    assert not said, "\n".join(said)


@pytest.mark.parametrize("file", FILES)
def test_is_complete(file: str, checks: dict[str, Check]) -> None:
    check = checks[file.removesuffix(".yaml")]
    assert list(problems_of_shipped(check)) == []
    dimension, _, kind = check.category.partition("/")
    assert kind in CATEGORIES[dimension], f"{check.category} is not one of the categories in corrigenda/rules/check.py"
    assert check.id.split("/")[0] in THEMES
    assert len({example.text for example in check.wrong}) == len(check.wrong)
    assert len(set(check.fine)) == len(check.fine)


@pytest.mark.parametrize("file", FILES)
def test_wrong_examples_are_wrong_and_right_ones_right(file: str, checks: dict[str, Check]) -> None:
    for example in checks[file.removesuffix(".yaml")].wrong:
        assert example.right is None or example.right != example.text


def test_no_check_calls_the_good_english_of_another_an_error(checks: dict[str, Check]) -> None:
    """A hard negative of one check is good English; an error of another check in it would be a false alarm."""
    from corrigenda.pipeline.checker import Checker
    from corrigenda.pipeline.examples import findings, read_pair
    from corrigenda.pipeline.index import load as load_index

    texts = [(check.id, text) for check in checks.values() for text in check.fine]
    sources = [check.fine_sources.get(n, ("", "")) for check in checks.values() for n in range(len(check.fine))]
    documents = [
        read_pair(text, f"{number} {identity}", DEFAULT, *source)
        for number, ((identity, text), source) in enumerate(zip(texts, sources, strict=True))
    ]
    found = findings(Checker(load_index(), Settings()), documents)
    errors = {
        f"{identity}: {text!r}: {finding.check} {finding.quote!r}"
        for (identity, text), own in zip(texts, found, strict=True)
        for finding in own
        if finding.severity.value == "error"
    }
    assert errors == set()


def test_every_module_of_detectors_is_found_by_its_name() -> None:
    from corrigenda import detectors
    from corrigenda.detectors import registry

    folder = Path(detectors.__path__[0])
    modules = {path.stem for path in folder.glob("*.py") if "\nDETECTOR = " in path.read_text(encoding="utf-8")}
    found = registry.built_in()
    assert {detector.name.replace("-", "_") for detector in found} == modules
    assert all(registry.detector(detector.name) is detector for detector in found)
    with pytest.raises(registry.UnknownDetectorError):
        registry.detector("entries")


def test_structures_of_the_index_are_known(checks: dict[str, Check]) -> None:
    from corrigenda.detectors import registry
    from corrigenda.pipeline.index import load as load_index

    own = {detector.name for detector in registry.built_in()}
    assert set(load_index(enabled=["all"]).structures) <= {*STRUCTURES, *own}


def test_the_schema_file_is_what_the_detectors_say() -> None:
    from corrigenda.pipeline import check_schema

    text = resources.path("checks", "check.schema.json").read_text(encoding="utf-8")
    assert text == check_schema.text(), "run 'python -m corrigenda.pipeline.check_schema'"


def test_the_schema_is_one_that_editors_can_use() -> None:
    """It holds for every shipped check, by a validator that knows nothing of the detectors."""
    import jsonschema
    import yaml

    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    for path in check_files(FOLDER):
        validator.validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "broken",
    [
        {"find": 7},
        {"find": []},
        {"find": ""},
        {"finds": "a fair"},
        {"detector": "phrase", "find": "a fair"},
        {"entries": [{"find": "a fair", "excpt": ["b"]}]},
        {"entries": [{"corrections": ["b"]}]},
        {"entries": []},
        {"find": "a fair", "if": {"word": ["b"]}},
        {"find": "a fair", "if": {"words": ["b"], "within": "page"}},
        {"find": "a fair", "compare": {"margin": 21}},
        {"find": "a fair", "marks": "all"},
        {"find": "a fair", "literals": ["fair"]},
        {"find": "a fair", "severity": "grave"},
        {"find": "a fair", "confidence": 1.5},
        {"find": "a fair", "regions": ["margin"]},
        {"find": "a fair", "aliases": ["term"]},
        {"find": "a fair", "status": "draft"},
        {"find": "a fair", "corrections": [{"txt": "b"}]},
        {"find": "a fair", "corrections": [{"text": "b", "applicability": "sure"}]},
        {"detector": "sense", "sets": ["de"]},
        {"detector": "placement", "kind": "footer"},
        {"detector": "outlier", "thresholds": {"page": 0.1, "repeats": 0.2}},
        {"detector": "duplicate", "overlap": 0.5, "close": 2},
        {"detector": "nearest", "kinds": ["calque", "calque"], "share": 0.5, "margin": 0},
    ],
)
def test_the_schema_refuses_what_is_wrong(broken: dict[str, object]) -> None:
    import jsonschema

    good = {
        "id": "house/term",
        "summary": "The house says otherwise",
        "why": "The house style names another word for this thing.",
        "category": "style/unidiomatic",
        "severity": "suggestion",
        "detector": "phrases",
    }
    validator = jsonschema.Draft202012Validator(schema())
    assert validator.is_valid({**good, "find": "a fair"})
    assert not validator.is_valid({**good, **broken})


GOOD = """\
id: house/term
summary: The house says otherwise
why: The house style names another word for this thing.
category: style/unidiomatic
severity: suggestion
detector: phrases
find: on the territory of
"""


def test_an_entry_has_examples_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "house" / "term.yaml"
    path.parent.mkdir()
    path.write_text(
        GOOD.replace("find: on the territory of\n", "")
        + """entries:
  - find: on the territory of
    corrections: [in]
    wrong:
      - A fair was held ⟦on the territory of⟧ the port.
      - {text: "He slept ⟦on the territory of⟧ the zoo.", right: He slept in the zoo.}
    fine: [The territory of the wolf is large.]
  - find: the far abroad
    wrong: ["They sailed to ⟦the far abroad⟧."]
    fine:
      - They sailed far abroad.
      - The far abroad is where they sailed.
""",
        encoding="utf-8",
    )
    check = load(path, tmp_path)
    assert [len(check.wrong), len(check.fine)] == [3, 3]
    assert check.wrong[1].right == "He slept in the zoo."
    (failure,) = failures([check])
    assert "must not be found in, but 'The far abroad' was" in failure.message
    assert path.read_text(encoding="utf-8").splitlines()[failure.line - 1].strip().startswith("- The far abroad is")
    path.write_text(path.read_text(encoding="utf-8").replace("⟦the far abroad⟧", "the far abroad"), encoding="utf-8")
    with pytest.raises(CheckError, match="mark with ⟦ ⟧") as caught:
        load(path, tmp_path)
    assert "They sailed to" in path.read_text(encoding="utf-8").splitlines()[caught.value.line - 1]


def test_words_that_must_be_near_hold_no_alternatives(tmp_path: Path) -> None:
    error = refused(tmp_path, GOOD + "if:\n  words: [port, a fair|old market]\n")
    assert (error.line, "write each of them by itself: [a fair, old market]" in str(error)) == (9, True)


def refused(tmp_path: Path, text: str, name: str = "house/term.yaml") -> CheckError:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CheckError) as caught:
        from corrigenda.pipeline.compile import compile_checks

        compile_checks([load(path, tmp_path)])
    return caught.value


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("severity: suggestion", "severty: suggestion"), 5, "did you mean 'severity'"),
        (("severity: suggestion", "severity: sugestion"), 5, "write suggestion"),
        (("detector: phrases", "detector: phrase"), 6, "write phrases"),
        (("find: on the territory of", "find: 7"), 7, "find"),
        (("find: on the territory of", "find: 'on (the'\nfindd: x"), 8, "did you mean 'find'"),
        (("find: on the territory of", "entries: [{find: a fair, excpt: [b]}]"), 7, "did you mean 'except'"),
        (("find: on the territory of", "entries:\n  - find: a fair\n    excpt: [b]"), 9, "did you mean 'except'"),
        (("find: on the territory of", "find: a fair\nliterals: [fair]"), 8, "'literals' is not a key"),
        (("find: on the territory of", "find: 'the~'\nfind: x"), 8, "stands twice"),
        (("find: on the territory of", "find: on the :NOUN"), 7, "detector: pattern"),
        (("find: on the territory of", "find: '@nothing of'"), 7, "names no word list"),
        (("find: on the territory of", "find: the? of?"), 7, "every token may be missing"),
        (("find: on the territory of", "find: '_ _'"), 7, "no word that could announce it"),
        (("find: on the territory of", "find: 'a ⟦ b'"), 7, "⟦ without its ⟧"),
        (("id: house/term", "id: house/other"), 1, "house/term"),
        (("id: house/term", "id: [house"), None, "not valid YAML"),
        (("category: style/unidiomatic", "category: taste/bad"), 4, "form"),
        (("summary: The house says otherwise\n", ""), None, "summary"),
        (("find: on the territory of", "find: at\nmessage: not {qoute}"), 8, "did you mean {quote}?"),
        (("find: on the territory of", "find: at\ncorrections: [upon, 'in {plce}']"), 8, "nothing fills {plce}"),
        (("find: on the territory of", "find: place=on the\ncorrections:\n- at\n- '{plce} of'"), 10, "mean {place}?"),
        (("find: on the territory of", "find: v=~give\ncorrections: ['{w~take}']"), 8, "nothing fills {w~take}"),
        (("find: on the territory of", "find: given\ncorrections: ['{~take}']"), 8, "with all its forms"),
        (("find: on the territory of", "find: v=~give\ncorrections: ['{v:title}']"), 8, "{v:lower}"),
        (("find: on the territory of", "entries:\n- find: at\n  message: not {x}"), 9, "nothing fills {x}"),
        (("find: on the territory of", "entries:\n- find: at\n- find: v=at\n  corrections: ['{w}']"), 10, "{v}"),
        (("find: on the territory of", "entries:\n- find: v=at\n- find: at\n  corrections: ['{v}']"), 10, "{v}"),
        (
            ("detector: phrases\nfind: on the territory of", "detector: sense\nsets: [it]\ncompare: {margin: 1}"),
            7,
            "it",
        ),
        (("detector: phrases\nfind: on the territory of", "detector: repetition\nmessage: '{wrd}'"), 7, "mean {word}?"),
    ],
)
def test_faulty_check_is_refused_with_its_line(
    tmp_path: Path, change: tuple[str, str], line: int | None, words: str
) -> None:
    error = refused(tmp_path, GOOD.replace(*change))
    assert words in str(error)
    assert str(error).startswith(f"{tmp_path / 'house' / 'term.yaml'}:")
    if line is not None:
        assert error.line == line


@pytest.mark.parametrize(
    ("expression", "words"),
    [("(a", "missing"), ("a(?=b)", "look-around"), ("x*", "matches nothing at all")],
)
def test_faulty_expression_is_refused(tmp_path: Path, expression: str, words: str) -> None:
    text = GOOD.replace("detector: phrases", "detector: regex").replace(
        "find: on the territory of", f"find: '{expression}'"
    )
    assert words in refused(tmp_path, text).message


def test_example_without_a_mark_is_refused(tmp_path: Path) -> None:
    error = refused(tmp_path, GOOD + "examples:\n  wrong:\n    - text: On the territory of the fair.\n")
    assert (error.line, "⟦" in error.message) == (10, True)


def test_placeholders_that_a_match_fills_are_taken(tmp_path: Path) -> None:
    text = GOOD.replace(
        "find: on the territory of",
        "find: [v=~give up, 'place=_ of town']\nmessage: “{quote}” is “{correction}” at {place}\n"
        "corrections: ['{v~hand} in', '{~hand} in', '{place:lower} {place}', '{quote}']",
    )
    path = tmp_path / "house" / "term.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    from corrigenda.pipeline.compile import compile_checks

    (rule,) = compile_checks([load(path, tmp_path)])["rules"]
    assert len(json.loads(rule["rest"])[3][3]) == 2, "both patterns"


def test_own_check_may_have_few_examples(tmp_path: Path) -> None:
    path = tmp_path / "house" / "term.yaml"
    path.parent.mkdir()
    path.write_text(GOOD, encoding="utf-8")
    check = load(path, tmp_path)
    assert failures([check]) == []
    assert len(list(problems_of_shipped(check))) == 4


def test_an_example_that_fails_is_told_with_what_happened(tmp_path: Path) -> None:
    path = tmp_path / "house" / "term.yaml"
    path.parent.mkdir()
    path.write_text(
        GOOD
        + """\
corrections: ["in"]
examples:
  wrong:
    - {text: "It stood ⟦on the territory⟧ of the port.", right: "It stood in the port."}
    - {text: "It stood ⟦on the territory of⟧ the port.", right: "It stood at the port."}
    - {text: "It stood ⟦in⟧ the port."}
  fine: ["It was on the territory of the port."]
""",
        encoding="utf-8",
    )
    found = failures([load(path, tmp_path)])
    assert [failure.line for failure in found] == [11, 12, 13, 14]
    assert "but found 'on the territory of'" in found[0].message
    assert "'It stood in the port.'" in found[1].message
    assert "but found nothing" in found[2].message
    assert "must not be found" in found[3].message
