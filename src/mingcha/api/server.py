"""Run the desk's application on a socket of this machine until it is stopped."""

import socket

import uvicorn
from fastapi import FastAPI

from mingcha.errors import InputError
from mingcha.model.words import Words


def bind(host: str, port: int) -> socket.socket:
    """A listening socket, before anything is promised; InputError when the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host, port))
        held.listen(128)
    except OSError as error:
        held.close()
        raise InputError(
            where="serve",
            found=f"{host}:{port}",
            expected=Words(
                f"本机空闲的地址和端口（{error.strerror}）",
                f"a free address and port of this machine ({error.strerror})",
            ),
        ) from None
    return held


def serve(app: FastAPI, held: socket.socket) -> None:
    """Serve until interrupted; access lines are not printed, they would name complaints."""
    with held:
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[held])
