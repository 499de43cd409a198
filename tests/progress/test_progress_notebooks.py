"""Bars in a notebook: shown to a person, gone when the work is done, and never in what a program stores."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient

SLOW, FAST = 0.0, 3600.0
# The work goes on when the bar was shown, where one can be: no step of it depends on a clock.
SET_UP = """
import threading
from corpus_tools import progress

progress.PATIENCE = {patience}
shown, show = threading.Event(), progress._Notebook.show

def shows(self, bars):
    show(self, bars)
    shown.set()

progress._Notebook.show = shows
"""
WORK = """
print("before")
for number in progress.steps([1, 2, 3], "<reading>", unit="files"):
    if number == 2 and {watched}:
        assert shown.wait(60)
print("after")
"""


class Client(NotebookClient):
    """Runs a notebook as a program does, or (``person``) as one in which somebody can be asked for input; keeps messages."""

    def __init__(self, nb, *, person: bool) -> None:
        super().__init__(nb, timeout=120)
        self.person, self.messages = person, []

    def process_message(self, msg, cell, cell_index):
        self.messages.append(msg)
        return super().process_message(msg, cell, cell_index)

    def run(self):
        with self.setup_kernel():
            self.kc.allow_stdin = self.person
            for number, cell in enumerate(self.nb.cells):
                self.execute_cell(cell, number)
        return self


def run(patience: float, *, person: bool, watched: bool) -> Client:
    codes = (SET_UP.format(patience=patience), WORK.format(watched=watched))
    return Client(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in codes]), person=person
    ).run()


def printed(client: Client) -> str:
    return "".join(output.text for output in client.nb.cells[1].outputs if output.get("name") == "stdout")


def other_outputs(client: Client) -> list:
    return [output for output in client.nb.cells[1].outputs if output.get("name") != "stdout"]


def test_a_notebook_run_by_a_program_stores_the_same_whether_it_was_slow_or_fast():
    slow, fast = (run(patience, person=False, watched=False) for patience in (SLOW, FAST))
    assert other_outputs(slow) == other_outputs(fast) == []
    assert printed(slow) == printed(fast) == "before\nafter\n"


def test_a_person_sees_a_bar_that_is_gone_afterwards():
    client = run(SLOW, person=True, watched=True)
    shown = [m["content"] for m in client.messages if m["msg_type"] in ("display_data", "update_display_data")]
    assert len({content["transient"]["display_id"] for content in shown}) == 1
    first, last = shown[0]["data"], shown[-1]["data"]
    assert '<progress value="' in first["text/html"]
    assert 'max="3"></progress> &lt;reading&gt;: ' in first["text/html"]
    assert last == {}
    assert [output.data for output in other_outputs(client)] == [{}]
    assert printed(client) == "before\nafter\n"
    nbformat.validate(client.nb)


@pytest.mark.parametrize("person", [False, True])
def test_fast_work_shows_nothing(person):
    client = run(FAST, person=person, watched=False)
    assert other_outputs(client) == []
    assert printed(client) == "before\nafter\n"
