"""Patterns that lead from a text to its source: what they fit, what they find, and what they must not find."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corrigenda.workspace.discovery import FoundFile
from corrigenda.workspace.pairing import Pairs, Pattern, SourceError, Where, by_patterns


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Pairs]:
    """Make empty files, and pair them all by a pattern."""
    monkeypatch.chdir(tmp_path)

    def call(pattern: str | list[str], *names: str, said: str = "", target: str = "en") -> Pairs:
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{name}\n", encoding="utf-8")
        files = [FoundFile(tmp_path / name, name) for name in names]
        patterns = [Pattern(one) for one in ([pattern] if isinstance(pattern, str) else pattern)]
        return by_patterns(patterns, files, Where(tmp_path, target, lambda _: said))

    return call


def found(pairs: Pairs) -> dict[str, tuple[str, str]]:
    return {path: (origin.display, origin.language) for path, origin in pairs.origins.items()}


@pytest.mark.parametrize(
    ("pattern", "text", "source", "language"),
    [
        ("{stem}.src{ext}", "news/a.md", "news/a.src.md", ""),
        ("{stem}.src{ext}", "news/a.b.md", "news/a.b.src.md", ""),
        ("sources/{name}", "news/a.md", "news/sources/a.md", ""),
        ("../uk/{name}", "en/a.md", "uk/a.md", ""),
        ("../{lang}/{name}", "en/a.md", "uk/a.md", "uk"),
        ("{stem}.{lang}{ext}", "a.md", "a.uk.md", "uk"),
        ("{stem}.{lang}{ext}", "a.en.md", "a.uk.md", "uk"),
        ("{stem}.{lang}{ext}", "a.en-GB.md", "a.pt-BR.md", "pt"),
        ("{stem}_{lang}{ext}", "app_en.arb", "app_zh_CN.arb", "zh"),
        ("content/{lang}/{path}", "content/en/news/a.md", "content/uk/news/a.md", "uk"),
        ("{lang}/{path}", "en-US/a.md", "ja/a.md", "ja"),
        ("locales/{lang}/app.json", "locales/en/app.json", "locales/de/app.json", "de"),
        ("locales/{lang}.json", "locales/en.json", "locales/de.json", "de"),
        ("i18n/{lang}/{lang}.json", "i18n/en/en.json", "i18n/de/de.json", "de"),
        ("originals/{path}", "docs/a.md", "originals/docs/a.md", ""),
    ],
)
def test_a_pattern_leads_to_the_source_which_is_not_checked(
    pair: Callable[..., Pairs], pattern: str, text: str, source: str, language: str
) -> None:
    pairs = pair(pattern, text, source)
    assert found(pairs) == {text: (source, language)}
    assert [file.display for file in pairs.files] == [text]
    assert pairs.serving == 1 and not pairs.problems


def test_texts_without_a_source_are_checked_as_before(pair: Callable[..., Pairs]) -> None:
    pairs = pair("content/{lang}/{path}", "content/en/a.md", "content/de/b.md", "README.md")
    assert not found(pairs) and len(pairs.files) == 3 and not pairs.serving


def test_a_language_that_somebody_said_is_chosen(pair: Callable[..., Pairs]) -> None:
    names = ("content/en/a.md", "content/uk/a.md", "content/ru/a.md")
    assert found(pair("content/{lang}/{path}", *names, said="ru")) == {"content/en/a.md": ("content/ru/a.md", "ru")}


def test_of_several_languages_none_is_guessed_and_it_is_said_once(pair: Callable[..., Pairs]) -> None:
    names = [f"content/{code}/{name}.md" for code in ("en", "uk", "ru") for name in "abc"]
    pairs = pair("content/{lang}/{path}", *names)
    assert not found(pairs)
    (problem,) = pairs.problems
    assert "(ru, uk)" in problem.message and "2 more" in problem.message


def test_the_first_pattern_that_leads_to_a_file_counts(pair: Callable[..., Pairs]) -> None:
    pairs = pair(["{stem}.src{ext}", "../de/{name}"], "en/a.md", "en/a.src.md", "de/a.md", "en/b.md", "de/b.md")
    assert found(pairs) == {"en/a.md": ("en/a.src.md", ""), "en/b.md": ("de/b.md", "")}
    assert [file.display for file in pairs.files] == ["en/a.md", "de/a.md", "en/b.md"]


def test_texts_in_another_language_than_english(pair: Callable[..., Pairs]) -> None:
    pairs = pair("{lang}/{path}", "en/a.md", "de/a.md", target="de")
    assert found(pairs) == {"de/a.md": ("en/a.md", "en")}


def test_a_text_is_never_its_own_source(pair: Callable[..., Pairs], tmp_path: Path) -> None:
    (tmp_path / "a.src.md").symlink_to("a.md")
    assert not found(pair("{stem}.src{ext}", "a.md"))
    assert not found(pair("{name}", "a.md"))


def test_a_source_outside_of_the_project_is_not_read(pair: Callable[..., Pairs], tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.md"
    outside.write_text("Draußen.\n", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.src.md").symlink_to(outside)
    pairs = pair("{stem}.src{ext}", "a.md")
    assert not found(pairs) and "a.src.md" in pairs.problems[0].message
    pairs = pair("../{stem}-outside.md", f"{tmp_path.name}.md")
    assert not found(pairs) and "outside of the project" in pairs.problems[0].message


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("{steam}.md", "no placeholder"),
        ("a{stem.md", "no partner"),
        ("a}.md", "no partner"),
        ("source.md", "same file"),
        ("{stem}{stem}", "once"),
        ("{path}/{name}", "{lang} alone"),
        ("{name}{ext}", "together"),
        ("{stem}\0", "character"),
        ("{stem}" + "x" * 600, "characters"),
    ],
)
def test_patterns_that_cannot_be_used(pattern: str, words: str) -> None:
    with pytest.raises(SourceError, match=words.replace("{", r"\{")):
        Pattern(pattern)


def test_many_texts_in_one_folder_take_no_time(pair: Callable[..., Pairs]) -> None:
    names = [f"{number}.{code}.md" for number in range(400) for code in ("en", "uk")]
    assert len(found(pair("{stem}.{lang}{ext}", *names))) == 400
