"""The control interface: what a person at the page can do, over HTTP; see CONTROL.md."""
