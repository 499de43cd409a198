"""``python -m corpus_tools.cli`` is the command ``corpus-tools``."""

from corpus_tools.cli import main

if __name__ == "__main__":
    main()
