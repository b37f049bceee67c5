"""The front door of the command line: `mingcha VERB`; heavy rooms are imported only by the verb that needs them."""

import sys


def run() -> None:
    """Entry point. `--version` answers before anything is imported."""
    if sys.argv[1:] == ["--version"]:
        from mingcha import __version__

        sys.stdout.write(f"mingcha {__version__}\n")
        return
    from mingcha.cli.app import app
    from mingcha.cli.say import errors_in_words

    with errors_in_words():
        app()


if __name__ == "__main__":
    run()
