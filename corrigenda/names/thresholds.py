"""How far apart two spellings may be, as `romanise.ndist` measures it, for each thing that is concluded from it.

0 is one name spelled by two schemes; 0.25 is one consonant in four replaced by another. The values were set by hand on
Ukrainian and Russian news; docs/names.md has what they give on names that had no part in that.
"""

SAME_SOUNDS_AT = 0.03
"""The spellings are as good as equal: a glide or a doubled letter more. Outweighs a list that has both as
names.
"""
CERTAIN_AT = 0.05
"""One name: only the scheme of romanisation differs."""
LIKELY_AT = 0.08
"""One name, in one sound that schemes or neighbouring languages confuse."""
NEIGHBOUR_AT = 0.115
"""One name if the same name stands beside both spellings; without one, only possibly."""
SAME_GIVEN_AT = 0.23
"""One surname if the same given name stands before both spellings, and no dictionary knows either."""
SAME_PLACE_AT = 0.30
"""One place, if the gazetteer or the curated list says so; two spellings further apart are not compared at all."""
UNLIKE_AT = 0.45
"""Above this, two forms of a curated place are two names of it (Independence Square, Maidan Nezalezhnosti)."""
