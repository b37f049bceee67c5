"""Run the desk's application on a socket of this machine until it is stopped."""

import uvicorn
from fastapi import FastAPI


def serve(app: FastAPI, host: str, port: int) -> None:
    """Serve until interrupted; access lines are not printed, they would name complaints."""
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)
