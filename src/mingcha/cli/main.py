"""The front door of the command line: `mingcha VERB`; heavy rooms are imported only by the verb that needs them."""

import sys


def run() -> None:
    """Entry point. `--version` answers before anything is imported; nothing asked shows the help."""
    if sys.argv[1:] == ["--version"]:
        from mingcha import __version__

        sys.stdout.write(f"mingcha {__version__}\n")
        return
    from mingcha.cli.app import app
    from mingcha.cli.say import errors_in_words
    from mingcha.cli.terminal import Abort, UsageError, show_cancelled, show_usage_error

    with errors_in_words():
        try:
            code = app(sys.argv[1:] or ["--help"], prog_name="mingcha", standalone_mode=False)
        except UsageError as error:
            show_usage_error(error)
        except Abort:
            show_cancelled()
    raise SystemExit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    run()
