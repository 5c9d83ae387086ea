"""A localisation repository of 5,000 units beside pofilter of translate-toolkit: seconds, memory, 300 planted faults.

    python benchmarks/catalogues.py [--units 5000] [--pofilter PATH] [--engines off]

A catalogue of German sources with English translations is made up, the same one every time, as PO and as XLIFF; in 300
of its units a fault of one of ten kinds is planted, 30 of each. Each program runs in a process of its own:

    seconds     from start to end; corrigenda twice, the second time with what the first kept
    MB          highest memory of the process
    found       planted faults in whose unit anything is found, by kind; in brackets at warning or above
    elsewhere   units without a fault in which something is found

`--pofilter` names the program in an environment of its own (`pip install translate-toolkit`); without it corrigenda
runs alone. `--engines` is what is said of the models; "off" leaves the rules.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
A_KIND = 30
_NAMES = ("Anna Berger", "Jonas Keller", "Marie Vogel", "Paul Winter", "Lena Brandt", "Emil Krause")
_CITIES = ("Bremen", "Kassel", "Mainz", "Jena", "Ulm", "Trier")
_SENTENCES = (
    ("Die Datei wurde am {n}. Mai gespeichert.", "The file was saved on {n} May."),
    ("Es wurden {n} Nachrichten an {name} gesendet.", "{n} messages were sent to {name}."),
    ("Das Konto von {name} läuft in {n} Tagen ab.", "{name}'s account expires in {n} days."),
    ("Der Drucker in {city} antwortet nicht.", "The printer in {city} is not responding."),
    ("Sie können diese Einstellung nicht ändern. Fragen Sie {name}.", "You cannot change this setting. Ask {name}."),
    ("Öffnen Sie <b>%(file)s</b> und drücken Sie die Taste.", "Open <b>%(file)s</b> and press the key."),
    ("Die Suche nach %s ergab {n} Treffer.", "The search for %s returned {n} results."),
    ("Wollen Sie {{count}} Dateien wirklich löschen?", "Do you really want to delete {{count}} files?"),
    ("Die Verbindung nach {city} wurde unterbrochen.", "The connection to {city} was lost."),
    ("Das Paket wiegt {n} kg. Es kommt aus {city}.", "The parcel weighs {n} kg. It comes from {city}."),
    (
        "Bitte warten Sie, bis %(user)s die Anfrage bestätigt hat.",
        "Please wait until %(user)s has confirmed the request.",
    ),
    ("Die Sitzung in {city} dauert {n} Minuten.", "The meeting in {city} lasts {n} minutes."),
    ("Ihr Passwort muss mindestens {n} Zeichen haben.", "Your password must have at least {n} characters."),
    ("Auf dem Gerät sind noch {n} GB frei.", "There are {n} GB left on the device."),
    ("Die Anmeldung ist fehlgeschlagen. Versuchen Sie es später noch einmal.", "The login failed. Try again later."),
)


class Unit(NamedTuple):
    """A unit: its name, source and translation, and the kind of the fault in it ("" for none)."""

    name: str
    source: str
    target: str
    fault: str = ""


def units(number: int) -> list[Unit]:
    """Return so many units without a fault, always the same."""
    chance = random.Random(11)
    made: list[Unit] = []
    for at in range(number):
        source, target = chance.choice(_SENTENCES)
        values = {"n": str(chance.randint(2, 28)), "name": chance.choice(_NAMES), "city": chance.choice(_CITIES)}
        for key, value in values.items():
            source, target = (re.sub(rf"(?<!{{)\{{{key}\}}(?!}})", value, text) for text in (source, target))
        made.append(Unit(f"u{at}", source, target))
    return made


def _figure(unit: Unit) -> str:
    return re.sub(r"(?<!\w)\d+", lambda found: str(int(found[0]) + 3), unit.target, count=1)


def _name(unit: Unit) -> str:
    own = next((name for name in _NAMES if name in unit.target), "")
    return unit.target.replace(own, _NAMES[_NAMES.index(own) - 1]) if own else unit.target


def _lost_sentence(unit: Unit) -> str:
    return unit.target.partition(". ")[0] + "." if ". " in unit.target else unit.target


def _doubled(unit: Unit) -> str:
    return re.sub(r"\b(the|your|this)\b", r"\1 \1", unit.target, count=1)


FAULTS: Mapping[str, Callable[[Unit], str]] = {
    "figure changed": _figure,
    "name changed": _name,
    "sentence lost": _lost_sentence,
    "negation lost": lambda unit: unit.target.replace("is not responding", "is responding").replace("cannot", "can"),
    "placeholder lost": lambda unit: re.sub(r"%\(user\)s|%s|\{\{count\}\} ?", "", unit.target, count=1),
    "placeholder changed": lambda unit: re.sub(r"%\((\w+)\)s", r"%(\1x)s", unit.target, count=1),
    "tag lost": lambda unit: unit.target.replace("</b>", ""),
    "end mark": lambda unit: unit.target[:-1] + ("." if unit.target.endswith("?") else "?"),
    "untranslated": lambda unit: unit.source,
    "word doubled": _doubled,
}


def with_faults(good: Sequence[Unit]) -> list[Unit]:
    """Return units in some of which a fault is planted, each kind in as many."""
    chance = random.Random(12)
    made = list(good)
    free = list(range(len(made)))
    chance.shuffle(free)
    for kind, damage in FAULTS.items():
        planted = 0
        for at in list(free):
            if planted == A_KIND:
                break
            target = damage(made[at])
            if target != made[at].target:
                made[at] = made[at]._replace(target=target, fault=kind)
                free.remove(at)
                planted += 1
    return made


def po(made: Sequence[Unit]) -> str:
    """Return units as a PO file."""

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    head = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    rows = (f"msgctxt {quoted(u.name)}\nmsgid {quoted(u.source)}\nmsgstr {quoted(u.target)}\n" for u in made)
    return "\n".join([head, *rows])


def xliff(made: Sequence[Unit]) -> str:
    """Return units as an XLIFF file."""
    rows = "\n".join(
        f'<trans-unit id="{u.name}"><source>{escape(u.source)}</source><target>{escape(u.target)}</target></trans-unit>'
        for u in made
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        f'<file original="a" datatype="plaintext" source-language="de" target-language="en"><body>\n{rows}\n'
        "</body></file></xliff>\n"
    )


class Run(NamedTuple):
    """What a program took, and what it printed."""

    seconds: float
    megabytes: float
    out: str


def measured(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> Run:
    """Run a program and watch its memory."""
    begun = time.perf_counter()
    peak = 0.0
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=err, env=dict(env))
        while process.poll() is None:
            try:
                found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8"))
            except OSError:
                found = None
            peak = max(peak, int(found[1]) / 1024 if found is not None else 0.0)
            time.sleep(0.02)
    return Run(time.perf_counter() - begun, peak, (folder / "out").read_text(encoding="utf-8"))


def show(name: str, run: Run, made: Sequence[Unit], found: set[str], grave: set[str]) -> None:
    """Print what a program took and found."""
    kinds = Counter(unit.fault for unit in made if unit.fault and unit.name in found)
    sure = Counter(unit.fault for unit in made if unit.fault and unit.name in grave)
    elsewhere = sum(1 for unit in made if not unit.fault and unit.name in found)
    grave_elsewhere = sum(1 for unit in made if not unit.fault and unit.name in grave)
    print(f"{name}: {run.seconds:.1f} s, {run.megabytes:.0f} MB")
    for kind in FAULTS:
        print(f"    {kind:20} {kinds[kind]:3} ({sure[kind]})")
    print(f"    {'all':20} {kinds.total():3} ({sure.total()}) of {sum(1 for unit in made if unit.fault)}")
    print(f"    {'elsewhere':20} {elsewhere:3} ({grave_elsewhere}) of {sum(1 for unit in made if not unit.fault):,}")


def _corrigenda(file: str, made: Sequence[Unit], folder: Path, engines: str) -> None:
    env = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": str(ROOT)}
    configuration = f'[engines]\ngrammar = "off"\nembeddings = "{engines}"\nlanguage-model = "{engines}"\n'
    (folder / "corrigenda.toml").write_text(configuration, encoding="utf-8")
    command = [sys.executable, "-m", "corrigenda", "check", file, "--format", "json", "--fail-on", "never", "-q"]
    (folder / "b.txt").write_text("A boat came.\n", encoding="utf-8")
    measured([*command[:4], "b.txt"], folder, env)  # the index is compiled once, for all runs
    for turn in ("first run", "second run"):
        run = measured(command, folder, env)
        findings = [one for document in json.loads(run.out)["documents"] for one in document["findings"]]
        named = [(one["label"].removeprefix("unit "), one["severity"]) for one in findings]
        found = {name for name, _ in named}
        grave = {name for name, severity in named if severity != "suggestion"}
        if turn == "first run":
            show(f"corrigenda, {file}, {turn}", run, made, found, grave)
        else:
            print(f"corrigenda, {file}, {turn}: {run.seconds:.1f} s, {run.megabytes:.0f} MB")


def _pofilter(program: str, file: str, made: Sequence[Unit], folder: Path) -> None:
    out = folder / f"filtered-{file}"
    run = measured([program, "--language=en", file, str(out)], folder, os.environ)
    said = out.read_text(encoding="utf-8") if out.exists() else ""
    if file.endswith(".po"):
        names = set(re.findall(r'msgctxt "(u\d+)"', said))
    else:  # all units are there, those in which something was found with a note
        parts = re.findall(r'<trans-unit[^>]* id="(u\d+)"(.*?)</trans-unit>', said, re.DOTALL)
        names = {name for name, inside in parts if "pofilter" in inside}
    show(f"pofilter, {file}", run, made, names, names)


def main() -> None:
    """Make the catalogues, run the programs, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=5_000)
    parser.add_argument("--pofilter")
    parser.add_argument("--engines", default="auto", choices=("auto", "on", "off"))
    given = parser.parse_args()
    made = with_faults(units(given.units))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.po").write_text(po(made), encoding="utf-8")
        (folder / "a.xlf").write_text(xliff(made), encoding="utf-8")
        for file in ("a.po", "a.xlf"):
            _corrigenda(file, made, folder, given.engines)
            if given.pofilter:
                _pofilter(given.pofilter, file, made, folder)


if __name__ == "__main__":
    main()
