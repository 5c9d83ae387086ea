"""What the readers of containers share, whose text is taken out of text nodes and put back into them."""
