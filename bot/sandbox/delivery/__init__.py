"""How the workspace reaches apps: signed HTTP or a socket, with Slack's patience and retries."""
