"""`corrigenda new-check`: a check file that works as it is, to be changed into one's own."""

import re
from pathlib import Path

import click

from corrigenda.cli.common import fail
from corrigenda.cli.printing import say
from corrigenda.storage import confined

_HEAD = """\
id: {identity}
summary: Say in a few words what is wrong
why: Say why translation leaves this, and what it does to a reader.
category: {category}
severity: suggestion          # error: it cannot be printed; warning: an editor would very likely change it
detector: {detector}
# A correction is made only by a person, or by "fix --unsafe". One that cannot change the meaning may say so, and "fix"
# makes it by itself: corrections: [{{text: "…", applicability: safe}}]; advice that is no text: display-only.
"""

_TAIL = """\
sources:
  - Say who says so, such as a style guide with its section
examples:
"""

_BODIES = {
    "phrases": (
        "style/unidiomatic",
        """\
message: "“{{quote}}” is a word-for-word translation; English says “{{correction}}”."
# An expression a line. ~word stands for every form of a word, a|b for either, word? may be missing.
entries:
  - find: ~make a photo|photograph of
    corrections: ["{{~take}} a photograph of"]
""",
        """\
  wrong:
    - text: They ⟦made a photo of⟧ the bridge.
      right: They took a photograph of the bridge.
  fine:
    - They made a photo album of the journey.
""",
    ),
    "pattern": (
        "accuracy/mistranslation",
        """\
message: "“{{quote}}” has lost its preposition: probably “{{correction}}”."
# A token a word, as spaCy cuts them. :NOUN is any noun, _ any word; ⟦ ⟧ stand around what is marked.
find:
  - "⟦ verb=~listen :DET noun=music|radio|news ⟧"
corrections: ["{{verb}} to the {{noun}}"]
""",
        """\
  wrong:
    - text: In the evening they ⟦listened the radio⟧ in the kitchen.
      right: In the evening they listened to the radio in the kitchen.
  fine:
    - In the evening they listened to the radio in the kitchen.
""",
    ),
    "regex": (
        "design-and-markup/white-space",
        """\
message: "A space is missing behind the full stop: “{{correction}}”."
# RE2 expressions: no look-around and no back-references. The group (?P<mark>…) is what is marked.
find: '[a-z](?P<mark>\\.The)\\b'
corrections: [". The"]
""",
        """\
  wrong:
    - text: It rained all day⟦.The⟧ river rose.
      right: It rained all day. The river rose.
  fine:
    - It rained all day. The river rose.
""",
    ),
    "consistency": (
        "terminology/inconsistent-use",
        """\
message: "“{{quote}}” is called “{{other}}” elsewhere in this text."
# Forms of one thing; where a text has more than one, the rarer is marked. =Word means exactly so, capitals too.
groups:
  - forms:
      - {{label: town hall, find: [town hall]}}
      - {{label: city hall, find: [city hall]}}
""",
        """\
  wrong:
    - text: The town hall was closed. Behind the town hall stood a tree, and the ⟦city hall⟧ was dark.
      right: The town hall was closed. Behind the town hall stood a tree, and the town hall was dark.
  fine:
    - The town hall was closed. Behind the town hall stood a tree.
""",
    ),
}


@click.command(name="new-check", short_help="Write the skeleton of a check of your own.")
@click.argument("identity", metavar="THEME/NAME")
@click.option(
    "--detector",
    type=click.Choice(sorted(_BODIES)),
    default="phrases",
    show_default=True,
    help="The mechanism that it uses.",
)
@click.option("--folder", default="checks", show_default=True, metavar="FOLDER", help="Where your checks lie.")
def command(identity: str, detector: str, folder: str) -> None:
    """Write a check called THEME/NAME that already passes its own examples; change it into what you need."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)+", identity):
        fail(
            f"{identity!r} cannot be a check's name; write a theme and a name in small letters, such as house/our-term"
        )
    path = Path(folder, f"{identity}.yaml")
    try:
        confined.resolved(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(skeleton(identity, detector))
    except FileExistsError:
        fail(f"{path} exists already; choose another name")
    except OSError as error:
        fail(f"{path}: the file cannot be written ({error.strerror or error})")
    say(f"Wrote {path}. Next: change it, run 'corrigenda test-checks {folder}',")
    say(f"and use it with '--checks {folder}', or with check-folders = [\"{folder}\"] in corrigenda.toml.")


def skeleton(identity: str, detector: str) -> str:
    """Return the text of a check file that loads and passes its examples."""
    category, body, examples = _BODIES[detector]
    head = _HEAD.format(identity=identity, category=category, detector=detector)
    return head + body.replace("{{", "{").replace("}}", "}") + _TAIL + examples
