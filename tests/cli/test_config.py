"""Settings: defaults, files, and errors that name file and key."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from corpus_tools.config import Config, read_config
from corpus_tools.errors import ConfigError, Rejected


def test_given_values_win_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('masks = "restore"\njobs = 3\n', "utf-8")
    config = read_config(path, jobs=2, script=None)
    assert (config.masks, config.jobs, config.script) == ("restore", 2, "simplified")


def test_how_it_is_run_is_no_part_of_the_identity() -> None:
    assert Config(jobs=1, seconds=5).identity() == Config(jobs=9, megabytes=100).identity()
    assert Config(masks="restore").identity() != Config().identity()


@pytest.mark.parametrize(
    "wrong",
    [
        *({"jobs": 0}, {"seconds": -1}, {"megabytes": "much"}, {"script": "traditional"}, {"jobs": True}),
        *({"collocations": "glue"}, {"numbers": "whole"}, {"formulae": "none"}, {"hmm": "yes"}, {"engine": 3}),
        *({"dictionary": "none.txt"}, {"standard": "pku"}),
    ],
)
def test_wrong_values(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=next(iter(wrong))):
        Config(**wrong)  # type: ignore[arg-type]


def test_sites_must_be_a_folder_and_are_part_of_the_identity(tmp_path: Path) -> None:
    assert Config(sites=str(tmp_path)).identity() != Config().identity()
    with pytest.raises(ConfigError, match=r"sites = .*: no such folder"):
        Config(sites=str(tmp_path / "none"))


def test_what_one_word_is_is_part_of_the_identity() -> None:
    options = {"collocations": "keep", "numbers": "split", "formulae": "whole", "hmm": True, "engine": "jieba"}
    identities = [Config(**{name: value}).identity() for name, value in options.items()]  # type: ignore[arg-type]
    assert all(identity != Config().identity() for identity in identities)
    assert Config(**options).cutting == {**options, "standard": "reports", "dictionary": None}  # type: ignore[arg-type]


def test_paths_are_relative_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub" / "sites").mkdir(parents=True)
    (tmp_path / "sub" / "own.txt").write_text("云溪新路\n", "utf-8")
    (tmp_path / "sub" / "corpus.toml").write_text('dictionary = "own.txt"\nsites = "~/sites"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "sub"))
    config = read_config(Path("sub/corpus.toml"))
    assert (config.dictionary, config.sites) == (str(Path("sub/own.txt")), str(tmp_path / "sub" / "sites"))


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("masks = [\n", "utf-8")
    with pytest.raises(ConfigError, match=r"own\.toml"):
        read_config(path)
    with pytest.raises(ConfigError, match=r"none\.toml"):
        read_config(tmp_path / "none.toml")


def test_errors_can_be_pickled_with_their_fields() -> None:
    rejected = pickle.loads(pickle.dumps(Rejected("read", "empty", "nothing in it")))
    assert (rejected.stage, rejected.reason, rejected.detail) == ("read", "empty", "nothing in it")


def test_a_path_is_as_good_as_its_text(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("云溪新路 100 n\n", "utf-8")
    assert Config(dictionary=own, sites=tmp_path) == Config(dictionary=str(own), sites=str(tmp_path))  # type: ignore[arg-type]


def test_a_file_with_a_mark_of_utf8_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('masks = "restore"\n', "utf-8-sig")
    assert read_config(path).masks == "restore"


def test_a_home_that_nobody_has_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('dictionary = "~nobody_has_it/own.txt"\n', "utf-8")
    with pytest.raises(ConfigError, match=r"own\.toml: ~nobody_has_it/own\.txt"):
        read_config(path)


def test_an_engines_model_is_known_by_its_name_not_by_its_place() -> None:
    assert Config(engine="pkuseg:/a/model").identity() == Config(engine="pkuseg:/b/model").identity()
    assert Config(engine="pkuseg:/a/model").identity() != Config(engine="pkuseg:/a/other").identity()
