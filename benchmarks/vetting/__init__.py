"""The vetting bench: what entries of checks say in native English, in translations and on marked texts."""
