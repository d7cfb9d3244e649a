"""Walks the hand-written files of the project; shared by the checks of this folder."""

import pathlib
import sys
import tempfile

# Not written by hand, or not by us.
LEFT_OUT = {"build", ".git", "node_modules", "__pycache__", "proto/google", "proto/grpc"}


def files(root, *suffixes):
    """Relative paths of the files with one of the suffixes, sorted, as (path, text)."""
    root = pathlib.Path(root)
    for path in sorted(walk(root, root)):
        if path.suffix in suffixes:
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def walk(root, folder):
    for entry in folder.iterdir():
        name = entry.relative_to(root).as_posix()
        if name in LEFT_OUT or entry.name in LEFT_OUT or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from walk(root, entry)
        else:
            yield entry


def plant(tree):
    """Makes a temporary project with the files {path: text}; returns its directory object."""
    folder = tempfile.TemporaryDirectory(prefix="chatwire-architecture-")
    for path, text in tree.items():
        target = pathlib.Path(folder.name, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


def main(check, breaches, sound):
    """Runs `check(root)`, which returns complaints, or with --self-test the planted trees.

    `breaches` maps what must be in the complaint to a tree; `sound` is a tree that must pass.
    """
    if sys.argv[1:] == ["--self-test"]:
        return self_test(check, breaches, sound)
    complaints = check(sys.argv[1])
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


def self_test(check, breaches, sound):
    failures = 0
    for expected, tree in breaches.items():
        with plant(tree) as root:
            complaints = check(root)
        if not any(expected in complaint for complaint in complaints):
            print(f"the planted breach was not found: {expected}; found: {complaints}")
            failures += 1
    with plant(sound) as root:
        complaints = check(root)
    if complaints:
        print(f"a sound tree was refused: {complaints}")
        failures += 1
    return 1 if failures else 0
