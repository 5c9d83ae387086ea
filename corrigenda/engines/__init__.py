"""What is asked from outside the rules, each engine behind one protocol."""
