"""What two parsers that are not ours see in a Markdown text: everything but the words."""

import re
from collections.abc import Hashable
from typing import Any

COPY_FENCE = re.compile(r"\{(?:tip|note)\}")
"""Fences of MyST whose body is copy."""

_COPY = frozenset(("text", "softbreak", "text_special"))
_VERBATIM = frozenset(
    ("code_inline", "html_inline", "code_block", "fence", "html_block", "math_inline", "math_block", "front_matter")
)


def by_markdown_it(text: str, flavour: str) -> Hashable:
    """Return the structure that markdown-it sees, with the plug-ins of a flavour."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.amsmath import amsmath_plugin
    from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
    from mdit_py_plugins.colon_fence import colon_fence_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin
    from mdit_py_plugins.myst_blocks import myst_block_plugin
    from mdit_py_plugins.myst_role import myst_role_plugin
    from mdit_py_plugins.substitution import substitution_plugin
    from mdit_py_plugins.tasklists import tasklists_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(front_matter_plugin).use(footnote_plugin).use(deflist_plugin).use(tasklists_plugin)
    if flavour != "mdx":
        parser.use(dollarmath_plugin, double_inline=True).use(attrs_plugin).use(attrs_block_plugin)
    if flavour == "myst":
        parser.use(colon_fence_plugin).use(myst_role_plugin).use(myst_block_plugin).use(amsmath_plugin)
        parser.use(substitution_plugin)
    environment: dict[str, Any] = {}
    found: list[Hashable] = []
    for token in parser.parse(_plain(text, flavour), environment):
        if token.type == "colon_fence":  # its body is copy
            found.append((token.type, token.info))
            continue
        if token.type == "fence" and COPY_FENCE.match(token.info):
            found.append((token.type, token.info))
            continue
        for one in (token, *(token.children or ())):
            if one.type not in _COPY:
                said = _said(one.type, one.content)
                attributes = tuple(sorted((name, str(value)) for name, value in one.attrs.items()))
                found.append((one.type, one.tag, one.nesting, one.hidden, one.markup, one.info, attributes, said))
    references = environment.get("references", {})
    return tuple(found), tuple(sorted((label, entry["href"]) for label, entry in references.items()))


def by_mistune(text: str, flavour: str) -> Hashable:
    """Return the structure that mistune sees."""
    import mistune

    plugins = ["table", "footnotes", "def_list", "strikethrough", "task_lists", "math", "abbr", "mark", "spoiler"]
    parse = mistune.create_markdown(renderer=None, plugins=plugins, escape=False)
    return _stripped(parse(_plain(text, flavour)))


def _plain(text: str, flavour: str) -> str:
    """Return a text in which the bodies of MkDocs' admonitions and tabs, which not every parser knows, begin lines."""
    text = text.replace("\r\n", "\n")
    if flavour != "mkdocs":
        return text
    return re.sub(r"^(?:!!!|===).*(?:\n(?: {4}.*|$))+", _to_the_left, text, flags=re.MULTILINE)


def _front_matter(content: str) -> str:
    """Return what front matter says to a program; of the fields that are copy, that they are there."""
    import yaml

    said = yaml.safe_load(content)
    assert isinstance(said, dict)
    return repr(
        {key: type(value) if key in ("title", "description", "summary") else value for key, value in said.items()}
    )


def _said(kind: str, content: str) -> str:
    """Return what of a token's content is no copy."""
    if kind == "front_matter":
        return _front_matter(content)
    if kind == "html_block":
        return _tags(content)
    return content if kind in _VERBATIM or "role" in kind else ""


def _tags(html: str) -> str:
    """Return the comments and tags of a piece of HTML: the words between them are copy."""
    return "".join(re.findall(r"<!--.*?-->|<[^<>]*>", html, re.DOTALL))


def _to_the_left(body: "re.Match[str]") -> str:
    return re.sub(r"^ {4}", "", body[0], flags=re.MULTILINE)


def _stripped(value: Any) -> Hashable:
    """Return a tree of mistune's without its words."""
    if isinstance(value, list):
        return tuple(_stripped(item) for item in value if item.get("type") not in ("text", "softbreak", "blank_line"))
    if isinstance(value, dict):
        if value.get("type") == "block_html":
            return "block_html", _tags(value["raw"])
        copy = value.get("type") == "block_code" and COPY_FENCE.match(value.get("attrs", {}).get("info", ""))
        return tuple(
            sorted(
                (key, _stripped(item)) for key, item in value.items() if key != "text" and not (copy and key == "raw")
            )
        )
    return repr(value)
