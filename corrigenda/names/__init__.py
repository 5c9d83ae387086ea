"""The name index: is this a name, which one, are these two the same?

A library below the detectors, without the engine. What to import from where:

- `context.NameContext`: one text with its name table; every function below takes it.
- `verdict.is_name`: the question that every correction asks first.
- `pairs.mixed_spellings`: one name in two spellings inside one text.
- `endings.case_endings`, `endings.adjectives`: Slavic endings left on.
- `house.house_style`, `house.outdated`, `house.mixed_romanisation`, `house.given_name_forms`.
- `near_miss.near_misses`: a rare form one slip from a frequent name.
- `institutions.changed_institutions`, `institutions.acronyms`.
- `across.NameIndex`: many documents; `index.DocumentNames`: one document's table, which may be kept.
- `romanise`, `gazetteer`, `data`, `words`, `lists`: what these rest on.

Importing this package costs nothing; every list is read when it is first asked.
"""
