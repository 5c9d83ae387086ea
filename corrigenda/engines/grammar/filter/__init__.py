"""The filter: which of LanguageTool's matches hold on edited copy, and what hit each becomes.

Left alone, LanguageTool flags 15 to 23 places in 1,000 words of edited news, and three in four are names. Which of its
rules are let through is data (corrigenda.engines.grammar.policy); the modules here decide what data cannot say:
whether a word is a name, whether it stands in italics, in a dateline, in another dialect. Nothing here knows where a
match came from: any engine that gives `Match`es can stand behind the filter.
"""
