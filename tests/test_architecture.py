"""What docs/architecture.md promises of the modules, where import-linter cannot say it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import corrigenda

PACKAGE = Path(corrigenda.__file__).parent
MODULES = {
    ".".join(("corrigenda", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
LOOSE = 10
"""How many modules may stand beside the folders."""

EMPTY_CALLS = frozenset(
    {"bytearray", "Cache", "count", "Counter", "defaultdict", "deque", "dict", "list", "Lock", "OrderedDict", "RLock",
     "set", "WeakKeyDictionary", "WeakValueDictionary"}
)  # fmt: skip
CHANGING = frozenset(
    {"add", "append", "appendleft", "clear", "difference_update", "discard", "extend", "insert", "intersection_update",
     "pop", "popitem", "remove", "reverse", "setdefault", "sort", "symmetric_difference_update", "update"}
)  # fmt: skip
FROZEN = frozenset(
    {"Fraction", "bool", "float", "frozenset", "int", "str", "tuple",
     "Mapping", "Sequence", "Path", "re", "Pattern", "None",
     # They hold nothing but what they were made with.
     "Cues", "Curated", "Detector", "Grammar", "Language", "Reader", "_Known"}
)  # fmt: skip
"""What a function that is asked once in a process may return, besides our frozen classes: everyone gets the same
object.
"""

ALLOWED = {
    "corrigenda.engines.judge.judge: fitted": "weights as the file has them; who reads them copies what it needs",
    "corrigenda.engines.judge.models: _encoder": "a loaded model, which answers any thread the same",
    "corrigenda.engines.judge.models: _language_model": "a loaded model, which answers any thread the same",
    "corrigenda.expressions: compiled": "an expression of RE2, which cannot be changed",
    "corrigenda.names.gazetteer: _shipped": "makes its table when it has been asked often; its answers stay the same",
    "corrigenda.pipeline.workers: _process": "what a worker process is for; put in when it starts",
}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imported(module: str, node: ast.AST) -> list[str]:
    """The modules of ours that an import statement loads; of `from package import name` the module of that name."""
    if isinstance(node, ast.Import):
        return [name.name for name in node.names if name.name in MODULES]
    if not isinstance(node, ast.ImportFrom):
        return []
    source = node.module or ""
    if node.level:
        package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
        parts = package.split(".")[: len(package.split(".")) - node.level + 1]
        source = ".".join([*parts, *([node.module] if node.module else [])])
    if source not in MODULES:
        return []
    return [f"{source}.{name.name}" if f"{source}.{name.name}" in MODULES else source for name in node.names]


def imports(module: str) -> Iterator[tuple[int, bool, str]]:
    """Every import of a module of ours: its line, whether it stands in a function, and what it loads; none for types
    alone.
    """

    def walk(node: ast.AST, inside: bool) -> Iterator[tuple[int, bool, str]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            if isinstance(child, ast.Import | ast.ImportFrom):
                for target in imported(module, child):
                    yield child.lineno, inside, target
            yield from walk(child, inside or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda))

    return walk(tree(module), False)


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Neither when they are loaded nor in their functions."""
    graph = {module: sorted({target for _, _, target in imports(module) if target != module}) for module in MODULES}
    # The package itself hands its library out when that is first asked for, and has the version for everyone.
    graph["corrigenda"] = []
    done: set[str] = set()
    circles: list[str] = []

    def visit(module: str, way: list[str]) -> None:
        if module in way:
            circles.append(" → ".join([*way[way.index(module) :], module]))
        elif module not in done:
            for target in graph[module]:
                visit(target, [*way, module])
            done.add(module)

    for module in graph:
        visit(module, [])
    assert circles == []


def test_an_import_in_a_function_says_why() -> None:
    """Own modules are imported at the top; in a function only where that keeps start-up light, with a comment that
    begins with `deferred`, on its line or above it. One at the margin speaks for all functions of its module, or of its
    package.
    """
    silent = []
    for module, path in MODULES.items():
        lines = path.read_text(encoding="utf-8").splitlines()
        package = (path.parent / "__init__.py").read_text(encoding="utf-8").splitlines()
        if any(line.startswith("# deferred") for line in (*lines, *package)):
            continue
        for number, inside, target in imports(module):
            if inside and not said(lines, number - 1):
                silent.append(f"{path.relative_to(PACKAGE.parent)}:{number}: {target}")
    assert silent == []


def said(lines: list[str], at: int) -> bool:
    """Whether a line, or the comment above it and above the imports that stand before it, holds the words."""
    if "# deferred" in lines[at]:
        return True
    while at and (not lines[at - 1].strip() or lines[at - 1].strip().startswith(("from ", "import ", "#"))):
        at -= 1
        if "# deferred" in lines[at]:
            return True
    return False


def test_few_modules_stand_beside_the_folders() -> None:
    loose = [path.name for path in PACKAGE.glob("*.py") if not path.name.startswith("__")]
    assert len(loose) <= LOOSE, loose


