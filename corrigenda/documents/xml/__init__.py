"""XML as the readers of formats need it: decoded safely, scanned with the positions of the raw text, and spliced."""
