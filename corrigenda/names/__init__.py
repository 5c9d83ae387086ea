"""Names: is this a name, which one, are these two the same?

A library that knows nothing of detectors, checks and readers. What to import from where:

- `tables.names_of`, `tables.NameTables`: a document's names, as a `context.NameContext`, which every function below
  takes; `table.DocumentNames` is the table in it.
- `verdict.is_name`: the question to ask before a word is corrected.
- `report.all_pairs`: every name that stands in two forms; `report.all_issues`: every form that is not as it should be.
  These ask, in turn: `pairs`, `order` (two forms) and `curated`, `adjectives`, `endings`, `near_miss`, `institutions`,
  `acronyms`.
- `choice.recommend`: which of two forms to write, and why; `leaning` and `systems` say whose forms belong to a person,
  a place or a text.
- `index.NameIndex`: the names of many documents.
- `severity`: what a certainty is worth in a report.
- `judgement.judge`: whether the two forms of a `candidate.Candidate` are one name, by its rules and `vetoes`.
- `bearers` and `rosters`: whether a person or a town bears a name at one of its places, and whether two stand in one
  enumeration.
- `romanise` (how words sound and how far apart they are), `respelling` (what comes back from Cyrillic), `syllables`
  (Chinese), `eastern` (whole Chinese, Korean and Vietnamese names), `arabic`, `suffixes`, `thresholds`: what that
  rests on.
- `data` (the curated names), `gazetteer` and `lists`: what is known of names.

Importing this package costs nothing; every list is read when it is first asked for.
"""