@cache
def frozen() -> frozenset[str]:
    """The names of types that cannot be changed: the known ones, frozen classes of ours, and names given to either."""
    found = set(FROZEN)
    aliases: dict[str, set[str]] = {}
    for module in MODULES:
        for node in tree(module).body:
            if isinstance(node, ast.ClassDef):
                made = [ast.unparse(part) for part in (*node.bases, *node.decorator_list)]
                if any("NamedTuple" in part or "Enum" in part or "frozen=True" in part for part in made):
                    found.add(node.name)
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript):
                aliases[ast.unparse(node.targets[0])] = set(re.findall(r"\w+", ast.unparse(node.value)))
    return frozenset(found | {name for name, words in aliases.items() if words <= found})


def mutable(module: str) -> Iterator[tuple[str, str]]:
    """The names, with line and reason, of what at the level of a module one run could change and another read: names
    that a function binds anew, containers that are changed or that are empty at first, and what a cached function hands
    out.
    """
    body = tree(module).body
    functions = [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    filled = {name for node in body if not isinstance(node, ast.ClassDef) for name, _ in changes(node)}
    constants: set[str] = set()
    for node in body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        names = [ast.unparse(target) for target in (node.targets if isinstance(node, ast.Assign) else [node.target])]
        constants.update(names)
        value = ast.unparse(node.value)
        called = value.removesuffix("()").rpartition(".")[2] if value.endswith("()") else ""
        if (value in ("{}", "[]") or called in EMPTY_CALLS) and not filled & set(names):
            yield names[0], f"{node.lineno}: empty at first"
    for function in functions:
        for node in ast.walk(function):
            if isinstance(node, ast.Global):
                yield ", ".join(node.names), f"{node.lineno}: bound anew by {function.name}"
        for name, line in changes(function):
            if name in constants:
                yield name, f"{line}: changed by {function.name}"
        if any(is_cached(decorator) for decorator in function.decorator_list):
            returned = ast.unparse(function.returns).strip("\"'") if function.returns else "something"
            if not set(re.findall(r"\w+", returned)) <= frozen():
                yield function.name, f"{function.lineno}: kept for all, and returns {returned}"


def changes(node: ast.AST) -> Iterator[tuple[str, int]]:
    """The names of containers that a statement or a function changes, and the lines."""
    for part in ast.walk(node):
        if isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store | ast.Del):
            yield ast.unparse(part.value), part.lineno
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in CHANGING:
            yield ast.unparse(part.func.value), part.lineno


def is_cached(decorator: ast.expr) -> bool:
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(function).rpartition(".")[2] in ("cache", "lru_cache")


def test_nothing_at_the_level_of_a_module_can_change() -> None:
    """Two runs in one process, or in two threads, would see each other there."""
    found = {f"{module}: {name}": why for module in MODULES for name, why in mutable(module)}
    assert {what: why for what, why in found.items() if what not in ALLOWED} == {}
    assert ALLOWED.keys() <= found.keys(), "an exception that is not needed any more"


def test_commands_print_through_one_door() -> None:
    """`cli/printing.py` makes visible what is not ours. A progress line is our own words and figures."""
    allowed = ("corrigenda.cli.printing", ".supervisor")
    allowed_functions = {("corrigenda.cli.progress", "Progress")}
    printing = {"click.echo", "click.secho", "print", "sys.stdout.write", "sys.stderr.write", "sys.stdout.buffer.write"}
    found = []
    for module in MODULES:
        if module.endswith(allowed):
            continue
        for top in tree(module).body:
            if (module, getattr(top, "name", "")) in allowed_functions:
                continue
            found += [
                f"{module}:{node.lineno}: {ast.unparse(node.func)}"
                for node in ast.walk(top)
                if isinstance(node, ast.Call) and ast.unparse(node.func) in printing
            ]
    assert found == []


OPENED = {
    "corrigenda.cli.new_check": "makes a file, and opens none that is there",
    "corrigenda.documents.registry": "the heads of our own modules",
    "corrigenda.pipeline.compile": "writes the index of the wheel",
    "corrigenda.pipeline.index": "the user's cache",
    "corrigenda.pipeline.index_key": "our own code and corpora; a stranger's checks go through corrigenda.storage",
    "corrigenda.rules.lexicon": "our own corpora",
    "corrigenda.reporting.github": "the summary, whose place the runner says",
}
"""Modules that open files by themselves, and why these are not a repository's."""


def test_what_a_repository_holds_is_opened_through_one_module() -> None:
    """`storage/confined.py` waits for no pipe, reads no file without end, and lets no link lead out."""
    folders = ("cli", "detectors", "documents", "fixes", "gate", "pipeline", "reporting", "rules", "workspace")
    opening = {"open", "read_bytes", "read_text", "write_bytes", "write_text"}
    found: dict[str, list[str]] = {}
    for module in MODULES:
        if module.split(".")[1:2] and module.split(".")[1] not in folders:
            continue
        for node in ast.walk(tree(module)):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            owner = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
            ours = owner in ("confined", "registry", "reading") or owner.startswith(
                ("resources.path(", "content.path(")
            )
            own = name == "read_bytes" and isinstance(node.func, ast.Name)  # the registry's
            if name in opening and not ours and not own:
                found.setdefault(module, []).append(f"line {node.lineno}: {ast.unparse(node.func)}")
    assert {module: lines for module, lines in found.items() if module not in OPENED} == {}
    assert OPENED.keys() <= found.keys(), "an exception that is not needed any more"
