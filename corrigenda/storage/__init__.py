"""What is kept on the disk: caches, and files written whole or not at all."""
