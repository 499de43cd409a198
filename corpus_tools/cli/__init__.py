"""The command line: thin verbs over the public functions. Data to standard output, words and bars to standard error."""

from corpus_tools.cli import asking as asking
from corpus_tools.cli import columns as columns
from corpus_tools.cli import concordance as concordance
from corpus_tools.cli import exporting as exporting
from corpus_tools.cli import keywords as keywords
from corpus_tools.cli import lives as lives
from corpus_tools.cli import periods as periods
from corpus_tools.cli import preparing as preparing
from corpus_tools.cli import slogans as slogans
from corpus_tools.cli import style as style
from corpus_tools.cli import themes as themes
from corpus_tools.cli import topics as topics
from corpus_tools.cli import trends as trends
from corpus_tools.cli.app import app as app
from corpus_tools.cli.app import main as main
