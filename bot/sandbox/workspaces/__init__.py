"""More than one workspace: channels that several share (Slack Connect, Enterprise Grid), and people of several."""
